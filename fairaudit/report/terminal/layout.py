"""Text in terminal cells: measured, wrapped and set in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len

from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

NBSP = "\u00a0"
"""Holds words together when a text is wrapped; printed as a blank."""


@value
class Column:
    """A column of a grid: its width in cells and the side its text stands on."""

    width: int
    align: Literal["left", "right"] = "left"


def width_of(text: str) -> int:
    """Count the cells a text takes; a Chinese character takes two.

    Examples
    --------
    >>> width_of("abc"), width_of("中文")
    (3, 4)
    """
    return len(text) if text.isascii() else cell_len(text)


def widest(texts: Iterable[str]) -> int:
    """Give the width of the widest text, 0 without any."""
    return max((width_of(text) for text in texts), default=0)


def pad(text: str, column: Column) -> str:
    """Fill a text up to its column."""
    blanks = " " * (column.width - width_of(text))
    return text + blanks if column.align == "left" else blanks + text


def wrap(text: str, width: int, *, hang: int = 0, start: int = 0) -> list[str]:
    """Break a text into lines of at most `width` cells.

    Parameters
    ----------
    text : str
        Words; runs of blanks count as one, no-break spaces hold words together.
    width : int
        Cells of a line.
    hang : int
        By how much lines after the first are indented.
    start : int
        By how much the first line is.

    Returns
    -------
    list of str
        At least one line, no-break spaces turned into blanks.

    Examples
    --------
    >>> wrap("a rate of 3 people", 9, hang=2)
    ['a rate of', '  3', '  people']
    """
    lines, line = [], " " * start
    empty = True
    for word in _pieces(text, width - max(hang, start)):
        joined = line + word if empty else f"{line} {word}"
        if empty or width_of(joined) <= width:
            line = joined
        else:
            lines.append(line)
            line = " " * hang + word
        empty = False
    return [one.replace(NBSP, " ").rstrip() for one in (*lines, line)]


def grid(
    rows: Iterable[Sequence[str]],
    columns: Sequence[Column],
    *,
    gap: int = 2,
    bottom: bool = False,
) -> list[str]:
    """Set rows of cells in columns, each cell wrapped to its column.

    Parameters
    ----------
    rows : iterable of sequence of str
        One text per column.
    columns : sequence of Column
        Their widths.
    gap : int
        Blanks between columns.
    bottom : bool
        Whether shorter cells stand on the last line of their row, as headings do.

    Returns
    -------
    list of str
        Lines without blanks at their end.
    """
    lines = []
    for row in rows:
        cells = [
            wrap(cell, column.width) for cell, column in zip(row, columns, strict=True)
        ]
        height = max(len(cell) for cell in cells)
        for cell in cells:
            empty = [""] * (height - len(cell))
            cell[:] = empty + cell if bottom else cell + empty
        for number in range(height):
            parts = [
                pad(cell[number], column)
                for cell, column in zip(cells, columns, strict=True)
            ]
            lines.append((" " * gap).join(parts).rstrip())
    return lines


def _pieces(text: str, width: int) -> list[str]:
    """Split into words, and words wider than a line at hyphens or wherever it must be."""
    pieces: list[str] = []
    for word in text.split(" "):
        if not word:
            continue
        if width_of(word) <= width:
            pieces.append(word)
        else:
            pieces.extend(_broken(word, width))
    return pieces


def _broken(word: str, width: int) -> list[str]:
    """Break a word, behind a hyphen if one is near enough to the edge."""
    pieces, piece = [], ""
    for character in word:
        # What stands behind a hyphen may still be too wide for a character of two cells.
        while piece and width_of(piece + character) > width:
            kept = piece.rfind("-") + 1 or len(piece)
            pieces.append(piece[:kept])
            piece = piece[kept:]
        piece += character
    return [*pieces, piece]
