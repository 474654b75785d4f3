"""Limits of means: the exact ones of zeros and ones, and no claims on a few people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fairaudit.inference.means import Sample, gaffke
from fairaudit.inference.proportions import clopper_pearson

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.core.estimate import Interval


def sample(
    scores: Sequence[float], *, low: float = 0, high: float = 1, worth: float = 1
) -> Sample:
    levels, people = np.unique(np.asarray(scores, float), return_counts=True)
    return Sample(scores=levels, people=people * worth, low=low, high=high)


def ends(interval: Interval) -> tuple[float, float]:
    assert interval.low is not None
    assert interval.high is not None
    return interval.low, interval.high


@given(
    st.integers(1, 2_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    st.floats(1e-7, 0.2),
)
def test_limits_of_zeros_and_ones_are_those_of_clopper_and_pearson(
    counts: tuple[int, int], alpha: float
) -> None:
    x, n = counts
    low, high = ends(gaffke(sample([1.0] * x + [0.0] * (n - x)), alpha))
    exact = ends(clopper_pearson(x, n, alpha))
    error = 0.045 * np.sqrt((x + 1) * (n - x + 1) / (n + 2) ** 3)
    assert low == pytest.approx(exact[0], abs=error)
    assert high == pytest.approx(exact[1], abs=error)


@pytest.mark.parametrize(
    "scores", [[0.1, 0.2, 0.9], [0.02] * 11 + [0.9], [0.5] * 7, [0.0, 0.3, 0.3, 1.0]]
)
def test_limits_are_quantiles_of_means_under_dirichlet_weights(scores: list[float]) -> None:
    rng = np.random.default_rng(5)
    weights = rng.dirichlet(np.ones(len(scores) + 1), 200_000)
    upper = np.quantile(weights @ [*scores, 1.0], 0.95)
    lower = np.quantile(weights @ [*scores, 0.0], 0.05)
    assert ends(gaffke(sample(scores), 0.1)) == pytest.approx((lower, upper), abs=0.004)


def test_limits_of_many_people_are_those_of_scipys_t_test() -> None:
    scores = np.random.default_rng(1).beta(2, 5, 20_000)
    theirs = stats.ttest_1samp(scores, 0).confidence_interval(0.95)
    low, high = ends(gaffke(sample(scores), 0.05))
    assert (low, high) == pytest.approx((theirs.low, theirs.high), abs=1e-4)


@given(
    st.lists(st.integers(0, 100), min_size=1, max_size=40),
    st.floats(0.001, 0.2),
    st.floats(-50, 50),
    st.floats(0.01, 900),
)
def test_limits_hold_the_mean_and_move_with_the_scale(
    percent: list[int], alpha: float, start: float, span: float
) -> None:
    scores = [one / 100 for one in percent]
    low, high = ends(gaffke(sample(scores), alpha))
    assert -1e-9 <= low <= np.mean(scores) <= high <= 1 + 1e-9
    moved = sample([start + span * one for one in scores], low=start, high=start + span)
    assert ends(gaffke(moved, alpha)) == pytest.approx(
        (start + span * low, start + span * high), abs=1e-5 * (span + abs(start))
    )


def test_people_worth_less_have_wider_limits() -> None:
    scores = [0.1, 0.4, 0.4, 0.8] * 10
    low, high = ends(gaffke(sample(scores), 0.05))
    less = ends(gaffke(sample(scores, worth=0.5), 0.05))
    assert less[0] < low
    assert less[1] > high


@pytest.mark.parametrize("people", [3, 12, 40])
@pytest.mark.parametrize("shape", [(0.1, 1), (0.3, 3), (0.5, 0.5)])
def test_limits_of_a_few_skewed_scores_hold_the_mean(
    shape: tuple[float, float], people: int
) -> None:
    """Student's limits miss it in up to 60 of 100 such samples, on one side alone."""
    rng, runs = np.random.default_rng(people), 300
    truth = shape[0] / sum(shape)
    found = [ends(gaffke(sample(rng.beta(*shape, people)), 0.1)) for _ in range(runs)]
    allowed = 0.05 + 3 * (0.05 * 0.95 / runs) ** 0.5
    assert np.mean([low > truth for low, _ in found]) <= allowed
    assert np.mean([high < truth for _, high in found]) <= allowed
