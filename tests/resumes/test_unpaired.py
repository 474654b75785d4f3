"""The field experiment of Bertrand and Mullainathan (2004), read with names as units."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from fairaudit.core.errors import InputError
from fairaudit.resumes.effects.unpaired import UnpairedGap, unpaired_gap

_FILE = Path(os.environ.get("FAIRAUDIT_DATA", "no such folder")) / "resume_callbacks.csv"
callbacks = pytest.mark.skipif(
    not _FILE.is_file(), reason="FAIRAUDIT_DATA names no folder with resume_callbacks.csv"
)


def gap_of(rows: pd.DataFrame, blocks: pd.Series | None = None) -> UnpairedGap:
    return unpaired_gap(
        rows["received_callback"],
        rows["race"],
        rows["firstname"],
        first="white",
        second="black",
        blocks=blocks,
    )


@callbacks
def test_callbacks_of_2004_and_what_names_make_of_the_p_value() -> None:
    found = gap_of(pd.read_csv(_FILE))
    assert round(100 * found.first, 2) == 9.65
    assert round(100 * found.second, 2) == 6.45
    assert found.names == (18, 18)
    # The published z test gives 4.0e-5; with names as units it is fourteen times that.
    assert found.p_value == pytest.approx(4.0e-5, abs=2e-6)
    assert found.name_p_value == pytest.approx(5.5e-4, abs=2e-5)


@callbacks
def test_among_names_of_women_the_gap_is_twenty_times_less_sure() -> None:
    rows = pd.read_csv(_FILE)
    found = gap_of(rows[rows["gender"] == "f"])
    assert found.names == (9, 9)
    assert found.p_value == pytest.approx(2.8e-4, rel=0.02)
    assert found.name_p_value == pytest.approx(6.0e-3, rel=0.02)


@callbacks
def test_clustering_by_name_agrees_with_statsmodels() -> None:
    rows = pd.read_csv(_FILE)
    model = sm.OLS(
        rows["received_callback"], sm.add_constant((rows["race"] == "white").astype(float))
    ).fit(
        cov_type="cluster",
        cov_kwds={"groups": pd.factorize(rows["firstname"])[0], "use_correction": False},
    )
    # Ours lends K/(K − 1) to each group's 18 names.
    assert gap_of(rows).name_error == pytest.approx(model.bse.iloc[1] * (18 / 17) ** 0.5)


@callbacks
def test_advertisements_as_blocks_leave_names_as_the_larger_part() -> None:
    rows = pd.read_csv(_FILE)
    assert gap_of(rows, blocks=rows["job_ad_id"]).name_error >= gap_of(rows).name_error


def test_the_usual_error_is_that_of_the_t_test() -> None:
    rng = np.random.default_rng(1)
    values, groups = rng.normal(size=40), ["a"] * 20 + ["b"] * 20
    found = unpaired_gap(
        values, groups, [f"n{k}" for k in range(40)], first="a", second="b"
    )
    theirs = stats.ttest_ind(values[:20], values[20:])
    assert found.p_value == pytest.approx(theirs.pvalue)
    # A name each: the units are the résumés again.
    assert found.name_p_value == pytest.approx(theirs.pvalue)


def test_one_name_cannot_be_told_from_its_group() -> None:
    with pytest.raises(InputError, match="1 and 2 names"):
        unpaired_gap([1, 0, 1], list("abb"), ["x", "y", "z"], first="a", second="b")
