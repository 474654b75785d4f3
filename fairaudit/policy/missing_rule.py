"""Missing values can hide a gap: above 5 % they block a pass, unless they could not."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from fairaudit.core.cells import Cells
from fairaudit.core.evidence import EVERYONE_ELSE
from fairaudit.core.value import replace
from fairaudit.core.verdict import MissingData
from fairaudit.core.weights import Weights
from fairaudit.criteria.comparisons import Side, allowed_limit, pairings, side, together

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from fairaudit.core.estimate import Amount
    from fairaudit.core.evidence import GroupTable
    from fairaudit.criteria.comparisons import Measure
    from fairaudit.criteria.criterion import Criterion
    from fairaudit.tally.rates import Rate

ALLOWANCE = 0.05
"""The share of people with a missing value that is accepted as stated."""

_COULD_BE = {
    "tp": ("tp",),
    "fp": ("fp",),
    "fn": ("fn",),
    "tn": ("tn",),
    "unlabelled_selected": ("tp", "fp"),
    "unlabelled_rejected": ("fn", "tn"),
    "undecided_positive": ("tp", "fn"),
    "undecided_negative": ("fp", "tn"),
    "blank": ("tp", "fp", "fn", "tn"),
}
"""What a row could be, once what is missing of it were known."""


def missing_data(
    criterion: Criterion,
    table: GroupTable,
    *,
    allowed: float,
    measure: Measure,
    in_scope: Collection[str],
) -> MissingData:
    """Say how much a verdict leaves out, and whether that could hide a gap.

    The share is the larger of two: over everybody, people without a recorded group
    included, and within the group that misses most. Above the allowance every missing
    value is filled in as badly as can be, for each comparison on its own.

    Parameters
    ----------
    criterion : Criterion
        Decides which values are needed.
    table : GroupTable
        Groups with their cells.
    allowed : float
        The largest difference, or shortfall of a ratio from 1, that passes.
    measure : {"difference", "ratio"}
        What `allowed` is of.
    in_scope : collection of str
        The groups a pass is claimed for.

    Returns
    -------
    MissingData
        Share, worst case where it had to be looked at, and whether a pass is blocked.
    """
    share = _share(criterion, table, in_scope)
    if share <= ALLOWANCE:
        return MissingData(share=share, worst_case=None, blocks_pass=False)
    ungrouped = together([side(row) for row in table.groups if row.kind == "missing"])
    worst = max(
        (
            _worst(rate, first, second, ungrouped, measure)
            for rate in criterion.rates
            for first, second in pairings(table)
            if {first.name, second.name} - {EVERYONE_ELSE} <= set(in_scope)
        ),
        default=1.0,
    )
    return MissingData(share=share, worst_case=worst, blocks_pass=worst > allowed)


def _share(criterion: Criterion, table: GroupTable, in_scope: Collection[str]) -> float:
    """Give the share of people whose value for the criterion is missing or withheld."""
    needed = {name for rate in criterion.rates for name in _missing_for(rate)}
    shares, lost, people = [0.0], 0.0, 0.0
    for row in table.groups:
        cells = row.cells or Cells()
        here = cells.total if row.kind == "missing" else cells.sum_of(tuple(needed))
        lost, people = lost + here, people + cells.total
        # What is withheld is not missing, and undefined as it is.
        withheld = any(row.withholds(rate.id) for rate in criterion.rates)
        if row.name in in_scope and cells.total and not withheld:
            shares.append(here / cells.total)
    return max([*shares, lost / people if people else 0.0])


def _missing_for(rate: Rate) -> Iterable[str]:
    """Name the cells whose rows a rate would need to know more about."""
    if rate.uses_label:
        yield from ("unlabelled_selected", "unlabelled_rejected")
    if rate.uses_prediction:
        yield from ("undecided_positive", "undecided_negative")
    yield "blank"


def _worst(
    rate: Rate, first: Side, second: Side, ungrouped: Side, measure: Measure
) -> float:
    """Give the largest upper limit over the extreme ways to fill a pair's values in.

    Where a rate is undefined as things stand it may stay so, and nothing is excluded.
    """
    if not all(one.proportion(rate).denominator for one in (first, second)):
        return 1.0
    ends = product(_extremes(rate, first, ungrouped), _extremes(rate, second, ungrouped))
    return max(allowed_limit((*one, *other), measure) for one, other in ends)


def _extremes(
    rate: Rate, one: Side, ungrouped: Side
) -> tuple[tuple[float, float], tuple[float, float]]:
    """Give counts of the rate at its smallest and at its largest, at the effective size."""
    return _filled(rate, one, ungrouped, end=1), _filled(rate, one, ungrouped, end=0)


def _filled(rate: Rate, one: Side, ungrouped: Side, *, end: int) -> tuple[float, float]:
    """Give counts of the rate with every missing value filled in for one end."""
    both = Side(
        name=one.name,
        cells=_moved(rate, one.cells, end, optional=False)
        + _moved(rate, ungrouped.cells, end, optional=True),
        weights=one.weights
        and replace(
            one.weights,
            squares=_moved(rate, one.weights.squares, end, optional=False)
            + _moved(rate, (ungrouped.weights or Weights()).squares, end, optional=True),
        ),
    )
    read = both.proportion(rate)
    return read.successes, read.size


def _moved(rate: Rate, cells: Cells, end: int, *, optional: bool) -> Cells:
    """Move people into the cells of a rate that they would be in at one end."""
    hit = rate.numerator[0]
    miss = next(name for name in rate.denominator if name not in rate.numerator)
    sums: dict[str, Amount] = {hit: 0, miss: 0}
    for name, could_be in _COULD_BE.items():
        role = _roles(rate, name, could_be, optional=optional)[end]
        if role != "out":
            place = hit if role == "hit" else miss
            sums[place] += getattr(cells, name)
    return Cells(**sums)


def _roles(
    rate: Rate, name: str, could_be: tuple[str, ...], *, optional: bool
) -> tuple[str, str]:
    """Say what a row does to a rate at most and at least: "hit", "miss" or "out"."""
    if name in rate.denominator and not optional:
        known = "hit" if name in rate.numerator else "miss"
        return known, known
    counted = set(rate.denominator)
    can_hit = bool(set(could_be) & set(rate.numerator))
    can_miss = bool(set(could_be) & (counted - set(rate.numerator)))
    can_be_out = optional or bool(set(could_be) - counted)
    up = "hit" if can_hit else "out" if can_be_out else "miss"
    down = "miss" if can_miss else "out" if can_be_out else "hit"
    return up, down
