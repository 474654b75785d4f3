from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from fairaudit import datasets

if TYPE_CHECKING:
    from types import ModuleType

SCRIPT = Path(__file__).parents[2] / "datasets" / "make_adult_predictions.py"
DATA = Path(os.environ.get("FAIRAUDIT_DATA", "no such folder"))
PARTS = (DATA / "adult_train.csv.gz", DATA / "adult_test.csv.gz")

RAW = """\
|1x3 Cross validator
39, State-gov, 77516, Bachelors, 13, Never-married, ?, Not-in-family, White, Male, 2174, \
0, 40, United-States, <=50K.
52, Private, 209642, HS-grad, 9, Married-civ-spouse, Sales, Wife, Black, Female, 0, 0, \
45, United-States, >50K.

"""
WITH_HEADER = """\
age,workclass,fnlwgt,education,education_num,marital_status,occupation,relationship,race,\
sex,capital_gain,capital_loss,hours_per_week,native_country,income
39,State-gov,77516,Bachelors,13,Never-married,?,Not-in-family,White,Male,2174,0,40,\
United-States,<=50K
52,Private,209642,HS-grad,9,Married-civ-spouse,Sales,Wife,Black,Female,0,0,45,\
United-States,>50K
"""


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location(SCRIPT.stem, SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_raw_files_and_those_with_a_header_read_alike(script: ModuleType) -> None:
    raw, headed = script.rows(RAW.splitlines()), script.rows(WITH_HEADER.splitlines())
    first, second = list(raw)
    assert (first[0], first[6], first[-1]) == ("39", "?", "<=50K")
    assert [first, second] == list(headed)


def test_the_model_sees_neither_sex_nor_race(script: ModuleType) -> None:
    seen = {*script.MEASURED, *script.LONG_TAILED, *script.CATEGORIES}
    assert seen <= set(script.COLUMNS)
    assert not seen & {"sex", "race", "income"}


@pytest.mark.skipif(
    not all(part.is_file() for part in PARTS),
    reason="FAIRAUDIT_DATA names no folder with adult_train.csv.gz and adult_test.csv.gz",
)
def test_the_script_makes_the_committed_file_again(tmp_path: Path) -> None:
    made = tmp_path / "adult_predictions.csv"
    subprocess.run([sys.executable, SCRIPT, *PARTS, made], check=True)
    assert made.read_bytes() == datasets.path("adult_predictions").read_bytes()
