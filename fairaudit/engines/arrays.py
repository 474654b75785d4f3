"""Tables in memory: numpy arrays, Python sequences and pandas frames on one road."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np

from fairaudit.core.errors import ColumnNotFoundError, InputError
from fairaudit.core.provenance import Source
from fairaudit.engines.bins import bin_reader, cuts_of
from fairaudit.engines.canonical import Reader
from fairaudit.engines.codes import (
    cut_codes,
    integer_codes,
    numbers_of,
    sequence_codes,
    sorted_codes,
)
from fairaudit.engines.column_names import check_names
from fairaudit.engines.exact_sums import Grid
from fairaudit.engines.guards import Spread, check_spread, refuse_crossing
from fairaudit.engines.levels import (
    RUNGS,
    cut_from_score,
    settle_scored,
    too_many,
    with_cuts,
)
from fairaudit.engines.number_rules import rules_of
from fairaudit.engines.query import MOST_CELLS, TextColumn
from fairaudit.engines.row_order import check_row_order
from fairaudit.engines.score_codes import score_codes
from fairaudit.engines.settling import settle
from fairaudit.engines.tallying import Amount, tally_codes, tally_levels

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from types import TracebackType

    from fairaudit.engines.codes import Array, Codes, Column, Numbers
    from fairaudit.engines.query import CellTable, CountQuery, KeyColumn


class ArrayColumn:
    """A numpy array."""

    def __init__(self, array: Array) -> None:
        self._array = array

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._array)

    def codes(self, read: Reader) -> Codes:
        """Code the rows by what they hold."""
        kind = self._array.dtype.kind
        if kind in "biu" and len(self):
            return integer_codes(self._array, read)
        if kind in "fM":
            return sorted_codes(self._array, read)
        natives = self._array if kind == "O" else self._array.tolist()
        return sequence_codes(natives, read)

    def native_numbers(self) -> Array | None:
        """Give the numbers, NaN where one is missing, or `None` if the type is another."""
        return self._array if self._array.dtype.kind in "iuf" else None


class SequenceColumn:
    """A Python sequence, whose values may be of several kinds."""

    def __init__(self, natives: Sequence[Any]) -> None:
        self._natives = natives

    def __len__(self) -> int:
        """Count the rows."""
        return len(self._natives)

    def codes(self, read: Reader) -> Codes:
        """Code the rows by what they hold."""
        return sequence_codes(self._natives, read)

    def native_numbers(self) -> Array | None:
        """Leave numbers to the parser of texts."""
        return None


class _Coded(dict["KeyColumn", "Codes"]):
    """Codes of keys, made when they are first asked for.

    Exact scores need no codes of what is cut from them.
    """

    def __init__(self, code: Callable[[KeyColumn], Codes]) -> None:
        super().__init__()
        self._code = code

    def __missing__(self, key: KeyColumn) -> Codes:
        """Make and keep the codes of a key."""
        self[key] = self._code(key)
        return self[key]


class MemoryTable:
    """Columns in memory."""

    def __init__(
        self,
        columns: Mapping[str, Column],
        *,
        source: Source,
        engine: str,
        na: Collection[str] = (),
    ) -> None:
        self.source = source
        self.engine = engine
        self.columns = tuple(columns)
        self._columns = columns
        self._na = tuple(na)

    def count(self, query: CountQuery) -> CellTable:
        """Group the rows by the keys and count them."""
        where = self.source.name
        for name in query.columns:
            if name not in self._columns:
                raise ColumnNotFoundError.among(name, self.columns, where=where)
        numbers = {
            name: numbers_of(self._columns[name], rule, self._reader(name))
            for name, rule in rules_of(query).items()
        }
        rows = len(next(iter(self._columns.values()), ()))
        amount, grid = None, None
        if query.amount is not None:
            column = numbers[query.amount]
            grid = _grid(column) if query.amount_kind == "weight" else None
            amount = Amount(numbers=column, grid=grid)
        coded = _Coded(lambda key: self._coded(key, query, numbers))
        if query.score is not None:
            scored = self._count_scores(coded, query, numbers[query.score], amount)
            if scored is not None:
                return scored
        columns = [coded[key] for key in query.keys]
        raw = tally_codes(columns, rows, amount)
        if len(raw) > MOST_CELLS:
            refuse_crossing(query, where=where)
        return settle(raw, query, (_as_it_is,) * len(columns), grid=grid, where=where)

    def texts(self, columns: Sequence[str]) -> list[TextColumn]:
        """Read columns row by row."""
        read = []
        for name in columns:
            if name not in self._columns:
                raise ColumnNotFoundError.among(name, self.columns, where=self.source.name)
            found = self._columns[name].codes(self._reader(name))
            codes = np.asarray(found.array).astype(np.int64) + found.offset
            read.append(TextColumn(codes=codes, labels=found.labels))
        return read

    def close(self) -> None:
        """Nothing is held open."""

    def __enter__(self) -> Self:
        """Give the table itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close it."""

    def _count_scores(
        self,
        coded: Mapping[KeyColumn, Codes],
        query: CountQuery,
        scores: Numbers,
        amount: Amount | None,
    ) -> CellTable | None:
        """Count by score too, `None` if even the coarsest grid has too many bins."""
        where = self.source.name
        for bits in RUNGS:
            codes = score_codes(scores, bits)
            if codes is None:
                continue
            derived = cut_from_score(query, bits)
            others = [
                coded[key] for place, key in enumerate(query.keys) if place not in derived
            ]
            raw = tally_levels(others, codes, len(scores.array), amount)
            if too_many(raw, bits, distinct=len(codes.labels) - 1):
                continue
            cuts = {
                place: cuts_of(key, float32=scores.float32)
                for place, key in derived.items()
            }
            raw = with_cuts(raw, cuts)
            if len(raw.keys) > MOST_CELLS:
                refuse_crossing(query, where=where)
            return settle_scored(
                raw,
                query,
                tuple(
                    bin_reader(derived[place]) if place in derived else _as_it_is
                    for place, _ in enumerate(query.keys)
                ),
                grid=None if amount is None else amount.grid,
                bits=bits,
                float32=scores.float32,
                where=where,
            )
        return None

    def _reader(self, column: str) -> Reader:
        return Reader(column=column, where=self.source.name, na=self._na)

    def _coded(
        self, key: KeyColumn, query: CountQuery, numbers: Mapping[str, Numbers]
    ) -> Codes:
        """Code one key; too many values are refused before they are crossed with others."""
        if key.is_cut:
            return cut_codes(numbers[key.column], key)
        codes = self._columns[key.column].codes(self._reader(key.column))
        if len(codes.labels) > (query.most_distinct(key) or 0):
            occurring = np.unique(codes.array).astype(np.int64) + codes.offset
            labels = [codes.labels[place] for place in occurring]
            texts = [text for text in labels if text is not None]
            spread = Spread(
                distinct=len(texts),
                rows=len(codes.array),
                example=max(texts, key=len, default=None),
            )
            check_spread(key, spread, query, where=self.source.name)
        return codes


def open_arrays(arrays: Mapping[Any, Any], *, na: Collection[str] = ()) -> MemoryTable:
    """Open a mapping from column names to one-dimensional arrays or sequences.

    Raises
    ------
    InputError
        When a name is no text, a column has another shape, lengths differ, or pandas
        columns have the same row labels in different orders.
    """
    check_names(list(arrays), where="arrays")
    columns = {name: _column(name, given) for name, given in arrays.items()}
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        described = ", ".join(f"{name!r} {length:,}" for name, length in lengths.items())
        raise InputError(f"arrays: all columns need the same length; got {described}.")
    check_row_order(arrays, where="arrays")
    source = Source(kind="arrays", name="arrays")
    return MemoryTable(columns, source=source, engine="arrays", na=na)


def _column(name: str, given: Any) -> Column:
    if isinstance(given, list | tuple):
        return SequenceColumn(given)
    if hasattr(given, "iloc") and given.ndim == 1:
        from fairaudit.engines.pandas_frames import SeriesColumn

        return SeriesColumn(given)
    if isinstance(given, np.ma.MaskedArray):
        return SequenceColumn(given.tolist())
    array = np.asarray(given)
    if array.ndim != 1:
        raise InputError(
            f"arrays: column {name!r} must have one dimension; got shape {array.shape}."
        )
    return ArrayColumn(array)


def _grid(weights: Numbers) -> Grid:
    array = weights.array
    if weights.missing is not None:
        array = array[~weights.missing]
    return Grid.up_to(float(array.max()) if len(array) else None)


def _as_it_is(text: str | None) -> str | None:
    """Codes are labelled with canonical text already."""
    return text
