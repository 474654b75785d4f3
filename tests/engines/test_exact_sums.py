from __future__ import annotations

import random
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.engines import open_table
from fairaudit.engines.exact_sums import Grid
from fairaudit.engines.query import CountQuery, KeyColumn

WEIGHTED = CountQuery(keys=(KeyColumn(column="g"),), amount="w", amount_kind="weight")
WEIGHTS = st.lists(
    st.floats(min_value=0, max_value=1e6, allow_subnormal=False), min_size=1, max_size=40
)


def total(weights: list[float]) -> tuple[float, float | None]:
    with open_table({"g": ["a"] * len(weights), "w": weights}) as table:
        (cell,) = table.count(WEIGHTED).cells
    return cell.amount, cell.squares


@given(WEIGHTS, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_bit_of_a_sum(
    weights: list[float], rng: random.Random
) -> None:
    shuffled = weights.copy()
    rng.shuffle(shuffled)
    assert total(shuffled) == total(weights)


@given(WEIGHTS)
def test_a_sum_is_exact_to_a_grid_step_a_row(weights: list[float]) -> None:
    amount, squares = total(weights)
    largest = max(weights)
    step = len(weights) * largest * 2.0**-50
    assert amount == pytest.approx(float(sum(map(Fraction, weights))), abs=step)
    exact = sum(Fraction(weight) ** 2 for weight in weights)
    assert squares == pytest.approx(float(exact), abs=step * largest)


def test_whole_weights_add_up_to_whole_numbers() -> None:
    assert total([1.0, 2.0, 3.5]) == (6.5, 1 + 4 + 12.25)


@pytest.mark.parametrize("largest", [1e-9, 0.3, 1.0, 1.5, 2.0**40, 1e99])
def test_the_unit_brings_the_largest_weight_just_below_one(largest: float) -> None:
    assert 0.5 <= largest * Grid.up_to(largest).unit < 1


def test_weights_that_are_all_zero_add_up_to_zero() -> None:
    assert total([0.0, 0.0]) == (0.0, 0.0)
