"""Tests of two shares against published and independent p-values."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fairaudit.inference.hypothesis_tests import fisher_exact, fisher_mid_p, score_test

REFERENCE = Path(__file__).parents[1] / "reference"
CALLBACKS = list(
    csv.DictReader((REFERENCE / "resume_callbacks_by_race.csv").read_text().splitlines())
)
DENIAL = json.loads((REFERENCE / "boston_hmda.json").read_text())["computed"]["denial"]
COUNTS = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize("row", CALLBACKS, ids=lambda row: f"{row['split']}-{row['value']}")
def test_the_callback_experiment_of_2004(row: dict[str, str]) -> None:
    counts = tuple(
        int(row[key])
        for key in ("white_callbacks", "white_n", "black_callbacks", "black_n")
    )
    score = score_test(*counts)
    assert score is not None
    assert score.statistic == pytest.approx(float(row["z_pooled"]), rel=1e-9)
    assert score.p_value == pytest.approx(float(row["p_two_sided"]), rel=1e-7)
    assert fisher_exact(*counts).p_value == pytest.approx(float(row["fisher_p"]), rel=1e-6)


def test_the_boston_mortgage_denials() -> None:
    counts = DENIAL["x1"], DENIAL["n1"], DENIAL["x2"], DENIAL["n2"]
    score = score_test(*counts)
    assert score is not None
    assert score.statistic == pytest.approx(DENIAL["z_pooled"], rel=1e-9)
    assert fisher_exact(*counts).p_value == pytest.approx(
        DENIAL["fisher_p_two_sided"], rel=1e-6
    )


@given(COUNTS, COUNTS)
def test_fisher_agrees_with_scipy_and_the_mid_p_is_never_larger(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    (x1, n1), (x2, n2) = first, second
    theirs = stats.fisher_exact([[x1, n1 - x1], [x2, n2 - x2]]).pvalue
    exact = fisher_exact(x1, n1, x2, n2).p_value
    assert exact == pytest.approx(theirs, rel=1e-6)
    assert 0 < fisher_mid_p(x1, n1, x2, n2).p_value <= exact


def test_no_variance_has_no_score() -> None:
    assert score_test(0, 5, 0, 7) is None
    assert score_test(5, 5, 7, 7) is None
