"""CSV files as DuckDB reads them: strictly, every cell as text, by names of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fairaudit.core.errors import UnreadableTableError, shown
from fairaudit.core.value import replace
from fairaudit.engines.canonical import Reader
from fairaudit.engines.csv_dialect import find_dialect
from fairaudit.engines.csv_records import find_cell, quote_fault, search, width_fault
from fairaudit.engines.csv_rows import count_records
from fairaudit.engines.duckdb_session import connect
from fairaudit.engines.number_rules import Refused
from fairaudit.engines.readable_text import make_readable, unpacked
from fairaudit.engines.reading import Opened
from fairaudit.engines.sql import SqlColumn

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fairaudit.engines.csv_dialect import Dialect
    from fairaudit.engines.csv_records import Fault
    from fairaudit.engines.number_rules import NumberRule
    from fairaudit.engines.packing import Digest
    from fairaudit.engines.readable_text import ReadableText
    from fairaudit.engines.reading import Reading
    from fairaudit.engines.sql import Binding
    from fairaudit.engines.stored_file import StoredFile

# An empty cell must not become NULL in DuckDB's reading: it overlooks a surplus field at
# the end of a row when that is NULL. No text holds these two control characters in a row.
_NEVER = "\x1f\x1e"

# Smaller than DuckDB's 32 MB: as fast, with a third of the memory.
_BUFFER = 8_000_000

_KNOWN = {
    "Maximum line size": "a row of more than 2 MB is not read; a quote may never be closed",
    "Invalid unicode": "the text is not UTF-8; unpack the file and name its encoding",
    "invalid state": "a quote or a line break stands where none belongs, or lines end in "
    "different ways; write the file anew as plain CSV",
    "Out of Memory": "the keys take more memory than is allowed; choose columns with fewer "
    "values",
}


def open_csv(files: Sequence[StoredFile], reading: Reading, digest: Digest) -> Opened:
    """Open CSV files of one dialect and one header.

    Raises
    ------
    UnreadableTableError
        When a file is not text, has no rows, or is written otherwise than the first.
    """
    texts = [
        make_readable(file, digest, reading.workspace, encoding=reading.encoding)
        for file in files
    ]
    dialects = [_dialect(text, reading) for text in texts]
    for text, dialect in zip(texts, dialects, strict=True):
        _check_alike(dialects[0], dialect, texts[0].file.name, text.file.name)
    readable = [text.file for text in texts]
    session = connect([file.path for file in readable], spill=reading.workspace.path)
    counted = [text.lines for text in texts if text.lines is not None]
    relation = CsvRelation(
        readable,
        dialects[0],
        lines=sum(counted) if len(counted) == len(texts) else None,
        na=reading.na,
    )
    read_as = f"CSV, {texts[0].encoding}, {dialects[0].shown}"
    return Opened(session=session, relation=relation, read_as=read_as)


def _dialect(text: ReadableText, reading: Reading) -> Dialect:
    return find_dialect(
        text.head,
        complete=text.complete,
        delimiter=reading.delimiter,
        where=text.file.name,
    )


def _check_alike(first: Dialect, other: Dialect, first_name: str, name: str) -> None:
    """Refuse files that are not parts of one table."""
    if other.header != first.header:
        odd = [column for column in other.header if column not in first.header]
        lacking = [column for column in first.header if column not in other.header]
        different = shown(map(repr, odd + lacking)) or "in another order"
        raise UnreadableTableError(
            f"{name}, line 1: its header is not that of {first_name} ({different}); give "
            "only files with the same columns."
        )
    if replace(other, one_line_each=True) != replace(first, one_line_each=True):
        raise UnreadableTableError(
            f"{name}: its delimiter or line ends are not those of {first_name}; write the "
            "files in one way."
        )


class CsvRelation:
    """One or more CSV files of one dialect.

    `lines` is how many lines they have together, if that is known. DuckDB reads regions of
    a file in parallel, and has been seen to lose the last region without a word when its
    first row is malformed; from end to end it loses a last row whose quote is never closed.
    So the rows must be as many as the lines; where they are not (a quoted line break, a
    blank line), the files are read once more from end to end, and their records counted.
    """

    def __init__(
        self,
        files: Sequence[StoredFile],
        dialect: Dialect,
        *,
        lines: int | None,
        na: Collection[str] = (),
    ) -> None:
        self.columns = dialect.header
        self.large = sum(file.path.stat().st_size for file in files) > _BUFFER
        self._files = files
        self._dialect = dialect
        self._na = na
        headers = len(files) * (1 + dialect.blank_lines)
        self.rows = lines - headers if lines is not None else None
        self.carefully = lines is None or not dialect.one_line_each

    def sql(self, bind: Binding, *, carefully: bool) -> str:
        """Write the relation; its columns are `c0`, `c1`, …."""
        names = ", ".join(f"'c{place}': 'VARCHAR'" for place, _ in enumerate(self.columns))
        paths = bind([str(file.path) for file in self._files])
        options = {
            "auto_detect": "false",
            "columns": f"{{{names}}}",
            "header": "true",
            "skip": str(self._dialect.blank_lines),
            "delim": bind(self._dialect.delimiter),
            "quote": "'\"'",
            "escape": "'\"'",
            "nullstr": bind(_NEVER),
            "strict_mode": "true",
            "null_padding": "false",
            "ignore_errors": "false",
            "hive_partitioning": "false",
            "compression": f"'{self._files[0].packing}'",
            "buffer_size": str(_BUFFER),
            "parallel": "false" if carefully else "true",
        }
        written = ", ".join(f"{name} = {option}" for name, option in options.items())
        return f"read_csv({paths}, {written})"

    def column(self, name: str) -> SqlColumn:
        """Describe one column."""
        cell = f"c{self.columns.index(name)}"
        read = Reader(column=name, where=self._files[0].name, na=self._na)
        return SqlColumn(native=cell, text=cell, read=read)

    def first_refused(self, name: str, rule: NumberRule, rows: int) -> Refused | None:
        """Find the first cell of a column that is not the number it should be."""

        def wrong(text: str) -> bool:
            return bool(text) and text not in self._na and rule.parse(text) is None

        if self._files[0].packing == "zstd":
            return None
        place = self.columns.index(name)
        found = find_cell(self._files, self._dialect, place, wrong)
        if found is None:
            return None
        file, line, text = found
        return Refused(column=name, example=text, rows=rows, line=line, file=file)

    def confirm(self, rows: int) -> None:
        """Refuse files of which rows got lost in reading.

        Raises
        ------
        UnreadableTableError
            Naming the fault that made DuckDB lose them.
        """
        if self._files[0].packing == "zstd":
            return
        headers = len(self._files)
        # The quick count can be misled by quotes within unquoted fields, the search cannot.
        if self.large and rows == self._records() - headers:
            return
        searches = [search(file, self._dialect) for file in self._files]
        fault = next((found.fault for found in searches if found.fault is not None), None)
        if fault is not None:
            raise UnreadableTableError(str(fault))
        complete = all(found.complete for found in searches)
        if not complete or rows != sum(found.records for found in searches) - headers:
            raise UnreadableTableError(
                f"{self._files[0].name}: {rows:,} rows could be read, but its lines hold "
                "another number; a quote stands where none belongs, so write the file anew."
            )

    def _records(self) -> int:
        return sum(count_records(unpacked(file)) for file in self._files)

    def explain(self, error: Exception) -> UnreadableTableError:
        """Turn DuckDB's complaint into one sentence with the right line."""
        fault = None
        if self._files[0].packing != "zstd":
            faults = (search(file, self._dialect).fault for file in self._files)
            fault = next(filter(None, faults), None)
        return UnreadableTableError(str(fault or self._reported(str(error))))

    def _reported(self, message: str) -> Fault | str:
        """Make what can be made of DuckDB's own message."""
        path = re.search(r"file = (.*)", message)
        names = {str(file.path): file.name for file in self._files}
        name = names.get(path[1].strip() if path else "", self._files[0].name)
        stated = re.search(r"Line: (\d+)", message)
        line = int(stated[1]) if stated else 0
        width = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
        if width is not None:
            return width_fault(name, line, found=int(width[2]), wanted=int(width[1]))
        if "unterminated quote" in message:
            return quote_fault(name, line)
        place = f"{name}, line {line:,}" if line else name
        for part, sentence in _KNOWN.items():
            if part in message:
                return f"{place}: {sentence}."
        return f"{place}: it cannot be read as CSV ({message.splitlines()[0]})."
