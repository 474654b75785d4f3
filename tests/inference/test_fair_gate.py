"""Plain gates on simulated fair processes, compared in whole counts."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from scipy import stats

from fairaudit.inference.fair_gate import difference_above, ratio_below, share_failing


def test_a_draw_at_exactly_four_fifths_does_not_break_the_rule() -> None:
    counts = np.array([[3, 6], [4, 3], [2, 6], [0, 0]])
    broken = ratio_below(Fraction(4, 5))(counts, [5, 8])
    # 3/5 to 6/8 is exactly 4/5; 3/8 to 4/5 and 2/5 to 6/8 are below; 0/0 breaks nothing.
    assert broken.tolist() == [False, True, True, False]


def test_a_draw_at_exactly_the_largest_difference_does_not_break_the_rule() -> None:
    counts = np.array([[3, 7], [3, 8], [1, 1]])
    broken = difference_above(Fraction(4, 10))(counts, [10, 10])
    assert broken.tolist() == [False, True, False]


def test_the_share_is_the_exact_one_of_two_groups() -> None:
    people, rate = 40, 0.3
    chances = stats.binom.pmf(np.arange(people + 1), people, rate)
    exact = sum(
        chances[one] * chances[other]
        for one in range(people + 1)
        for other in range(people + 1)
        if 5 * min(one, other) < 4 * max(one, other)
    )
    share = share_failing(
        [people, people], rate, ratio_below(Fraction(4, 5)), np.random.default_rng(5)
    )
    assert share == pytest.approx(exact, abs=4 * 0.005)


def test_nothing_breaks_a_gate_that_allows_everything() -> None:
    rng = np.random.default_rng(5)
    assert share_failing([50, 50], 0.5, difference_above(Fraction(1)), rng) == 0
