"""The same for groups that several attributes make together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.chapters.rates import TableText, tables_in_full

if TYPE_CHECKING:
    from fairaudit.report.model import DecisionAudit, RunFacts

PLACE = 40
TITLE = "Crossings"


def content(part: DecisionAudit, run: RunFacts | None) -> tuple[TableText, ...] | None:
    """Give the tables of crossings."""
    del run
    return tables_in_full((one for one in part.tables if len(one.columns) > 1), part)
