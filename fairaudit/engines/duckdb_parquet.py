"""Parquet files as DuckDB reads them: native values, columns by names of ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb

from fairaudit.core.errors import InputError, UnreadableTableError
from fairaudit.engines.canonical import Reader
from fairaudit.engines.column_names import check_names
from fairaudit.engines.duckdb_session import connect
from fairaudit.engines.packing import stored_chunks
from fairaudit.engines.reading import Opened
from fairaudit.engines.sql import Binding, SqlColumn

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fairaudit.engines.number_rules import NumberRule, Refused
    from fairaudit.engines.packing import Digest
    from fairaudit.engines.reading import Reading
    from fairaudit.engines.stored_file import StoredFile

_NUMBERS = r"(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\))"
_OTHERS = r"(BOOLEAN|DATE|TIME|TIMESTAMP(_S|_MS|_NS)?)"
_AS_TEXT = r"(VARCHAR|UUID|ENUM\(.*\))"

_LARGE = 32 << 20


def open_parquet(files: Sequence[StoredFile], reading: Reading, digest: Digest) -> Opened:
    """Open Parquet files with the same columns."""
    for file in files:
        for _ in stored_chunks(file.path, digest):
            pass
    session = connect([file.path for file in files], spill=reading.workspace.path)
    relation = ParquetRelation(session, files, na=reading.na)
    return Opened(session=session, relation=relation, read_as="Parquet")


class ParquetRelation:
    """One or more Parquet files with the same columns."""

    rows: int | None = None
    carefully = True  # there is only one way to read them

    def __init__(
        self,
        session: duckdb.DuckDBPyConnection,
        files: Sequence[StoredFile],
        *,
        na: Collection[str] = (),
    ) -> None:
        self.large = sum(file.path.stat().st_size for file in files) > _LARGE
        self._files = files
        self._na = na
        self._types = self._described(session, files[0])
        self.columns = tuple(self._types)
        for file in files[1:]:
            if self._described(session, file) != self._types:
                raise UnreadableTableError(
                    f"{file.name}: its columns are not those of {files[0].name}; give only "
                    "files of one table."
                )

    def sql(self, bind: Binding, *, carefully: bool) -> str:
        """Write the relation; its columns are `c0`, `c1`, …."""
        names = ", ".join(f"c{place}" for place, _ in enumerate(self.columns))
        paths = bind([str(file.path) for file in self._files])
        relation = f"read_parquet({paths}, hive_partitioning = false) AS r({names})"
        return f"(SELECT * FROM {relation})"

    def column(self, name: str) -> SqlColumn:
        """Describe one column by its type."""
        cell, held = f"c{self.columns.index(name)}", self._types[name]
        read = Reader(
            column=name,
            where=self._files[0].name,
            na=self._na,
            float32=held == "FLOAT",
        )
        if re.fullmatch(_AS_TEXT, held):
            text = f"CAST({cell} AS VARCHAR)"
            return SqlColumn(native=text, text=text, read=read, held=held)
        if re.fullmatch(_NUMBERS, held):
            number = f"CAST({cell} AS DOUBLE)"
            single = held == "FLOAT"
            return SqlColumn(
                native=cell, number=number, read=read, held=held, float32=single
            )
        if re.fullmatch(_OTHERS, held):
            return SqlColumn(native=cell, read=read, held=held)
        raise InputError(
            f"{self._files[0].name}: column {name!r} holds {held} values, which "
            f"cannot name "
            "groups or outcomes; choose another column."
        )

    def first_refused(self, name: str, rule: NumberRule, rows: int) -> Refused | None:
        """Parquet has no lines; an example is found by a query."""
        return None

    def confirm(self, rows: int) -> None:
        """Never asked: how many rows there must be is not known beforehand."""

    def explain(self, error: Exception) -> UnreadableTableError:
        """Turn DuckDB's complaint into one sentence."""
        return _unreadable(self._files[0], error)

    def _described(
        self, session: duckdb.DuckDBPyConnection, file: StoredFile
    ) -> dict[str, str]:
        bind = Binding()
        paths = bind([str(file.path)])
        sql = f"DESCRIBE SELECT * FROM read_parquet({paths}, hive_partitioning = false)"
        try:
            described = session.execute(sql, bind.values).fetchall()
        except duckdb.Error as error:
            raise _unreadable(file, error) from None
        check_names([row[0] for row in described], where=file.name)
        return {row[0]: row[1] for row in described}


def _unreadable(file: StoredFile, error: Exception) -> UnreadableTableError:
    reason = str(error).splitlines()[0].replace(str(file.path), file.name)
    return UnreadableTableError(
        f"{file.name}: it cannot be read as Parquet ({reason}); it may be damaged or cut "
        "short, so make it anew."
    )
