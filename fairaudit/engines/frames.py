"""Frames of any library, counted by one lazy query; only the cells are collected."""

from __future__ import annotations

import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn, Self

import narwhals as nw

from fairaudit.core.errors import ColumnNotFoundError, InputError
from fairaudit.core.provenance import Source
from fairaudit.core.value import replace
from fairaudit.engines.bins import bin_reader
from fairaudit.engines.canonical import Reader, canonical
from fairaudit.engines.column_names import check_names
from fairaudit.engines.exact_sums import LIMB, Grid
from fairaudit.engines.frame_query import (
    Asked,
    counted,
    largest,
    numbered,
    refused,
    spreads,
)
from fairaudit.engines.guards import Spread, check_spread, refuse_crossing
from fairaudit.engines.levels import (
    MOST_LEVELS,
    RUNGS,
    integers,
    raw_levels,
    settle_scored,
    too_many,
)
from fairaudit.engines.number_rules import (
    Refused,
    refuse_kind,
    refuse_numbers,
    rules_of,
)
from fairaudit.engines.query import MOST_CELLS, CountQuery, KeyColumn
from fairaudit.engines.row_texts import text_column
from fairaudit.engines.settling import RawCell, refuse_empty, settle

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence
    from types import TracebackType

    from fairaudit.engines.query import CellTable, Table, TextColumn
    from fairaudit.engines.settling import Readers

_WHERE = "frame"
_ACCEPTED = (
    "a file name, a frame of pandas, polars, Arrow, DuckDB, Ibis, Dask or PySpark, or a "
    "mapping from column names to arrays"
)
_UNFIT = (nw.List, nw.Array, nw.Struct, nw.Binary, nw.Duration)


def open_frame(data: object, *, na: Collection[str] = ()) -> Table:
    """Open a frame of any library.

    Raises
    ------
    InputError
        When the data are no frame.
    """
    pandas = sys.modules.get("pandas")
    if pandas is not None and isinstance(data, pandas.DataFrame):
        from fairaudit.engines.pandas_frames import open_pandas

        return open_pandas(data, na=na)
    with _without_dask_notice():
        try:
            frame = nw.from_native(data).lazy()  # type: ignore[call-overload]
        except TypeError:
            raise InputError(
                f"data: expected {_ACCEPTED}; got {type(data).__name__}."
            ) from None
        return FrameTable(frame, na=na)


class FrameTable:
    """A frame, held as a lazy query."""

    def __init__(self, frame: nw.LazyFrame[Any], *, na: Collection[str] = ()) -> None:
        self._frame = frame
        self._schema = frame.collect_schema()
        self._na = tuple(na)
        self.source = Source(kind="frame", name=_WHERE)
        self.engine = str(frame.implementation.value)
        self.columns = tuple(self._schema)
        check_names(self.columns, where=_WHERE)

    def count(self, query: CountQuery) -> CellTable:
        """Group the rows by the keys and count them."""
        asked = Asked(query=query, schema=self._schema, na=self._na)
        self._check_columns(asked)
        with _without_dask_notice():
            layer = numbered(self._frame, asked)
            grid = None
            if query.amount_kind == "weight":
                grid = Grid.up_to(_rows(largest(layer, asked))[0][0])
            readers = tuple(self._reader(key, asked) for key in query.keys)
            if query.score is not None:
                for bits in RUNGS:
                    by_score = replace(asked, bits=bits)
                    found = self._count_scores(layer, by_score, grid, readers)
                    if found is not None:
                        return found
                query = query.unscored()
                asked = replace(asked, query=query)
            answer = _rows(counted(layer, asked, grid).head(MOST_CELLS + 1))
            if len(answer) > MOST_CELLS:
                self._refuse_crossing(asked)
            self._check_numbers(asked, answer)
        raw = (_raw_cell(row, query) for row in answer)
        return settle(raw, query, readers, grid=grid, where=_WHERE)

    def texts(self, columns: Sequence[str]) -> list[TextColumn]:
        """Read columns row by row."""
        query = CountQuery(keys=tuple(KeyColumn(column=name) for name in columns))
        asked = Asked(query=query, schema=self._schema, na=self._na)
        self._check_columns(asked)
        with _without_dask_notice():
            rows = _rows(self._frame.select(*dict.fromkeys(columns)))
        natives = list(zip(*rows, strict=True)) or [()] * len(columns)
        return [
            text_column(native, self._reader(key, asked))
            for key, native in zip(query.keys, natives, strict=True)
        ]

    def close(self) -> None:
        """Leave the frame, which belongs to the caller, as it is."""

    def __enter__(self) -> Self:
        """Give the table itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave the frame as it is."""

    def _count_scores(
        self,
        layer: nw.LazyFrame[Any],
        asked: Asked,
        grid: Grid | None,
        readers: Readers,
    ) -> CellTable | None:
        """Count by score too, `None` where a coarser grid is needed."""
        query = asked.query
        assert query.score is not None
        answer = _rows(counted(layer, asked, grid).head(MOST_LEVELS + 1))
        if len(answer) > MOST_LEVELS:
            return None
        self._check_numbers(asked, answer)
        if not answer:
            refuse_empty(_WHERE)
        keys = len(query.keys)
        columns = list(zip(*answer, strict=True))
        scores = [
            None if missing else score
            for missing, score in zip(*columns[keys : keys + 2], strict=True)
        ]
        sums = zip(*(_sums(row[keys + 2 :], query) for row in answer), strict=True)
        raw = raw_levels(columns[:keys], scores, [integers(part) for part in sums])
        if too_many(raw, asked.bits):
            return None
        if len(raw.keys) > MOST_CELLS:
            self._refuse_crossing(asked)
        return settle_scored(
            raw,
            query,
            readers,
            grid=grid,
            bits=asked.bits,
            float32=asked.is_single(query.score),
            where=_WHERE,
        )

    def _refuse_crossing(self, asked: Asked) -> NoReturn:
        self._check_spreads(asked)
        refuse_crossing(asked.query, where=_WHERE)

    def _check_columns(self, asked: Asked) -> None:
        """Refuse columns that are not there, or of a type that does not fit."""
        rules = rules_of(asked.query)
        for name in asked.query.columns:
            if name not in self._schema:
                raise ColumnNotFoundError.among(name, self.columns, where=_WHERE)
            dtype = self._schema[name]
            if isinstance(dtype, _UNFIT):
                raise InputError(
                    f"{_WHERE}: column {name!r} holds {dtype} values, which cannot name "
                    "groups or outcomes; choose another column."
                )
            if name in rules and not (dtype.is_numeric() or asked.holds_text(name)):
                refuse_kind(name, f"{dtype} values", rules[name], where=_WHERE)

    def _reader(self, key: KeyColumn, asked: Asked) -> Callable[[Any], str | None]:
        if key.is_cut:
            return bin_reader(key)
        single = asked.is_single(key.column)
        return Reader(column=key.column, where=_WHERE, na=self._na, float32=single)

    def _check_spreads(self, asked: Asked) -> None:
        """Refuse a key with too many values."""
        ((rows, *found),) = _rows(spreads(self._frame, asked))
        keys = [key for key in asked.query.keys if not key.is_cut]
        for key, distinct, example in zip(keys, found[::2], found[1::2], strict=True):
            text = self._reader(key, asked)(example)
            # Missing values may be counted as one more.
            spread = Spread(distinct=distinct, rows=rows, example=text, roughly=True)
            check_spread(key, spread, asked.query, where=_WHERE)

    def _check_numbers(self, asked: Asked, answer: list[tuple[Any, ...]]) -> None:
        """Refuse a number column with cells that are none."""
        # A score comes with whether it is missing.
        first = len(asked.query.keys) + 1 + 2 * (asked.query.score is not None)
        for place, (name, rule) in enumerate(rules_of(asked.query).items()):
            rows = sum(int(row[first + place]) for row in answer)
            if rows:
                ((example,),) = _rows(refused(self._frame, asked, name))
                text = str(canonical(example))
                found = Refused(column=name, example=text, rows=rows)
                refuse_numbers(found, rule, where=_WHERE)


@contextmanager
def _without_dask_notice() -> Iterator[None]:
    """Keep back narwhals' notice that its Dask support will move to another package."""
    with warnings.catch_warnings():
        warnings.filterwarnings(
            "ignore",
            message="Dask support is moving out of Narwhals",
            category=FutureWarning,
        )
        yield


def _rows(frame: nw.LazyFrame[Any]) -> list[tuple[Any, ...]]:
    """Collect a small answer; DuckDB and Spark hand over rows without pyarrow's help."""
    native = frame.to_native()
    if frame.implementation.is_duckdb():
        rows: list[tuple[Any, ...]] = native.fetchall()
        return rows
    if frame.implementation.is_pyspark():
        return [tuple(row) for row in native.collect()]
    return frame.collect().rows()


def _raw_cell(row: tuple[Any, ...], query: CountQuery) -> RawCell:
    """Take an answer's row apart."""
    keys = len(query.keys)
    rows, without, amount, squares = _sums(row[keys:], query)
    return RawCell(
        key=row[:keys], rows=rows, without_amount=without, amount=amount, squares=squares
    )


def _sums(parts: tuple[Any, ...], query: CountQuery) -> tuple[int, int, int, int]:
    """Read what is summed: rows, bad cells per number column, amounts."""
    if query.amount is None:
        return int(parts[0]), 0, 0, 0
    amounts = [int(part) for part in parts[1 + len(rules_of(query)) :]]
    if query.amount_kind != "weight":
        without, amount = amounts
        return int(parts[0]), without, amount, 0
    without, high, low, square_high, square_low = amounts
    limb = int(LIMB)
    return int(parts[0]), without, high * limb + low, square_high * limb + square_low
