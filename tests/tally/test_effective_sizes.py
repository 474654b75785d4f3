"""What weighted people are worth, against plain formulas and by simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.inference.proportions import wilson
from fairaudit.tally.effective_sizes import size_of_mean, size_of_share

ROWS = st.lists(st.tuples(st.floats(0.01, 100), st.booleans()), min_size=1, max_size=30)


def size(rows: list[tuple[float, bool]], heaviest: float | None = None) -> float:
    parts = [[w for w, hit in rows if hit is wanted] for wanted in (True, False)]
    sums = (math.fsum(parts[0]), math.fsum(parts[1]))
    squares = (math.fsum(w * w for w in parts[0]), math.fsum(w * w for w in parts[1]))
    most = max(w for w, _ in rows) if heaviest is None else heaviest
    return size_of_share(sums, squares=squares, heaviest=most)


@given(st.integers(1, 300), st.floats(0.01, 100), st.data())
def test_people_of_equal_weight_are_worth_themselves(
    people: int, weight: float, data: st.DataObject
) -> None:
    hits = data.draw(st.integers(0, people))
    rows = [(weight, place < hits) for place in range(people)]
    assert size(rows) == pytest.approx(people)


@given(ROWS)
def test_nobody_is_worth_more_than_one_person_nor_more_than_kish_says(
    rows: list[tuple[float, bool]],
) -> None:
    weights = [w for w, _ in rows]
    kish = sum(weights) ** 2 / sum(w * w for w in weights)
    found = size(rows)
    assert 1 - 1e-9 <= found <= kish * (1 + 1e-9)
    assert kish <= len(rows) * (1 + 1e-9)


@given(ROWS, st.floats(0.1, 10))
def test_the_unit_of_weights_does_not_matter(
    rows: list[tuple[float, bool]], unit: float
) -> None:
    assert size([(unit * w, hit) for w, hit in rows]) == pytest.approx(size(rows))


@given(ROWS)
def test_both_outcomes_are_alike(rows: list[tuple[float, bool]]) -> None:
    turned = [(w, not hit) for w, hit in rows]
    assert size(turned) == pytest.approx(size(rows))


def test_many_people_are_worth_what_the_linearised_variance_says() -> None:
    rng = np.random.default_rng(0)
    heavy = rng.random(20_000) < 0.05
    weights, hits = np.where(heavy, 10.0, 1.0), heavy & (rng.random(20_000) < 0.5)
    share = np.average(hits, weights=weights)
    variance = (weights**2 * (hits - share) ** 2).sum() / weights.sum() ** 2
    found = size(list(zip(weights.tolist(), hits.tolist(), strict=True)))
    assert found == pytest.approx(share * (1 - share) / variance, rel=1e-3)
    # Kish's size takes weights to have nothing to do with who is selected.
    assert found < 0.5 * weights.sum() ** 2 / (weights**2).sum()
    as_mean = size_of_mean(
        np.array([0.0, 1.0]),
        np.array([weights[~hits].sum(), weights[hits].sum()]),
        np.array([(weights[~hits] ** 2).sum(), (weights[hits] ** 2).sum()]),
    )
    assert found == pytest.approx(as_mean, rel=1e-3)


def test_a_heavy_person_who_was_not_drawn_could_have_been_selected() -> None:
    rows = [(1.0, False)] * 100
    assert size(rows) == 100
    # One of weight 20 among 100 would make the share what one of six makes it.
    assert size(rows, heaviest=20.0) == pytest.approx(1.2**2 / (0.2 * 1.01) - 1)


def test_squares_below_the_grid_leave_a_size() -> None:
    assert size_of_share((1e-9, 2e-9), squares=(0.0, 0.0), heaviest=1.0) >= 1
    assert size_of_share((0.0, 0.0), squares=(0.0, 0.0), heaviest=1.0) == 0


def test_a_mean_whose_heavy_values_differ_is_worth_fewer_people() -> None:
    # Five people at 0 and five at 1 of weight 1, and one at 10 of weight 5.
    values = np.array([0.0, 1.0, 10.0])
    weights, squares = np.array([5.0, 5.0, 5.0]), np.array([5.0, 5.0, 25.0])
    mean = 11 / 3
    spread = sum((v - mean) ** 2 for v in values) / 3
    variance = sum(s * (v - mean) ** 2 for s, v in zip(squares, values, strict=True)) / 225
    assert size_of_mean(values, weights, squares) == pytest.approx(spread / variance)
    assert size_of_mean(np.zeros(3), weights, squares) == pytest.approx(225 / 35)
    assert size_of_mean(values, np.zeros(3), np.zeros(3)) == 0


@pytest.mark.parametrize("people", [100, 400])
def test_intervals_hold_where_weights_go_with_the_outcome(people: int) -> None:
    rng, runs = np.random.default_rng(people), 1_500
    heavy = rng.random((runs, people)) < 0.05
    weights = np.where(heavy, 10.0, 1.0)
    hits = heavy & (rng.random((runs, people)) < 0.5)
    truth = 0.05 * 10 * 0.5 / (0.05 * 10 + 0.95)
    held = 0
    for drawn, hit in zip(weights, hits, strict=True):
        sums = (drawn[hit].sum(), drawn[~hit].sum())
        worth = size_of_share(
            sums,
            squares=((drawn[hit] ** 2).sum(), (drawn[~hit] ** 2).sum()),
            heaviest=10.0,
        )
        found = wilson(worth * sums[0] / sum(sums), worth)
        held += (found.low or 0) <= truth <= (found.high or 0)
    # With Kish's size 82 to 84 % hold. Two standard errors below 95 %.
    assert held / runs >= 0.95 - 2 * math.sqrt(0.05 * 0.95 / runs)
