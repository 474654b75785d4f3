from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from statsmodels.stats.power import TTestPower
from statsmodels.stats.weightstats import ttost_paired

from fairaudit.core.errors import InputError
from fairaudit.inference.paired import discordance_p
from fairaudit.resumes.effects.equivalence import (
    equivalence_p,
    smallest_detectable,
    yes_no_detectable,
    yes_no_equivalence_p,
)
from fairaudit.resumes.effects.mcnemar import McNemarTest, mcnemar
from fairaudit.resumes.effects.mean_tests import MeanTest, contrast_test, paired_test
from tests.resumes import simulations
from tests.resumes.simulations import Array


def gaps_of(values: Array) -> MeanTest:
    names = [f"n{k}" for k in range(len(values))]
    found = paired_test(
        values, np.zeros(len(values)), first_names=names, second_names=names, resumes=names
    )
    assert found is not None
    return found


def test_two_one_sided_tests_agree_with_statsmodels() -> None:
    values = np.random.default_rng(2).normal(0.05, 1, 80)
    ours = equivalence_p(gaps_of(values), 0.3)
    assert ours == pytest.approx(ttost_paired(values, np.zeros(80), -0.3, 0.3)[0])


def test_the_smallest_detectable_effect_is_2_8_sd_over_root_n() -> None:
    values = np.random.default_rng(3).normal(size=2_000)
    test = gaps_of(values)
    found = smallest_detectable(test.error, test.df)
    assert found == pytest.approx(2.8 * test.sd / 2_000**0.5, rel=2e-3)
    hundred = gaps_of(values[:100])
    found = smallest_detectable(hundred.error, hundred.df) / hundred.sd
    assert found == pytest.approx(0.28, abs=0.005)


@pytest.mark.parametrize("pairs", [4, 20, 100])
@pytest.mark.parametrize("alpha", [0.05, 0.01])
def test_the_smallest_detectable_effect_has_the_power_of_the_t_test(
    pairs: int, alpha: float
) -> None:
    effect = smallest_detectable(pairs**-0.5, pairs - 1, alpha=alpha)
    power = TTestPower().power(effect, nobs=pairs, alpha=alpha)
    assert power == pytest.approx(0.8, abs=1e-4)


@pytest.mark.parametrize("pairs", [20, 60])
@pytest.mark.parametrize("discordant", [0.0, 0.05, 0.1, 0.3])
def test_a_detectable_difference_of_shares_is_found_with_its_power(
    pairs: int, discordant: float
) -> None:
    error = (discordant / (pairs - 1)) ** 0.5
    for alpha in (0.05, 0.05 / 3):
        gap = yes_no_detectable(error, pairs, alpha=alpha)
        assert gap is not None
        rejected = sum(
            probability
            for b, c, probability in splits(pairs, max(discordant, gap), gap)
            if discordance_p(b, c)[1] < alpha
        )
        assert rejected > 0.799


def test_too_few_pairs_find_no_difference_of_shares() -> None:
    assert yes_no_detectable(0.1, 4) is None
    assert yes_no_detectable(0.1, 5) is not None


@pytest.mark.parametrize("pairs", [10, 20, 60])
@pytest.mark.parametrize("margin", [0.02, 0.1, 0.3])
def test_shares_on_the_margin_are_called_beyond_it_in_few_studies(
    pairs: int, margin: float
) -> None:
    rest = 1 - margin
    for more in (0.0, 0.01, 0.1, 0.5, 0.9):
        called = sum(
            probability
            for b, c, probability in splits(pairs, margin + more * rest, margin)
            if shares(b, c, pairs).beyond_p(margin) < 0.05
        )
        assert called <= 0.05


def splits(pairs: int, discordant: float, gap: float) -> Iterator[tuple[int, int, float]]:
    """Give every pair of counts of discordant pairs and how likely it is."""
    one, other = (discordant + gap) / 2, (discordant - gap) / 2
    for b in range(pairs + 1):
        for c in range(pairs - b + 1):
            ways = math.comb(pairs, b) * math.comb(pairs - b, c)
            yield b, c, ways * one**b * other**c * (1 - discordant) ** (pairs - b - c)


@cache
def shares(b: int, c: int, pairs: int) -> McNemarTest:
    rest = pairs - b - c
    return mcnemar([1] * b + [0] * (c + rest), [0] * b + [1] * c + [0] * rest)


def test_a_gap_is_beyond_the_margin_where_its_interval_is() -> None:
    test = gaps_of(np.random.default_rng(5).normal(0.5, 1, 40))
    for alpha in (0.05, 0.01):
        low, _ = test.limits(alpha)
        assert test.beyond_p(low) == pytest.approx(alpha)
    assert test.beyond_p(0.0) == test.p_value
    assert test.beyond_p(test.mean) == test.beyond_p(2.0) == 1.0


def test_gaps_of_the_margin_itself_are_neither_within_nor_beyond() -> None:
    # 0.7 - 0.6 is a little less than 0.1, and 0.8 - 0.7 a little more.
    for gap in (0.7 - 0.6, 0.8 - 0.7):
        test = gaps_of(np.full(20, gap))
        assert test.beyond_p(0.1) == 1
        assert equivalence_p(test, 0.1) == 1


def test_few_names_find_less() -> None:
    values, names, resumes = simulations.reused(np.random.default_rng(4), name_sd=0.2)
    test = contrast_test(values, np.array([1.0, -1.0]), names, resumes)
    assert smallest_detectable(test.error, test.df) > 2.8 * test.error * 1.2


def test_alike_in_every_pair_is_as_sure_as_their_number() -> None:
    assert equivalence_p(gaps_of(np.zeros(3)), 0.1) == pytest.approx(0.125)


@pytest.mark.parametrize(("pairs", "exact"), [(20, 0.9**20), (60, 0.9**60)])
def test_no_discordant_pair_is_not_proof_of_equal_shares(pairs: int, exact: float) -> None:
    # With margin 0.1, a true difference of 0.1 gives no discordant pair with (1 − 0.1)ⁿ.
    found = yes_no_equivalence_p(0, 0, pairs, 0.1)
    assert 0.5 * exact <= found
    assert (found < 0.05) == (pairs == 60)


@pytest.mark.parametrize(("pairs", "margin"), [(20, 0.2), (40, 0.3), (60, 0.1)])
def test_shares_on_the_margin_are_called_equivalent_in_few_studies(
    pairs: int, margin: float
) -> None:
    # The score test alone: 6.9 % of studies of 20 pairs in which one half alone gets a yes.
    for more in (0.0, 0.01, 0.1, 0.5, 0.9):
        called = sum(
            probability
            for b, c, probability in splits(pairs, margin + more * (1 - margin), margin)
            if yes_no_equivalence_p(b, c, pairs, margin) < 0.05
        )
        assert called <= 0.053


def test_a_difference_beyond_the_margin_is_never_equivalent() -> None:
    assert yes_no_equivalence_p(30, 2, 100, 0.1) > 0.5


def test_margins_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="above 0"):
        equivalence_p(gaps_of(np.arange(5.0)), 0)
    with pytest.raises(InputError, match="between 0 and 1"):
        yes_no_equivalence_p(0, 0, 10, 2)
