from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fairaudit.inference.means import Mean, mean_of, student_quantile, welch_limits


@given(st.floats(0.6, 1 - 1e-9), st.floats(1, 1e5))
def test_students_quantile_is_that_of_scipy(p: float, freedom: float) -> None:
    expected = stats.t.ppf(p, freedom)
    assert student_quantile(p, freedom) == pytest.approx(expected, rel=1e-6, abs=1e-9)


SAMPLES = st.lists(st.integers(0, 9), min_size=2, max_size=30).filter(
    lambda scores: len(set(scores)) > 1
)


def counted(scores: list[int]) -> Mean:
    levels, people = np.unique(scores, return_counts=True)
    found = mean_of(levels, people)
    assert found is not None
    return found


@given(SAMPLES, SAMPLES, st.floats(0.001, 0.2))
def test_limits_are_those_of_scipys_welch_test(
    one: list[int], other: list[int], alpha: float
) -> None:
    expected = stats.ttest_ind(one, other, equal_var=False).confidence_interval(1 - alpha)
    found = welch_limits(counted(one), counted(other), alpha)
    assert (found.lower, found.upper) == pytest.approx(tuple(expected), abs=1e-6)


def test_nobody_has_no_mean_and_one_person_no_variance() -> None:
    assert mean_of(np.array([1.0]), np.array([0])) is None
    lone = mean_of(np.array([0.25]), np.array([1]))
    assert lone == Mean(mean=0.25, variance=0.0, size=1.0)


def test_equal_weights_change_nothing_and_unequal_ones_are_worth_fewer_people() -> None:
    scores, weights = np.array([0.0, 1.0]), np.array([6.0, 6.0])
    equal = mean_of(scores, weights, size=6.0)
    assert equal == mean_of(scores, np.array([3, 3]))
    fewer = mean_of(scores, weights, size=3.0)
    assert fewer is not None
    assert equal is not None
    assert fewer.mean == equal.mean
    assert fewer.variance / fewer.size > equal.variance / equal.size
