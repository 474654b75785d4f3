from __future__ import annotations

import pytest

from fairaudit.core.errors import InputError
from fairaudit.engines.canonical import Reader
from fairaudit.engines.guards import Spread, check_spread, refuse_crossing
from fairaudit.engines.query import CellTable, CountQuery, KeyColumn
from fairaudit.engines.settling import RawCell, settle

G, Y = KeyColumn(column="g"), KeyColumn(column="y")


def settled(*raw: RawCell, query: CountQuery) -> CellTable:
    read = tuple(Reader(column=key.column, where="people") for key in query.keys)
    return settle(raw, query, read, grid=None, where="people")


def test_values_that_read_the_same_become_one_cell() -> None:
    raw = [RawCell(key=(value,), rows=1) for value in (1, 1.0, "1", True, "true")]
    table = settled(*raw, query=CountQuery(keys=(G,)))
    assert [(cell.key, cell.rows) for cell in table.cells] == [(("1",), 3), (("true",), 2)]


def test_cells_are_sorted_with_missing_last() -> None:
    keys = [("b", 1), (None, 0), ("a", None), ("a", 0)]
    raw = [RawCell(key=key, rows=1) for key in keys]
    table = settled(*raw, query=CountQuery(keys=(G, Y)))
    in_order = [("a", "0"), ("a", None), ("b", "1"), (None, "0")]
    assert [cell.key for cell in table.cells] == in_order


def test_rows_without_an_amount_are_in_no_cell_but_in_the_total() -> None:
    raw = [
        RawCell(key=("a",), rows=5, without_amount=2, amount=30),
        RawCell(key=("b",), rows=1, without_amount=1),
    ]
    query = CountQuery(keys=(G,), amount="n", amount_kind="count")
    table = settled(*raw, query=query)
    assert (table.rows, table.missing_amount_rows) == (6, 3)
    assert [(cell.key, cell.rows, cell.amount) for cell in table.cells] == [(("a",), 3, 30)]


def test_no_rows_are_refused() -> None:
    with pytest.raises(InputError, match="people: no data rows"):
        settled(query=CountQuery(keys=(G,)))


def test_missing_is_not_one_of_the_values_a_column_may_have() -> None:
    raw = [RawCell(key=(name,), rows=1) for name in ("a", "b", None)]
    query = CountQuery(keys=(G,), few=("g",), max_distinct=2)
    assert len(settled(*raw, query=query).cells) == 3


def test_a_group_column_with_too_many_values_is_told_what_to_do() -> None:
    query = CountQuery(keys=(G,), few=("g",), max_distinct=50)
    spread = Spread(distinct=1000, rows=20_000, only_first=True)
    wanted = (
        r"people: column 'g' has 1,000 distinct values in the first 20,000 rows, more than "
        r"the 50 allowed; .*identifier.*bins=\{'g': .*max_groups="
    )
    with pytest.raises(InputError, match=wanted):
        check_spread(G, spread, query, where="people")


def test_an_outcome_with_too_many_values_looks_like_scores() -> None:
    spread = Spread(distinct=1001, rows=5000, example="0.9999")
    with pytest.raises(InputError, match=r"such as 0\.9999; .*score='y' and threshold="):
        check_spread(Y, spread, CountQuery(keys=(Y,)), where="people")


def test_a_cut_column_may_have_any_number_of_values() -> None:
    cut = KeyColumn(column="g", edges=(1.0,))
    query = CountQuery(keys=(cut,), few=("g",))
    check_spread(cut, Spread(distinct=10**6, rows=10**6), query, where="people")


def test_small_columns_may_still_make_too_many_combinations() -> None:
    with pytest.raises(InputError, match="'g', 'y' make more than 100,000 combinations"):
        refuse_crossing(CountQuery(keys=(G, Y)), where="people")
