"""Every option of `audit`, what it changes in the report, and how its misuse is met."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from fairaudit import audit
from fairaudit.core.bill import Bill
from fairaudit.core.errors import ColumnNotFoundError, InputError, PolicyError
from fairaudit.core.evidence import MISSING, Disparity, GroupRow, GroupTable
from fairaudit.core.requirements import CriterionGate, Requirements
from fairaudit.policy.document import Policy
from fairaudit.report.renderers.json import render
from fairaudit.report.sections.population import introduction
from fairaudit.report.storage import from_json
from tests.people import columns_of, selections

if TYPE_CHECKING:
    from pathlib import Path

    from fairaudit.report.model import AuditReport

TWO = {
    "a": {"tp": 40, "fp": 20, "fn": 10, "tn": 30},
    "b": {"tp": 20, "fp": 10, "fn": 20, "tn": 10},
}
FAIR = {"a": (5000, 10000), "b": (5000, 10000)}


def two(**options: Any) -> AuditReport:  # noqa: ANN401
    """Audit two groups with labels."""
    return audit(columns_of(TWO), **{"groups": "group", "count": "count", **options})


def table(report: AuditReport, attribute: str | None = None) -> GroupTable:
    """Give one table of a report."""
    tables = {one.attribute: one for one in report.parts[0].tables}
    return tables[attribute] if attribute else next(iter(tables.values()))


def people(report: AuditReport, attribute: str | None = None) -> dict[str, float | None]:
    """Count the groups of a table."""
    return {row.name: row.people for row in table(report, attribute).groups}


def row(report: AuditReport, name: str) -> GroupRow:
    """Give one group."""
    (found,) = (one for one in table(report).groups if one.name == name)
    return found


def notes(report: AuditReport) -> dict[str, str]:
    """Give the notes of a report by id."""
    return {note.id: note.text for note in report.parts[0].notes}


def but_run(report: AuditReport) -> str:
    """Write a report as JSON, apart from what depends on the run."""
    written = json.loads(render(report))
    del written["run"]
    return json.dumps(written, sort_keys=True)


# ------------------------------------------------------------------- columns and values


def test_columns_are_found_by_well_known_names_and_said_to_be() -> None:
    report = two()
    roles = report.parts[0].roles
    assert (roles.label, roles.prediction) == ("label", "prediction")
    assert "'label'" in notes(report)["columns_taken"]
    named = two(label="label", prediction="prediction")
    assert "columns_taken" not in notes(named)
    assert table(named) == table(report)


def test_a_report_written_and_read_back_is_the_same() -> None:
    report = two(
        criterion="equalized_odds", tolerance=0.1, why="to see", gates="impact_ratio>=0.8"
    )
    assert from_json(render(report)) == report


def test_a_table_without_labels_is_audited_for_what_it_can_bear() -> None:
    report = audit(selections(FAIR), groups="group", count="count")
    measured = {
        one.evidence.criterion
        for one in report.findings
        if isinstance(one.evidence, Disparity)
    }
    assert measured == {"demographic_parity"}
    assert set(row(report, "a").rates) == {"selection_rate"}
    assert "no error rates" in notes(report)["no_label"]
    assert not any(isinstance(one.evidence, Bill) for one in report.findings)


def test_a_criterion_on_errors_without_labels_is_refused_with_the_option() -> None:
    with pytest.raises(InputError, match=r"equalized_odds needs labels.*label='COLUMN'"):
        audit(
            selections(FAIR),
            groups="group",
            count="count",
            criterion="equalized_odds",
            tolerance=0.1,
        )


@pytest.mark.parametrize("positive", ["2", 2, 2.0])
def test_a_positive_value_is_one_however_it_is_written(positive: str | float) -> None:
    data = {"label": [1, 2, 2, 1], "y_pred": [2, 2, 1, 1], "g": ["a", "a", "b", "b"]}
    report = audit(data, groups="g", positive=positive)
    cells = row(report, "a").cells
    assert cells is not None
    assert (cells.tp, cells.fp, cells.fn, cells.tn) == (1, 1, 0, 0)
    assert notes(report)["positive_label"] == (
        "In label, positive is '2'; negative is '1'."
    )


def test_each_column_may_have_its_own_positive_value() -> None:
    data = {
        "label": ["repaid", "default", "repaid"],
        "prediction": ["no", "yes", "yes"],
        "g": ["a", "a", "b"],
    }
    report = audit(data, groups="g", positive={"label": "repaid", "prediction": "yes"})
    cells = row(report, "a").cells
    assert cells is not None
    assert (cells.fn, cells.fp) == (1, 1)


def test_yes_and_no_are_asked_for_with_the_very_option() -> None:
    data = {"label": ["yes", "no"], "prediction": [1, 0], "g": ["a", "b"]}
    with pytest.raises(InputError, match=r"'label' holds .*'yes'.*positive='yes'"):
        audit(data, groups="g")


def test_probabilities_as_predictions_are_met_with_score_and_threshold() -> None:
    data = {"label": [1, 0], "prediction": [0.9, 0.25], "g": ["a", "b"]}
    with pytest.raises(
        InputError, match=r"look like scores.*score='prediction'.*threshold="
    ):
        audit(data, groups="g")


def test_a_positive_value_of_another_kind_is_refused() -> None:
    with pytest.raises(InputError, match=r"positive: must be one value"):
        two(positive=["1", "true"])


def test_scores_at_or_above_the_threshold_are_selected() -> None:
    data = {"label": [1, 1, 0, 0], "score": [5, 4.999, 5.5, 1], "g": list("aabb")}
    report = audit(data, groups="g", threshold=5)
    assert row(report, "a").rates["selection_rate"].numerator == 1
    assert row(report, "b").rates["selection_rate"].numerator == 1
    assert report.parts[0].roles.score == "score"


def test_a_score_beside_predictions_is_checked_and_decides_nothing() -> None:
    report = audit({**columns_of(TWO), "risk": range(8)}, groups="group", score="risk")
    assert "score_beside_prediction" in notes(report)


@pytest.mark.parametrize(
    ("favourable", "word"),
    [(None, "selected"), ("selected", "selected"), ("not-selected", "flagged")],
)
def test_the_direction_sets_the_words_and_is_said_when_assumed(
    favourable: Any,  # noqa: ANN401
    word: str,
) -> None:
    report = two(favourable=favourable)
    plain = report.parts[0].glossary["selection_rate"].plain
    assert plain == f"of people were {word}"
    assert ("favourable" in notes(report)) is (favourable is None)


def test_a_direction_that_is_misspelt_must_not_decide_the_impact_ratio() -> None:
    with pytest.raises(
        InputError,
        match=r"favourable: must be selected or not-selected; got 'not_selected'. "
        r"Did you mean 'not-selected'\?",
    ):
        two(favourable="not_selected")


# ----------------------------------------------------------------------------- amounts


def test_a_count_column_stands_for_that_many_rows() -> None:
    counted = two()
    long: dict[str, list[Any]] = {"group": [], "label": [], "prediction": []}
    columns = columns_of(TWO)
    for place, number in enumerate(columns["count"]):
        for name, values in long.items():
            values.extend([columns[name][place]] * number)
    spelt_out = audit(long, groups="group")
    assert table(counted) == table(spelt_out)
    assert counted.findings == spelt_out.findings
    assert (counted.parts[0].population.rows, spelt_out.parts[0].population.rows) == (
        8,
        160,
    )
    assert counted.parts[0].population.people == 160


def test_survey_weights_widen_every_interval_to_kishs_size() -> None:
    report = two(count=None, weight="count")
    rate = row(report, "a").rates["selection_rate"]
    # Four rows of weights 40, 20, 10, 30: 100² / 3,000 = 3.33 people.
    assert rate.value == pytest.approx(0.6)
    assert rate.interval is not None
    assert rate.interval.low is not None
    assert rate.interval.low < 0.2
    assert report.parts[0].population.weighted
    assert "Kish" in notes(report)["weighted"]
    pair = two(count=None, weight="count", criterion="equal_opportunity", tolerance=0.1)
    assert pair.status == "undecided"


@pytest.mark.parametrize(
    "criterion", ["demographic_parity", "conditional_demographic_parity", "test_fairness"]
)
def test_a_scope_by_survey_weights_is_told_in_effective_sizes(
    criterion: str,
) -> None:
    groups = np.repeat(["a", "b", "few"], [4000, 4000, 20])
    places = np.arange(len(groups))
    columns = {
        "group": groups,
        "label": places % 2,
        "score": places // 2 % 2,
        "site": places // 4 % 2,
        "weight": np.full(len(groups), 3),
    }
    report = audit(
        columns,
        groups="group",
        label="label",
        score="score",
        threshold=0.5,
        weight="weight",
        strata="site",
        criterion=criterion,
        tolerance=0.15,
        why="a test",
        min_group=50,
    )
    (verdict,) = report.verdicts
    assert verdict.status == "pass"
    assert "undecided for few (effective size 20): gaps" in verdict.because
    lines = dict(introduction(report.parts[0]))  # type: ignore[arg-type]
    assert lines["Scope"] == (
        "a pass is claimed for groups of an effective size of at least 50 in every "
        "denominator"
    )


def test_doubling_every_weight_changes_no_interval() -> None:
    columns = columns_of(TWO)
    twice = {**columns, "count": [2 * weight for weight in columns["count"]]}
    one = audit(columns, groups="group", weight="count")
    other = audit(twice, groups="group", weight="count")
    assert [found.estimate for found in one.findings] == [
        found.estimate for found in other.findings
    ]
    for name in "ab":
        for rate, estimate in row(one, name).rates.items():
            again = row(other, name).rates[rate]
            assert (again.value, again.interval) == (estimate.value, estimate.interval)


def test_plain_gates_are_refused_with_survey_weights() -> None:
    with pytest.raises(InputError, match=r"impact_ratio>=0.8: a plain gate compares whole"):
        two(count=None, weight="count", gates="impact_ratio>=0.8")


def test_count_and_weight_together_are_refused() -> None:
    with pytest.raises(InputError, match="not both"):
        two(weight="label")


# ---------------------------------------------------------------- groups and crossings


def crossed() -> dict[str, list[Any]]:
    """Make people of two sexes and two races."""
    rows = [
        (sex, race, decision, number)
        for (sex, race), (yes, no) in {
            ("F", "black"): (30, 70),
            ("F", "white"): (50, 50),
            ("M", "black"): (50, 50),
            ("M", "white"): (70, 130),
        }.items()
        for decision, number in ((1, yes), (0, no))
    ]
    names = ("sex", "race", "y_pred", "n")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def test_several_attributes_and_a_crossing_each_get_a_table() -> None:
    report = audit(crossed(), groups=("sex", "race", "sex×race"), count="n")
    assert people(report, "sex") == {"M": 300, "F": 200}
    assert people(report, "race") == {"white": 300, "black": 200}
    assert people(report, "sex × race") == {
        "M × white": 200,
        "F × black": 100,
        "F × white": 100,
        "M × black": 100,
    }
    compared = {one.attribute: one.compare for one in report.parts[0].tables}
    assert compared == {"sex": "pairs", "race": "pairs", "sex × race": "rest"}


def test_an_asterisk_crosses_too() -> None:
    report = audit(crossed(), groups="race * sex", count="n")
    assert table(report).attribute == "race × sex"


def test_gates_of_one_attribute_judge_that_alone() -> None:
    report = audit(
        crossed(),
        groups=("sex", "sex×race"),
        count="n",
        gates=("sex×race:impact_ratio>=0.8", "sex:selection_rate_difference<=0.1"),
    )
    assert [(verdict.attribute, verdict.status) for verdict in report.verdicts] == [
        ("sex × race", "fail"),
        ("sex", "pass"),
    ]


def test_a_gate_on_what_is_not_audited_is_refused_with_the_likely_one() -> None:
    with pytest.raises(InputError, match=r"'rase' is none of.*\(sex, race\).*mean 'race'"):
        audit(crossed(), groups=("sex", "race"), count="n", gates="rase:impact_ratio>=0.8")


def test_the_family_of_a_failure_counts_all_tables_of_the_run() -> None:
    report = audit(
        crossed(),
        groups=("sex", "race", "sex×race"),
        count="n",
        criterion="demographic_parity",
        tolerance=0.1,
    )
    assert {verdict.family_size for verdict in report.verdicts} == {1 + 1 + 4}


@pytest.mark.parametrize(
    ("compare", "compared"),
    [
        ("pairs", {("M", "F")}),
        ("rest", {("F", "everyone else"), ("M", "everyone else")}),
        ("reference:M", {("F", "M")}),
        ("reference:F", {("M", "F")}),
    ],
)
def test_groups_are_compared_as_asked(compare: str, compared: set[tuple[str, str]]) -> None:
    report = audit(
        crossed(),
        groups="sex",
        count="n",
        compare=compare,
        criterion="demographic_parity",
        tolerance=0.1,
    )
    (verdict,) = report.verdicts
    assert {(one.first, one.second) for one in verdict.comparisons} == compared
    assert table(report).compare == compare


def test_a_reference_holds_for_the_table_that_has_it() -> None:
    report = audit(crossed(), groups=("sex", "race"), count="n", compare="reference:white")
    assert [one.compare for one in report.parts[0].tables] == ["pairs", "reference:white"]


@pytest.mark.parametrize(
    ("compare", "message"),
    [
        ("reference:With", r"'With' is in no table.*white.*Did you mean 'white'\?"),
        ("all", r"must be pairs, rest or reference:GROUP; got 'all'"),
    ],
)
def test_a_comparison_that_cannot_be_made_is_refused(compare: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        audit(crossed(), groups="race", count="n", compare=compare)


def test_people_without_a_group_are_shown_last_and_never_compared() -> None:
    data = {"g": ["a", None, "b", None, ""], "y_pred": [1, 1, 0, 0, 1]}
    report = audit(data, groups="g")
    assert people(report) == {"a": 1, "b": 1, MISSING: 3}
    ledger = {line.name: line.people for line in report.parts[0].population.ledger}
    assert ledger == {"used": 2, "missing group": 3}


def test_texts_that_mean_missing_are_named() -> None:
    data = {"g": ["a", "NA", "b", "?"], "y_pred": [1, 1, 0, 0]}
    assert people(audit(data, groups="g")) == {"?": 1, "NA": 1, "a": 1, "b": 1}
    assert people(audit(data, groups="g", na=["NA", "?"])) == {"a": 1, "b": 1, MISSING: 2}


def test_ages_are_cut_into_bins_in_their_order() -> None:
    data = {"age": [17, 25, 39.5, 40, 61, None], "y_pred": [1, 0, 1, 1, 0, 1]}
    report = audit(data, groups="age", bins={"age": [25, 40]})
    assert people(report) == {
        "under 25": 1,
        "25 to under 40": 2,
        "40 and over": 2,
        MISSING: 1,
    }


@pytest.mark.parametrize("edges", [[], [40, 25], [25, 25], [float("nan")], [float("inf")]])
def test_edges_that_do_not_rise_are_refused(edges: list[float]) -> None:
    with pytest.raises(InputError, match=r"bin age: edges must be rising numbers"):
        audit({"age": [1, 2], "y_pred": [0, 1]}, groups="age", bins={"age": edges})


def test_raw_ages_are_met_with_the_advice_to_cut_them() -> None:
    data = {"age": list(range(100)), "y_pred": [0, 1] * 50}
    with pytest.raises(InputError, match=r"age.*bins="):
        audit(data, groups="age")
    assert len(people(audit(data, groups="age", max_groups=100))) == 100


def test_a_misspelt_column_is_met_with_the_likely_one() -> None:
    with pytest.raises(ColumnNotFoundError, match=r"'gruop'.*Did you mean 'group'\?"):
        two(groups="gruop")


def test_no_group_at_all_is_refused() -> None:
    with pytest.raises(InputError, match=r"no group column was named"):
        audit(columns_of(TWO))


# ------------------------------------------------------------------- people alike

# Simpson's reversal: equal totals, and b is worse off in both strata.
REVERSED = {
    ("a", "easy"): (900, 1000),
    ("b", "easy"): (2100, 3000),
    ("a", "hard"): (1200, 3000),
    ("b", "hard"): (0, 1000),
}


def alike() -> dict[str, list[Any]]:
    """Write the reversal as a count table."""
    rows = [
        (group, stratum, decision, number)
        for (group, stratum), (yes, of) in REVERSED.items()
        for decision, number in ((1, yes), (0, of - yes))
        if number
    ]
    names = ("group", "job", "y_pred", "n")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def test_a_reversal_passes_over_all_and_fails_among_people_alike() -> None:
    report = audit(
        alike(),
        groups="group",
        strata="job",
        count="n",
        criterion=("demographic_parity", "conditional_demographic_parity"),
        tolerance=0.1,
        why="jobs are an accepted ground",
    )
    over_all, within = report.verdicts
    assert (over_all.status, within.status) == ("pass", "fail")
    assert over_all.value == pytest.approx(0, abs=1e-12)
    assert within.value == pytest.approx(0.3, abs=0.02)
    assert [stratum.name for stratum in table(report).strata] == ["easy", "hard"]
    finding = report["conditional_demographic_parity"].findings[0]
    assert finding.estimate.value == pytest.approx(within.value)
    assert "among people alike" in finding.sentence
    assert over_all.family_size == 1 + (1 + 2)


def test_people_alike_need_a_column_that_says_in_what() -> None:
    with pytest.raises(
        InputError, match=r"needs people to be compared alike.*strata='COLUMN'"
    ):
        two(criterion="conditional_demographic_parity", tolerance=0.1)


def test_without_strata_nothing_is_said_of_people_alike() -> None:
    with pytest.raises(KeyError, match="conditional_demographic_parity"):
        two()["conditional_demographic_parity"]


def test_several_strata_columns_are_crossed_and_their_missing_set_apart() -> None:
    data = {
        "g": list("aabb"),
        "y_pred": [1, 0, 1, 0],
        "job": ["x", "y", "x", None],
        "site": ["1", "1", "1", "2"],
    }
    report = audit(data, groups="g", strata=("job", "site"))
    assert [one.name for one in table(report).strata] == ["x × 1", "y × 1", None]


# ------------------------------------------------------------------- expected groups


def test_an_expected_group_that_is_absent_blocks_a_pass_and_is_noted() -> None:
    gate = {"criterion": "demographic_parity", "tolerance": 0.1}
    report = audit(selections(FAIR), groups="group", count="count", **gate)  # type: ignore[arg-type]
    assert report.status == "pass"
    expecting = audit(
        selections(FAIR),
        groups="group",
        count="count",
        expect_groups=["a", "b", "c"],
        **gate,  # type: ignore[arg-type]
    )
    assert expecting.status == "undecided"
    assert notes(expecting)["absent_group"] == "Expected in group but not there: c."
    assert [one.name for one in table(expecting).groups if one.kind == "absent"] == ["c"]


def test_a_group_that_was_not_expected_is_noted() -> None:
    report = audit(selections(FAIR), groups="group", count="count", expect_groups=["a"])
    assert "not among the expected groups: b." in notes(report)["unexpected_group"]


def test_with_several_attributes_expected_groups_name_theirs() -> None:
    data, both = crossed(), ("sex", "race")
    report = audit(
        data, groups=both, count="n", expect_groups={"race": ["asian"], "sex": "X"}
    )
    assert "asian" in people(report, "race")
    assert people(report, "sex")["X"] == 0
    with pytest.raises(InputError, match=r"such as expect_groups=\{'sex': \['asian'\]\}"):
        audit(data, groups=both, count="n", expect_groups=["asian"])
    with pytest.raises(InputError, match=r"'rase' is not audited by itself.*mean 'race'"):
        audit(data, groups=both, count="n", expect_groups={"rase": ["asian"]})


def test_expected_groups_of_an_attribute_that_is_only_crossed_are_refused() -> None:
    too = r"'race' is not audited by itself.*groups=\['sex×race', 'race'\]"
    with pytest.raises(InputError, match=too):
        audit(crossed(), groups="sex×race", count="n", expect_groups={"race": ["asian"]})


# ---------------------------------------------------------------- requirements, policy


def test_without_a_gate_nothing_is_judged() -> None:
    report = two()
    assert (report.status, report.verdicts) == (None, ())


def test_a_criterion_needs_a_tolerance_and_a_tolerance_a_criterion() -> None:
    with pytest.raises(InputError, match=r"'equalized_odds' needs a tolerance"):
        two(criterion="equalized odds")
    with pytest.raises(InputError, match=r"given without a criterion"):
        two(tolerance=0.1)


@pytest.mark.parametrize("tolerance", [0.0, 1.0, 10, -0.1, float("nan")])
def test_a_tolerance_lies_between_0_and_1(tolerance: float) -> None:
    with pytest.raises(InputError, match=r"tolerance: must be between 0 and 1.*Write 0.1"):
        two(criterion="equalized_odds", tolerance=tolerance)


def test_an_unknown_criterion_or_measure_is_refused() -> None:
    with pytest.raises(InputError, match=r"Did you mean 'predictive_parity'\?"):
        two(criterion="predictive_parety", tolerance=0.1)
    with pytest.raises(InputError, match=r"measure: must be difference or ratio"):
        two(criterion="predictive_parity", tolerance=0.1, measure="rate")


def test_a_ratio_is_judged_as_one_and_its_value_is_smaller_over_larger() -> None:
    report = two(
        criterion="demographic_parity", tolerance=0.8, measure="ratio", why="four fifths"
    )
    (verdict,) = report.verdicts
    # 30 of 60 against 60 of 100.
    assert verdict.value == pytest.approx(0.5 / 0.6)
    assert verdict.status == "undecided"


POLICY = Policy(
    label="label",
    prediction="prediction",
    count="count",
    groups=("group",),
    favourable="not-selected",
    requirements=Requirements(
        criteria=(
            CriterionGate(criterion="demographic_parity", tolerance=0.8, measure="ratio"),
        ),
        why="as agreed",
        min_group=30,
    ),
)


def test_a_policy_alone_is_enough() -> None:
    report = audit(columns_of(TWO), policy=POLICY)
    part = report.parts[0]
    assert part.requirements == POLICY.requirements
    assert part.roles.favourable == "not-selected"
    assert [verdict.id for verdict in report.verdicts] == ["demographic_parity@group"]


def test_arguments_go_before_the_policy_and_the_rest_of_it_holds() -> None:
    report = audit(columns_of(TWO), policy=POLICY, tolerance=0.9, favourable="selected")
    part = report.parts[0]
    (gate,) = part.requirements.criteria
    # The tolerance alone was given: the criterion, its measure and its reason stay.
    assert (gate.criterion, gate.tolerance, gate.measure) == (
        "demographic_parity",
        0.9,
        "ratio",
    )
    assert (part.requirements.why, part.requirements.min_group) == ("as agreed", 30)
    assert part.roles.favourable == "selected"


def test_another_criterion_takes_the_policys_reason_away() -> None:
    report = audit(
        columns_of(TWO), policy=POLICY, criterion="equal_opportunity", tolerance=0.2
    )
    (gate,) = report.parts[0].requirements.criteria
    assert (gate.criterion, gate.measure) == ("equal_opportunity", "difference")
    assert report.parts[0].requirements.why is None


def test_the_policys_criterion_by_name_keeps_its_tolerance_and_measure() -> None:
    report = audit(columns_of(TWO), policy=POLICY, criterion="demographic parity")
    assert report.parts[0].requirements == POLICY.requirements


TOML = """
undecided = "pass"
suppress_below = 11
[table]
count = "count"
[groups]
attributes = ["group"]
expect = ["a", "b", "c"]
[criterion]
name = "demographic_parity"
tolerance = 0.05
why = "equal shares are the goal"
[[gates]]
number = "impact_ratio>=0.8"
[[waivers]]
gate = "impact_ratio"
owner = "Ada"
reason = "being replaced"
expires = 2026-06-01
"""


def test_a_policy_file_is_followed(tmp_path: Path) -> None:
    path = tmp_path / "fairaudit.toml"
    path.write_text(TOML, encoding="utf-8")
    unfair = selections({"a": (500, 1000), "b": (300, 1000)})
    report = audit(unfair, policy=path, today=date(2026, 6, 1))
    assert [(verdict.id, verdict.status) for verdict in report.verdicts] == [
        ("demographic_parity@group", "fail"),
        ("impact_ratio>=0.8@group", "waived"),
    ]
    assert {"undecided_pass", "suppressed", "absent_group"} <= set(notes(report))
    with pytest.raises(PolicyError, match=r"nowhere\.toml"):
        audit(unfair, policy=tmp_path / "nowhere.toml")


def test_a_waiver_holds_through_its_last_day_and_its_end_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "fairaudit.toml"
    path.write_text(TOML, encoding="utf-8")
    unfair = selections({"a": (500, 1000), "b": (300, 1000)})
    after = audit(unfair, policy=path, today=date(2026, 6, 2))
    assert [verdict.status for verdict in after.verdicts] == ["fail", "fail"]
    assert notes(after)["expired_impact_ratio"] == (
        "The waiver of impact_ratio by Ada expired on 2026-06-01 and is not applied."
    )
    assert after.run[0].today == "2026-06-02"


def test_a_scope_claims_a_pass_for_the_large_groups_only() -> None:
    data = selections({**FAIR, "tiny": (4, 8)})
    gate = {"criterion": "demographic_parity", "tolerance": 0.1}
    without = audit(data, groups="group", count="count", **gate)  # type: ignore[arg-type]
    report = audit(data, groups="group", count="count", min_group=30, **gate)  # type: ignore[arg-type]
    assert (without.status, report.status) == ("undecided", "pass")
    (verdict,) = report.verdicts
    assert verdict.because.startswith("passes for 2 of 3 groups")


def test_a_criterion_may_come_with_its_own_tolerance() -> None:
    report = two(criterion={"equalized_odds": 0.001, "demographic parity": 0.4}, why="so")
    assert [gate.text for gate in report.parts[0].requirements.criteria] == [
        "equalized_odds within 0.001",
        "demographic_parity within 0.4",
    ]
    assert two(criterion={"equalized_odds": 0.1}, why="so").verdicts == (
        two(criterion="equalized_odds", tolerance=0.1, why="so").verdicts
    )


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (
            {"criterion": {"equalized_odds": 0.001}, "tolerance": 0.3},
            "tolerance: was given beside criteria that each have their own",
        ),
        ({"criterion": {"equalized_odds": "a"}}, "criterion: the tolerance of equalized_"),
        (
            {"criterion": {"equalized_odds": 0.1, "equalized odds": 0.2}},
            "criterion: equalized_odds stands twice",
        ),
        ({"groups": 0}, "groups: must be one text or a list of texts; got 0"),
        ({"groups": [("sex", "race")]}, "Write a crossing as 'sex×race'"),
        ({"groups": {"group": 1}}, "groups: must be one text or a list of texts"),
        ({"na": [-1]}, "na: must be one text or a list of texts"),
        ({"label": 0}, "label: must be a text; got 0"),
        ({"threshold": "0.5"}, "threshold: must be a finite number; got '0.5'"),
        ({"seed": None}, "seed: must be a whole number, 0 or more; got None"),
        ({"seed": 1.5}, "seed: must be a whole number, 0 or more; got 1.5"),
        (
            {"criterion": "equalized_odds", "tolerance": "a"},
            "tolerance: must be between 0 and 1, exclusive; got 'a'",
        ),
        ({"bins": ["age"]}, "bins: must map columns to edges"),
        ({"bins": {"age": "a"}}, "bin age: edges must be rising numbers"),
        ({"today": "2027-01-01"}, "today: must be a date"),
    ],
)
def test_options_of_another_type_are_refused(option: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        two(**option)


def test_numbers_of_numpy_are_written_as_any_others() -> None:
    given = {"seed": np.int64(3), "min_group": np.int64(2)}
    report = two(criterion="equalized_odds", tolerance=np.float32(0.5), **given)
    assert from_json(render(report)) == report


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (
            {"min_group": 0},
            r"min_group: must be a whole number of people, 1 or more; got 0",
        ),
        ({"max_groups": 0}, r"max_groups: must be a whole number, 1 or more; got 0"),
        (
            {"suppress_below": 1},
            r"suppress_below: must be a whole number, 2 or more \(11 is usual\); got 1",
        ),
        ({"undecided": "ok"}, r"undecided: must be fail or pass; got 'ok'"),
        ({"seed": -1}, r"seed: must be a whole number, 0 or more; got -1"),
        ({"gates": "impact_ratio<=0.8"}, r"must be with >="),
        ({"encoding": "latin-1"}, r"encoding and delimiter are for files"),
    ],
)
def test_options_that_make_no_sense_are_refused(
    option: dict[str, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        two(**option)


# ------------------------------------------------------------------- seed and repetition


def test_the_same_input_and_seed_give_the_same_bytes_whatever_the_command() -> None:
    gate = {"gates": "impact_ratio>=0.8", "tolerance": 0.1, "criterion": "equalized_odds"}
    one = two(seed=7, command="fairaudit check a.csv", **gate)
    other = two(seed=7, command=None, **gate)
    assert but_run(one) == but_run(other)
    assert one.run[0].command == "fairaudit check a.csv"
    assert one.parts[0].seed == 7


def test_another_seed_moves_what_is_resampled_and_nothing_else() -> None:
    one, other = two(seed=1), two(seed=2)
    assert one.parts[0].tables == other.parts[0].tables
    bills = [
        found.evidence
        for report in (one, other)
        for found in report.findings
        if isinstance(found.evidence, Bill)
    ]
    assert bills[0].joint_gap.value == bills[1].joint_gap.value
    assert bills[0].joint_gap.interval != bills[1].joint_gap.interval
    assert bills[0].odds_ratio == bills[1].odds_ratio


def test_the_order_of_rows_changes_nothing() -> None:
    columns = columns_of(TWO)
    turned = {name: values[::-1] for name, values in columns.items()}
    one = audit(columns, groups="group", count="count")
    assert but_run(one) == but_run(audit(turned, groups="group", count="count"))


def test_chunks_of_a_table_are_two_parts_of_one_report() -> None:
    both = two() + two()
    assert len(both.parts) == len(both.run) == 2
    assert len(both["demographic_parity"].findings) == 2


# ------------------------------------------------------------------------------- notes


def test_names_that_differ_only_in_case_or_blanks_are_kept_apart_and_noted() -> None:
    data = {"g": ["white", "White", " white", "black"], "y_pred": [1, 0, 1, 0]}
    report = audit(data, groups="g")
    assert len(people(report)) == 4
    assert "kept apart, not merged: " in notes(report)["variants_g"]
    assert "'white'" in notes(report)["variants_g"]


def test_names_that_only_their_encoding_tells_apart_are_told() -> None:
    composed, decomposed = "Andr\u00e9", "Andre\u0301"
    report = audit({"g": [composed, decomposed] * 2, "y_pred": [1, 0, 0, 1]}, groups="g")
    assert "how letters are encoded" in notes(report)["variants_g"]


@pytest.mark.parametrize(
    ("threshold", "told"),
    [(50, "Nobody was selected, as every s is below 50"), (-1, "Everybody was selected")],
)
def test_a_threshold_beyond_all_scores_is_doubted(threshold: float, told: str) -> None:
    data = {"g": ["a", "b"] * 2, "s": [0.1, 0.4, 0.7, 0.9]}
    report = audit(data, groups="g", score="s", threshold=threshold)
    assert told in notes(report)["one_decision"]
    assert told in " ".join(str(report).split())


def test_small_groups_are_noted_with_their_size() -> None:
    report = audit(selections({**FAIR, "few": (4, 29)}), groups="group", count="count")
    assert "few (29)" in notes(report)["small_group"]


def test_one_group_and_none_with_a_prediction_are_noted() -> None:
    one = audit({"g": ["a", "a"], "y_pred": [1, 0]}, groups="g")
    assert "only one group in g (a)" in notes(one)["one_group_g"]
    none = audit({"g": ["a", "b"], "y_pred": [None, None]}, groups="g")
    assert "nothing can be measured" in notes(none)["no_predictions_g"]


def test_what_the_audit_cannot_tell_is_said() -> None:
    found = notes(two())
    assert "(label)" in found["label_trusted"]
    assert "not why" in found["no_cause"]


def test_every_missing_value_lands_in_one_line_of_the_ledger() -> None:
    data = {
        "g": ["a", "a", "b", None, "a", "b", "b"],
        "label": [1, None, 0, 1, None, 1, 0],
        "prediction": [1, 0, None, 1, None, 0, 1],
        "n": [1, 1, 1, 1, 1, 2, 1],
    }
    report = audit(data, groups="g", count="n")
    population = report.parts[0].population
    assert {line.name: (line.rows, line.people) for line in population.ledger} == {
        "used": (3, 4),
        "missing group": (1, 1),
        "missing label and prediction": (1, 1),
        "missing label": (1, 1),
        "missing prediction": (1, 1),
    }
    assert population.rows == sum(line.rows or 0 for line in population.ledger)
    assert population.people == sum(line.people for line in population.ledger)


@pytest.mark.parametrize("kind", ["count", "weight"])
def test_rows_that_stand_for_nobody_are_refused(kind: str) -> None:
    data = {"g": ["a", "b"], "y_pred": [1, 0], "n": [0, 0]}
    with pytest.raises(InputError, match=f"no {kind} of column 'n' is above 0"):
        audit(data, groups="g", **{kind: "n"})


def test_a_frame_in_the_place_of_a_column_is_refused() -> None:
    pandas = pytest.importorskip("pandas")
    data = {"g": pandas.DataFrame({"g": ["a", "b"]}), "y_pred": [1, 0]}
    with pytest.raises(
        InputError, match=r"'g' must have one dimension; got shape \(2, 1\)"
    ):
        audit(data, groups="g")


def test_no_rows_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="no data rows, so there is nothing to audit"):
        audit({"g": [], "y_pred": []}, groups="g")


def test_another_measure_without_its_tolerance_is_refused() -> None:
    policy = Policy(
        groups=("sex",),
        requirements=Requirements(
            criteria=(CriterionGate(criterion="demographic_parity", tolerance=0.1),)
        ),
    )
    people = {"sex": ["f", "m"] * 5, "prediction": [1, 0] * 5}
    with pytest.raises(InputError, match="a strict difference is a lax ratio"):
        audit(people, policy=policy, measure="ratio")
