"""What a model must keep to: criteria, each within a tolerance."""

from __future__ import annotations

import math
from collections.abc import Mapping
from numbers import Real
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.tally.rates import Rate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairaudit.criteria.criterion import Criterion

Constraints = Mapping[str, float]
"""Criterion to tolerance, such as ``{"equalized_odds": 0.05}``."""


@value
class RateConstraint:
    """One rate that may differ by at most `tolerance` between any two groups."""

    rate: Rate
    tolerance: float


def gap_criterion(name: str, *, where: str) -> Criterion:
    """Which criterion is this, if a model's gap in it can be taken?

    Parameters
    ----------
    name : str
        Such as "equalized_odds".
    where : str
        Who asks, for messages.

    Returns
    -------
    Criterion
        One on rates of all people.

    Raises
    ------
    InputError
        When it is not known, is about scores, or compares people within strata.
    """
    found = criterion_named(name)
    if found.stratified or not found.rates:
        raise InputError(
            f"{where}: {found.id} is not a gap of rates over groups. Choose another "
            f"criterion, such as equalized_odds."
        )
    return found


def rate_constraints(
    given: Constraints, *, able: frozenset[str], where: str
) -> tuple[RateConstraint, ...]:
    """Which rates must be how close together?

    Parameters
    ----------
    given : mapping of str to float
        Criteria by name, each with the largest difference that is acceptable. A rate that
        two criteria share keeps to the smaller tolerance.
    able : frozenset of str
        Ids of the rates that the caller can constrain.
    where : str
        Who asks, for messages.

    Returns
    -------
    tuple of RateConstraint
        Each rate once, in the order named.

    Raises
    ------
    InputError
        When nothing is asked for, a criterion is not known or cannot be constrained there,
        or a tolerance is not between 0 and 1.
    """
    if not given or not isinstance(given, Mapping):
        raise InputError(
            f"{where}: constraints must be a mapping from criteria to tolerances, such as "
            f"{{'equalized_odds': 0.05}}; got {given!r}."
        )
    tightest: dict[str, RateConstraint] = {}
    for name, tolerance in given.items():
        criterion = gap_criterion(name, where=where)
        within = _tolerance(tolerance, name, where)
        if not {rate.id for rate in criterion.rates} <= able:
            raise InputError(
                f"{where}: {criterion.id} cannot be a constraint here. "
                f"It can keep to criteria on {', '.join(sorted(able))}."
            )
        for rate in criterion.rates:
            before = tightest.get(rate.id)
            if before is None or within < before.tolerance:
                tightest[rate.id] = RateConstraint(rate=rate, tolerance=within)
    return tuple(tightest.values())


def require_people(
    asked: Sequence[RateConstraint], groups: Iterable[tuple[str, int, int]], where: str
) -> None:
    """Refuse groups in which a constrained rate is about nobody.

    Parameters
    ----------
    asked : sequence of RateConstraint
        The rates.
    groups : iterable of tuple
        Each group's name, and how many of its people are negative and positive.
    where : str
        Who asks, for messages.

    Raises
    ------
    InputError
        When the group has none of the people among whom a rate is taken.
    """
    for name, negatives, positives in groups:
        among = {"fp": negatives, "tn": negatives, "tp": positives, "fn": positives}
        for one in asked:
            if not any(among.get(cell) for cell in one.rate.denominator):
                raise InputError(
                    f"{where}: group {name} has no {one.rate.among} in the training rows, "
                    f"so its {one.rate.title} is not defined. Leave the group out, join it "
                    f"with another, or constrain another criterion."
                )


def _tolerance(given: object, name: str, where: str) -> float:
    """Check one tolerance."""
    if isinstance(given, bool) or not isinstance(given, Real):
        raise InputError(
            f"{where}: the tolerance of {name} must be a number from 0 to 1, such as "
            f"0.05; got {given!r}."
        )
    within = float(given)
    if not math.isfinite(within) or not 0 <= within <= 1:
        raise InputError(
            f"{where}: the tolerance of {name} must be from 0 to 1; got {within:g}. "
            f"Write 0.05 for five percentage points."
        )
    return within
