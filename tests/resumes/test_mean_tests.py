from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fairaudit.core.errors import InputError
from fairaudit.resumes.effects.mean_tests import contrast_test, paired_test
from tests.resumes import simulations
from tests.resumes.simulations import Array, Design

WEIGHTS = np.array([1.0, -1.0])


def by_resume(values: Array, resumes: Array) -> float:
    """The usual test: résumés as units, names forgotten."""
    means = np.array([values[resumes == one].mean(axis=0) for one in np.unique(resumes)])
    return float(stats.ttest_rel(means[:, 0], means[:, 1]).pvalue)


def test_fresh_names_give_the_paired_t_test_of_scipy() -> None:
    rng = np.random.default_rng(1)
    first, second = rng.normal(size=30), rng.normal(size=30)
    found = paired_test(
        first,
        second,
        first_names=[f"a{k}" for k in range(30)],
        second_names=[f"b{k}" for k in range(30)],
        resumes=[str(k) for k in range(30)],
    )
    theirs = stats.ttest_rel(first, second)
    assert found is not None
    assert found.p_value == pytest.approx(theirs.pvalue)
    limits = theirs.confidence_interval(0.95)
    assert found.limits(0.05) == pytest.approx((limits.low, limits.high))


def test_the_variance_of_names_that_come_back_by_hand() -> None:
    # Differences 1, 2, 3, 6 of mean 3: residuals −2, −1, 0, 3. Names of A: (a, a, b, b)
    # sums −3, 3; of B: (c, d, c, d) sums −2, 2; every pair of names once.
    found = paired_test(
        [1, 2, 3, 6],
        [0, 0, 0, 0],
        first_names=["a", "a", "b", "b"],
        second_names=["c", "d", "c", "d"],
        resumes=["1", "2", "3", "4"],
    )
    assert found is not None
    two_way = (2 * (9 + 9) + 2 * (4 + 4) - (4 + 1 + 0 + 9)) / 16
    assert found.error**2 == pytest.approx(two_way)
    assert found.df == 1
    assert found.method == "t clustered two ways by name"


def test_the_variance_is_never_below_that_of_one_group_of_names() -> None:
    # Sums of the second group's names are 0; taking off the cells would leave less than
    # what the first group's names alone give.
    found = paired_test(
        [5, -5, 5, -5],
        [0, 0, 0, 0],
        first_names=["a", "b", "a", "b"],
        second_names=["c", "c", "d", "d"],
        resumes=["1", "2", "3", "4"],
    )
    assert found is not None
    assert found.error**2 == pytest.approx(2 * (100 + 100) / 16)


@pytest.mark.parametrize(
    ("design", "name_sd", "usual"),
    [
        (simulations.reused, 0.2, (0.18, 0.40)),  # 29 % in the design note
        (simulations.reused, 0.4, (0.38, 0.65)),  # 50 %
        (simulations.crossed, 0.2, (0.32, 0.56)),  # 44 %
    ],
)
def test_only_the_test_by_name_keeps_its_level(
    design: Design, name_sd: float, usual: tuple[float, float]
) -> None:
    own = naive = 0
    for seed in range(200):
        values, names, resumes = design(np.random.default_rng(seed), name_sd=name_sd)
        own += contrast_test(values, WEIGHTS, names, resumes).p_value < 0.05
        naive += by_resume(values, resumes) < 0.05
    # Three standard errors of 5 % over 200 studies.
    assert own / 200 <= 0.096
    assert usual[0] <= naive / 200 <= usual[1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("design", "name_sd", "usual"),
    [
        (simulations.reused, 0.2, 0.29),
        (simulations.reused, 0.4, 0.50),
        (simulations.crossed, 0.2, 0.44),
        (simulations.fresh, 0.2, 0.05),
        (simulations.fresh, 0.4, 0.05),
    ],
)
def test_false_alarms_at_five_percent_in_2000_studies(
    design: Design, name_sd: float, usual: float
) -> None:
    own = naive = 0
    for seed in range(2_000):
        values, names, resumes = design(np.random.default_rng(seed), name_sd=name_sd)
        own += contrast_test(values, WEIGHTS, names, resumes).p_value < 0.05
        naive += by_resume(values, resumes) < 0.05
    assert 0.02 <= own / 2_000 <= 0.07
    assert naive / 2_000 == pytest.approx(usual, abs=0.05)


def test_the_crossed_error_agrees_with_a_mixed_model_of_statsmodels() -> None:
    import pandas as pd
    from statsmodels.regression.mixed_linear_model import MixedLM

    values, names, resumes = simulations.crossed(np.random.default_rng(5), name_sd=0.4)
    found = contrast_test(values, WEIGHTS, names, resumes)
    rows = pd.DataFrame(
        {
            "y": values.T.ravel(),
            "first": np.repeat([0.5, -0.5], len(values)),
            "name": names.T.ravel(),
            "resume": np.tile(resumes, 2),
            "all": 1,
        }
    )
    model = MixedLM.from_formula(
        "y ~ first",
        groups="all",
        vc_formula={"name": "0 + C(name)", "resume": "0 + C(resume)"},
        data=rows,
    ).fit()
    assert found is not None
    assert found.mean == pytest.approx(model.params["first"], rel=1e-3)
    assert found.error == pytest.approx(model.bse["first"], rel=0.15)


def test_halves_under_one_name_are_clustered_by_that_name() -> None:
    found = paired_test(
        [2, 3, 5, 7],
        [1, 1, 1, 1],
        first_names=["a", "a", "b", "b"],
        second_names=["a", "a", "b", "b"],
        resumes=["1", "2", "3", "4"],
    )
    assert found is not None
    # Residuals −2.25, −1.25, 0.75, 2.75: sums ∓3.5.
    assert found.error**2 == pytest.approx(2 * (3.5**2 + 3.5**2) / 16)


def test_one_name_a_group_is_tested_by_resume() -> None:
    found = paired_test(
        [2, 3, 5],
        [1, 1, 1],
        first_names=["Emily"] * 3,
        second_names=["Lakisha"] * 3,
        resumes=["1", "2", "3"],
    )
    assert found is not None
    assert found.design == "one name"
    assert found.p_value == pytest.approx(stats.ttest_1samp([1, 2, 4], 0).pvalue)


def test_fresh_names_on_resumes_that_come_back_are_clustered_by_resume() -> None:
    found = paired_test(
        [1, 3, 2, 6],
        [0, 0, 0, 0],
        first_names=["a", "b", "c", "d"],
        second_names=["e", "f", "g", "h"],
        resumes=["1", "1", "2", "2"],
    )
    assert found is not None
    assert found.p_value == pytest.approx(stats.ttest_1samp([2, 4], 0).pvalue)


def test_missing_answers_leave_their_pairs_out() -> None:
    found = paired_test(
        [1, np.nan, 2, 4],
        [0, 0, 0, np.nan],
        first_names=list("abcd"),
        second_names=list("efgh"),
        resumes=list("1234"),
    )
    assert found is not None
    assert found.pairs == 2
    assert found.mean == 1.5


def test_fewer_than_two_pairs_have_no_test() -> None:
    assert (
        paired_test([1], [0], first_names=["a"], second_names=["b"], resumes=["1"]) is None
    )


def test_gaps_all_alike_are_as_sure_as_a_sign_test() -> None:
    found = paired_test(
        [1.1] * 6,
        [1.0] * 6,
        first_names=list("abcdef"),
        second_names=list("ghijkl"),
        resumes=list("123456"),
    )
    assert found is not None
    assert found.p_value == pytest.approx(stats.binomtest(0, 6).pvalue)


def test_lists_of_unequal_length_are_refused() -> None:
    with pytest.raises(InputError, match="one of each for every pair"):
        paired_test([1, 2], [0], first_names=["a"], second_names=["b"], resumes=["1"])


@given(st.integers(0, 10_000), st.sampled_from(["fresh", "reused", "crossed"]))
def test_swapping_the_groups_turns_the_sign_and_nothing_else(
    seed: int, design: str
) -> None:
    values, names, resumes = getattr(simulations, design)(
        np.random.default_rng(seed), name_sd=0.3, count=12
    )
    one = contrast_test(values, WEIGHTS, names, resumes)
    other = contrast_test(values[:, ::-1], WEIGHTS, names[:, ::-1], resumes)
    assert one is not None
    assert other is not None
    assert other.mean == pytest.approx(-one.mean)
    assert other.error == pytest.approx(one.error)
    assert one.design == design
