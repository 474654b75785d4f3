"""The table of gaps: seen, less noise, and shown, each with the groups it is between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.numbers import NBSP, listed
from fairaudit.report.sections.gaps import gap_texts
from fairaudit.report.terminal.layout import Column, grid, widest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.core.evidence import GroupTable
    from fairaudit.report.model import DecisionAudit
    from fairaudit.report.sections.gaps import GapText
    from fairaudit.report.terminal.look import Look


_HEADINGS = ("", "seen", "between", "less noise", "shown", "between")
_WIDEST_TITLE = 20
_NARROW_TITLE = 12
_USUAL, _ROOMY = 80, 100
_MOST_LEFT_OUT = 4


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
    lines = look.heading(
        "Largest gaps: as seen, after noise correction, and shown at 95 % over all "
        f"{'pairs' if table.compare == 'pairs' else 'comparisons'}"
    )
    lines += _grid(in_full, look)
    for note in _notes(in_full, briefly):
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
    shown_between = text.shown_between
    if not shown_between and text.not_excluded:
        shown_between = f"(up to {text.not_excluded} not{NBSP}excluded)"
    return [
        f"{text.title}{f'{NBSP}◀' if text.gated else ''}",
        text.seen,
        text.seen_between,
        text.corrected,
        text.shown,
        shown_between,
    ]


def _notes(in_full: Sequence[GapText], briefly: Sequence[GapText]) -> Iterator[str]:
    """Say what the mark means, who is in no gap, and the other criteria in short."""
    if any(text.gated for text in in_full):
        yield "◀ required"
    left_out = {name: why for text in in_full for name, why in text.left_out.items()}
    if left_out:
        names = listed(sorted(left_out), most=_MOST_LEFT_OUT)
        yield f"Not in every gap, for want of a rate: {names}."
    if briefly:
        others = [
            f"{text.title} {text.seen} ({'shown' if text.shown != 'none' else 'not shown'}"
            f"{f' {text.shown}' if text.shown != 'none' else ''})"
            for text in briefly
        ]
        yield f"Also measured: {listed(others)}."
