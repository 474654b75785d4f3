from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.engines import open_table, tallying
from fairaudit.engines.codes import Codes
from fairaudit.engines.query import CountQuery, KeyColumn

COLUMNS = st.integers(1, 200).flatmap(
    lambda rows: st.lists(
        st.lists(st.integers(0, 30), min_size=rows, max_size=rows), min_size=1, max_size=5
    )
)


def codes_of(column: list[int]) -> Codes:
    return Codes(array=np.array(column), offset=0, labels=tuple(map(str, range(31))))


@given(COLUMNS)
def test_every_combination_is_counted_as_often_as_it_occurs(
    columns: list[list[int]],
) -> None:
    # Up to three columns of 31 values are mixed in bits, more are sorted.
    cells = tallying.tally_codes([codes_of(one) for one in columns], len(columns[0]), None)
    by_hand = Counter(zip(*[map(str, column) for column in columns], strict=True))
    assert {cell.key: cell.rows for cell in cells} == by_hand


@given(st.lists(st.integers(-3, 3), min_size=1), st.integers(1, 9))
def test_parts_of_a_table_add_up_to_the_whole(values: list[int], cut: int) -> None:
    query = CountQuery(keys=(KeyColumn(column="x"),))

    def count(part: list[int]) -> Counter[tuple[str | None, ...]]:
        if not part:
            return Counter()
        with open_table({"x": np.array(part)}) as table:
            return Counter({cell.key: cell.rows for cell in table.count(query).cells})

    assert count(values[:cut]) + count(values[cut:]) == count(values)


def test_rows_beyond_one_stretch_are_counted_too() -> None:
    rows = 3 * tallying._STRETCH + 7
    values = np.arange(rows) % 3
    query = CountQuery(keys=(KeyColumn(column="x"), KeyColumn(column="y")))
    with open_table({"x": values, "y": values == 1}) as table:
        cells = table.count(query).cells
    by_hand = {("0", "false"), ("1", "true"), ("2", "false")}
    assert {cell.key for cell in cells} == by_hand
    assert sum(cell.rows for cell in cells) == rows
