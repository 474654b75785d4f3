from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.multivariate import test_mvmean as mean_test

from fairaudit.core.errors import InputError
from fairaudit.inference.multiplicity import holm
from fairaudit.resumes.effects.contrasts import contrasts_of
from fairaudit.resumes.effects.mean_tests import contrast_test
from fairaudit.resumes.effects.omnibus import omnibus
from tests.resumes import simulations


def test_fresh_names_give_hotelling_of_statsmodels() -> None:
    values, names, resumes = simulations.fresh(
        np.random.default_rng(1), name_sd=0.2, groups=4, count=40
    )
    found = omnibus(values, names, resumes)
    theirs = mean_test(values[:, 1:] - values[:, :1])
    assert found is not None
    assert found.statistic == pytest.approx(theirs.statistic)
    assert found.p_value == pytest.approx(theirs.pvalue)


def test_quasi_f_by_hand() -> None:
    # Clark (1973): min F' = F1 F2 / (F1 + F2), never above either.
    values, names, resumes = simulations.crossed(
        np.random.default_rng(2), name_sd=0.3, groups=3
    )
    found = omnibus(values, names, resumes)
    own = [
        [values[names[:, g] == f"{g}-{k}", g].mean() for k in range(4)] for g in range(3)
    ]
    from scipy import stats
    from statsmodels.stats.anova import AnovaRM

    by_name = stats.f_oneway(*own).statistic
    import pandas as pd

    rows = pd.DataFrame(
        [(r, g, values[resumes == r, g].mean()) for r in range(50) for g in range(3)],
        columns=["resume", "group", "y"],
    )
    by_resume = AnovaRM(rows, "y", "resume", ["group"]).fit().anova_table["F Value"].iloc[0]
    assert found is not None
    assert found.statistic == pytest.approx(by_name * by_resume / (by_name + by_resume))


@pytest.mark.parametrize("design", ["fresh", "reused", "crossed"])
def test_neither_it_nor_holm_over_deviations_alarms(design: str) -> None:
    first = any_group = 0
    for seed in range(150):
        made = getattr(simulations, design)(
            np.random.default_rng(seed), name_sd=0.4, groups=4
        )
        found = omnibus(*made)
        first += found is not None and found.p_value < 0.05
        tests = [
            contrast_test(made[0], contrast.array(), made[1], made[2])
            for contrast in contrasts_of(list("abcd"))
        ]
        any_group += min(holm([test.p_value for test in tests if test])) < 0.05
    # Three standard errors above 5 % of 150 studies.
    assert first / 150 <= 0.104
    assert any_group / 150 <= 0.104


def test_holm_agrees_with_statsmodels() -> None:
    p_values = [0.01, 0.2, 0.03, 0.04, 0.8]
    assert holm(p_values) == pytest.approx(multipletests(p_values, method="holm")[1])


def test_answers_all_alike_and_single_names_have_no_omnibus() -> None:
    values, names, resumes = simulations.fresh(
        np.random.default_rng(3), name_sd=0.2, groups=3
    )
    assert omnibus(np.ones_like(values), names, resumes) is None
    assert omnibus(values, np.tile(names[:1], (120, 1)), resumes) is None


def test_deviations_sum_to_zero_and_pairs_are_all_of_them() -> None:
    assert sum(contrast.array() for contrast in contrasts_of("abc")) == pytest.approx(0)
    assert len(contrasts_of("abcd", "all pairs")) == 6


def test_one_group_cannot_be_compared() -> None:
    with pytest.raises(InputError, match="two groups or more"):
        contrasts_of(["women"])
