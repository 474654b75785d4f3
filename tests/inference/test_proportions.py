"""Intervals of one share against published tables and scipy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fairaudit.core.errors import InputError
from fairaudit.inference.proportions import clopper_pearson, rate_estimate, wilson

REFERENCE = Path(__file__).parents[1] / "reference" / "incompatibility.json"
PAIRS = json.loads(REFERENCE.read_text())["intervals"]
COUNTS = st.integers(1, 5000).flatmap(
    lambda people: st.tuples(st.integers(0, people), st.just(people))
)


# Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3.
@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_limits(
    successes: int, trials: int, low: float, high: float
) -> None:
    found = wilson(successes, trials)
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['x1']}-{pair['n1']}")
def test_wilson_gives_the_reference_limits(pair: dict[str, list[float]]) -> None:
    for side in "12":
        found = wilson(pair[f"x{side}"], pair[f"n{side}"])  # type: ignore[arg-type]
        assert (found.low, found.high) == pytest.approx(pair[f"wilson_{side}"], abs=5e-9)


@given(COUNTS, st.sampled_from([0.05, 0.1, 0.05 / 15, 1e-6]))
def test_clopper_pearson_agrees_with_scipy(counts: tuple[int, int], alpha: float) -> None:
    successes, trials = counts
    found = clopper_pearson(successes, trials, alpha)
    theirs = stats.binomtest(successes, trials).proportion_ci(1 - alpha, method="exact")
    assert (found.low, found.high) == pytest.approx((theirs.low, theirs.high), abs=1e-9)


@given(COUNTS)
def test_limits_hold_the_share_and_exact_ones_hold_wilsons_middle(
    counts: tuple[int, int],
) -> None:
    successes, trials = counts
    printed = wilson(successes, trials)
    exact = clopper_pearson(successes, trials, 0.05)
    for found in (printed, exact):
        assert found.low is not None
        assert found.high is not None
        assert 0 <= found.low <= successes / trials <= found.high <= 1


@given(COUNTS)
def test_doubling_every_row_keeps_the_value_and_narrows_the_interval(
    counts: tuple[int, int],
) -> None:
    successes, trials = counts
    once, twice = rate_estimate(successes, trials), rate_estimate(2 * successes, 2 * trials)
    assert once.value == twice.value
    assert once.interval is not None
    assert twice.interval is not None
    narrow = twice.interval.high - twice.interval.low  # type: ignore[operator]
    assert narrow < once.interval.high - once.interval.low  # type: ignore[operator]


def test_nobody_and_everybody_have_a_limit_of_exactly_0_and_1() -> None:
    assert wilson(0, 7).low == 0.0
    assert wilson(7, 7).high == 1.0
    assert clopper_pearson(0, 7, 0.05).low == 0.0
    assert clopper_pearson(7, 7, 0.05).high == 1.0


def test_wilson_without_trials_is_undefined_and_says_so() -> None:
    estimate = rate_estimate(0, 0, undefined_because="no flags in group b")
    assert estimate.value is None
    assert estimate.undefined_because == "no flags in group b"
    with pytest.raises(InputError, match=r"trials must be above 0; got 0"):
        wilson(0, 0)


def test_a_level_in_percent_is_refused_with_the_remedy() -> None:
    with pytest.raises(InputError, match=r"got 95\. Write 0\.95 for 95 %"):
        wilson(1, 2, level=95)


def test_more_successes_than_trials_are_refused() -> None:
    with pytest.raises(InputError, match=r"between 0 and trials \(2\); got 3"):
        clopper_pearson(3, 2, 0.05)


def test_survey_weights_widen_the_interval_and_keep_the_value() -> None:
    plain = rate_estimate(30.0, 60.0)
    weighted = rate_estimate(30.0, 60.0, size=20.0)
    assert weighted.value == plain.value
    assert weighted.interval == wilson(10, 20)
