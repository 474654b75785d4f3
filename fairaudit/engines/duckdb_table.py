"""A table in files, counted by DuckDB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, Protocol, Self

import duckdb

from fairaudit.core.errors import ColumnNotFoundError
from fairaudit.core.value import replace
from fairaudit.engines.bins import bin_reader, cuts_of
from fairaudit.engines.exact_sums import Grid
from fairaudit.engines.guards import Spread, check_spread, refuse_crossing
from fairaudit.engines.levels import (
    MOST_LEVELS,
    MOST_SCORES,
    RUNGS,
    cut_from_score,
    integers,
    raw_levels,
    settle_scored,
    too_many,
    with_cuts,
)
from fairaudit.engines.number_rules import Refused, refuse_kind, refuse_numbers, rules_of
from fairaudit.engines.query import MOST_CELLS, CountQuery, KeyColumn
from fairaudit.engines.row_texts import text_column
from fairaudit.engines.settling import RawCell, refuse_empty, settle
from fairaudit.engines.sql import (
    Binding,
    Counting,
    SqlColumn,
    count_sql,
    largest_sql,
    refused_sql,
    rows_sql,
    spread_sql,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from types import TracebackType

    from fairaudit.core.errors import UnreadableTableError
    from fairaudit.core.provenance import Source
    from fairaudit.engines.number_rules import NumberRule
    from fairaudit.engines.query import CellTable, TextColumn
    from fairaudit.engines.score_cells import Array
    from fairaudit.engines.settling import Readers
    from fairaudit.engines.workspace import Workspace

_PROBED = 20_000


class Relation(Protocol):
    """What DuckDB reads: files of one format.

    `rows` is how many there must be, if that is known; `large` says that a look at the
    first rows is worth its time; `carefully` that there is no reading in parallel, or that
    it cannot be trusted with these files.
    """

    columns: tuple[str, ...]
    rows: int | None
    large: bool
    carefully: bool

    def sql(self, bind: Binding, *, carefully: bool) -> str:
        """Write what stands behind FROM."""
        ...

    def column(self, name: str) -> SqlColumn:
        """Describe one column."""
        ...

    def first_refused(self, name: str, rule: NumberRule, rows: int) -> Refused | None:
        """Find the first cell that is not the number it should be, if it has a line."""
        ...

    def confirm(self, rows: int) -> None:
        """Refuse files of which rows got lost; asked where rows are fewer than lines."""
        ...

    def explain(self, error: Exception) -> UnreadableTableError:
        """Turn DuckDB's complaint into one sentence."""
        ...


class DuckdbTable:
    """A table in files."""

    engine = "duckdb"

    def __init__(
        self,
        session: duckdb.DuckDBPyConnection,
        relation: Relation,
        *,
        source: Source,
        workspace: Workspace,
        na: Collection[str] = (),
    ) -> None:
        self.source = source
        self.columns = relation.columns
        self._session = session
        self._relation = relation
        self._workspace = workspace
        self._na = na
        self._carefully = relation.carefully

    def count(self, query: CountQuery) -> CellTable:
        """Group the rows by the keys and count them."""
        columns = self._described(query)
        asked = Counting(columns=columns, query=query, na=self._na)
        scores = 0
        if self._relation.large:
            scores = self._check_spreads(asked, first=_PROBED)
        grid = None
        if query.amount_kind == "weight":
            grid = Grid.up_to(self._ask(largest_sql, asked)[0][0])
        readers = tuple(
            bin_reader(key) if key.is_cut else columns[key.column].read
            for key in query.keys
        )
        if query.score is not None:
            for bits in RUNGS[scores > MOST_SCORES :]:
                found = self._count_scores(replace(asked, bits=bits), grid, readers)
                if found is not None:
                    return found
            query = query.unscored()
            asked = replace(asked, query=query)
        answer = self._count(asked, grid)
        self._check_numbers(asked, answer)
        raw = (_raw_cell(row, query) for row in answer)
        return settle(raw, query, readers, grid=grid, where=self.source.name)

    def texts(self, columns: Sequence[str]) -> list[TextColumn]:
        """Read columns row by row, in the order of the files."""
        query = CountQuery(keys=tuple(KeyColumn(column=name) for name in columns))
        described = self._described(query)
        self._carefully = True
        asked = Counting(columns=described, query=query, na=self._na)
        rows = self._ask(rows_sql, asked)
        if self._relation.rows not in {None, len(rows)}:
            self._relation.confirm(len(rows))
        natives = list(zip(*rows, strict=True)) or [()] * len(columns)
        return [
            text_column(native, described[name].read)
            for name, native in zip(columns, natives, strict=True)
        ]

    def close(self) -> None:
        """Close the database and remove what was put on disk."""
        self._session.close()
        self._workspace.close()

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
        self.close()

    def _described(self, query: CountQuery) -> dict[str, SqlColumn]:
        """Describe the query's columns; refuse those that are not there or do not fit."""
        where = self.source.name
        for name in query.columns:
            if name not in self.columns:
                raise ColumnNotFoundError.among(name, self.columns, where=where)
        columns = {name: self._relation.column(name) for name in query.columns}
        for name, rule in rules_of(query).items():
            if columns[name].text is None and columns[name].number is None:
                refuse_kind(name, f"{columns[name].held} values", rule, where=where)
        return columns

    def _count(self, asked: Counting, grid: Grid | None) -> list[tuple[Any, ...]]:
        """Count, and refuse keys that make too many cells together."""
        answer = self._answered(asked, grid, most=MOST_CELLS)
        if len(answer) > MOST_CELLS:
            self._refuse_crossing(asked)
        return answer

    def _count_scores(
        self, asked: Counting, grid: Grid | None, readers: Readers
    ) -> CellTable | None:
        """Count by score too, `None` where a coarser grid is needed."""
        query = asked.query
        assert query.score is not None
        single = asked.columns[query.score].float32
        # What is cut from exact scores need not be grouped by.
        derived = cut_from_score(query, asked.bits)
        keys = tuple(key for place, key in enumerate(query.keys) if place not in derived)
        grouped = replace(asked, query=replace(query, keys=keys))
        answer = self._answered(grouped, grid, most=MOST_LEVELS)
        if len(answer) > MOST_LEVELS:
            return None
        self._check_numbers(grouped, answer)
        if not answer:
            refuse_empty(self.source.name)
        columns = list(zip(*answer, strict=True))
        sums = _sum_columns(columns[len(keys) + 1 :], grouped.query)
        raw = raw_levels(columns[: len(keys)], columns[len(keys)], sums)
        if too_many(raw, asked.bits):
            return None
        cuts = {place: cuts_of(key, float32=single) for place, key in derived.items()}
        raw = with_cuts(raw, cuts)
        if len(raw.keys) > MOST_CELLS:
            self._refuse_crossing(asked)
        return settle_scored(
            raw,
            query,
            readers,
            grid=grid,
            bits=asked.bits,
            float32=single,
            where=self.source.name,
        )

    def _answered(
        self, asked: Counting, grid: Grid | None, *, most: int
    ) -> list[tuple[Any, ...]]:
        """Ask, and once more end to end if rows got lost on the way."""

        def build(asked: Counting, relation: str, bind: Binding) -> str:
            return count_sql(asked, relation, bind, grid=grid, most=most + 1)

        answer = self._ask(build, asked)
        if len(answer) > most:
            return answer
        place = asked.query.keys_and_score
        rows = sum(row[place] for row in answer)
        if self._relation.rows not in {None, rows}:
            if not self._carefully:
                self._carefully = True
                answer = self._ask(build, asked)
            self._relation.confirm(sum(row[place] for row in answer))
        return answer

    def _refuse_crossing(self, asked: Counting) -> NoReturn:
        self._check_spreads(asked, first=None)
        refuse_crossing(asked.query, where=self.source.name)

    def _ask(
        self, build: Callable[[Counting, str, Binding], str], asked: Counting
    ) -> list[tuple[Any, ...]]:
        """Run a query; what fails in parallel is tried end to end before it is believed."""
        bind = Binding()
        relation = self._relation.sql(bind, carefully=self._carefully)
        sql = build(asked, relation, bind)
        try:
            return self._session.execute(sql, bind.values).fetchall()
        except duckdb.Error as error:
            if self._carefully:
                raise self._relation.explain(error) from None
        self._carefully = True
        return self._ask(build, asked)

    def _check_spreads(self, asked: Counting, *, first: int | None) -> int:
        """Refuse a key with too many values, by the first rows or roughly by all.

        Gives the distinct scores among them.
        """

        def build(asked: Counting, relation: str, bind: Binding) -> str:
            return spread_sql(asked, relation, bind, first=first)

        ((rows, *found),) = self._ask(build, asked)
        keys = [key for key in asked.query.keys if not key.is_cut]
        scores = found.pop() if asked.query.score is not None else 0
        for key, distinct, example in zip(keys, found[::2], found[1::2], strict=True):
            spread = Spread(
                distinct=distinct,
                rows=rows,
                example=asked.columns[key.column].read(example),
                only_first=rows == first,
                roughly=first is None,
            )
            check_spread(key, spread, asked.query, where=self.source.name)
        return int(scores)

    def _check_numbers(self, asked: Counting, answer: list[tuple[Any, ...]]) -> None:
        """Refuse a number column with cells that are none."""
        first = asked.query.keys_and_score + 1
        for place, (name, rule) in enumerate(rules_of(asked.query).items()):
            rows = sum(row[first + place] for row in answer)
            if not rows:
                continue
            refused = self._relation.first_refused(name, rule, rows)
            if refused is None:
                refused = self._any_refused(asked, name, rows)
            refuse_numbers(refused, rule, where=self.source.name)

    def _any_refused(self, asked: Counting, name: str, rows: int) -> Refused:
        def build(asked: Counting, relation: str, bind: Binding) -> str:
            return refused_sql(asked, relation, bind, name)

        ((example,),) = self._ask(build, asked)
        return Refused(column=name, example=str(example), rows=rows)


def _raw_cell(row: tuple[Any, ...], query: CountQuery) -> RawCell:
    """Take an answer's row apart: keys, rows, bad cells per number column, amounts."""
    keys, numbers = len(query.keys), len(rules_of(query))
    without, amount, squares = (*row[keys + 1 + numbers :], 0, 0, 0)[:3]
    return RawCell(
        key=row[:keys],
        rows=row[keys],
        without_amount=without,
        amount=int(amount or 0),
        squares=int(squares or 0),
    )


def _sum_columns(parts: Sequence[Sequence[Any]], query: CountQuery) -> list[Array]:
    """Take what is summed apart in the same way, a column at a time."""
    rows = integers(parts[0])
    amounts = [
        integers([int(part or 0) for part in column])
        for column in parts[1 + len(rules_of(query)) :]
    ]
    return [rows, *amounts, *[rows * 0] * (3 - len(amounts))]
