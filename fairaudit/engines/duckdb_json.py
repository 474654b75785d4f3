"""JSON lines as DuckDB reads them: one object a line, its keys as columns."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import duckdb

from fairaudit.core.errors import UnreadableTableError
from fairaudit.engines.canonical import Reader
from fairaudit.engines.column_names import check_names
from fairaudit.engines.duckdb_session import connect
from fairaudit.engines.readable_text import make_readable
from fairaudit.engines.reading import Opened
from fairaudit.engines.sql import Binding, SqlColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from fairaudit.engines.number_rules import NumberRule, Refused
    from fairaudit.engines.packing import Digest
    from fairaudit.engines.reading import Reading
    from fairaudit.engines.stored_file import StoredFile

_LARGE = 8 << 20
_MOST_KEYS = 10_000


def open_json(files: Sequence[StoredFile], reading: Reading, digest: Digest) -> Opened:
    """Open files of JSON lines."""
    texts = [
        make_readable(file, digest, reading.workspace, encoding=reading.encoding)
        for file in files
    ]
    readable = [text.file for text in texts]
    session = connect([file.path for file in readable], spill=reading.workspace.path)
    relation = JsonRelation(session, readable, na=reading.na)
    read_as = f"JSON lines, {texts[0].encoding}"
    return Opened(session=session, relation=relation, read_as=read_as)


class JsonRelation:
    """One or more files of JSON lines; a key that an object lacks is missing there."""

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
        self.columns = self._keys(session)

    def sql(self, bind: Binding, *, carefully: bool) -> str:
        """Write the relation: `c0`, `c1`, … as JSON, `t0`, `t1`, … as text."""
        cells = []
        for place, key in enumerate(self.columns):
            path = bind("/" + key.replace("~", "~0").replace("/", "~1"))
            cells.append(f"json_extract(json, {path}) AS c{place}")
            cells.append(f"json_extract_string(json, {path}) AS t{place}")
        return f"(SELECT {', '.join(cells)} FROM {self._objects(bind)})"

    def column(self, name: str) -> SqlColumn:
        """Describe one column."""
        place = self.columns.index(name)
        read = Reader(column=name, where=self._files[0].name, na=self._na)
        return SqlColumn(
            native=f"c{place}", text=f"t{place}", read=_of_json(read), held="JSON"
        )

    def first_refused(self, name: str, rule: NumberRule, rows: int) -> Refused | None:
        """An example is found by a query."""
        return None

    def confirm(self, rows: int) -> None:
        """Never asked: how many rows there must be is not known beforehand."""

    def explain(self, error: Exception) -> UnreadableTableError:
        """Turn DuckDB's complaint into one sentence with the line."""
        for file in self._files:
            if file.packing != "zstd":
                line = _first_bad_line(file)
                if line is not None:
                    return _not_an_object(f"{file.name}, line {line:,}")
        reason = str(error).splitlines()[0]
        return UnreadableTableError(
            f"{self._files[0].name}: it cannot be read as JSON lines ({reason})."
        )

    def _objects(self, bind: Binding) -> str:
        paths = bind([str(file.path) for file in self._files])
        packing = self._files[0].packing
        return (
            f"read_ndjson_objects({paths}, compression = '{packing}', "
            "hive_partitioning = false)"
        )

    def _keys(self, session: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
        """Find every key, those of the first object first."""
        bind = Binding()
        objects = f"(SELECT json_keys(json) AS keys, json FROM {self._objects(bind)})"
        sql = (
            "SELECT count(*), count_if(json_type(json) <> 'OBJECT'), "
            "count_if(len(keys) <> len(list_distinct(keys))), first(keys) "
            f"FROM {objects}"
        )
        distinct = f"SELECT DISTINCT unnest(keys) FROM {objects} LIMIT {_MOST_KEYS + 1}"
        try:
            counted = session.execute(sql, bind.values).fetchone()
            keys = [row[0] for row in session.execute(distinct, bind.values).fetchall()]
        except duckdb.Error as error:
            raise self.explain(error) from None
        assert counted is not None
        rows, others, repeated, first = counted
        name = self._files[0].name
        if not rows:
            raise UnreadableTableError(f"{name}: no data rows; the file is empty.")
        if others:
            raise self.explain(ValueError("a line that is not an object"))
        if repeated:
            raise UnreadableTableError(
                f"{name}: {repeated:,} of {rows:,} lines have a key more than once; "
                f"give every "
                "key a name of its own."
            )
        if len(keys) > _MOST_KEYS:
            raise UnreadableTableError(
                f"{name}: more than {_MOST_KEYS:,} different keys, which are data rather "
                "than columns; give each object the same keys."
            )
        columns = tuple(dict.fromkeys((*first, *sorted(keys))))
        check_names(columns, where=name)
        return columns


def _of_json(read: Callable[[Any], str | None]) -> Callable[[Any], str | None]:
    """Read the JSON text of a value."""
    return lambda native: None if native is None else read(json.loads(native))


def _first_bad_line(file: StoredFile) -> int | None:
    """Find the first line that is not one object, with the standard library."""
    opened = gzip.open if file.packing == "gzip" else open
    with opened(file.path, "rt", encoding="utf-8-sig") as text:
        for number, line in enumerate(text, 1):
            if line.strip() and not _is_object(line):
                return number
    return None


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _not_an_object(place: str) -> UnreadableTableError:
    return UnreadableTableError(
        f"{place}: not one JSON object; JSON lines have one object a line, such as "
        '{"gender": "F", "y_pred": 1}; `jq -c ".[]"` makes them of a JSON list.'
    )
