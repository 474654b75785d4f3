"""The blocks of a study in Markdown: what was asked, verdicts, findings and texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.markdown.inline import inline
from fairaudit.report.markdown.table import table as set_table
from fairaudit.report.sections.studies import (
    NOTHING_REQUIRED,
    WITHOUT_GATE,
    held_against,
    measured_table,
    measurement_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.finding import Finding
    from fairaudit.core.measurement import Passages
    from fairaudit.report.model import Study

MOST_ROWS = 60
"""Rows of one table; how many are not shown is said."""


def nothing_required() -> str:
    """Say that a study without a gate judges nothing."""
    return f"**{NOTHING_REQUIRED}** {WITHOUT_GATE}"


def study_blocks(study: Study) -> Iterator[str]:
    """Write every finding with its measurement, and the texts side by side.

    Parameters
    ----------
    study : Study
        The study, safe to print.

    Yields
    ------
    str
        Markdown that stands between empty lines.
    """
    for finding in study.findings:
        yield from _finding(finding)
    for passages in study.passages:
        yield from _passages(passages)


def _finding(finding: Finding) -> Iterator[str]:
    """Write a finding: its heading, sentence, numbers, and what limits it."""
    measurement = measurement_of(finding)
    if measurement is not None:
        yield f"## {inline(measurement.title)}"
    yield f"**Found:** {inline(finding.sentence)}"
    if measurement is not None:
        text = measured_table(measurement)
        yield set_table(text.headings, text.rows[:MOST_ROWS])
        yield from _more(len(text.rows))
        told = [held_against(measurement), measurement.method]
        yield "\n".join(f"- **Read so:** {inline(one)}" for one in told if one)
    yield "\n".join(f"- **Limit:** {inline(one)}" for one in finding.caveats)


def _passages(passages: Passages) -> Iterator[str]:
    """Write texts side by side."""
    yield f"## {inline(passages.title)}"
    width = len(passages.headings)
    yield set_table(passages.headings, passages.rows[:MOST_ROWS], left=width)
    yield from _more(len(passages.rows))


def _more(rows: int) -> Iterator[str]:
    """Say how many rows are not shown."""
    if rows > MOST_ROWS:
        yield f"{rows - MOST_ROWS} more rows: in the JSON."
