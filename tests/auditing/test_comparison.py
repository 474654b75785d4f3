from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import fairaudit
from fairaudit.core.errors import ColumnNotFoundError, InputError
from fairaudit.report.model import DecisionAudit, Study


def people(rows: int = 2_000, seed: int = 0) -> dict[str, list[Any]]:
    rng = np.random.default_rng(seed)
    sex = rng.choice(["f", "m"], rows)
    label = rng.random(rows) < np.where(sex == "f", 0.4, 0.5)
    chance = np.where(label, 0.7, 0.2) - 0.25 * (sex == "f")
    return {
        "person": [f"p{number}" for number in range(rows)],
        "sex": sex.tolist(),
        "label": label.astype(int).tolist(),
        "prediction": (rng.random(rows) < chance).astype(int).tolist(),
    }


def mended(old: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Decide as before, but select every second woman who was left out."""
    rows = zip(old["sex"], old["prediction"], range(10**9), strict=False)
    new = [1 if sex == "f" and place % 4 == 0 else told for sex, told, place in rows]
    return {"person": old["person"][::-1], "prediction": new[::-1]}


def study_of(report: fairaudit.AuditReport) -> Study:
    part = report.parts[0]
    assert isinstance(part, Study)
    return part


def measured(report: fairaudit.AuditReport, finding: str) -> dict[str, Any]:
    (found,) = report[finding].findings
    assert found.evidence.kind == "measurement"
    return {row.name: row for row in found.evidence.rows}


def test_both_audits_and_their_difference_are_one_report() -> None:
    old = people()
    report = fairaudit.compare(old, mended(old), id_column="person", groups="sex")
    assert [part.kind for part in report.parts] == ["study", "decisions", "decisions"]
    gaps = []
    for part in report.parts[1:]:
        assert isinstance(part, DecisionAudit)
        rates = [row.rates["selection_rate"].value for row in part.tables[0].compared]
        gaps.append(max(rates) - min(rates))
    change = measured(report, "gaps@sex")["demographic parity"].estimate
    assert change.value == pytest.approx(gaps[1] - gaps[0])
    assert change.interval.low < change.value < change.interval.high


def test_the_change_of_a_rate_is_that_of_the_same_people() -> None:
    old = people()
    new = mended(old)
    report = fairaudit.compare(old, new, id_column="person", groups="sex")
    rows = measured(report, "selection_rate@sex")
    assert rows["m"].estimate.value == 0
    decided = dict(zip(new["person"], new["prediction"], strict=True))
    women = [
        (told, decided[who])
        for who, sex, told in zip(old["person"], old["sex"], old["prediction"], strict=True)
        if sex == "f"
    ]
    by_hand = np.mean([after - before for before, after in women])
    assert rows["f"].estimate.value == pytest.approx(by_hand)
    assert rows["f"].p_value < 0.001


def test_exchanging_the_two_turns_every_change_around() -> None:
    old = people()
    new = old | {"prediction": mended(old)["prediction"][::-1]}
    there = measured(
        fairaudit.compare(old, new, id_column="person", groups="sex"), "accuracy@sex"
    )
    back = measured(
        fairaudit.compare(new, old, id_column="person", groups="sex"), "accuracy@sex"
    )
    for name, row in there.items():
        assert row.estimate.value == pytest.approx(-back[name].estimate.value)


def test_a_system_against_itself_changes_nothing_and_passes() -> None:
    old = people()
    report = fairaudit.compare(old, old, id_column="person", groups="sex", no_worse=0.05)
    assert report.status == "pass"
    assert all(row.estimate.value == 0 for row in measured(report, "gaps@sex").values())


def test_a_gap_that_surely_grew_by_more_than_it_may_fails() -> None:
    old = people()
    worse = old | {
        "prediction": [
            0 if sex == "f" else told
            for sex, told in zip(old["sex"], old["prediction"], strict=True)
        ]
    }
    report = fairaudit.compare(
        old,
        worse,
        id_column="person",
        groups="sex",
        criterion="demographic_parity",
        no_worse=0.02,
    )
    (verdict,) = study_of(report).verdicts
    assert verdict.status == "fail"
    assert "it grew by at least 0.175 (95 %), and up to 0.02 is accepted" in verdict.because


def test_too_few_people_are_undecided_and_never_a_pass() -> None:
    old = people(24)
    report = fairaudit.compare(
        old, mended(old), id_column="person", groups="sex", no_worse=0.02
    )
    assert {verdict.status for verdict in study_of(report).verdicts} == {"undecided"}


def test_a_criterion_judges_the_new_system_alone() -> None:
    old = people()
    report = fairaudit.compare(
        old,
        mended(old),
        id_column="person",
        groups="sex",
        criterion="demographic_parity",
        tolerance=0.5,
    )
    assert [len(part.verdicts) for part in report.parts] == [0, 0, 1]


def test_who_is_not_in_both_is_counted_and_not_compared() -> None:
    old = people(200)
    new = {name: column[:150] for name, column in mended(old).items()}
    new["person"] = [
        "new" if place == 0 else who for place, who in enumerate(new["person"])
    ]
    report = fairaudit.compare(old, new, id_column="person", groups="sex")
    (told,) = [text for label, text in study_of(report).design if label == "People"]
    assert told == (
        "149 in both tables; 51 only in that of old; 1 only in that of new; the others are "
        "not compared"
    )


def without(
    column: str, table: dict[str, list[Any]], lost: set[str]
) -> dict[str, list[Any]]:
    told = zip(table["person"], table[column], strict=True)
    return table | {column: [None if who in lost else value for who, value in told]}


def some_selected_women(table: dict[str, list[Any]], times: int) -> set[str]:
    rows = zip(table["person"], table["sex"], table["prediction"], strict=True)
    return set([who for who, *told in rows if told == ["f", 1]][:times])


@pytest.mark.parametrize("side", [0, 1])
def test_who_lacks_one_decision_is_left_out_of_every_number(side: int) -> None:
    old = people()
    new = old | {"prediction": people(seed=1)["prediction"]}
    lost = some_selected_women(old, 60)
    blanked, dropped = [old, new], [old, new]
    blanked[side] = without("prediction", blanked[side], lost)
    kept = [who not in lost for who in old["person"]]
    dropped = [
        {
            name: [v for v, k in zip(column, kept, strict=True) if k]
            for name, column in t.items()
        }
        for t in dropped
    ]
    some, same = (
        study_of(fairaudit.compare(*tables, id_column="person", groups="sex"))
        for tables in (blanked, dropped)
    )
    assert some.findings == same.findings
    told = f"60 about whom {('old', 'new')[side]} decided nothing"
    assert dict(some.design)["Left out"] == told
    assert some.notes[0].id == "left_out"
    assert "Left out" not in dict(same.design)
    assert same.notes[0].id != "left_out"


def test_who_lacks_a_label_is_left_out_of_the_rates_that_need_one() -> None:
    old = people()
    lost = some_selected_women(old, 40)
    fewer = without("label", old, lost)
    study = study_of(fairaudit.compare(fewer, fewer, id_column="person", groups="sex"))
    denominators = {
        finding.id: finding.estimate.denominator
        for finding in study.findings
        if finding.id in {"selection_rate@sex", "accuracy@sex"}
    }
    assert denominators == {"selection_rate@sex": 2_000, "accuracy@sex": 1_960}
    told = "40 without a label, where a rate needs one"
    assert dict(study.design)["Left out"] == told


@pytest.mark.parametrize(
    ("times", "status", "because"),
    [
        (
            60,
            "undecided",
            r"; \d+ % of f are left out \(60 .*\), and with more than 5 % left out not",
        ),
        (
            10,
            "pass",
            r"up to 0\.05 is accepted; 1 % of f are left out \(10 about whom new [^;]*$",
        ),
    ],
)
def test_many_that_are_left_out_block_a_pass_and_few_are_told(
    times: int, status: str, because: str
) -> None:
    old = people()
    new = without("prediction", old, some_selected_women(old, times))
    report = fairaudit.compare(
        old,
        new,
        id_column="person",
        groups="sex",
        criterion="demographic_parity",
        no_worse=0.05,
    )
    (verdict,) = study_of(report).verdicts
    assert verdict.status == status
    assert re.search(because, verdict.because)
    assert verdict.missing is not None
    assert verdict.missing.blocks_pass is (status == "undecided")


@pytest.mark.parametrize("column", ["sex", "label", "person"])
def test_whatever_is_missing_of_many_blocks_a_pass(column: str) -> None:
    old = people()
    fewer = without(column, old, set(old["person"][:200]))
    report = fairaudit.compare(
        fewer,
        fewer,
        id_column="person",
        groups="sex",
        criterion="equalized_odds",
        no_worse=0.1,
    )
    (verdict,) = study_of(report).verdicts
    assert verdict.status == "undecided"
    assert "are left out" in verdict.because


def test_rows_that_only_one_table_has_block_a_pass_as_empty_decisions_do() -> None:
    old = people()
    new = {name: column[200:] for name, column in old.items()}
    report = fairaudit.compare(old, new, id_column="person", groups="sex", no_worse=0.1)
    assert report.status == "undecided"
    told = (
        "11 % of m are left out (111 about whom new decided nothing), and with more than "
        "5 % left out nothing passes"
    )
    assert {one.because.split("; ")[-1] for one in study_of(report).verdicts} == {told}


def few_women() -> tuple[dict[str, list[Any]], set[str]]:
    """Give 100 women among 2,000 people, and the half of them that is selected."""
    numbers = range(2_000)
    old = {
        "person": [f"p{number}" for number in numbers],
        "sex": ["f" if number % 20 == 0 else "m" for number in numbers],
        "prediction": [number // 20 % 2 for number in numbers],
    }
    return old, some_selected_women(old | {"label": old["sex"]}, 50)


def lacking_rows(table: dict[str, list[Any]], lost: set[str]) -> dict[str, list[Any]]:
    kept = [who not in lost for who in table["person"]]
    return {
        name: [told for told, here in zip(column, kept, strict=True) if here]
        for name, column in table.items()
    }


def gated(tables: list[dict[str, list[Any]]]) -> Study:
    return study_of(
        fairaudit.compare(*tables, id_column="person", groups="sex", no_worse=0.1)
    )


@pytest.mark.parametrize("both", [False, True])
@pytest.mark.parametrize("side", [0, 1])
def test_rows_of_a_group_that_one_table_lacks_are_left_out_of_that_group(
    side: int, *, both: bool
) -> None:
    old, lost = few_women()
    whole = [dict(old), dict(old)]
    if not both:
        del whole[side]["sex"]
    fewer, blank = list(whole), list(whole)
    fewer[side] = lacking_rows(whole[side], lost)
    blank[side] = without("prediction", whole[side], lost)
    assert gated(whole).verdicts[0].status == "pass"
    study = gated(fewer)
    assert study.verdicts == gated(blank).verdicts
    (verdict,) = study.verdicts
    lacks = ("old", "new")[side]
    assert verdict.status == "undecided"
    assert f"50 % of f are left out (50 about whom {lacks} decided" in verdict.because
    assert dict(study.design)["Left out"] == (
        f"50 about whom {lacks} decided nothing (50 have no row there)"
    )
    assert study.notes[0].id == "left_out"


@pytest.mark.parametrize(
    ("times", "status"), [(50, "pass"), (100, "pass"), (120, "undecided")]
)
def test_people_whose_group_neither_table_knows_count_among_all(
    times: int, status: str
) -> None:
    old, _ = few_women()
    more = [f"q{number}" for number in range(times)]
    new = {
        "person": [*old["person"], *more],
        "prediction": [*old["prediction"], *[1] * times],
    }
    study = gated([old, new])
    (verdict,) = study.verdicts
    assert verdict.status == status
    share = round(100 * times / (2_000 + times))
    told = f"{times} about whom old decided nothing; {times} without a group"
    assert f"{share} % of all people are left out ({told})" in verdict.because
    assert dict(study.design)["Left out"] == (
        f"{times} about whom old decided nothing ({times} have no row there); "
        f"{times} without sex"
    )


def test_who_is_left_out_of_one_crossing_is_told_of_it() -> None:
    old, lost = few_women()
    old["race"] = ["a" if who in lost else "b" for who in old["person"]]
    report = fairaudit.compare(
        old,
        lacking_rows(old, set(list(lost)[:10])),
        id_column="person",
        groups=["sex", "sex×race"],
        no_worse=0.3,
    )
    by_sex, by_both = study_of(report).verdicts
    assert "10 % of f are left out (10 about" in by_sex.because
    assert "20 % of f × a are left out (10 about" in by_both.because


@pytest.mark.parametrize("side", [0, 1])
def test_a_group_of_which_one_table_has_no_row_is_named_and_undecided(side: int) -> None:
    old, _ = few_women()
    tables = [old, old]
    women = {who for who, sex in zip(old["person"], old["sex"], strict=True) if sex == "f"}
    tables[side] = lacking_rows(old, women)
    (verdict,) = gated(tables).verdicts
    assert verdict.status == "undecided"
    assert verdict.because.startswith("both systems decided about nobody of f; 100 % of f")


@pytest.mark.parametrize("kind", ["file", "pandas", "texts"])
def test_whole_numbers_with_and_without_a_fraction_of_zero_name_one_person(
    kind: str, tmp_path: Path
) -> None:
    import pandas as pd

    old = pd.DataFrame(people(100)).assign(person=range(100))
    new = old[["person", "prediction"]].assign(
        person=[None, *map(float, range(1, 99)), -7.0]
    )
    tables: list[Any] = [old, new]
    if kind == "texts":
        tables = [old.astype({"person": str}), new.astype({"person": str}).iloc[1:]]
    if kind == "file":
        tables = [tmp_path / "old.csv", tmp_path / "new.csv"]
        old.to_csv(tables[0], index=False)
        new.to_csv(tables[1], index=False)
    study = study_of(fairaudit.compare(*tables, id_column="person", groups="sex"))
    told = dict(study.design)["People"]
    assert told.startswith(
        "98 in both tables; 2 only in that of old; 1 only in that of new"
    )


def test_ids_that_are_not_all_whole_numbers_stay_as_they_are() -> None:
    old = people(100)
    old["person"] = [f"{number // 10}.{number % 10}" for number in range(100)]
    few = {name: column[::10] for name, column in old.items()}
    study = study_of(fairaudit.compare(old, few, id_column="person", groups="sex"))
    assert dict(study.design)["People"].startswith("10 in both tables; 90 only in")
    other = few | {"person": [*map(str, range(9)), "x"]}
    with pytest.raises(InputError, match=r"in common .* and write it alike in both"):
        fairaudit.compare(few, other, id_column="person", groups="sex")


def test_a_person_who_stands_as_1_and_as_1_0_stands_twice() -> None:
    old = people(3) | {"person": ["1", "1.0", "2"], "sex": ["f", "m", "f"]}
    with pytest.raises(InputError, match="person '1' stands 2 times"):
        fairaudit.compare(old, old, id_column="person", groups="sex")


@pytest.mark.parametrize("column", ["person", None])
def test_either_audit_has_everybody_and_people_without_a_decision_block_a_pass(
    column: str | None,
) -> None:
    old = people()
    rows = [place for place, sex in enumerate(old["sex"]) if sex == "m" or place % 2]
    new = {name: [texts[place] for place in rows] for name, texts in old.items()}
    if column is not None:
        kept = set(new[column])
        new = without(column, old, {who for who in old[column] if who not in kept})
    report = fairaudit.compare(
        old,
        new,
        id_column="person",
        groups="sex",
        criterion="demographic_parity",
        tolerance=0.35,
    )
    ledgers = []
    for part in report.parts[1:]:
        assert isinstance(part, DecisionAudit)
        ledgers.append({line.name: line.people for line in part.population.ledger})
    lost = 2_000 - len(rows)
    nameless = lost if column is not None else 0
    assert ledgers == [
        {"used": 2_000} | ({"missing prediction": nameless} if nameless else {}),
        {"used": len(rows) + nameless, "missing prediction": lost},
    ]
    (verdict,) = report.parts[2].verdicts
    assert verdict.missing is not None
    assert verdict.missing.worst_case is not None
    # Rows without an id count as further people, among whom fewer gaps can hide.
    assert verdict.status == ("undecided" if column is None else "pass")


def test_people_of_one_table_only_are_in_the_ledger_where_groups_are_in_the_other() -> None:
    old = people(200)
    new = {"person": [*old["person"], "p-1"], "prediction": [*old["prediction"], 1]}
    report = fairaudit.compare(old, new, id_column="person", groups="sex")
    (_, first, second) = report.parts
    assert isinstance(first, DecisionAudit)
    assert isinstance(second, DecisionAudit)
    for part in (first, second):
        assert {line.name: line.people for line in part.population.ledger} == {
            "used": 200,
            "missing group": 1,
        }


def test_a_group_that_one_system_never_decides_is_undecided() -> None:
    old = people()
    women = {who for who, sex in zip(old["person"], old["sex"], strict=True) if sex == "f"}
    new = without("prediction", old, women)
    report = fairaudit.compare(old, new, id_column="person", groups="sex", no_worse=0.1)
    assert {one.status for one in study_of(report).verdicts} == {"undecided"}
    row = measured(report, "selection_rate@sex")["f"]
    assert row.estimate.value is None
    assert row.p_value is None


@pytest.mark.parametrize(
    ("sex", "because"),
    [
        ("f", "only one group (f) in sex: nothing to compare"),
        (None, "no group is recorded in sex: nothing to compare"),
    ],
)
def test_a_gate_without_two_groups_is_undecided_and_not_dropped(
    sex: str | None, because: str
) -> None:
    old = people(200)
    old["race"] = old["sex"]
    old["sex"] = [sex] * 200
    report = fairaudit.compare(
        old,
        old,
        id_column="person",
        groups=["race", "sex"],
        criterion="demographic_parity",
        no_worse=0.5,
    )
    race, by_sex = study_of(report).verdicts
    assert race.status == "pass"
    assert by_sex.status == "undecided"
    assert by_sex.because.startswith(because)
    assert by_sex.attribute in {finding.id for finding in study_of(report).findings}


@pytest.mark.parametrize(
    ("criterion", "message"),
    [
        ("calibration_within_groups", "not measured for criterion calibration_within"),
        (
            "conditional_demographic_parity",
            "It is for demographic_parity, .*equalized_odds",
        ),
        ("equalized_odds", "criterion equalized_odds needs labels, and no such column"),
    ],
)
def test_a_gate_on_a_gap_that_cannot_be_measured_is_refused(
    criterion: str, message: str
) -> None:
    old = people(200)
    del old["label"]
    with pytest.raises(InputError, match=message):
        fairaudit.compare(
            old,
            old,
            id_column="person",
            groups="sex",
            criterion=["demographic_parity", criterion],
            no_worse=0.1,
        )


def test_a_criterion_named_twice_is_one_gate() -> None:
    old = people(200)
    report = fairaudit.compare(
        old,
        old,
        id_column="person",
        groups="sex",
        criterion=["equalized_odds", "equalized_odds"],
        no_worse=0.3,
    )
    (verdict,) = study_of(report).verdicts
    assert verdict.family_size == 1


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"person": ["p1"] * 200}, "^new: person 'p1' stands 200 times"),
        (
            {"person": [f"q{n}" for n in range(200)]},
            "^old and new have nobody in common by 'person'",
        ),
        ({"sex": ["f"] * 200}, "column 'sex' differs between old and new for"),
    ],
)
def test_tables_that_cannot_be_joined_are_refused(
    change: dict[str, list[Any]], message: str
) -> None:
    old = people(200)
    with pytest.raises(InputError, match=message):
        fairaudit.compare(old, old | change, id_column="person", groups="sex")


@pytest.mark.parametrize("kind", ["arrays", "pandas", "polars", "file"])
@pytest.mark.parametrize("side", [0, 1])
def test_messages_name_the_table_that_is_meant(
    kind: str, side: int, tmp_path: Path
) -> None:
    import pandas as pd
    import polars as pl

    old = people(40)
    tables: list[Any] = [old, old]
    tables[side] = old | {"prediction": ["a", "b", "c", "d"] * 10}
    name = ("before", "after")[side]
    if kind == "file":
        for place, table in enumerate(tables):
            path = tmp_path / f"{('old', 'new')[place]}.csv"
            pd.DataFrame(table).to_csv(path, index=False)
            tables[place] = path
        name = f".*{('old', 'new')[side]}.csv"
    frame = {"pandas": pd.DataFrame, "polars": pl.DataFrame}.get(kind, lambda it: it)
    with pytest.raises(InputError, match=f"^{name}: column 'prediction' holds 'a'"):
        fairaudit.compare(
            *map(frame, tables),
            id_column="person",
            groups="sex",
            names=("before", "after"),
        )


def test_messages_name_the_table_that_has_a_column_of_people() -> None:
    old = people(40)
    new = old | {"label": ["a", "b", "c", "d"] * 10}
    del old["label"]
    with pytest.raises(InputError, match=r"^new: column 'label' holds 'a'"):
        fairaudit.compare(old, new, id_column="person", groups="sex")


def test_messages_about_what_is_no_table_name_the_argument() -> None:
    old = people(40)
    with pytest.raises(InputError, match=r"^new: expected a file name"):
        fairaudit.compare(old, 5, id_column="person", groups="sex")
    with pytest.raises(InputError, match=r"^old: all columns need the same length"):
        fairaudit.compare(old | {"sex": ["f"]}, old, id_column="person", groups="sex")


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"criterion": {"equalized_odds": 0.1}}, "criterion: must be one text or a list"),
        ({"label": 0}, "label: must be a text; got 0"),
        ({"threshold": "0.5"}, "threshold: must be a finite number"),
        ({"seed": None}, "seed: must be a whole number"),
    ],
)
def test_options_of_another_type_are_refused(option: dict[str, Any], message: str) -> None:
    old = people(40)
    with pytest.raises(InputError, match=message):
        fairaudit.compare(old, old, id_column="person", groups="sex", **option)


@pytest.mark.parametrize("names", [("a",), "ab", ("a", "b", "c"), ("a", "a"), ("a", 1)])
def test_names_that_are_not_two_texts_are_refused(names: tuple[str, str]) -> None:
    old = people(40)
    with pytest.raises(InputError, match=r"^names: must be two different texts"):
        fairaudit.compare(old, old, id_column="person", groups="sex", names=names)


@pytest.mark.parametrize("id_column", [None, ["person"], 3])
def test_an_id_column_that_is_no_name_is_refused(id_column: str) -> None:
    old = people(40)
    with pytest.raises(InputError, match=r"^id_column: must be the name of the one column"):
        fairaudit.compare(old, old, id_column=id_column, groups="sex")


def test_more_groups_than_usual_are_compared_where_that_is_asked_for() -> None:
    old = people(120)
    old["sex"] = [str(place % 60) for place in range(120)]
    with pytest.raises(InputError, match=r"old and new: column 'sex' has 60 .*max_groups="):
        fairaudit.compare(old, old, id_column="person", groups="sex")
    report = fairaudit.compare(old, old, id_column="person", groups="sex", max_groups=60)
    assert len(measured(report, "selection_rate@sex")) == 61


def test_a_rate_is_not_named_twice_and_both_kinds_of_limits_are_explained() -> None:
    old = people(200)
    report = fairaudit.compare(old, old, id_column="person", groups="sex", no_worse=0.1)
    told = report["accuracy@sex"].findings[0].evidence
    assert told.kind == "measurement"
    assert told.title == "Change of the accuracy by sex"
    gaps = report["gaps@sex"].findings[0].evidence
    assert gaps.kind == "measurement"
    assert "two-sided 95 %" in gaps.method
    because = study_of(report).verdicts[0].because
    assert (
        "it grew by at most 0.046 (95 %, one-sided), and up to 0.1 is accepted" in because
    )


def test_a_small_group_leaves_growth_open_and_how_many_would_settle_it_is_said() -> None:
    old = people(600)
    sex = np.array(old["sex"], dtype=object)
    sex[:9] = "x"
    old["sex"] = sex
    report = fairaudit.compare(
        old, old, id_column="person", groups="sex", no_worse=0.1, criterion="equalized_odds"
    )
    (verdict,) = study_of(report).verdicts
    assert verdict.status == "undecided"
    assert "that it grew by more than that is not shown; about" in verdict.because
    assert "people in each group would settle it" in verdict.because
    assert verdict.rows_needed is not None
    assert 100 < verdict.rows_needed < 1_000


def test_a_rate_of_other_people_says_why_it_has_no_p() -> None:
    old = people(400)
    new = old | {"prediction": np.roll(old["prediction"], 1)}
    report = fairaudit.compare(old, new, id_column="person", groups="sex")
    told = report["positive_predictive_value@sex"].findings[0].evidence
    assert told.kind == "measurement"
    assert all(row.p_value is None for row in told.rows)
    assert told.method.startswith("no p where the two systems' rates are of other people")


def test_a_prediction_that_one_table_lacks_is_refused() -> None:
    old = people(200)
    new = {"person": old["person"], "predicted": old["prediction"]}
    with pytest.raises(ColumnNotFoundError, match="'prediction' is not there"):
        fairaudit.compare(old, new, id_column="person", groups="sex", label="label")


@pytest.mark.parametrize("margin", [2, 0, float("nan"), "0.02", True])
def test_a_margin_that_is_none_is_refused(margin: float) -> None:
    old = people(50)
    with pytest.raises(InputError, match="no_worse: must be between 0 and 1"):
        fairaudit.compare(old, old, id_column="person", groups="sex", no_worse=margin)


def test_files_and_frames_give_the_same_study(tmp_path: Path) -> None:
    import pandas as pd

    old = people(300)
    new = mended(old)
    paths = []
    for name, table in (("old", old), ("new", new)):
        path = tmp_path / f"{name}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([list(table), *zip(*table.values(), strict=True)])
        paths.append(path)
    by_file = fairaudit.compare(*paths, id_column="person", groups="sex")
    by_frame = fairaudit.compare(
        pd.DataFrame(old), pd.DataFrame(new), id_column="person", groups="sex"
    )
    assert study_of(by_file).findings == study_of(by_frame).findings


def test_scores_and_a_threshold_decide_as_predictions_do() -> None:
    old = people(400)
    rng = np.random.default_rng(1)
    scores = old | {"score": rng.random(400).round(3).tolist()}
    del scores["prediction"]
    later = {"person": old["person"], "score": rng.random(400).round(3).tolist()}
    report = fairaudit.compare(
        scores, later, id_column="person", groups="sex", threshold=0.5
    )
    row = measured(report, "selection_rate@sex")["everybody"]
    by_hand = np.mean(np.array(later["score"]) >= 0.5) - np.mean(
        np.array(scores["score"]) >= 0.5
    )
    assert row.estimate.value == pytest.approx(by_hand)


@pytest.mark.parametrize("seed", range(3))
def test_the_same_seed_gives_the_same_bytes(seed: int) -> None:
    old = people(200)
    reports = [
        fairaudit.compare(old, mended(old), id_column="person", groups="sex", seed=seed)
        for _ in range(2)
    ]
    assert reports[0].parts == reports[1].parts
