"""The table of groups: which rates it shows, and which rows when there are many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.requirements import NumberGate
from fairaudit.core.value import value
from fairaudit.report.numbers import NBSP, count

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fairaudit.core.estimate import Estimate
    from fairaudit.core.evidence import Disparity, GroupRow, GroupTable
    from fairaudit.report.model import DecisionAudit

SMALL = 30
"""A rate of fewer people is marked."""

IMPACT_RATIO = "impact_ratio"

_FIRST = (
    "base_rate",
    "selection_rate",
    "true_positive_rate",
    "false_positive_rate",
    "positive_predictive_value",
)
"""The rates every table shows, where it has them."""

_ROOM_PERMITTING = (IMPACT_RATIO, "negative_predictive_value", "accuracy")


@value
class RateColumn:
    """A column of the table; an optional one may be left out where there is no room."""

    id: str
    symbol: str
    plain: str
    optional: bool


def groups_title(table: GroupTable) -> str:
    """Say what a table of groups holds."""
    return f"By {table.attribute}: % of each group [95 % interval]"


def rate_columns(part: DecisionAudit, table: GroupTable) -> tuple[RateColumn, ...]:
    """Choose the columns: the usual rates, those of the gates, others if there is room."""
    gated = list(_gated(part, table))
    known = set(table.overall.rates)
    if any(row.impact_ratio is not None for row in table.groups):
        known.add(IMPACT_RATIO)
    chosen = dict.fromkeys((*_FIRST, *gated, *_ROOM_PERMITTING))
    return tuple(
        _column(rate, part, optional=rate not in (*_FIRST, *gated))
        for rate in chosen
        if rate in known
    )


def estimate_in(row: GroupRow, column: RateColumn) -> Estimate | None:
    """Give a row's estimate in a column."""
    return row.impact_ratio if column.id == IMPACT_RATIO else row.rates.get(column.id)


def cell_texts(
    row: GroupRow, column: RateColumn, write: Callable[[float], str]
) -> tuple[str, ...]:
    """Write a rate as number, mark and both limits, or as one word where there is none.

    Returns
    -------
    tuple of str
        Four texts, the limits empty where there are none; or the one word.
    """
    estimate = estimate_in(row, column)
    if estimate is None or row.kind in {"absent", "withheld"}:
        return ("–",)
    if estimate.value is None:
        return (no_number(row, column),)
    mark = "*" if is_small(estimate) else NBSP
    limits = estimate.interval
    if limits is None or limits.low is None or limits.high is None:
        return (write(estimate.value), mark, "", "")
    return (write(estimate.value), mark, write(limits.low), write(limits.high))


def no_number(row: GroupRow, column: RateColumn) -> str:
    """Say in a word why a rate has no number."""
    return "withheld" if row.withholds(column.id) else "undefined"


def is_small(estimate: Estimate) -> bool:
    """Tell whether a rate is of so few people that it must be marked."""
    return estimate.denominator is not None and estimate.denominator < SMALL


def chosen_rows(
    table: GroupTable, disparities: Iterable[Disparity], most: int
) -> tuple[GroupRow, ...]:
    """Choose the rows to show: those a gap is between, then the largest groups.

    Returns
    -------
    tuple of GroupRow
        In the order of the table; all of them when there are at most `most`.
    """
    named = {
        name
        for disparity in disparities
        for gap in disparity.gaps
        for found in (gap.largest, gap.shown)
        if found is not None
        for name in (found.high, found.low)
    }
    by_weight = sorted(
        table.groups, key=lambda row: (row.name not in named, -(row.people or 0))
    )
    kept = {row.name for row in by_weight[:most]}
    return tuple(row for row in table.groups if row.name in kept)


def rows_left_out(table: GroupTable, chosen: Sequence[GroupRow]) -> str | None:
    """Count the groups that are not among the rows to show, with a verb."""
    hidden = [row for row in table.groups if row not in chosen]
    if not hidden:
        return None
    people = count(sum(row.people or 0 for row in hidden))
    groups, verb = ("group", "is") if len(hidden) == 1 else ("groups", "are")
    return f"{len(hidden):,} more {groups} ({people} people) {verb}"


def undefined_rates(
    rows: Iterable[GroupRow], columns: Iterable[RateColumn]
) -> dict[str, list[str]]:
    """Give every reason why a shown rate has no value, with those rates' short names."""
    wanted = list(columns)
    reasons: dict[str, list[str]] = {}
    for row in rows:
        for column in wanted:
            estimate = estimate_in(row, column)
            if estimate is not None and estimate.undefined_because is not None:
                reasons.setdefault(estimate.undefined_because, []).append(column.symbol)
    return reasons


def _gated(part: DecisionAudit, table: GroupTable) -> Iterable[str]:
    """Name what the gates of a table rest on."""
    for verdict in part.verdicts:
        if verdict.attribute == table.attribute:
            yield from (comparison.rate for comparison in verdict.comparisons)
            if isinstance(verdict.gate, NumberGate):
                yield verdict.gate.number


def _column(rate: str, part: DecisionAudit, *, optional: bool) -> RateColumn:
    """Name a column."""
    if rate == IMPACT_RATIO:
        plain = "favourable rate over the best group's"
        return RateColumn(id=rate, symbol="impact ratio", plain=plain, optional=optional)
    term = part.glossary.get(rate)
    title = rate.replace("_", " ")
    return RateColumn(
        id=rate,
        symbol=term.symbol if term else title,
        plain=term.plain if term else "",
        optional=optional,
    )
