"""Differences among people alike, against statsmodels and in known cases."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.meta_analysis import combine_effects

from fairaudit.inference.differences import newcombe, verdict_limits
from fairaudit.inference.stratified import (
    common_difference,
    common_difference_limits,
    heterogeneity_p,
)

SIDE = st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
STRATA = st.lists(
    st.builds(lambda one, other: (*one, *other), SIDE, SIDE), min_size=1, max_size=6
)


@given(STRATA)
def test_the_common_difference_is_the_weighted_mean_of_differences(
    strata: list[tuple[int, int, int, int]],
) -> None:
    weights = [n1 * n2 / (n1 + n2) for _, n1, _, n2 in strata]
    apart = [x1 / n1 - x2 / n2 for x1, n1, x2, n2 in strata]
    assert common_difference(strata).value == pytest.approx(
        np.average(apart, weights=weights), abs=1e-12
    )


@given(STRATA)
def test_limits_turn_round_with_the_groups(strata: list[tuple[int, int, int, int]]) -> None:
    turned = [(x2, n2, x1, n1) for x1, n1, x2, n2 in strata]
    there, back = (
        common_difference_limits(strata, 0.1),
        common_difference_limits(turned, 0.1),
    )
    assert (there.lower, there.upper) == pytest.approx((-back.upper, -back.lower))
    assert there.at_least <= abs(common_difference(strata).value or 0) + 1e-12


@given(STRATA, st.sampled_from([0.001, 0.05, 0.1]))
def test_two_shares_are_never_more_than_one_apart(
    strata: list[tuple[int, int, int, int]], alpha: float
) -> None:
    limits = common_difference_limits(strata, alpha)
    assert -1 <= limits.lower <= limits.upper <= 1
    printed = common_difference(strata, 1 - alpha).interval
    assert printed is not None
    assert printed.low is not None
    assert printed.high is not None
    assert -1 <= printed.low <= printed.high <= 1


def test_one_person_against_one_may_be_anything_and_no_more() -> None:
    # Sato's limits of it are -1.71 and 1.
    limits = common_difference_limits([(1, 1, 0, 1)], 0.1)
    assert (limits.lower, limits.upper) == (-1, 1)


def test_one_stratum_is_a_plain_comparison() -> None:
    limits = common_difference_limits([(30, 100, 20, 90)], 0.05)
    plain = verdict_limits(30, 100, 20, 90, 0.05)
    assert (limits.lower, limits.upper) == pytest.approx((plain.lower, plain.upper))
    assert heterogeneity_p([(30, 100, 20, 90)]) is None


def test_one_stratum_is_printed_with_newcombes_interval_or_a_little_wider() -> None:
    found = common_difference([(30, 100, 20, 90)]).interval
    plain = newcombe(30, 100, 20, 90)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high), abs=0.002)


def test_rates_of_nothing_are_not_taken_for_certain() -> None:
    found = common_difference([(0, 10, 0, 10), (0, 12, 0, 9)]).interval
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < -0.1
    assert found.high > 0.1


def drawn(
    rng: np.random.Generator, strata: int, n1: int, n2: int, p1: float, p2: float
) -> list[tuple[int, int, int, int]]:
    ones, others = rng.binomial(n1, p1, strata), rng.binomial(n2, p2, strata)
    return [(int(a), n1, int(b), n2) for a, b in zip(ones, others, strict=True)]


@pytest.mark.parametrize(("strata", "n1", "n2"), [(30, 100, 5), (50, 100, 3)])
def test_strata_with_a_few_people_of_one_group_do_not_hide_a_difference(
    strata: int, n1: int, n2: int
) -> None:
    """Limits of each stratum alone, recovered, exclude the true 0.1 in 9 to 12 of 100."""
    rng, runs = np.random.default_rng(5), 400
    passed = [
        common_difference_limits(drawn(rng, strata, n1, n2, 0.2, 0.1), 0.1).at_most <= 0.1
        for _ in range(runs)
    ]
    assert np.mean(passed) <= 0.05 + 2 * (0.05 * 0.95 / runs) ** 0.5


def test_the_printed_interval_of_pairs_of_people_holds_the_difference() -> None:
    rng, runs = np.random.default_rng(7), 300
    found = [
        common_difference(drawn(rng, 100, 1, 1, 0.3, 0.3)).interval for _ in range(runs)
    ]
    held = [(one.low or 0) <= 0 <= (one.high or 0) for one in found if one is not None]
    assert np.mean(held) >= 0.95 - 2 * (0.05 * 0.95 / runs) ** 0.5


def test_few_people_alike_are_not_said_to_vary() -> None:
    rng, runs = np.random.default_rng(3), 100
    found = [heterogeneity_p(drawn(rng, 100, 4, 4, 0.5, 0.4)) for _ in range(runs)]
    varied = [p is not None and p < 0.05 for p in found]
    assert np.mean(varied) <= 0.05 + 2 * (0.05 * 0.95 / runs) ** 0.5


def test_opposite_differences_of_few_people_are_seen_to_vary() -> None:
    found = heterogeneity_p([(4, 5, 1, 5), (1, 5, 4, 5)] * 20)
    assert found is not None
    assert found < 0.01


def test_nobody_selected_anywhere_varies_by_nothing() -> None:
    assert heterogeneity_p([(0, 10, 0, 10), (0, 5, 0, 7)]) == 1


def test_heterogeneity_agrees_with_statsmodels_on_large_strata() -> None:
    strata = [(3000, 10000, 2500, 10000), (2000, 8000, 1500, 8000), (900, 5000, 1000, 5000)]
    effects = [x1 / n1 - x2 / n2 for x1, n1, x2, n2 in strata]
    shares = [(x1 / n1, n1, x2 / n2, n2) for x1, n1, x2, n2 in strata]
    variances = [p * (1 - p) / n + q * (1 - q) / m for p, n, q, m in shares]
    theirs = combine_effects(np.array(effects), np.array(variances), method_re="dl")
    found = heterogeneity_p(strata)
    assert found is not None
    assert np.log(found) == pytest.approx(
        np.log(theirs.test_homogeneity().pvalue), rel=0.03
    )


def test_opposite_differences_that_cancel_are_seen_to_vary() -> None:
    strata = [(90, 100, 10, 100), (10, 100, 90, 100)]
    assert common_difference(strata).value == pytest.approx(0)
    found = heterogeneity_p(strata)
    assert found is not None
    assert found < 1e-6
