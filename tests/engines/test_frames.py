from __future__ import annotations

import pandas as pd
import polars as pl
import pytest

from fairaudit.core.errors import InputError, UnreadableTableError
from fairaudit.engines import open_table
from fairaudit.engines.query import MOST_CELLS, CountQuery, KeyColumn

X, Y = KeyColumn(column="x"), KeyColumn(column="y")


@pytest.mark.parametrize("data", [3, None, object(), pl.Series([1]), {1, 2}])
def test_what_is_no_table_is_refused_and_told_what_is(data: object) -> None:
    with pytest.raises(InputError, match=r"a frame of pandas, polars.*arrays; got"):
        open_table(data)


def test_twin_columns_are_refused_in_frames_too() -> None:
    with pytest.raises(UnreadableTableError, match=r"'Sex' and 'sex ' .* case or blanks"):
        open_table(pl.DataFrame({"Sex": [1], "sex ": [2]}))
    with pytest.raises(UnreadableTableError, match="column 'a' is there more than once"):
        open_table(pd.DataFrame([[1, 2]], columns=["a", "a"]))


def test_columns_named_by_numbers_are_refused() -> None:
    with pytest.raises(InputError, match=r"column names must be text; got 0.*map\(str\)"):
        open_table(pd.DataFrame([[1, 2]]))


def test_nested_values_name_no_group() -> None:
    with (
        open_table(pl.DataFrame({"x": [[1], [2]]})) as table,
        pytest.raises(InputError, match=r"column 'x' holds List\(Int64\) values"),
    ):
        table.count(CountQuery(keys=(X,)))


@pytest.mark.parametrize("column", [[True, False], [None, None]])
def test_a_column_that_cannot_hold_numbers_is_no_score(column: list[object]) -> None:
    frame = pl.DataFrame({"x": column}, schema={"x": pl.Boolean})
    query = CountQuery(keys=(KeyColumn(column="x", threshold=0.5),))
    with (
        open_table(frame) as table,
        pytest.raises(InputError, match="holds Boolean values"),
    ):
        table.count(query)


def test_encoding_means_nothing_to_a_frame() -> None:
    with pytest.raises(InputError, match="encoding and delimiter are for files"):
        open_table(pl.DataFrame({"x": [1]}), encoding="latin-1")


def test_a_lazy_frame_never_hands_over_more_cells_than_the_cap() -> None:
    # The culprit is named from the frame itself, roughly.
    rows = MOST_CELLS + 10
    frame = pl.LazyFrame({"x": range(rows), "y": [0] * rows})
    with (
        open_table(frame) as table,
        pytest.raises(InputError, match=r"'x' has about 100,010 distinct values"),
    ):
        table.count(CountQuery(keys=(X, Y), few=("x",)))


def test_many_small_columns_are_refused_as_a_crossing() -> None:
    half = 400
    frame = pl.LazyFrame({"x": range(half)}).join(
        pl.LazyFrame({"y": range(half)}), how="cross"
    )
    with (
        open_table(frame) as table,
        pytest.raises(InputError, match="more than 100,000 combinations"),
    ):
        table.count(CountQuery(keys=(X, Y)))


def test_a_frame_states_no_digest_it_does_not_have() -> None:
    with open_table(pl.DataFrame({"x": [1]})) as table:
        assert (table.source.kind, table.source.sha256) == ("frame", None)
        assert (table.engine, table.columns) == ("polars", ("x",))


def test_a_single_precision_frame_is_cut_where_its_texts_would_be() -> None:
    frame = pl.DataFrame({"x": [0.7, 0.1]}, schema={"x": pl.Float32})
    query = CountQuery(keys=(KeyColumn(column="x", threshold=0.7), X))
    with open_table(frame) as table:
        cells = table.count(query).cells
    assert [cell.key for cell in cells] == [("0", "0.1"), ("1", "0.7")]
