from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import fairaudit
from fairaudit.core.errors import InputError
from fairaudit.practices.categories import Category
from fairaudit.practices.ll144 import CategoryTable, impact_ratios
from fairaudit.report.model import Study

REFERENCE = Path(__file__).parents[1] / "reference"
NOTES = json.loads((REFERENCE / "ll144_notes.json").read_text())


def lines(name: str, table: str) -> list[dict[str, str]]:
    with (REFERENCE / f"ll144_{name}_example.csv").open(newline="") as file:
        return [line for line in csv.DictReader(file) if line["table"] == table]


def named(line: dict[str, str]) -> str:
    return " × ".join(filter(None, (line["sex"], line["race_ethnicity"])))


def table_of(name: str, table: str, hits: str) -> CategoryTable:
    return CategoryTable(
        title=table,
        attribute=table,
        categories=tuple(
            Category(
                name=named(line), people=int(line["applicants"]), favoured=int(line[hits])
            )
            for line in lines(name, table)
        ),
        unknown=0,
    )


EXAMPLES = [
    (name, table, hits)
    for name, hits in (("selection", "selected"), ("scoring", "above_median_implied"))
    for table in ("sex", "race_ethnicity", "intersectional")
]


# The worked examples of 6 RCNY 5-301, each table by itself.
@pytest.mark.parametrize(("name", "table", "hits"), EXAMPLES)
def test_the_rules_own_examples_are_reproduced_to_the_digit(
    name: str, table: str, hits: str
) -> None:
    found = impact_ratios(table_of(name, table, hits))
    people = sum(int(line["applicants"]) for line in lines(name, table))
    for line in lines(name, table):
        ratio = found[named(line)]
        if int(line["applicants"]) * 50 < people:
            assert ratio is None
            continue
        assert ratio == pytest.approx(float(line["impact_ratio"]), abs=1e-9)
        digits = len(line["published_impact_ratio"].partition(".")[2])
        published = float(line["published_impact_ratio"])
        assert ratio == pytest.approx(published, abs=0.5 * 10**-digits + 1e-9)


def test_small_categories_are_those_the_reference_names() -> None:
    small = {
        f"{table}: {name}"
        for table in ("race_ethnicity", "intersectional")
        for name, ratio in impact_ratios(table_of("selection", table, "selected")).items()
        if ratio is None
    }
    named_there = {
        re.sub(r"\s+", " ", text)
        for text in NOTES["selection_example"]["under_two_percent"]
    }
    assert {text.replace(" × ", " ") for text in small} == named_there


def applicants() -> dict[str, list[Any]]:
    columns: dict[str, list[Any]] = {"sex": [], "race": [], "prediction": [], "people": []}
    for line in lines("selection", "intersectional"):
        selected, people = int(line["selected"]), int(line["applicants"])
        for decision, count in ((1, selected), (0, people - selected)):
            columns["sex"].append(line["sex"])
            columns["race"].append(line["race_ethnicity"])
            columns["prediction"].append(decision)
            columns["people"].append(count)
    for sex, race, count in (("", "White", 100), ("Male", "", 60), ("", "", 90)):
        columns["sex"].append(sex)
        columns["race"].append(race)
        columns["prediction"].append(0)
        columns["people"].append(count)
    return columns


def test_an_audit_gives_the_three_tables_and_counts_the_unknown() -> None:
    report = fairaudit.audit(
        applicants(),
        groups="sex",
        count="people",
        practices="ll144",
        sex="sex",
        race="race",
    )
    study = report.parts[1]
    assert isinstance(study, Study)
    assert [finding.id for finding in study.findings] == [
        "ll144@sex",
        "ll144@race",
        "ll144@sex × race",
    ]
    unknown = [text for label, text in study.design if label == "Unknown"]
    assert [int(text.split()[0]) for text in unknown] == [190, 150, 250]
    assert NOTES["selection_example"]["unknown_not_included"] == 250
    crossed = study.findings[2].evidence
    assert crossed.kind == "measurement"
    assert "those of the audit are over the highest of all groups" in crossed.method
    by_name = {row.name: row.estimate for row in crossed.rows}
    for line in lines("selection", "intersectional"):
        estimate = by_name[named(line)]
        assert (estimate.numerator, estimate.denominator) == (
            int(line["selected"]),
            int(line["applicants"]),
        )


def test_scoring_rates_are_strictly_above_the_median_of_everybody() -> None:
    rng = np.random.default_rng(3)
    people = {
        "sex": rng.choice(["f", "m"], 301).tolist(),
        "race": rng.choice(["a", "b", ""], 301).tolist(),
        "score": rng.integers(0, 9, 301).tolist(),
    }
    report = fairaudit.audit(
        people,
        groups="sex",
        score="score",
        threshold=5,
        practices="ll144",
        sex="sex",
        race="race",
    )
    study = report.parts[1]
    assert isinstance(study, Study)
    scores = np.array(people["score"])
    median = float(np.median(scores))
    assert dict(study.design)["Median"].startswith(f"{median:g}")
    evidence = study.findings[0].evidence
    assert evidence.kind == "measurement"
    for row in evidence.rows:
        mine = scores[np.array(people["sex"]) == row.name]
        assert row.estimate.numerator == int((mine > median).sum())
        assert row.estimate.denominator == len(mine)


def test_the_columns_must_be_named() -> None:
    with pytest.raises(InputError, match="sex='COLUMN' and race='COLUMN'"):
        fairaudit.audit(applicants(), groups="sex", count="people", practices="ll144")


def test_an_unknown_practice_is_refused_with_those_there_are() -> None:
    with pytest.raises(InputError, match=r"Did you mean 'll144'\?"):
        fairaudit.audit(applicants(), groups="sex", count="people", practices="ll143")


def test_no_format_calls_anything_compliant_or_sets_a_gate() -> None:
    report = fairaudit.audit(
        applicants(),
        groups="race",
        count="people",
        practices=("four-fifths", "ll144"),
        sex="sex",
        race="race",
    )
    assert report.verdicts == ()
    for text in (
        str(report),
        report.to_markdown(),
        report.to_json(),
        report.to_html() or "",
    ):
        assert "not legal advice" in " ".join(text.split())
        assert "complian" not in text.casefold()
