"""Which two groups a bill speaks of, and whether another two are further apart."""

from __future__ import annotations

import math
from operator import itemgetter
from typing import TYPE_CHECKING

from fairaudit.core.cells import Cells
from fairaudit.core.errors import shown
from fairaudit.core.value import replace, value
from fairaudit.inference.ratios import odds_ratio
from fairaudit.inference.special import normal_quantile
from fairaudit.tally.rates import (
    BASE_RATE,
    FALSE_POSITIVE_RATE,
    TRUE_POSITIVE_RATE,
    proportion,
)
from fairaudit.tradeoffs.identities import log_odds_ratio
from fairaudit.tradeoffs.resampled import LEVEL

if TYPE_CHECKING:
    from fairaudit.core.estimate import Estimate
    from fairaudit.core.evidence import GroupRow, GroupTable
    from fairaudit.core.weights import Weights
    from fairaudit.tally.rates import Proportion


@value
class WiderPair:
    """Two groups shown to differ more than the headline pair, and how much at least."""

    high: str
    low: str
    at_least: float
    comparisons: int


def headline_pair(table: GroupTable) -> tuple[GroupRow, GroupRow] | str:
    """Which two groups does the bill speak of?

    Parameters
    ----------
    table : GroupTable
        Groups with their cells.

    Returns
    -------
    tuple of GroupRow, or str
        The two largest groups in which both outcomes occur, or why there are no such two.
        They are chosen by size, not by outcome, so that the interval of their odds ratio
        needs no correction; of the two, the one with the higher base rate comes first.

    Examples
    --------
    >>> from fairaudit.core.cells import Cells
    >>> from fairaudit.core.evidence import GroupRow, GroupTable
    >>> row = GroupRow(name="a", kind="group", cells=Cells(tp=5, tn=5), rates={})
    >>> table = GroupTable(
    ...     attribute="age", columns=(), compare="pairs", groups=(row,), overall=row
    ... )
    >>> headline_pair(table)
    'there are fewer than two groups to compare'
    """
    groups = by_size(table)
    if len(groups) < 2:
        return "there are fewer than two groups to compare"
    if not any(complete(row).complete for row in groups):
        return "nobody has both a label and a prediction"
    usable = [row for row in groups if one_sided(row) is None]
    if len(usable) < 2:
        reasons = [reason for row in groups if (reason := one_sided(row))]
        return f"fewer than two groups have both outcomes: {shown(reasons, most=3)}"
    first, second = usable[:2]
    if log_odds_ratio(complete(first), complete(second)) < 0:
        return second, first
    return first, second


def wider_pair(table: GroupTable, beyond: float) -> WiderPair | None:
    """Which pair's base rates are shown to differ by more than an odds ratio of `beyond`?

    This pair is chosen from the data, hence Bonferroni over all pairs. Of several, the one
    with the largest lower limit; `None` when there is none.
    """
    groups = [row for row in by_size(table) if one_sided(row) is None]
    comparisons = len(groups) * (len(groups) - 1) // 2
    if not comparisons:
        return None
    z = normal_quantile(1 - (1 - LEVEL) / 2 / comparisons)
    highest = sorted(
        ((_log_odds(row, -z), row) for row in groups), key=itemgetter(0), reverse=True
    )
    lowest = sorted(((_log_odds(row, z), row) for row in groups), key=itemgetter(0))
    found = None
    for top, above in highest:
        for bottom, below in lowest:
            # No lower limit of this pair or a later one can be larger; see `_log_odds`.
            if top - bottom <= math.log(beyond):
                break
            interval = base_odds_ratio(above, below, comparisons=comparisons).interval
            if interval is not None and (interval.low or 0) > beyond:
                beyond = interval.low or 0
                found = WiderPair(
                    high=above.name,
                    low=below.name,
                    at_least=beyond,
                    comparisons=comparisons,
                )
    return found


def base_odds_ratio(first: GroupRow, second: GroupRow, *, comparisons: int = 1) -> Estimate:
    """Compare two groups' base rates; under survey weights at their effective sizes."""
    one, other = base(first), base(second)
    return odds_ratio(
        one.successes, one.size, other.successes, other.size, comparisons=comparisons
    )


def by_size(table: GroupTable) -> list[GroupRow]:
    """List the groups that have counts, largest first, ties by name."""
    groups = [row for row in table.groups if row.kind == "group" and row.people is not None]
    return sorted(groups, key=lambda row: (-(row.people or 0), row.name))


def complete(row: GroupRow) -> Cells:
    """Keep the people with both a label and a prediction: the identity holds for them."""
    assert row.cells is not None
    return _of_complete(row.cells)


def base(row: GroupRow) -> Proportion:
    """Count positives among the people with both a label and a prediction."""
    return proportion(BASE_RATE, complete(row), _complete_weights(row))


def effective_people(row: GroupRow) -> float:
    """Count what the complete people of a group are worth in the rate that tells least."""
    people, weights = complete(row), _complete_weights(row)
    read = [
        proportion(rate, people, weights)
        for rate in (BASE_RATE, TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE)
    ]
    return people.complete * min(
        one.size / one.denominator for one in read if one.denominator
    )


def one_sided(row: GroupRow) -> str | None:
    """Say which outcome does not occur in a group, `None` when both do."""
    positives = base(row)
    if not positives.denominator:
        return f"nobody in group {row.name} has both a label and a prediction"
    if not positives.numerator:
        return f"nobody in group {row.name} has a positive label"
    if positives.numerator == positives.denominator:
        return f"nobody in group {row.name} has a negative label"
    return None


def _complete_weights(row: GroupRow) -> Weights | None:
    """Keep the weights of the people with both a label and a prediction."""
    weights = row.weights
    return weights and replace(weights, squares=_of_complete(weights.squares))


def _of_complete(cells: Cells) -> Cells:
    return Cells(tp=cells.tp, fp=cells.fp, fn=cells.fn, tn=cells.tn)


def _log_odds(row: GroupRow, z: float) -> float:
    """Give a base rate's log odds, half a person in each cell, plus z/√2 standard errors.

    The standard error of a difference, √(v₁ + v₂), is at least (√v₁ + √v₂)/√2. So the
    difference of two groups' log odds, one at -z and one at z, is at least the lower limit
    of their log odds ratio, and groups can be sorted by it without forming every pair.
    """
    positives = base(row)
    have = positives.successes + 0.5
    have_not = positives.size - positives.successes + 0.5
    return math.log(have / have_not) + z * math.sqrt((1 / have + 1 / have_not) / 2)
