from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import fairaudit
from fairaudit.core.bill import Bill
from fairaudit.core.errors import InputError
from fairaudit.core.prices import Combination, PriceList
from fairaudit.report.model import AuditReport

COMPAS = {
    "groups": "race",
    "label": "two_year_recid",
    "score": "decile_score",
    "threshold": 5,
    "count": "count",
    "favourable": "not-selected",
}


def people(n: int = 400, *, groups: tuple[str, ...] = ("a", "b")) -> dict[str, Any]:
    rng = np.random.default_rng(len(groups))
    names = np.repeat(groups, n)
    base = 0.3 + 0.2 * (names == groups[0])
    label = (rng.random(len(names)) < base).astype(int)
    score = np.round(rng.normal(size=len(names)) + label, 1)
    return {"g": names, "y_true": label, "score": score}


def prices_of(report: AuditReport) -> PriceList:
    (found,) = (
        one.evidence for one in report.findings if isinstance(one.evidence, PriceList)
    )
    return found


def bill_of(report: AuditReport) -> Bill:
    (found,) = (one.evidence for one in report.findings if isinstance(one.evidence, Bill))
    return found


@pytest.fixture(scope="module")
def compas() -> AuditReport:
    frame = fairaudit.datasets.load("compas")
    return fairaudit.audit(frame, **COMPAS)


def test_a_scored_audit_has_a_price_list_of_the_groups_large_enough(
    compas: AuditReport,
) -> None:
    found = prices_of(compas)
    assert found.groups == ("African-American", "Caucasian", "Hispanic", "Other")
    assert set(found.left_out) == {"Asian", "Native American"}
    assert found.people == 3696 + 2454 + 637 + 377
    assert found.selection_rate == pytest.approx((2174 + 854 + 190 + 79) / 7164)


def test_the_second_line_of_the_bill_rests_on_the_scores(compas: AuditReport) -> None:
    bill = bill_of(compas)
    assert bill.joint_gap_on_scores is not None
    assert bill.joint_gap_on_scores.status == "proven"
    assert "on these scores" in bill.lines.within_tolerance
    assert bill.joint_gap_on_scores.gap.value == pytest.approx(0.0591, abs=1e-4)


def test_of_two_groups_the_bill_rests_on_the_same_gap_as_the_list() -> None:
    report = fairaudit.audit(people(), groups="g", score="score", threshold=0.5)
    listed = prices_of(report).prices[-2]
    assert listed.criteria == ("equalized_odds", "predictive_parity")
    assert bill_of(report).joint_gap_on_scores == listed.joint_gap


def test_the_same_seed_gives_the_same_prices(compas: AuditReport) -> None:
    again = fairaudit.audit(fairaudit.datasets.load("compas"), **COMPAS)
    assert prices_of(again) == prices_of(compas)


def test_three_large_groups_are_priced_together_and_the_bill_by_its_two() -> None:
    report = fairaudit.audit(
        people(2000, groups=("a", "b", "c")), groups="g", score="score", threshold=0.5
    )
    assert len(prices_of(report).groups) == 3
    joint = bill_of(report).joint_gap_on_scores
    assert joint is not None
    assert joint.gap.value is not None
    everybody = prices_of(report).prices[-2].joint_gap.gap.value
    assert everybody is not None
    assert joint.gap.value <= everybody + 1e-4


def test_decisions_that_do_not_follow_the_score_hold_their_own_selection_rate() -> None:
    data = people()
    rng = np.random.default_rng(5)
    data["y_pred"] = (rng.random(len(data["g"])) < 0.25).astype(int)
    found = prices_of(fairaudit.audit(data, groups="g", score="score"))
    assert found.selection_rate == pytest.approx(data["y_pred"].mean())
    assert found.accuracy_today == pytest.approx((data["y_pred"] == data["y_true"]).mean())


@pytest.mark.parametrize(
    ("change", "because"),
    [
        ({"score": 0.7}, "score is the same for everybody"),
        ({"y_true": 1}, "nobody|0 with a negative"),
    ],
)
def test_a_table_that_cannot_be_priced_says_why(
    change: dict[str, Any], because: str
) -> None:
    data = people()
    for column, same in change.items():
        data[column] = np.full(len(data["g"]), same)
    report = fairaudit.audit(data, groups="g", score="score", threshold=0.5)
    notes = {note.id: note.text for note in report.parts[0].notes}
    assert re.search(because, notes["no_prices_g"])
    for picture in ("prices", "joint_gap"):
        with pytest.raises(InputError, match=because):
            report.plot(picture)


def test_without_scores_labels_or_small_cells_there_is_no_price_list() -> None:
    data = people()
    bare = {"g": data["g"], "y_true": data["y_true"], "y_pred": data["y_true"]}
    suppressed = {"groups": "g", "score": "score", "threshold": 0.5, "suppress_below": 11}
    for report in (
        fairaudit.audit(bare, groups="g"),
        fairaudit.audit(data, **suppressed),
    ):
        assert not any(isinstance(one.evidence, PriceList) for one in report.findings)


def answer(
    data: dict[str, Any], require: dict[str, float], options: dict[str, Any] | None = None
) -> Combination:
    usual = {"groups": "g", "score": "score", "threshold": 0.5}
    report = fairaudit.can_hold(data, require, **(usual | (options or {})))
    assert AuditReport.from_json(report.to_json()) == report
    found = report.findings[0].evidence
    assert isinstance(found, Combination)
    return found


def test_can_hold_gives_the_rule_or_the_proof() -> None:
    data = people(2000)
    wide = answer(data, {"equalized_odds": 0.2, "predictive_parity": 0.2})
    assert wide.status == "proven"
    assert wide.rule
    narrow = answer(data, {"equalized_odds": 0.001, "predictive_parity": 0.001})
    assert narrow.status == "impossible"
    assert narrow.instead is not None
    assert narrow.instead.wider is not None


def test_every_group_of_fifty_of_both_outcomes_is_answered_for_and_others_are_named() -> (
    None
):
    data = people(300, groups=("a", "b", "c", "d"))
    small = [name == "d" and place % 5 > 0 for place, name in enumerate(data["g"])]
    data = {name: column[~np.array(small)] for name, column in data.items()}
    report = fairaudit.can_hold(
        data, {"demographic_parity": 0.05}, groups="g", score="score", threshold=0.5
    )
    (finding,) = report.findings
    assert isinstance(finding.evidence, Combination)
    assert set(finding.evidence.groups) == {"a", "b", "c"}
    assert {rule.group for rule in finding.evidence.rule} == {"a", "b", "c"}
    assert "for a, b and c (900 people)" in finding.sentence
    assert "d has fewer than 50 people of one outcome" in finding.sentence
    selected = data["score"][data["g"] != "d"] >= 0.5
    assert finding.evidence.selection_rate == pytest.approx(selected.mean())


def test_today_of_other_people_than_the_rules_is_said() -> None:
    data = people()
    data["y_pred"] = (data["score"] > 0.5).astype(int)
    data["score"][:30] = np.nan
    for report in (
        fairaudit.can_hold(data, {"demographic_parity": 0.1}, groups="g", score="score"),
        fairaudit.audit(data, groups="g", score="score"),
    ):
        said = [text for one in report.findings for text in one.caveats]
        assert sum("of the 800 people with a label and a decision" in one for one in said)


def test_two_distinct_scores_are_enough() -> None:
    data = people()
    data["score"] = (data["score"] > 0.5).astype(int)
    found = answer(data, {"demographic_parity": 0.0}, {"threshold": 1})
    assert found.status == "proven"


def test_thirty_groups_are_answered_within_the_work_given() -> None:
    names = tuple(f"g{number:02}" for number in range(30))
    found = answer(people(1100, groups=names), {"predictive_parity": 0.05}, {"work": 60})
    assert len(found.groups) >= 2
    assert found.work < 3000


@pytest.mark.parametrize(
    ("options", "because"),
    [
        ({"score": None, "threshold": None, "prediction": "y_true"}, "Add score='COLUMN'"),
        ({"costs": (-1.0, 1.0)}, "at least 0 and not both 0"),
    ],
)
def test_what_cannot_be_answered_is_refused(options: dict[str, Any], because: str) -> None:
    data = people()
    if options.get("prediction") == "y_true":
        data["y_pred"] = data.pop("y_true")
        options = {"score": None, "threshold": None}
    with pytest.raises(InputError, match=because):
        answer(data, {"demographic_parity": 0.1}, options)


def test_a_group_without_an_outcome_is_named() -> None:
    data = people()
    data["y_true"] = np.where(data["g"] == "b", 0, data["y_true"])
    with pytest.raises(InputError, match="b has 0 people with a positive label"):
        answer(data, {"demographic_parity": 0.1})
