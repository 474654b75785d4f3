"""What stands below a table of groups: marks, undefined rates, groups not shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.sections.groups import (
    IMPACT_RATIO,
    SMALL,
    estimate_in,
    is_small,
    rows_left_out,
    undefined_rates,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.core.evidence import GroupRow, GroupTable
    from fairaudit.report.model import DecisionAudit
    from fairaudit.report.sections.groups import RateColumn

_MOST_REASONS = 4


def footnotes(
    part: DecisionAudit,
    table: GroupTable,
    chosen: Sequence[GroupRow],
    columns: Sequence[RateColumn],
) -> Iterator[str]:
    """What do the marks mean, what is undefined, and who is not shown?

    Parameters
    ----------
    part : DecisionAudit
        The audit.
    table : GroupTable
        One of its tables.
    chosen : sequence of GroupRow
        The rows that are shown.
    columns : sequence of RateColumn
        The rates that are shown.

    Yields
    ------
    str
        One sentence each.
    """
    found = [estimate_in(row, column) for row in chosen for column in columns]
    if any(one is not None and one.value is not None and is_small(one) for one in found):
        yield f"* A rate of fewer than {SMALL} people."
    groups = [row for row in chosen if row.kind in {"group", "missing"}]
    reasons = list(undefined_rates(groups, columns).items())
    for reason, symbols in reasons[:_MOST_REASONS]:
        every = len(symbols) == len([one for one in columns if one.id != IMPACT_RATIO])
        yield f"Undefined ({'every rate' if every else ', '.join(symbols)}): {reason}."
    if len(reasons) > _MOST_REASONS:
        more = len(reasons) - _MOST_REASONS
        yield f"{more} more reasons for undefined rates: in the JSON."
    for row in chosen:
        if row.kind == "absent":
            yield f"{row.name}: expected, but nobody is in these data."
        elif row.kind == "missing":
            yield f"{row.name}: people whose group is not recorded; never compared."
        elif row.kind == "withheld":
            why = part.population.withheld.get(
                f"{table.attribute}: {row.name}", "small counts"
            )
            yield f"{row.name}: withheld, {why}."
    left_out = rows_left_out(table, chosen)
    if left_out:
        yield f"{left_out} not shown here; the JSON has every one."
