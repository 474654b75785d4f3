"""Limits of differences against published tables and the reference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from fairaudit.inference.differences import (
    difference_estimate,
    miettinen_nurminen,
    newcombe,
    verdict_limits,
)

REFERENCE = Path(__file__).parents[1] / "reference" / "incompatibility.json"
PAIRS = json.loads(REFERENCE.read_text())["intervals"]
COUNTS = st.integers(1, 400).flatmap(
    lambda people: st.tuples(st.integers(0, people), st.just(people))
)
ALPHA = st.sampled_from([0.1, 0.05, 0.05 / 15])


# Newcombe 1998, Statistics in Medicine 17, 873-890, table II, method 10.
@pytest.mark.parametrize(
    ("counts", "low", "high"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_gives_the_published_limits(
    counts: tuple[int, int, int, int], low: float, high: float
) -> None:
    found = newcombe(*counts)
    assert (found.low, found.high) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair['x1']}-{pair['n1']}")
def test_both_printed_intervals_are_the_reference_ones(pair: dict[str, float]) -> None:
    counts = pair["x1"], pair["n1"], pair["x2"], pair["n2"]
    own = newcombe(*counts)
    assert (own.low, own.high) == pytest.approx(pair["newcombe_difference"], abs=5e-9)
    score = miettinen_nurminen(*counts)
    assert (score.low, score.high) == pytest.approx(
        pair["miettinen_nurminen_difference"], abs=5e-8
    )


# Its score interval is another variant than that of 1985 and of the reference values.
@given(COUNTS, COUNTS)
def test_newcombe_agrees_with_statsmodels(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    found = newcombe(*first, *second)
    theirs = confint_proportions_2indep(*first, *second, compare="diff", method="newcomb")
    assert (found.low, found.high) == pytest.approx(theirs, abs=1e-9)


@given(COUNTS, COUNTS, ALPHA)
def test_limits_hold_the_difference_and_turn_round_with_the_groups(
    first: tuple[int, int], second: tuple[int, int], alpha: float
) -> None:
    there = verdict_limits(*first, *second, alpha)
    back = verdict_limits(*second, *first, alpha)
    seen = abs(first[0] / first[1] - second[0] / second[1])
    assert there.at_least <= seen + 1e-12
    assert seen <= there.at_most + 1e-12
    assert (there.lower, there.upper) == pytest.approx((-back.upper, -back.lower))
    assert there.lower >= -1 - 1e-9
    assert there.upper <= 1 + 1e-9


@given(COUNTS, COUNTS)
def test_verdict_limits_are_wider_than_printed_ones(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    printed, verdict = newcombe(*first, *second), verdict_limits(*first, *second, 0.05)
    assert verdict.lower <= printed.low + 5e-3  # type: ignore[operator]
    assert verdict.upper >= printed.high - 5e-3  # type: ignore[operator]


@given(COUNTS, COUNTS)
def test_a_stricter_family_never_shows_more(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    alone = verdict_limits(*first, *second, 0.05)
    among_many = verdict_limits(*first, *second, 0.05 / 45)
    assert among_many.at_least <= alone.at_least
    assert among_many.at_most >= alone.at_most


def test_small_groups_are_printed_with_the_score_interval() -> None:
    small, large = difference_estimate(9, 10, 300, 1000), difference_estimate(27, 30, 9, 30)
    assert small.interval is not None
    assert small.interval.method == "miettinen-nurminen"
    assert large.interval is not None
    assert large.interval.method == "newcombe"


def test_a_difference_with_nobody_on_one_side_is_undefined() -> None:
    assert difference_estimate(0, 0, 3, 4).undefined_because is not None


@pytest.mark.parametrize("counts", [(0, 5, 0, 7), (5, 5, 7, 7), (0, 5, 7, 7), (5, 5, 0, 7)])
def test_extreme_counts_have_finite_score_limits(counts: tuple[int, int, int, int]) -> None:
    found = miettinen_nurminen(*counts)
    assert found.low is not None
    assert found.high is not None
    assert (
        -1 <= found.low <= counts[0] / counts[1] - counts[2] / counts[3] <= found.high <= 1
    )
