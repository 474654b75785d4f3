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


def test_one_stratum_is_a_plain_comparison() -> None:
    limits = common_difference_limits([(30, 100, 20, 90)], 0.05)
    plain = verdict_limits(30, 100, 20, 90, 0.05)
    assert (limits.lower, limits.upper) == pytest.approx((plain.lower, plain.upper))
    assert heterogeneity_p([(30, 100, 20, 90)]) is None


def test_one_stratum_is_printed_with_newcombes_interval() -> None:
    found = common_difference([(30, 100, 20, 90)]).interval
    plain = newcombe(30, 100, 20, 90)
    assert found is not None
    assert (found.low, found.high) == pytest.approx((plain.low, plain.high))


def test_rates_of_nothing_are_not_taken_for_certain() -> None:
    found = common_difference([(0, 10, 0, 10), (0, 12, 0, 9)]).interval
    assert found is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < -0.1
    assert found.high > 0.1


def test_heterogeneity_agrees_with_statsmodels_on_large_strata() -> None:
    strata = [(3000, 10000, 2500, 10000), (2000, 8000, 1500, 8000), (900, 5000, 1000, 5000)]
    effects = [x1 / n1 - x2 / n2 for x1, n1, x2, n2 in strata]
    lent = [((x1 + 1) / (n1 + 2), n1, (x2 + 1) / (n2 + 2), n2) for x1, n1, x2, n2 in strata]
    variances = [p * (1 - p) / n + q * (1 - q) / m for p, n, q, m in lent]
    theirs = combine_effects(np.array(effects), np.array(variances), method_re="dl")
    assert heterogeneity_p(strata) == pytest.approx(
        theirs.test_homogeneity().pvalue, rel=1e-6
    )


def test_opposite_differences_that_cancel_are_seen_to_vary() -> None:
    strata = [(90, 100, 10, 100), (10, 100, 90, 100)]
    assert common_difference(strata).value == pytest.approx(0)
    found = heterogeneity_p(strata)
    assert found is not None
    assert found < 1e-6
