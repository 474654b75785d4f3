"""Every rate of every group, how far apart they are, and pictures of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.report.pictures import Chart, pictures
from fairaudit.report.sections.gaps import GapText, gap_texts
from fairaudit.report.sections.group_cells import GroupCells, group_cells

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairaudit.core.evidence import GroupTable
    from fairaudit.report.model import DecisionAudit, RunFacts

PLACE = 30
TITLE = "Rates and errors"

MOST_GROUPS = 100
"""Groups in a table of a page; the JSON has every one."""


@value
class TableText:
    """One table of groups in full."""

    cells: GroupCells
    gaps: tuple[GapText, ...]
    charts: tuple[Chart, ...]


def content(part: DecisionAudit, run: RunFacts | None) -> tuple[TableText, ...] | None:
    """Give the tables of single attributes."""
    del run
    return tables_in_full((one for one in part.tables if len(one.columns) == 1), part)


def tables_in_full(
    tables: Iterable[GroupTable], part: DecisionAudit
) -> tuple[TableText, ...] | None:
    """Lay out tables with the pictures that belong to them."""
    found = tuple(
        TableText(
            cells=group_cells(part, table, most=MOST_GROUPS, every_rate=True),
            gaps=gap_texts(part, table.attribute),
            charts=tuple(
                chart
                for picture in pictures().values()
                if picture.CHAPTER == "rates"
                for chart in picture.charts(part, table)
            ),
        )
        for table in tables
    )
    return found or None
