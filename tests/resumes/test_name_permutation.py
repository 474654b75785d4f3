from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from fairaudit.core.errors import InputError
from fairaudit.resumes.effects.name_permutation import (
    crossed_permutation,
    name_permutation,
)
from tests.resumes import simulations


def crossed_six(seed: int, gap: float = 0.0) -> simulations.Made:
    """Six names a group on each of ten résumés."""
    rng = np.random.default_rng(seed)
    effects, which = rng.normal(0, 0.3, (2, 6)), np.tile(np.arange(6), 10)
    resumes = np.repeat(np.arange(10), 6)
    values = rng.normal(size=10)[resumes][:, None] + effects[:, which].T
    values = values + rng.normal(0, 0.3, values.shape) + np.array([gap, 0])
    names = np.array([[f"a{k}", f"b{k}"] for k in which])
    return values, names, resumes


def test_all_dealings_agree_with_scipy() -> None:
    rng = np.random.default_rng(1)
    one, other = rng.normal(size=6), rng.normal(0.8, 1, size=7)
    theirs = stats.permutation_test(
        (one, other), lambda a, b: a.mean() - b.mean(), n_resamples=np.inf
    )
    ours = name_permutation(list(one), list(other))
    assert ours.exact
    assert ours.dealings == 1716
    two_sided = np.mean(
        abs(theirs.null_distribution) >= abs(theirs.statistic) * (1 - 1e-12)
    )
    assert ours.p_value == pytest.approx(two_sided)


def test_five_names_are_too_few_and_it_says_why() -> None:
    with pytest.raises(InputError, match=r"5 names in a group; below 6"):
        name_permutation([1, 2, 3, 4, 5], [6, 7, 8, 9, 10])


def test_very_many_dealings_are_sampled() -> None:
    rng = np.random.default_rng(2)
    found = name_permutation(list(range(12)), list(range(9, 21)), rng=rng)
    assert not found.exact
    assert found.p_value < 0.01
    with pytest.raises(InputError, match="give `rng`"):
        name_permutation(list(range(12)), list(range(12)))


def test_names_crossed_with_resumes_are_exchanged() -> None:
    assert crossed_permutation(*crossed_six(3, gap=2.0)).p_value == pytest.approx(2 / 924)


def test_a_resume_with_a_missing_answer_is_left_out_whole() -> None:
    values, names, resumes = crossed_six(4)
    torn = values.copy()
    torn[0, 0] = np.nan
    kept = resumes != resumes[0]
    without = crossed_permutation(values[kept], names[kept], resumes[kept])
    assert crossed_permutation(torn, names, resumes) == without


def test_it_keeps_its_level() -> None:
    found = [crossed_permutation(*crossed_six(seed)).p_value < 0.05 for seed in range(200)]
    assert np.mean(found) <= 0.096


def test_names_on_different_resumes_cannot_be_exchanged() -> None:
    values, names, resumes = simulations.reused(np.random.default_rng(5), name_sd=0.2)
    with pytest.raises(InputError, match="cannot be exchanged"):
        crossed_permutation(values, names, resumes)
