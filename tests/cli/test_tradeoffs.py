from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairaudit import datasets
from fairaudit.cli.main import run
from fairaudit.cli.tradeoffs import costs
from fairaudit.core.errors import InputError

COMPAS = [
    "tradeoffs",
    str(datasets.path("compas")),
    *("--group", "race", "--label", "two_year_recid", "--score", "decile_score"),
    *("--threshold", "5", "--count", "count", "--favourable", "not-selected"),
]


def required(**tolerances: float) -> list[str]:
    return [f"--require={name}={within}" for name, within in tolerances.items()]


def test_what_can_be_kept_exits_with_0_and_says_by_which_rule(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = required(demographic_parity=0.05, predictive_parity=0.05)
    assert run([*COMPAS, *asked]) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "CAN BE KEPT On these scores demographic parity within 0.05 and" in told
    assert "for African-American, Caucasian, Hispanic and Other (7,164 people)" in told
    assert "Asian and Native American have fewer than 50 people of one outcome" in told
    assert "Native American (10 people with a positive label and 8 with a negative)" in told
    assert "57.5 % right" in told
    assert "with probability" in told
    assert "may be unlawful or unwanted" in told
    assert "exit 0 · everything else" in told


def test_what_cannot_be_kept_exits_with_1_and_says_what_could(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = required(equalized_odds=0.05, predictive_parity=0.05)
    assert run([*COMPAS, *asked, "--format", "json"]) == 1
    told = json.loads(capsys.readouterr().out)
    (finding,) = told["parts"][0]["findings"]
    assert finding["evidence"]["status"] == "impossible"
    assert finding["evidence"]["instead"]["wider"] == pytest.approx(0.0280, abs=1e-4)
    assert finding["evidence"]["grounds"]


def test_costs_and_a_free_selection_are_heard(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    file = tmp_path / "answer.json"
    options = ["--costs", "fp=1,fn=5", "--free-selection", "--output", str(file)]
    assert run([*COMPAS, *required(equal_opportunity=0.1), *options]) == 0
    assert "per person at 1 for a false positive and 5" in capsys.readouterr().out
    found = json.loads(file.read_text())["parts"][0]["findings"][0]["evidence"]
    assert found["free"] is True
    assert found["costs"] == [1.0, 5.0]


@pytest.mark.parametrize(
    ("arguments", "because"),
    [
        ([], "--require is missing: name what must hold together"),
        (["--require", "demographic_parity"], "write the criterion and the largest gap"),
        (["--require", "demographic_parity=5"], "must be between 0 and 1; got 5"),
        (["--require", "demographic_party=0.1"], "Did you mean 'demographic_parity'"),
        (
            ["--require", "equalized_odds=0.1", "--require", "equalized-odds=0.2"],
            "equalized_odds is required twice",
        ),
        (
            ["--require", "equalized_odds=0.1", "--costs", "fp=cheap"],
            "--costs fp=cheap: write what each error costs",
        ),
    ],
)
def test_bad_options_are_one_sentence_and_exit_with_2(
    arguments: list[str], because: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*COMPAS, *arguments]) == 2
    told = capsys.readouterr()
    assert because in told.err
    assert told.out == ""


def test_costs_that_are_left_out_are_1() -> None:
    assert costs(None) == (1.0, 1.0)
    assert costs("fn=2") == (1.0, 2.0)
    with pytest.raises(InputError, match="write what each error costs"):
        costs("fn=inf")
