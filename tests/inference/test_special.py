"""Quantiles against scipy, over every size and level a verdict may ask for."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from fairaudit.inference.special import (
    beta_cdf,
    beta_quantile,
    chi2_sf,
    normal_cdf,
    normal_quantile,
)

SIZES = st.floats(0, 9).map(lambda power: 10**power)


@given(SIZES, st.floats(0, 1), st.floats(-9, -0.31))
def test_beta_quantiles_are_where_scipy_finds_their_probability(
    people: float, share: float, power: float
) -> None:
    hits = max(1, round(share * people))
    a, b, p = hits, max(1, round(people) - hits) + 1, 10**power
    found = beta_quantile(p, a, b)
    # The point's own rounding moves its probability by as much as the density is steep.
    steep = stats.beta.pdf(found, a, b) * found * 4e-16 / p if found < 1 else 1.0
    if found < 0.999:
        assert special.betainc(a, b, found) == pytest.approx(p, rel=1e-8 + 10 * steep)


@pytest.mark.parametrize("b", [0.001, 0.3, 1, 2.5, 80, 1e6])
@pytest.mark.parametrize("a", [0.001, 0.3, 1, 2.5, 80, 1e6])
@pytest.mark.parametrize("x", [1e-6, 0.03, 0.5, 0.9])
def test_the_beta_distribution_function_is_scipys(x: float, a: float, b: float) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(special.betainc(a, b, x), rel=1e-9, abs=1e-13)


def test_the_beta_distribution_function_is_0_and_1_outside() -> None:
    assert (beta_cdf(0, 2, 3), beta_cdf(1, 2, 3)) == (0.0, 1.0)


@given(st.floats(0.2, 50), st.floats(0.2, 50), st.floats(0.001, 0.999))
def test_a_quantile_turns_round_with_its_parameters(a: float, b: float, p: float) -> None:
    assert beta_quantile(p, a, b) == pytest.approx(1 - beta_quantile(1 - p, b, a), abs=1e-9)


@pytest.mark.parametrize("df", [1, 2, 3, 4, 7, 10, 31, 100])
@pytest.mark.parametrize("x", [0.001, 0.5, 3.84, 20.0, 120.0])
def test_the_chi_square_tail_is_scipys(x: float, df: int) -> None:
    assert chi2_sf(x, df) == pytest.approx(stats.chi2.sf(x, df), rel=1e-10, abs=1e-300)


def test_no_chi_square_is_below_zero() -> None:
    assert chi2_sf(0, 3) == 1.0


@pytest.mark.parametrize("p", [1e-9, 0.025, 0.5, 0.975])
def test_normal_quantiles_are_scipys(p: float) -> None:
    assert normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=1e-12, abs=1e-12)
    assert normal_cdf(normal_quantile(p)) == pytest.approx(p, rel=1e-9)
    assert math.isclose(normal_cdf(0), 0.5)
