"""The criteria: every module here holds one, as `CRITERION`, and is found by being here."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.tally.rates import RATES

if TYPE_CHECKING:
    from fairaudit.criteria.criterion import Criterion
    from fairaudit.tally.rates import Rate


def catalogue() -> dict[str, Criterion]:
    """Find every criterion there is.

    Returns
    -------
    dict of str to Criterion
        By id: those that every report shows first, then by name.
    """
    return dict(_found(tuple(__path__)))


@cache
def _found(folders: tuple[str, ...]) -> dict[str, Criterion]:
    """Look through the folders once; an audit asks for the criteria dozens of times."""
    found: list[Criterion] = [
        import_module(f"{__name__}.{module.name}").CRITERION
        for module in iter_modules(folders)
    ]
    found.sort(key=lambda criterion: (not criterion.main, criterion.id))
    return {criterion.id: criterion for criterion in found}


def known_rates() -> dict[str, Rate]:
    """Find every rate there is: the common ones, and those a criterion brings along."""
    rates = dict(RATES)
    for criterion in catalogue().values():
        rates.update({rate.id: rate for rate in criterion.rates})
    return rates


def criterion_named(name: str) -> Criterion:
    """Look a criterion up by its id; blanks and hyphens stand for underscores.

    Raises
    ------
    InputError
        When there is no such criterion, or it is no name.
    """
    known = catalogue()
    if not isinstance(name, str):
        raise InputError(
            f"a criterion must be named, such as 'demographic_parity'; got {name!r}."
        )
    plain = name.strip().casefold().replace(" ", "_").replace("-", "_")
    if plain not in known:
        raise InputError(
            f"criterion {name!r} is not known. Criteria: {shown(known, most=30)}."
            f"{did_you_mean(plain, known)}"
        )
    return known[plain]
