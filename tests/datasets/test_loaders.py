from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from fairaudit import datasets
from fairaudit.datasets import loaders

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_compas_counts_are_the_people_of_propublicas_two_year_file() -> None:
    # Larson et al. 2016: 7,214 people, 3,696 African-American and 2,454 white; of them
    # 1,901 and 966 charged again.
    frame = datasets.load("compas")
    people = frame.groupby("race")["count"].sum()
    again = frame[frame["two_year_recid"] == 1].groupby("race")["count"].sum()
    assert people.sum() == 7_214
    assert (people["African-American"], people["Caucasian"]) == (3_696, 2_454)
    assert (again["African-American"], again["Caucasian"]) == (1_901, 966)


def test_adult_test_part_has_the_published_share_of_high_incomes() -> None:
    # adult.names: 23.93 % of all 48,842 people, of whom 7,841 of 32,561 are in adult.data.
    above = round(0.2393 * 48_842)
    frame = datasets.load("adult_predictions")
    assert (len(frame), frame["label"].sum()) == (48_842 - 32_561, 3_846)
    assert abs(above - 7_841 - 3_846) <= 0.00005 * 48_842 + 1
    assert list(frame.columns) == ["label", "prediction", "score", "sex", "race", "age"]


def test_adult_predictions_follow_from_the_scores_as_written() -> None:
    frame = datasets.load("adult_predictions")
    assert (frame["prediction"] == (frame["score"] >= 0.5)).all()


def test_an_installed_wheel_reads_its_own_copy_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed = tmp_path / "fairaudit" / "datasets"
    (installed / "data").mkdir(parents=True)
    monkeypatch.setattr(loaders, "_HERE", installed)
    assert datasets.path("compas") == installed / "data" / "compas.csv"


def test_finding_the_data_loads_no_frame_library() -> None:
    asked = (
        "import sys; from fairaudit import datasets; datasets.path('compas'); "
        "datasets.card('compas'); print({'numpy', 'pandas', 'scipy'} & set(sys.modules))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True
    )
    assert told.stdout.strip() == "set()"
