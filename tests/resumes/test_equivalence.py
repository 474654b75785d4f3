from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.weightstats import ttost_paired

from fairaudit.core.errors import InputError
from fairaudit.resumes.effects.equivalence import (
    equivalence_p,
    smallest_detectable,
    yes_no_equivalence_p,
)
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
    assert smallest_detectable(test) == pytest.approx(2.8 * test.sd / 2_000**0.5, rel=2e-3)
    hundred = gaps_of(values[:100])
    assert smallest_detectable(hundred) / hundred.sd == pytest.approx(0.28, abs=0.005)


def test_few_names_find_less() -> None:
    values, names, resumes = simulations.reused(np.random.default_rng(4), name_sd=0.2)
    test = contrast_test(values, np.array([1.0, -1.0]), names, resumes)
    assert smallest_detectable(test) > 2.8 * test.error * 1.2


def test_alike_in_every_pair_is_as_sure_as_their_number() -> None:
    assert equivalence_p(gaps_of(np.zeros(3)), 0.1) == pytest.approx(0.125)


@pytest.mark.parametrize(("pairs", "exact"), [(20, 0.9**20), (60, 0.9**60)])
def test_no_discordant_pair_is_not_proof_of_equal_shares(pairs: int, exact: float) -> None:
    # With margin 0.1, a true difference of 0.1 gives no discordant pair with (1 − 0.1)ⁿ.
    found = yes_no_equivalence_p(0, 0, pairs, 0.1)
    assert 0.5 * exact <= found
    assert (found < 0.05) == (pairs == 60)


def test_a_difference_beyond_the_margin_is_never_equivalent() -> None:
    assert yes_no_equivalence_p(30, 2, 100, 0.1) > 0.5


def test_margins_that_are_none_are_refused() -> None:
    with pytest.raises(InputError, match="above 0"):
        equivalence_p(gaps_of(np.arange(5.0)), 0)
    with pytest.raises(InputError, match="between 0 and 1"):
        yes_no_equivalence_p(0, 0, 10, 2)
