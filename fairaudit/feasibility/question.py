"""What is asked of a rule: which gaps, how wide at most, and what must stay as it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.feasibility.hull import cells_at
from fairaudit.feasibility.regions import among, over_labels
from fairaudit.tally.rates import Rate

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.regions import Regions

    Array = NDArray[np.float64]
    Indices = NDArray[np.int64]
    Mask = NDArray[np.bool_]

# Without a floor, selecting hardly anybody "satisfies" everything.
LEAST_SHARE = 0.01
LEAST_PEOPLE = 5

SELECTED = ("tp", "fp")
"""The cells of those whom a rule selects."""

REJECTED = ("tn", "fn")
"""The cells of those whom it does not."""

_ROUNDING = 1e-9


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
        selected, and in the denominator of every rate that is held equal; see `floors`.
    rejects : bool
        Whether somebody, and the least share, must not be selected either.
    """

    parities: tuple[Parity, ...]
    selection_rate: float | None
    costs: tuple[float, float] = (1.0, 1.0)
    least_share: float = LEAST_SHARE
    least_people: float = LEAST_PEOPLE
    rejects: bool = False

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
    rejects: bool = False,
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
    rejects : bool
        Whether those not selected have a floor too. To select everybody keeps most gaps,
        and is no rule to be found by looking for small ones.

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
        rejects=rejects,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Floors:
    """Cells that must not vanish in any group, and the least share of each group's people.

    `least` has a row for each of `cells` and a column per group.
    """

    cells: tuple[tuple[str, ...], ...]
    least: Array

    def of(self, cells: tuple[str, ...]) -> Array:
        """Give the least share of one kind of cells, by group."""
        least: Array = self.least[self.cells.index(cells)]
        return least

    def margins(self, shares: Array, group: Indices | int) -> Array:
        """Give how far each row of shares, of these groups, lies above each floor."""
        least = self.least[:, group]
        margins: Array = _marks(self.cells) @ shares.T - (
            least[:, None] if isinstance(group, int) else least
        )
        return margins

    def kept(self, shares: Array, group: Indices | int) -> Mask:
        """Tell which rows of shares lie above all floors."""
        import numpy as np

        return np.asarray((self.margins(shares, group) >= -_ROUNDING).all(axis=0))


def floors(of: Regions, asked: Question) -> Floors:
    """Whom must a rule at least select in every group, and whom not?

    Parameters
    ----------
    of : Regions
        The groups.
    asked : Question
        What every rule must respect.

    Returns
    -------
    Floors
        Of those selected; of the denominator of every rate that is held equal, as a
        negative predictive value needs people who are not selected; and, if it is asked
        for, of those not selected. In a group where that would be more than half of all,
        or no single threshold does it, one person is enough.
    """
    ratios = tuple(one.rate.denominator for one in asked.ratios)
    depends_on = (asked.least_share, asked.least_people, asked.rejects, ratios)
    known = of.floors.get(depends_on)
    if known is None:
        known = of.floors[depends_on] = _floors(of, asked)
    return known


def _floors(of: Regions, asked: Question) -> Floors:
    import numpy as np

    some = np.minimum(1 / of.people, 0.5)
    few = np.maximum(asked.least_share, asked.least_people / of.people)
    least = dict.fromkeys([SELECTED, *(one.rate.denominator for one in asked.ratios)], few)
    if asked.rejects:
        least.setdefault(REJECTED, np.maximum(asked.least_share, some))
    found = Floors(cells=tuple(least), least=np.array([*least.values()]))
    possible = _met_by_thresholds(of, found) & (few <= 0.5)
    if not possible.all():
        found.least[:] = np.where(possible, found.least, np.minimum(found.least, some))
    return found


def _met_by_thresholds(of: Regions, found: Floors) -> Mask:
    """Tell of each group whether some single threshold keeps its floors."""
    import numpy as np

    kept = found.kept(of.shares, of.group)
    met = np.asarray(np.logical_or.reduceat(kept, of.starts))
    if met.all():
        return met
    # Other thresholds may where no corner of the hull does.
    for group in (~met).nonzero()[0].tolist():
        steps = of.steps[group]
        shares = cells_at(steps, np.arange(len(steps.scores) + 1)) / steps.people
        met[group] = found.kept(shares, group).any()
    return met


@cache
def _marks(cells: tuple[tuple[str, ...], ...]) -> Array:
    """Mark the cells that count, a row for each kind."""
    import numpy as np

    return np.array([among(one) for one in cells])
