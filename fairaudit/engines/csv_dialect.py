"""How a CSV file is written: delimiter, header and line ends, found on its first part."""

from __future__ import annotations

import csv
import io
import re
from itertools import islice
from typing import TYPE_CHECKING, NoReturn

from fairaudit.core.errors import InputError, UnreadableTableError
from fairaudit.core.spelling import spelled
from fairaudit.core.value import value
from fairaudit.engines.column_names import check_names

if TYPE_CHECKING:
    from collections.abc import Iterator

_DELIMITERS = (",", ";", "\t", "|")
_NAMES = {"\t": "tab"}
_SPELLED = {"\\t": "\t", "tab": "\t"}
_LINE_END = re.compile(r"\r\n|\n|\r")
_FITTED = 1 << 16
_RECORDS = 200


@value
class Dialect:
    """How a CSV file is written.

    `blank_lines` stand before the header. `one_line_each` says that no record of the first
    part runs over several lines.
    """

    delimiter: str
    header: tuple[str, ...]
    blank_lines: int
    one_line_each: bool

    @property
    def shown(self) -> str:
        """Name the delimiter."""
        return _NAMES.get(self.delimiter, repr(self.delimiter))


def check_delimiter(delimiter: str | None) -> str | None:
    """Understand what was given as the delimiter.

    Raises
    ------
    InputError
        When it is not one character that can separate fields.
    """
    if delimiter is None:
        return None
    delimiter = _SPELLED.get(delimiter, delimiter)
    if len(delimiter) != 1 or delimiter in '"\r\n\0':
        raise InputError(
            f"{spelled('delimiter')}: one character that separates fields, such as ';' or "
            f"tab; got {delimiter!r}."
        )
    return delimiter


def find_dialect(
    head: str, *, complete: bool, delimiter: str | None, where: str
) -> Dialect:
    """Find out how a CSV file is written.

    Parameters
    ----------
    head : str
        The first part of its text.
    complete : bool
        Whether that is all of it.
    delimiter : str, optional
        The delimiter, if it is known.
    where : str
        The file's name, for messages.

    Returns
    -------
    Dialect
        With the delimiter under which most records have as many fields as the header.

    Raises
    ------
    UnreadableTableError
        When there is no header or no row, or two columns have one name.
    """
    head = head.removeprefix("\ufeff")
    text = head.lstrip("\r\n")
    if "\n" not in head and "\r" in head:
        # DuckDB drops a quote that is never closed in such files without a word.
        raise UnreadableTableError(
            f"{where}, line 1: lines end with a carriage return alone, as on old Macs; end "
            "them with line feeds, as mac2unix does."
        )
    blank = _LINE_END.findall(head[: len(head) - len(text)])
    if not text.strip():
        raise UnreadableTableError(
            f"{where}: the file is empty but for blank lines, without a header or rows."
        )
    candidates = _DELIMITERS if delimiter is None else (delimiter,)
    best = max(candidates, key=lambda mark: _fit(text[:_FITTED], mark))
    records = _records(text, best)
    header = next(records, None)
    if header is None:
        raise UnreadableTableError(
            f"{where}, line 1: the header cannot be read as CSV; a quote may never be "
            f"closed."
        )
    one_line_each = _one_line_each(text[:_FITTED], best)
    if complete and not any(records):
        _refuse_without_rows(header, where=where)
    check_names(header, where=where)
    if set(blank) - set(_LINE_END.findall(text)[:1]):
        raise UnreadableTableError(
            f"{where}, line 1: blank lines stand before the header and end otherwise than "
            "it does; remove them."
        )
    return Dialect(
        delimiter=best,
        header=tuple(header),
        blank_lines=len(blank),
        one_line_each=one_line_each,
    )


def _refuse_without_rows(header: list[str], *, where: str) -> NoReturn:
    if any("\n" in name for name in header):
        raise UnreadableTableError(
            f"{where}, line 1: a quote in the header is never closed; close it, or write a "
            'quote that belongs to a name twice ("").'
        )
    raise UnreadableTableError(
        f"{where}: no data rows, only a header; was the table written to its end?"
    )


def _fit(text: str, delimiter: str) -> tuple[float, int]:
    """Say how well a delimiter explains the text: the share of rows like the header."""
    widths = [len(record) for record in islice(_records(text, delimiter), _RECORDS)]
    if not widths or widths[0] < 2:
        return 0.0, 0
    return widths.count(widths[0]) / len(widths), widths[0]


def _records(text: str, delimiter: str) -> Iterator[list[str]]:
    """Read the non-blank records; one that is cut off or malformed ends them."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        yield from filter(None, rows)
    except csv.Error:
        return


def _one_line_each(text: str, delimiter: str) -> bool:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return sum(1 for _ in islice(rows, _RECORDS)) == rows.line_num
