"""Every verdict with its reason, where the first page has no room for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.sections.first_page import MOST_VERDICTS
from fairaudit.report.sections.verdicts import ORDER, VerdictText, verdict_text

if TYPE_CHECKING:
    from fairaudit.report.model import DecisionAudit, RunFacts

PLACE = 10
TITLE = "Further verdicts"


def content(part: DecisionAudit, run: RunFacts | None) -> tuple[VerdictText, ...] | None:
    """Give the verdicts that are not on the first page."""
    del run
    verdicts = sorted(part.verdicts, key=lambda verdict: ORDER.index(verdict.status))
    return tuple(verdict_text(one, part) for one in verdicts[MOST_VERDICTS:]) or None
