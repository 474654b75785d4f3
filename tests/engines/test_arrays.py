from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pandas as pd
import pytest

from fairaudit.core.errors import InputError
from fairaudit.engines import open_table
from fairaudit.engines.query import CountQuery, KeyColumn

BY_X = CountQuery(keys=(KeyColumn(column="x"),))


def rows(data: Any, query: CountQuery = BY_X) -> dict[str | None, int]:  # noqa: ANN401
    with open_table({"x": data}) as table:
        return {cell.key[0]: cell.rows for cell in table.count(query).cells}


@pytest.mark.parametrize(
    "dtype", ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8"]
)
def test_numbers_of_every_width_are_counted(dtype: str) -> None:
    assert rows(np.array([0, 1, 1, 100], dtype=dtype)) == {"0": 1, "1": 2, "100": 1}


@pytest.mark.parametrize(
    "values",
    [
        [-5, -5, 1020],
        [-(2**63), -(2**63), 2**63 - 1],
        [2**62, 2**62, 2**62 + 3],
    ],
)
def test_integers_far_from_zero_or_each_other_are_counted(values: list[int]) -> None:
    found = rows(np.array(values, dtype=np.int64))
    assert found == {str(values[0]): 2, str(values[2]): 1}


def test_the_largest_unsigned_integers_are_counted() -> None:
    top = 2**64 - 1
    assert rows(np.array([top, top, 0], dtype=np.uint64)) == {str(top): 2, "0": 1}


@pytest.mark.parametrize("distinct", [255, 256, 257, 600])
@pytest.mark.parametrize("objects", [False, True])
def test_hundreds_of_texts_are_counted(distinct: int, *, objects: bool) -> None:
    texts = [f"{place % distinct}" for place in range(1_234)]
    assert rows(np.array(texts, dtype=object) if objects else texts) == Counter(texts)


def test_values_of_several_kinds_in_a_list_are_kept_apart() -> None:
    assert rows([1, True, "1", 1.0, None, "x"]) == {"1": 3, "true": 1, "x": 1, None: 1}


def test_values_of_several_kinds_in_pandas_objects_are_kept_apart() -> None:
    objects = pd.Series([1, True, "a", 1.0, None], dtype=object)
    assert rows(objects) == {"1": 2, "true": 1, "a": 1, None: 1}


def test_masked_values_are_missing() -> None:
    assert rows(np.ma.masked_array([1, 2, 2], mask=[True, False, False])) == {
        "2": 2,
        None: 1,
    }


def test_texts_and_dates_of_numpy_are_counted() -> None:
    assert rows(np.array(["a", "", "a"])) == {"a": 2, None: 1}
    days = np.array(["2024-01-01", "NaT"], dtype="datetime64[ns]")
    assert rows(days) == {"2024-01-01": 1, None: 1}


def test_many_separate_nans_are_one_missing_value() -> None:
    nans = [float("nan") for _ in range(2000)]
    query = CountQuery(keys=BY_X.keys, few=("x",))
    assert rows([*nans, "a"], query) == {"a": 1, None: 2000}


def test_columns_of_other_lengths_are_refused() -> None:
    with pytest.raises(InputError, match="same length; got 'x' 2, 'y' 1"):
        open_table({"x": [1, 2], "y": [1]})


def test_a_matrix_is_no_column() -> None:
    with pytest.raises(
        InputError, match=r"'x' must have one dimension; got shape \(2, 2\)"
    ):
        open_table({"x": np.zeros((2, 2))})


def test_values_that_hold_others_name_no_group() -> None:
    with pytest.raises(InputError, match="column 'x' holds list values"):
        rows([[1], [2]])


def test_unused_categories_are_no_values() -> None:
    column = pd.Categorical(
        ["a", "b"], categories=[f"c{n}" for n in range(90)] + ["a", "b"]
    )
    query = CountQuery(keys=BY_X.keys, few=("x",))
    assert rows(pd.Series(column), query) == {"a": 1, "b": 1}


def test_pandas_singles_keep_their_short_text() -> None:
    assert rows(pd.Series([0.1, 0.7], dtype="float32")) == {"0.1": 1, "0.7": 1}
    assert rows(pd.Series([0.1, None], dtype="Float32")) == {"0.1": 1, None: 1}
