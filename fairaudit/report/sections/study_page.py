"""Everything a page says about one study, in the order it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.measurement import Passages
from fairaudit.core.value import value
from fairaudit.report.sections.first_page import Told, headline_of, told_in_order
from fairaudit.report.sections.studies import (
    TableText,
    held_against,
    measured_table,
    measurement_of,
    study_introduction,
    study_provenance,
)

if TYPE_CHECKING:
    from fairaudit.core.finding import Finding
    from fairaudit.report.model import RunFacts, Study

MOST_ROWS = 60
"""Rows of texts side by side on a page."""


@value
class FindingText:
    """One finding: sentence, picture or table, and what limits it."""

    title: str
    sentence: str
    charts: tuple[Any, ...]
    table: TableText | None
    read_so: tuple[str, ...]
    caveats: tuple[str, ...]
    references: tuple[str, ...]


@value
class StudyPage:
    """What the page of a study says."""

    title: str
    headline: str
    verdicts: tuple[Told, ...]
    intro: tuple[tuple[str, str], ...]
    why: str | None
    findings: tuple[FindingText, ...]
    passages: tuple[Passages, ...]
    unknown: tuple[str, ...]
    notes: tuple[str, ...]
    provenance: tuple[tuple[str, str], ...]


def study_page(study: Study, run: RunFacts | None) -> StudyPage:
    """What must somebody know who reads the page of a study?

    Parameters
    ----------
    study : Study
        The study, safe to print.
    run : RunFacts or None
        How it came about.

    Returns
    -------
    StudyPage
        Texts in the order they are read.
    """
    told = told_in_order(study)
    return StudyPage(
        title=study.title,
        headline=headline_of(study, told),
        verdicts=tuple(told),
        intro=tuple(study_introduction(study)),
        why=study.requirements.why,
        findings=tuple(_finding(one) for one in study.findings),
        passages=study.passages,
        unknown=tuple(note.text for note in study.notes if note.kind in {"limit", "doubt"}),
        notes=tuple(
            note.text for note in study.notes if note.kind not in {"limit", "doubt"}
        ),
        provenance=tuple(study_provenance(study, run)),
    )


def _finding(finding: Finding) -> FindingText:
    """Tell of one finding."""
    from fairaudit.report.drawing.measured import measured_charts

    measurement = measurement_of(finding)
    read_so = (
        (held_against(measurement), measurement.method) if measurement is not None else ()
    )
    return FindingText(
        title=measurement.title if measurement is not None else finding.id,
        sentence=finding.sentence,
        charts=measured_charts(measurement),
        table=measured_table(measurement) if measurement is not None else None,
        read_so=tuple(text for text in read_so if text),
        caveats=finding.caveats,
        references=finding.references,
    )
