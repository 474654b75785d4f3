"""Tables in Markdown whose columns also stand below each other as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.markdown.inline import inline
from fairaudit.report.terminal.layout import Column, pad, widest

if TYPE_CHECKING:
    from collections.abc import Sequence


def table(headings: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """Set rows under their headings.

    Parameters
    ----------
    headings : sequence of str
        One per column; not escaped yet.
    rows : sequence of sequence of str
        One text per column, likewise.
    left : int
        How many columns hold words and stand on the left; the others hold numbers.

    Returns
    -------
    str
        Lines of a table without a last line feed.
    """
    written = [[inline(cell) for cell in row] for row in (headings, *rows)]
    columns = [
        Column(
            width=max(3, widest(row[place] for row in written)),
            align="left" if place < left else "right",
        )
        for place in range(len(headings))
    ]
    rule = [
        "-" * one.width if one.align == "left" else "-" * (one.width - 1) + ":"
        for one in columns
    ]
    padded = [
        [pad(cell, column) for cell, column in zip(row, columns, strict=True)]
        for row in written
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in (padded[0], rule, *padded[1:]))
