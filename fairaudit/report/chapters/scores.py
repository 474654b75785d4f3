"""What scores mean in each group: how they rank people, and criteria on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.report.sections.scores import ScoreText, score_text

if TYPE_CHECKING:
    from fairaudit.report.model import DecisionAudit, RunFacts

PLACE = 35
TITLE = "Scores"


@value
class ScoresOfTable:
    """The scores of one table's groups."""

    attribute: str
    text: ScoreText


def content(part: DecisionAudit, run: RunFacts | None) -> tuple[ScoresOfTable, ...] | None:
    """Give the scores of every table that has some."""
    del run
    found = tuple(
        ScoresOfTable(attribute=table.attribute, text=text)
        for table in part.tables
        if (text := score_text(part, table.attribute)) is not None
    )
    return found or None
