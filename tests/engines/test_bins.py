from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.engines import open_table
from fairaudit.engines.bins import bin_labels, bin_reader, cuts_of
from fairaudit.engines.query import CountQuery, KeyColumn


def test_one_edge_makes_two_bins() -> None:
    assert bin_labels((25.5,)) == ("under 25.5", "25.5 and over")


@given(
    st.lists(st.integers(-50, 50), min_size=1, max_size=6, unique=True).map(sorted),
    st.lists(st.integers(-60, 60), min_size=1),
)
def test_every_number_falls_in_the_bin_its_label_says(
    edges: list[int], numbers: list[int]
) -> None:
    key = KeyColumn(column="x", edges=tuple(map(float, edges)))
    with open_table({"x": numbers}) as table:
        cells = table.count(CountQuery(keys=(key,))).cells
    found = {cell.key[0]: cell.rows for cell in cells}
    labels = bin_labels(key.edges or ())
    bounds = [float("-inf"), *edges, float("inf")]
    for label, low, high in zip(labels, bounds, bounds[1:], strict=False):
        inside = sum(low <= number < high for number in numbers)
        assert found.get(label, 0) == inside


def test_a_threshold_makes_ones_and_zeros_and_keeps_missing_apart() -> None:
    read = bin_reader(KeyColumn(column="s", threshold=0.5))
    assert [read(place) for place in (0, 1, -1, None)] == ["0", "1", None, None]


@pytest.mark.parametrize("cut", [0.7, 0.1, 0.3])
def test_a_single_is_at_or_above_the_number_it_was_written_as(cut: float) -> None:
    key = KeyColumn(column="s", threshold=cut)
    assert cuts_of(key, float32=True) == (float(np.float32(cut)),)
    with open_table({"s": np.array([cut], dtype=np.float32)}) as table:
        (cell,) = table.count(CountQuery(keys=(key,))).cells
    assert cell.key == ("1",)
