from __future__ import annotations

import math
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special, stats

from fairaudit.inference.special import (
    beta_cdf,
    beta_quantile,
    beta_upper_quantile,
    chi2_sf,
    normal_cdf,
    normal_quantile,
)

SIZES = (1, 2, 7, 20, 100, 1_000, 30_000, 10**6, 10**8)
TAILS = (1e-8, 1e-5, 0.05 / 30, 0.025, 0.05, 0.3, 0.5)


def counts(size: int) -> list[int]:
    return sorted({1, min(3, size), max(1, size // 10), max(1, size // 2), size})


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("tail", TAILS)
def test_lower_exact_limits_agree_with_scipy(size: int, tail: float) -> None:
    for hits in counts(size):
        expected = special.betaincinv(hits, size - hits + 1, tail)
        assert beta_quantile(tail, hits, size - hits + 1) == pytest.approx(
            expected, rel=1e-10
        )


@pytest.mark.parametrize("size", [size for size in SIZES if size <= 10**6])
@pytest.mark.parametrize("tail", TAILS)
def test_upper_exact_limits_agree_with_scipy(size: int, tail: float) -> None:
    for hits in counts(size)[:-1]:
        expected = special.betainccinv(hits + 1, size - hits, tail)
        assert beta_upper_quantile(tail, hits + 1, size - hits) == pytest.approx(
            expected, rel=1e-10
        )


@pytest.mark.parametrize(
    ("tail", "a", "b"),
    [(0.3011542801706497, 10, 71_329_405), (0.012272214099267846, 3, 60_708_921)],
)
def test_upper_limits_of_rare_events_hold_where_scipy_is_off_by_1e_9(
    tail: float, a: int, b: int
) -> None:
    # The upper tail is a binomial sum of `a` terms, here with fifty digits.
    found = Decimal(beta_upper_quantile(tail, a, b))
    with localcontext(prec=50):
        term = ((1 - found).ln() * (a + b - 1)).exp()
        above = Decimal(0)
        for k in range(a):
            above += term
            term *= Decimal(a + b - 1 - k) / (k + 1) * found / (1 - found)
    assert float(above) == pytest.approx(tail, rel=1e-13)


@given(
    a=st.floats(0.2, 1e6),
    b=st.floats(0.2, 1e6),
    p=st.floats(1e-8, 0.5, exclude_max=True),
)
def test_the_beta_quantile_undoes_the_distribution_function(
    a: float, b: float, p: float
) -> None:
    x = beta_quantile(p, a, b)
    assert special.betainc(a, b, x) == pytest.approx(p, rel=1e-7)


@given(a=st.floats(0.2, 1e6), b=st.floats(0.2, 1e6), p=st.floats(1e-8, 0.5))
def test_the_two_tails_of_the_beta_mirror_each_other(a: float, b: float, p: float) -> None:
    assert beta_upper_quantile(p, a, b) == pytest.approx(
        1 - beta_quantile(p, b, a), abs=1e-15
    )


@given(a=st.floats(0.2, 1e5), b=st.floats(0.2, 1e5), x=st.floats(1e-9, 1 - 1e-9))
def test_the_beta_distribution_function_agrees_with_scipy(
    a: float, b: float, x: float
) -> None:
    assert beta_cdf(x, a, b) == pytest.approx(stats.beta.cdf(x, a, b), rel=1e-9, abs=1e-13)


def test_the_beta_distribution_function_is_0_and_1_at_the_ends() -> None:
    assert beta_cdf(0, 2, 3) == 0
    assert beta_cdf(1, 2, 3) == 1


def test_a_quantile_below_the_smallest_number_is_practically_0() -> None:
    assert 0 <= beta_quantile(1e-7, 0.01, 3) < 1e-300


@pytest.mark.parametrize("df", [1, 2, 3, 4, 7, 10, 31, 100, 1_000])
@pytest.mark.parametrize("tail", [1e-12, 1e-4, 0.05, 0.5, 0.999])
def test_the_chi_square_tail_agrees_with_scipy(df: int, tail: float) -> None:
    assert chi2_sf(stats.chi2.isf(tail, df), df) == pytest.approx(tail, rel=1e-10)


def test_a_chi_square_statistic_of_0_is_always_reached() -> None:
    assert chi2_sf(0, 3) == 1


@pytest.mark.parametrize("p", [1e-9, 0.025, 0.5, 0.9, 1 - 1e-9])
def test_normal_quantiles_agree_with_scipy(p: float) -> None:
    assert normal_quantile(p) == pytest.approx(stats.norm.ppf(p), rel=1e-13, abs=1e-13)
    assert normal_cdf(normal_quantile(p)) == pytest.approx(p, rel=1e-12)


def test_the_normal_distribution_function_keeps_digits_far_out() -> None:
    assert normal_cdf(-20) == pytest.approx(stats.norm.cdf(-20), rel=1e-12)
    assert math.isclose(normal_cdf(0), 0.5)
