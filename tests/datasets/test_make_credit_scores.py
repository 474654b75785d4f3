from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from fairaudit import datasets

ROOT = Path(__file__).parents[2]


def people() -> tuple[Counter[str], Counter[str]]:
    everybody: Counter[str] = Counter()
    repaid: Counter[str] = Counter()
    with datasets.path("credit_scores_2003").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            everybody[line["race"]] += int(line["count"])
            repaid[line["race"]] += int(line["count"]) * int(line["repaid"])
    return everybody, repaid


# Federal Reserve Board, Report to the Congress on Credit Scoring, 2007: people per group,
# and shares without a default as Hardt, Price and Srebro (2016) use them.
def test_groups_are_as_large_and_repay_as_often_as_in_the_report() -> None:
    everybody, repaid = people()
    assert everybody == {
        "White": 133_165,
        "Black": 18_274,
        "Hispanic": 14_702,
        "Asian": 7_906,
    }
    published = {
        "White": 0.75867373,
        "Black": 0.33655061,
        "Hispanic": 0.56811336,
        "Asian": 0.80684994,
    }
    for race, rate in published.items():
        assert repaid[race] / everybody[race] == pytest.approx(rate, abs=0.001)


def test_the_script_makes_the_same_bytes_again(tmp_path: Path) -> None:
    folder = os.environ.get("FAIRAUDIT_DATA")
    if folder is None:
        pytest.skip("FAIRAUDIT_DATA does not name the folder of the public tables")
    script = tmp_path / "make_credit_scores.py"
    shutil.copyfile(ROOT / "datasets" / script.name, script)
    tables = [Path(folder) / f"credit_scores_2003{end}.csv" for end in ("", "_totals")]
    subprocess.run([sys.executable, script, *tables], check=True)
    made = (tmp_path / "credit_scores_2003.csv").read_bytes()
    assert made == datasets.path("credit_scores_2003").read_bytes()
