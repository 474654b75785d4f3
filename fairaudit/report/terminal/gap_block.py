"""The table of gaps: seen, less noise, and shown, each with the groups it is between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.numbers import NBSP
from fairaudit.report.sections.gaps import gap_notes, gap_texts, gaps_title
from fairaudit.report.terminal.layout import Column, grid, widest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.core.evidence import GroupTable
    from fairaudit.report.model import DecisionAudit
    from fairaudit.report.sections.gaps import GapText
    from fairaudit.report.terminal.look import Look


_HEADINGS = ("", "seen", "between", "less noise", "shown", "between")
_WIDEST_TITLE = 20
_NARROW_TITLE = 12
_USUAL, _ROOMY = 80, 100


def gap_block(part: DecisionAudit, table: GroupTable, look: Look) -> list[str]:
    """Print how far apart groups are by every criterion.

    Parameters
    ----------
    part : DecisionAudit
        The audit.
    table : GroupTable
        One of its tables.
    look : Look
        Width and colour.

    Returns
    -------
    list of str
        The main and the gated criteria as a table, the others in a sentence.
    """
    texts = gap_texts(part, table.attribute)
    if not texts:
        return []
    in_full = [text for text in texts if text.main or text.gated] or list(texts)
    briefly = [text for text in texts if text not in in_full]
    lines = look.heading(gaps_title(table))
    lines += _grid(in_full, look)
    for note in gap_notes(in_full, briefly):
        lines += look.text(note)
    return lines


def _grid(texts: Sequence[GapText], look: Look) -> list[str]:
    """Print the gaps in columns; what is left of the width goes to the names."""
    rows = [_row(text) for text in texts]
    natural = [
        widest([*heading.split(" "), *(row[place] for row in rows)])
        for place, heading in enumerate(_HEADINGS)
    ]
    gap = 2 if look.width >= _ROOMY else 1
    title = min(natural[0], _WIDEST_TITLE if look.width >= _USUAL else _NARROW_TITLE)
    left = look.width - title - natural[1] - natural[3] - natural[4] - 5 * gap
    names = min(left // 2, max(natural[2], natural[5]))
    columns = [
        Column(width=title),
        Column(width=natural[1], align="right"),
        Column(width=names),
        Column(width=natural[3], align="right"),
        Column(width=natural[4], align="right"),
        Column(width=names),
    ]
    heading = grid([_HEADINGS], columns, gap=gap, bottom=True)
    return [
        *(look.paint("heading", line) for line in heading),
        *grid(rows, columns, gap=gap),
    ]


def _row(text: GapText) -> list[str]:
    """Write one criterion's line."""
    return [
        f"{text.title}{f'{NBSP}◀' if text.gated else ''}",
        text.seen,
        text.seen_between,
        text.corrected,
        text.shown,
        text.shown_or_not_excluded,
    ]
