"""The size that is promised to settle a verdict does settle it, as often as promised."""

from __future__ import annotations

import numpy as np
import pytest

from fairaudit.inference.differences import verdict_limits
from fairaudit.inference.power import rows_needed


def _share_passing(rates: list[float], tolerance: float, people: int, runs: int) -> float:
    rng = np.random.default_rng(11)
    draws = rng.binomial(people, rates, size=(runs, len(rates)))
    passed = 0
    for draw in draws:
        ends = sorted(int(hits) for hits in draw)
        # With equal sizes every pair lies inside the pair of the extremes, or next to it.
        passed += all(
            verdict_limits(one, people, other, people, 0.10).at_most <= tolerance
            for place, one in enumerate(ends)
            for other in ends[:place]
        )
    return passed / runs


@pytest.mark.parametrize(
    ("rates", "tolerance"),
    [([0.59] * 6, 0.1), ([0.5, 0.5], 0.1), ([0.3, 0.35, 0.33], 0.1), ([0.2] * 4, 0.15)],
)
def test_at_the_size_given_all_pairs_pass_four_times_in_five(
    rates: list[float], tolerance: float
) -> None:
    people = rows_needed(rates, tolerance)
    assert people is not None
    # 400 runs: a standard error of .02; the size is approximate and errs upwards.
    assert 0.74 <= _share_passing(rates, tolerance, people, runs=400) <= 0.95


def test_far_below_the_size_given_they_do_not() -> None:
    people = rows_needed([0.5, 0.5], 0.1)
    assert people is not None
    assert _share_passing([0.5, 0.5], 0.1, people // 2, runs=400) < 0.5


def test_six_groups_at_a_precision_of_59_percent_need_about_800_flags_each() -> None:
    people = rows_needed([0.59] * 6, 0.1)
    assert people == pytest.approx(800, rel=0.1)


def test_rates_as_far_apart_as_the_tolerance_never_pass() -> None:
    assert rows_needed([0.5, 0.6], 0.1) is None
    assert rows_needed([0.5, 0.7], 0.1) is None


def test_a_smaller_tolerance_and_more_groups_need_more_people() -> None:
    few = rows_needed([0.5] * 2, 0.1)
    many = rows_needed([0.5] * 10, 0.1)
    tight = rows_needed([0.5] * 2, 0.05)
    assert few is not None
    assert many is not None
    assert tight is not None
    assert few < many
    assert few * 3 < tight


@pytest.mark.parametrize(
    "rates", [[1.0, 0.489], [0.0, 0.0999], [0.0, 0.5, 1.0], [0.0] * 20 + [0.099]]
)
def test_rates_of_nothing_and_of_everybody_have_an_answer(rates: list[float]) -> None:
    gap = max(rates) - min(rates)
    people = rows_needed(rates, min(gap + 0.01, 0.999))
    assert (people is None) == (gap >= 0.999)
    assert people is None or people > 100
