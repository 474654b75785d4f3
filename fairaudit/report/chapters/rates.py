"""Every rate of every group, how far apart they are, and pictures of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.report.pictures import Chart, pictures
from fairaudit.report.sections.gaps import GapText, gap_texts
from fairaudit.report.sections.group_cells import GroupCells, every_column, group_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairaudit.core.evidence import GroupTable
    from fairaudit.report.model import DecisionAudit, RunFacts
    from fairaudit.report.sections.groups import RateColumn

PLACE = 30
TITLE = "Rates and errors"

MOST_GROUPS = 100
"""Groups in a table of a page; the JSON has every one."""


_ON_PAPER = 6


@value
class TableText:
    """One table of groups in full: a sheet of paper's width of rates, then the others."""

    attribute: str
    cells: tuple[GroupCells, ...]
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
            attribute=table.attribute,
            cells=tuple(
                group_cells(part, table, most=MOST_GROUPS, columns=columns)
                for columns in _sheets(every_column(part, table))
            ),
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


def _sheets(columns: tuple[RateColumn, ...]) -> Iterator[tuple[RateColumn, ...]]:
    """Share columns out over tables that fit on paper."""
    for start in range(0, len(columns), _ON_PAPER):
        yield columns[start : start + _ON_PAPER]
