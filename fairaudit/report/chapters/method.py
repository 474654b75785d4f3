"""How numbers and verdicts came about, what was taken for granted, and what words mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.report.model import Note, Term
from fairaudit.report.sections.verdicts import how_decided

if TYPE_CHECKING:
    from fairaudit.report.model import DecisionAudit, RunFacts

PLACE = 70
TITLE = "Method"


@value
class MethodText:
    """Methods in words, other notes, the glossary, and the literature behind."""

    decided: str | None
    intervals: tuple[str, ...]
    notes: tuple[Note, ...]
    terms: tuple[Term, ...]
    references: tuple[str, ...]
    seed: int


def content(part: DecisionAudit, run: RunFacts | None) -> MethodText:
    """Collect what was done."""
    del run
    used = {
        estimate.interval.method
        for table in part.tables
        for row in (*table.groups, table.overall)
        for estimate in row.rates.values()
        if estimate.interval is not None
    }
    return MethodText(
        decided=how_decided(part.verdicts),
        intervals=tuple(sorted(used)),
        notes=tuple(note for note in part.notes if note.kind in {"assumption", "fact"}),
        terms=tuple(sorted(part.glossary.values(), key=lambda term: term.title)),
        references=tuple(
            sorted({key for finding in part.findings for key in finding.references})
        ),
        seed=part.seed,
    )
