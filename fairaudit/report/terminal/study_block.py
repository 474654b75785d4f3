"""A study for a terminal: what was asked, what every gate came to, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.sections.studies import (
    NOTHING_REQUIRED,
    WITHOUT_GATE,
    held_against,
    measured_table,
    measurement_of,
    study_introduction,
)
from fairaudit.report.terminal.layout import Column, grid, widest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.core.finding import Finding
    from fairaudit.core.measurement import Measurement, Passages
    from fairaudit.report.model import Study
    from fairaudit.report.terminal.look import Look

MOST_ROWS = 12
"""Rows of one measurement; how many more there are is said."""

_LABELS = 12
_NAME = 30
_MOST_HEADINGS = 4
"""Texts side by side beyond which they are a table that no terminal is wide enough for."""
_NARROW = 10
"""Cells that a column has at least, so that its heading takes few lines."""
_REMARK = 16
"""Cells below which a remark is told under its row instead of beside it."""


def study_heading(study: Study, look: Look) -> list[str]:
    """Say what was asked, of what, and why it is required.

    Parameters
    ----------
    study : Study
        The study, safe to print.
    look : Look
        Width and colour.

    Returns
    -------
    list of str
        A line or more per label.
    """
    lines = look.heading(study.title)
    for label, text in study_introduction(study):
        lines += look.labelled(f"{label}:", text, column=_LABELS)
    if study.requirements.why is not None:
        lines += look.labelled("Why:", study.requirements.why, column=_LABELS)
    return lines


def nothing_required(look: Look) -> list[str]:
    """Say that a study without a gate judges nothing."""
    return look.led(NOTHING_REQUIRED, "open", WITHOUT_GATE)


def study_blocks(study: Study, look: Look) -> Iterator[list[str]]:
    """Print every finding with its measurement, and the texts side by side.

    Parameters
    ----------
    study : Study
        The study, safe to print.
    look : Look
        Width and colour.

    Yields
    ------
    list of str
        One block each.
    """
    for finding in study.findings:
        yield _finding(finding, look)
    for passages in study.passages:
        yield _passages(passages, look)


def _finding(finding: Finding, look: Look) -> list[str]:
    """Print a finding: its heading, its sentence, its numbers and what limits it."""
    measurement = measurement_of(finding)
    lines = look.heading(measurement.title) if measurement else []
    lines += look.text(finding.sentence)
    if measurement is not None:
        lines += _measurement(measurement, look)
    for caveat in finding.caveats:
        lines += look.text(f"- {caveat}", hang=2)
    return lines


def _measurement(measurement: Measurement, look: Look) -> list[str]:
    """Set a measurement in columns."""
    table = measured_table(measurement)
    lines = _columns(table.headings, table.rows[:MOST_ROWS], look)
    hidden = len(table.rows) - MOST_ROWS
    if hidden > 0:
        lines += look.text(f"{hidden} more rows: in the JSON.")
    for text in (held_against(measurement), measurement.method):
        lines += look.text(text) if text else []
    return lines


def _columns(
    headings: Sequence[str], rows: Sequence[Sequence[str]], look: Look
) -> list[str]:
    """Set rows in columns as wide as their words; the last takes what is left."""
    last = headings[-1] == "remark"
    numbers = len(headings) - last
    widths = [
        max(widest([*headings[place].split(), *(row[place] for row in rows)]), _NARROW)
        for place in range(numbers)
    ]
    widths[0] = min(widths[0], _NAME, look.width // 3)
    left = look.width - sum(widths) - 2 * numbers
    columns = [
        Column(width=width, align="right" if place > 0 else "left")
        for place, width in enumerate(widths)
    ]
    if last and left >= _REMARK:
        columns.append(Column(width=left))
        return grid([headings], columns, bottom=True) + grid(rows, columns)
    lines = grid([headings[:numbers]], columns, bottom=True)
    for row in rows:
        lines += grid([row[:numbers]], columns)
        if last and row[-1]:
            lines += look.text(row[-1], indent=2)
    return lines


def _passages(passages: Passages, look: Look) -> list[str]:
    """Print texts under their labels, a row after the other."""
    lines = look.heading(passages.title)
    if len(passages.headings) > _MOST_HEADINGS:
        told = f"{len(passages.rows)} rows of {len(passages.headings)} columns: in the HTML"
        return lines + look.text(f"{told} and the JSON.")
    column = min(max(widest(passages.headings), 1), look.width // 4)
    for row in passages.rows[:MOST_ROWS]:
        for heading, text in zip(passages.headings, row, strict=True):
            lines += look.labelled(heading, text, column=column, indent=2)
        lines += [""] * (len(row) > 2)
    hidden = len(passages.rows) - MOST_ROWS
    return lines + (look.text(f"{hidden} more: in the JSON.") if hidden > 0 else [])
