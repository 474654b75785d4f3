"""What is asked of a rule: which gaps, how wide at most, and what must stay as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.feasibility.regions import over_labels
from fairaudit.tally.rates import Rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.regions import Regions

    Array = NDArray[np.float64]

# Without a floor, selecting hardly anybody "satisfies" everything.
LEAST_SHARE = 0.01
LEAST_PEOPLE = 5

SELECTED = ("tp", "fp")
"""The cells of those whom a rule selects."""


@value
class Parity:
    """A rate that no two groups may have further apart than `within`."""

    rate: Rate
    within: float

    @property
    def linear(self) -> bool:
        """Tell whether the rate's denominator is the same under every rule."""
        return over_labels(self.rate)


@value
class Question:
    """One combination of goals, and what every rule must respect.

    Attributes
    ----------
    parities : tuple of Parity
        The gaps, one for each rate.
    selection_rate : float, optional
        The overall selection rate, held; `None` leaves it free.
    costs : tuple of float
        What a false positive and a false negative cost. At (1, 1) the cost of a rule is the
        share of wrong decisions, 1 minus its accuracy.
    least_share, least_people : float
        Every group must have at least this share of its people, and this many of them,
        selected, and in the denominator of every rate that is held equal.
    """

    parities: tuple[Parity, ...]
    selection_rate: float | None
    costs: tuple[float, float] = (1.0, 1.0)
    least_share: float = LEAST_SHARE
    least_people: float = LEAST_PEOPLE

    @property
    def ratios(self) -> tuple[Parity, ...]:
        """Give the parities of rates whose denominator depends on the rule."""
        return tuple(parity for parity in self.parities if not parity.linear)


def parities(rates: Sequence[Rate], within: float) -> tuple[Parity, ...]:
    """Ask every rate to be equal within one tolerance; each rate once."""
    distinct = {rate.id: rate for rate in rates}
    return tuple(Parity(rate=rate, within=within) for rate in distinct.values())


def question(
    asked: Sequence[Parity],
    *,
    selection_rate: float | None,
    costs: tuple[float, float] = (1.0, 1.0),
    least_share: float = LEAST_SHARE,
    least_people: float = LEAST_PEOPLE,
) -> Question:
    """Put a question together and refuse what cannot be asked.

    Parameters
    ----------
    asked : sequence of Parity
        Which gaps; of several for one rate the narrowest holds.
    selection_rate : float, optional
        The overall selection rate to hold, `None` for a free one.
    costs : tuple of float
        What a false positive and a false negative cost.
    least_share, least_people : float
        The floor of every group's selections: the larger of the two holds.

    Returns
    -------
    Question
        Ready for `best_rule` and `smallest_joint_gap`.

    Raises
    ------
    InputError
        When a tolerance is outside [0, 1], the selection rate outside (0, 1), a cost
        negative or both 0.
    """
    narrowest: dict[str, Parity] = {}
    for parity in asked:
        if not 0 <= parity.within <= 1:
            raise InputError(
                f"feasibility: the tolerance for {parity.rate.title} must be between 0 and "
                f"1; got {parity.within:g}. Write 0.05 for five percentage points."
            )
        before = narrowest.get(parity.rate.id)
        if before is None or parity.within < before.within:
            narrowest[parity.rate.id] = parity
    if selection_rate is not None and not 0 < selection_rate < 1:
        raise InputError(
            f"feasibility: the overall selection rate to hold must be between 0 and 1, "
            f"exclusive; got {selection_rate:g}. A rule that selects nobody, or everybody, "
            f"has nothing to share out."
        )
    if min(costs) < 0 or max(costs) <= 0:
        raise InputError(
            f"feasibility: costs of a false positive and a false negative must be at least "
            f"0 and not both 0; got {costs[0]:g} and {costs[1]:g}."
        )
    return Question(
        parities=tuple(narrowest.values()),
        selection_rate=selection_rate,
        costs=costs,
        least_share=least_share,
        least_people=least_people,
    )


def floors(of: Regions, asked: Question) -> Array:
    """Give the share of each group below which its selections must not fall."""
    import numpy as np

    least = np.maximum(asked.least_share, asked.least_people / of.people)
    return np.asarray(np.minimum(least, 1.0))


def floored(asked: Question) -> tuple[tuple[str, ...], ...]:
    """List the cells that must not all vanish in any group.

    Those selected, always; and the denominator of every rate that is held equal: a
    negative predictive value needs people who are not selected.
    """
    denominators = [parity.rate.denominator for parity in asked.ratios]
    return tuple(dict.fromkeys([SELECTED, *denominators]))
