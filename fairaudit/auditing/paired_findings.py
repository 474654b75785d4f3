"""What changed between two systems about the same people, rate by rate and gap by gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import shown
from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Measured, Measurement
from fairaudit.core.seeds import generator
from fairaudit.core.value import value
from fairaudit.inference.gap_growth import (
    HIT,
    MISS,
    OUTSIDE,
    RateMoves,
    growth_limits,
)
from fairaudit.inference.growth_power import people_needed
from fairaudit.inference.multinomial import dirichlet_cells
from fairaudit.inference.multiplicity import holm
from fairaudit.inference.paired import PairedCounts, mcnemar_mid_p, newcombe_paired
from fairaudit.tally.paired_counts import PairedGroup, everybody
from fairaudit.tally.rates import proportion

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.criteria.criterion import Criterion
    from fairaudit.inference.differences import Limits
    from fairaudit.tally.rates import Rate

    Samples = NDArray[np.float64]

DRAWS = 4_000
"""Draws of the cells for changes that have no closed interval."""

EVERYBODY = "everybody"

_NOISE = (
    "Chance makes the largest gap too large, most where small groups are alike: a gap that "
    "is new has grown by more than is seen. The limits allow for that."
)

_SAME_PEOPLE = "paired: Newcombe's method 10; McNemar mid-p, Holm over the groups"
_OTHER_PEOPLE = (
    "no p where the two systems' rates are of other people, as no test pairs them: cells "
    "drawn by Dirichlet(1/2)"
)

_KINDS = (("tp", "fn"), ("fp", "tn"), ("unlabelled_selected", "unlabelled_rejected"))
"""Cells of people with one label: a system can put them in one or the other."""


@value
class GapChange:
    """How a criterion's largest gap changed: before, after, and what its limits rest on."""

    criterion: str
    title: str
    attribute: str
    before: float | None
    after: float | None
    rates: tuple[tuple[RateMoves, ...], ...]
    seed: int
    incomparable: str | None = None

    @property
    def value(self) -> float | None:
        """Give the gap after less the gap before."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def undefined_because(self) -> str | None:
        """Say why there is no change, if there is none."""
        if self.value is not None:
            return None
        return self.incomparable or "a rate is undefined in one of the groups"

    @property
    def estimate(self) -> Estimate:
        """Give the change with its limits."""
        if self.undefined_because is not None:
            return Estimate.undefined(self.undefined_because)
        found = self.limits(0.05)
        return Estimate(
            value=self.value,
            interval=Interval(
                low=found.lower, high=found.upper, level=0.95, method="pairs-of-groups"
            ),
        )

    def limits(self, alpha: float) -> Limits:
        """Give two-sided limits of a change that is defined."""
        rng = generator(self.seed, "compare", self.criterion, self.attribute)
        return growth_limits(self.rates, alpha, rng)

    def people_needed(self, margin: float) -> int | None:
        """Say how many people in each group would show growth to be within a margin."""
        rng = generator(self.seed, "compare people", self.criterion, self.attribute)
        return people_needed(self.rates, margin, rng)


def rate_change(
    rate: Rate, groups: tuple[PairedGroup, ...], attribute: str, names: tuple[str, str]
) -> Finding | None:
    """By how much did one rate change, in every group?

    Parameters
    ----------
    rate : Rate
        Which rate.
    groups : tuple of PairedGroup
        The groups of one table, of people about whom both systems decided.
    attribute : str
        What makes the groups.
    names : tuple of str
        What the two systems are called.

    Returns
    -------
    Finding or None
        Nothing where no group has the rate.

    References
    ----------
    [newcombe1998c]; [fagerland2013].
    """
    whole = everybody(groups, EVERYBODY)
    every = [*groups, whole]
    estimates = [_change(rate, group) for group in every]
    if all(estimate.value is None for estimate in estimates):
        return None
    counted = [_paired(rate, group) for group in every]
    tests = [mcnemar_mid_p(one) if one and one.people else None for one in counted]
    known = iter(holm([p for p in tests[:-1] if p is not None]))
    adjusted = [None if p is None else next(known) for p in tests[:-1]] + [tests[-1]]
    rows = tuple(
        Measured(
            name=group.name,
            estimate=estimate,
            p_value=p,
            remark=_from_to(rate, group),
        )
        for group, estimate, p in zip(every, estimates, adjusted, strict=True)
    )
    return Finding(
        id=f"{rate.id}@{attribute}",
        sentence=_rate_sentence(rate, whole, estimates[-1], names),
        estimate=estimates[-1],
        evidence=Measurement(
            title=f"Change of the {_titled(rate)} by {attribute}",
            quantity=f"{names[1]} minus {names[0]}",
            rows=rows,
            neutral=0.0,
            places=3,
            method="; ".join(
                told
                for told, so in (
                    (_SAME_PEOPLE, any(one is not None for one in counted)),
                    (_OTHER_PEOPLE, any(one is None for one in counted)),
                )
                if so
            ),
        ),
        references=("newcombe1998c", "fagerland2013"),
    )


def gap_change(
    criterion: Criterion, groups: tuple[PairedGroup, ...], attribute: str, seed: int
) -> GapChange:
    """By how much did the largest gap of a criterion change?

    Parameters
    ----------
    criterion : Criterion
        One on rates; a composite's gap is the largest of its rates'.
    groups : tuple of PairedGroup
        The groups of one table, of people about whom both systems decided.
    attribute : str
        What makes the groups.
    seed : int
        For the limits of rates whose people a system chooses, such as those it selects.

    Returns
    -------
    GapChange
        Undefined where there are no two groups, or a group lacks a rate.
    """
    rates = tuple(tuple(_moves(rate, one) for one in groups) for rate in criterion.rates)
    empty = [group.name for group in groups if not group.pairs]
    incomparable = f"both systems decided about nobody of {shown(empty)}" if empty else None
    if len(groups) < 2:
        found = f"only one group ({groups[0].name})" if groups else "no group is recorded"
        incomparable = f"{found} in {attribute}: nothing to compare"
    return GapChange(
        criterion=criterion.id,
        title=criterion.title,
        attribute=attribute,
        before=_largest(rates, 0),
        after=_largest(rates, 1),
        rates=rates,
        seed=seed,
        incomparable=incomparable,
    )


def gaps_finding(
    changes: Sequence[GapChange], attribute: str, names: tuple[str, str]
) -> Finding:
    """Tell how the largest gaps of several criteria changed."""
    rows = tuple(
        Measured(
            name=change.title,
            estimate=change.estimate,
            remark=_arrow(change.before, change.after),
        )
        for change in changes
    )
    told = [
        f"{change.title} {_arrow(change.before, change.after)}"
        for change in changes
        if change.before is not None and change.after is not None
    ]
    return Finding(
        id=f"gaps@{attribute}",
        sentence=f"Largest gaps by {attribute}, {names[0]} → {names[1]}: "
        f"{'; '.join(told) or 'none is defined'}.",
        estimate=rows[0].estimate,
        evidence=Measurement(
            title=f"Change of the largest gap by {attribute}",
            quantity=f"gap of {names[1]} minus gap of {names[0]}",
            rows=rows,
            neutral=0.0,
            places=3,
            method="every pair of groups by its own change and by its gap afterwards, and "
            "the widest limits of all; intervals are two-sided 95 % of one gap, the limits "
            "of a gate are its own",
        ),
        caveats=(_NOISE,),
    )


def _titled(rate: Rate) -> str:
    """Name a rate, with its symbol where that is another word."""
    return rate.title if rate.symbol == rate.title else f"{rate.title} ({rate.symbol})"


def _change(rate: Rate, group: PairedGroup) -> Estimate:
    """Measure one rate's change in one group: second minus first."""
    counts = _paired(rate, group)
    if counts is not None:
        if not counts.people:
            return Estimate.undefined(
                f"no {rate.symbol} in {group.name}: nobody it is about"
            )
        swapped = PairedCounts(
            both=counts.both,
            first=counts.second,
            second=counts.first,
            neither=counts.neither,
        )
        return Estimate(
            value=(counts.second - counts.first) / counts.people,
            interval=newcombe_paired(swapped),
            denominator=counts.people,
        )
    values = [proportion(rate, group.cells(place)).value for place in (0, 1)]
    if values[0] is None or values[1] is None:
        return Estimate.undefined("one system selects nobody here")
    return Estimate(value=values[1] - values[0], interval=_by_resampling(rate, group))


def _by_resampling(rate: Rate, group: PairedGroup) -> Interval | None:
    """Give percentile limits where the two rates are of different people."""
    import numpy as np

    drawn = _resampled(group, generator(0, "compare", rate.id, group.name))
    change = _rates_of(rate, drawn, 1) - _rates_of(rate, drawn, 0)
    defined = np.sort(change[np.isfinite(change)])
    if 2 * defined.size < change.size:
        return None
    low, high = (defined[round((defined.size - 1) * share)] for share in (0.025, 0.975))
    return Interval(low=float(low), high=float(high), level=0.95, method="percentile")


def _paired(rate: Rate, group: PairedGroup) -> PairedCounts | None:
    """Count a rate's people by both decisions, if the same people make up both rates."""
    moves = _moves(rate, group)
    if not moves.same_people:
        return None
    return PairedCounts(
        both=moves.people.get((HIT, HIT), 0),
        first=moves.people.get((HIT, MISS), 0),
        second=moves.people.get((MISS, HIT), 0),
        neither=moves.people.get((MISS, MISS), 0),
    )


def _moves(rate: Rate, group: PairedGroup) -> RateMoves:
    """Count a group's people by what they are to a rate under both systems."""
    people: dict[tuple[int, int], int] = {}
    for (one, other), count in group.pairs.items():
        move = (_standing(rate, one), _standing(rate, other))
        people[move] = people.get(move, 0) + count
    return RateMoves(people=people)


def _standing(rate: Rate, cell: str) -> int:
    """Say what the people of a cell are to a rate."""
    if cell not in rate.denominator:
        return OUTSIDE
    return HIT if cell in rate.numerator else MISS


def _resampled(
    group: PairedGroup, rng: np.random.Generator
) -> dict[tuple[str, str], Samples]:
    """Draw the group's people anew, many times."""
    # Every pair that the group's labels allow, seen or not: what nobody of a small group
    # did is not impossible, so that cells are drawn by Dirichlet(1/2).
    pairs = [
        (one, other)
        for kind in _KINDS
        if any(cell in kind for pair in group.pairs for cell in pair)
        for one in kind
        for other in kind
    ]
    if not pairs:
        return {}
    drawn = dirichlet_cells([group.pairs.get(pair, 0) for pair in pairs], DRAWS, rng)
    return {pair: drawn[:, place] for place, pair in enumerate(pairs)}


def _rates_of(rate: Rate, drawn: dict[tuple[str, str], Samples], place: int) -> Samples:
    """Compute one system's rate in every resample, NaN where it is undefined."""
    import numpy as np

    of = [sample for pair, sample in drawn.items() if pair[place] in rate.denominator]
    hits = [sample for pair, sample in drawn.items() if pair[place] in rate.numerator]
    size = np.zeros(DRAWS) + sum(of)
    with np.errstate(invalid="ignore", divide="ignore"):
        rates: Samples = (np.zeros(DRAWS) + sum(hits)) / size
    return rates


def _largest(rates: tuple[tuple[RateMoves, ...], ...], place: int) -> float | None:
    """Give a system's largest gap as it is, if all rates of two groups are defined."""
    gaps = []
    for groups in rates:
        counted = [group.counts(place) for group in groups]
        if len(counted) < 2 or not all(people for _, people in counted):
            return None
        shares = [hits / people for hits, people in counted]
        gaps.append(max(shares) - min(shares))
    return max(gaps)


def _from_to(rate: Rate, group: PairedGroup) -> str:
    """Write both systems' rates."""
    values = [proportion(rate, group.cells(place)).value for place in (0, 1)]
    return _arrow(*values)


def _arrow(before: float | None, after: float | None) -> str:
    """Write from what to what."""
    texts = ["undefined" if one is None else f"{one:.3f}" for one in (before, after)]
    return " → ".join(texts)


def _rate_sentence(
    rate: Rate, whole: PairedGroup, change: Estimate, names: tuple[str, str]
) -> str:
    """Say how a rate changed for everybody."""
    if change.value is None:
        return f"The {rate.title} is undefined for one of the two."
    way = "higher" if change.value > 0 else "lower"
    how = "unchanged" if change.value == 0 else f"{abs(change.value):.3f} {way}"
    return (
        f"The {rate.title} is {how} under {names[1]} ({_from_to(rate, whole)}, "
        f"{names[0]} → {names[1]})."
    )
