"""CSV read record by record with the standard library, to say where something is wrong.

Slow, and used only for that: DuckDB's own line numbers count a quoted line break as
nothing.
"""

from __future__ import annotations

import csv
import gzip
from itertools import islice
from typing import TYPE_CHECKING, TextIO

from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fairaudit.engines.csv_dialect import Dialect
    from fairaudit.engines.stored_file import StoredFile

MOST_LINES = 3_000_000
"""Beyond it a search costs more seconds than an exact line is worth."""


@value
class Fault:
    """What is wrong in which line of which file, and what to do about it."""

    file: str
    line: int
    wrong: str
    remedy: str

    def __str__(self) -> str:
        """Say it in one sentence."""
        return f"{self.file}, line {self.line:,}: {self.wrong}; {self.remedy}."


@value
class Search:
    """What a search through a file found: its records, or the first fault.

    `complete` says that it came to the end.
    """

    records: int
    complete: bool
    fault: Fault | None = None


def search(file: StoredFile, dialect: Dialect) -> Search:
    """Look for the first record that is not as the header says.

    Parameters
    ----------
    file : StoredFile
        The file to read.
    dialect : Dialect
        How it is written.

    Returns
    -------
    Search
        The records of the first `MOST_LINES` lines, up to the first fault.
    """
    records = 0
    with _opened(file) as text:
        lines = _Lines(text)
        try:
            for record in _records(lines, dialect):
                fault = _fault(file, record, len(dialect.header), lines)
                if fault is not None:
                    return Search(records=records, complete=False, fault=fault)
                records += 1
        except csv.Error as error:
            fault = _quote_fault(file, lines.record, str(error))
            return Search(records=records, complete=False, fault=fault)
        except _TooFarError:
            return Search(records=records, complete=False)
    return Search(records=records, complete=True)


def find_cell(
    files: Iterable[StoredFile], dialect: Dialect, place: int, wrong: Callable[[str], bool]
) -> tuple[str, int, str] | None:
    """Find the first cell of a column for which `wrong` holds: file, line and text."""
    for file in files:
        with _opened(file) as text:
            lines = _Lines(text)
            try:
                for record in islice(_records(lines, dialect), 1, None):
                    if place < len(record) and wrong(record[place]):
                        return file.name, lines.record, record[place]
            except (csv.Error, _TooFarError):
                return None
    return None


class _TooFarError(Exception):
    """The search has read as many lines as it may."""


class _Lines:
    """The lines of a text.

    `record` is the first line of the record being read, `end` how its last line ended and
    `usual_end` how the header did.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self.number = 0
        self.record = 1
        self.end = ""
        self.usual_end: str | None = None

    def __iter__(self) -> Iterator[str]:
        for line in self._text:
            self.number += 1
            if self.number > MOST_LINES:
                raise _TooFarError
            self.end = line[len(line.rstrip("\r\n")) :]
            yield line


def _records(lines: _Lines, dialect: Dialect) -> Iterator[list[str]]:
    """Read the records that are not blank."""
    for record in csv.reader(iter(lines), delimiter=dialect.delimiter, strict=True):
        if record:
            yield record
        lines.record = lines.number + 1


def _fault(file: StoredFile, record: list[str], wanted: int, lines: _Lines) -> Fault | None:
    lines.usual_end = lines.usual_end or lines.end
    if len(record) != wanted:
        return width_fault(file.name, lines.record, found=len(record), wanted=wanted)
    if lines.end not in {lines.usual_end, ""}:
        return Fault(
            file=file.name,
            line=lines.number,
            wrong=(
                f"it ends with {lines.end!r}, and the lines before with {lines.usual_end!r}"
            ),
            remedy="end all lines in one way, as dos2unix does",
        )
    return None


def width_fault(file: str, line: int, *, found: int, wanted: int) -> Fault:
    """Describe a record with another number of fields than the header."""
    fields = "1 field" if found == 1 else f"{found:,} fields"
    return Fault(
        file=file,
        line=line,
        wrong=f"{fields} where the header has {wanted:,}",
        remedy=(
            "mend the row (a field that holds the delimiter or a line break needs quotes)"
        ),
    )


def quote_fault(file: str, line: int) -> Fault:
    """Describe a quoted field that does not end as it should."""
    return Fault(
        file=file,
        line=line,
        wrong="a quoted field is never closed, or has text behind its closing quote",
        remedy='close it, or write a quote that belongs to the text twice ("")',
    )


def _quote_fault(file: StoredFile, line: int, error: str) -> Fault | None:
    """Take the standard library's word for a quote; a long field is no fault of it."""
    return None if "field limit" in error else quote_fault(file.name, line)


def _opened(file: StoredFile) -> TextIO:
    if file.packing == "gzip":
        return gzip.open(file.path, "rt", encoding="utf-8-sig", newline="")
    return file.path.open(encoding="utf-8-sig", newline="")
