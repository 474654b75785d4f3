"""Scores from a table to a report: counted, measured, gated, printed, read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy import stats
from sklearn.metrics import roc_auc_score

from fairaudit import audit, datasets
from fairaudit.core.errors import InputError
from fairaudit.core.score_evidence import ScoreSummary
from fairaudit.criteria.catalogue import catalogue
from fairaudit.report.storage import from_json

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport

COMPAS = {
    "groups": "race",
    "label": "two_year_recid",
    "score": "decile_score",
    "threshold": 5,
    "count": "count",
}
ON_SCORES = [name for name, one in catalogue().items() if one.scores is not None]


def people(rows: int = 4_000, *, decimals: int | None = 2) -> dict[str, Any]:
    rng = np.random.default_rng(9)
    scores = rng.beta(2, 3, rows)
    return {
        "group": rng.choice(["a", "b", "c"], rows),
        "label": (rng.random(rows) < scores).astype(int),
        "score": scores if decimals is None else scores.round(decimals),
    }


def audited(data: Any, **options: Any) -> AuditReport:  # noqa: ANN401
    asked = {"groups": "group", "label": "label", "score": "score", "threshold": 0.5}
    return audit(data, **{**asked, **options})


def summary_of(report: AuditReport) -> ScoreSummary:
    (found,) = (
        finding.evidence
        for finding in report.findings
        if isinstance(finding.evidence, ScoreSummary)
    )
    return found


def test_compas_areas_and_means_are_those_of_scikit_learn_and_scipy() -> None:
    frame = datasets.load("compas")
    rows = frame.loc[frame.index.repeat(frame["count"])]
    report = audit(frame, **COMPAS)
    means = {}
    for group in summary_of(report).groups:
        inside = rows[rows["race"] == group.name]
        area = roc_auc_score(inside["two_year_recid"], inside["decile_score"])
        assert group.auc.value == pytest.approx(area)
        means[group.name] = inside[inside["two_year_recid"] == 1]["decile_score"]
        assert group.mean_of_positives.value == pytest.approx(means[group.name].mean())
    found = report["balance_for_the_positive_class"].findings[0].evidence
    for one in found.comparisons:
        welch = stats.ttest_ind(means[one.first], means[one.second], equal_var=False)
        limits = welch.confidence_interval(0.95)
        assert one.difference.interval is not None
        # Those of bounded scores: nearly Welch's where both groups are large.
        allowed = 0.01 if min(len(means[one.first]), len(means[one.second])) > 500 else 2
        assert one.difference.interval.low == pytest.approx(limits.low, abs=allowed)
        assert one.difference.interval.high == pytest.approx(limits.high, abs=allowed)


def test_every_criterion_on_scores_is_measured_where_there_are_scores_and_labels() -> None:
    report = audited(people())
    for name in ON_SCORES:
        assert report[name].findings[0].estimate.value is not None


@pytest.mark.parametrize("criterion", ON_SCORES)
def test_every_criterion_on_scores_can_be_required_and_is_printed(criterion: str) -> None:
    report = audited(people(), criterion=criterion, tolerance=0.3, why="the same for all")
    verdict = report[criterion].verdict
    assert verdict is not None
    assert verdict.status == "pass"
    printed = str(report).replace("\u00a0", " ")
    assert f"PASS  {criterion.replace('_', ' ')} within 0.3, by group" in printed
    assert "Shown close" in printed
    assert from_json(report.to_json()) == report


def test_the_page_has_a_block_of_scores_with_areas_and_criteria() -> None:
    printed = str(audited(people())).replace("\u00a0", " ")
    assert "Scores (score) by group" in printed
    assert "- calibration within groups: 0." in printed
    assert all(len(line) <= 80 for line in printed.splitlines())


def test_scores_beside_a_prediction_are_measured_too() -> None:
    data = people()
    data["prediction"] = (data["score"] >= 0.5).astype(int)
    beside = audited(data, prediction="prediction", threshold=None)
    alone = audited(data)
    assert summary_of(beside) == summary_of(alone)
    assert beside.parts[0].tables == alone.parts[0].tables
    assert "score_beside_prediction" in {note.id for note in beside.parts[0].notes}


def test_people_without_a_score_are_in_the_rates_of_a_prediction_and_a_note() -> None:
    data = people()
    data["prediction"] = (data["score"] >= 0.5).astype(int)
    data["score"][:100] = np.nan
    report = audited(data, prediction="prediction", threshold=None)
    assert report.parts[0].population.ledger[0].people == len(data["score"])
    (note,) = (one for one in report.parts[0].notes if one.id == "missing_scores")
    assert "100 people have no score" in note.text
    assert sum(group.without_score for group in summary_of(report).groups) == 100


def test_with_small_counts_withheld_no_score_is_told() -> None:
    report = audited(people(), suppress_below=11)
    assert not any(isinstance(one.evidence, ScoreSummary) for one in report.findings)
    assert "scores_withheld" in {note.id for note in report.parts[0].notes}
    with pytest.raises(InputError, match=r"test_fairness .* withheld"):
        audited(people(), suppress_below=11, criterion="test_fairness", tolerance=0.1)


def test_a_criterion_on_scores_without_scores_says_what_to_add() -> None:
    data = {"group": ["a", "b"], "label": [1, 0], "prediction": [1, 0]}
    with pytest.raises(InputError, match=r"test_fairness needs scores.*score='COLUMN'"):
        audit(data, groups="group", criterion="test_fairness", tolerance=0.1)


def test_calibration_of_scores_beyond_1_is_refused_naming_a_group() -> None:
    with pytest.raises(
        InputError, match=r"calibration_within_groups .*African-American run from 1 to 10"
    ):
        audit(
            datasets.load("compas"),
            **COMPAS,
            criterion="calibration_within_groups",
            tolerance=0.1,
        )


def test_a_million_distinct_scores_are_audited_with_the_error_that_is_stated() -> None:
    data = people(1_000_000, decimals=None)
    assert len(np.unique(data["score"])) > 990_000
    report = audited(data)
    found = summary_of(report)
    assert 0 < found.bin_width <= 2**-13
    for group in found.groups:
        inside = data["group"] == group.name
        area = roc_auc_score(data["label"][inside], data["score"][inside])
        assert abs((group.auc.value or 0) - area) <= found.auc_error < 1e-3
    assert "scores_binned" in {note.id for note in report.parts[0].notes}


def test_survey_weights_widen_intervals_to_the_effective_size() -> None:
    data = people()
    alike = audited({**data, "weight": np.full(4_000, 2.5)}, weight="weight")
    rng = np.random.default_rng(1)
    uneven = audited({**data, "weight": rng.lognormal(0, 1, 4_000)}, weight="weight")
    plain = summary_of(audited(data)).overall.auc
    same, wider = summary_of(alike).overall.auc, summary_of(uneven).overall.auc
    assert same.interval is not None
    assert plain.interval is not None
    assert wider.interval is not None
    assert same.value == pytest.approx(plain.value)
    assert same.interval.low == pytest.approx(plain.interval.low)
    width = [one.high - one.low for one in (plain.interval, wider.interval)]  # type: ignore[operator]
    assert width[1] > 1.3 * width[0]


def test_two_distinct_scores_and_a_constant_one_make_a_report() -> None:
    data = people()
    two = audited({**data, "score": (data["score"] > 0.4) * 0.5 + 0.25})
    assert len(summary_of(two).groups[0].bands) == 2
    constant = audited({**data, "score": np.full(4_000, 0.5)})
    found = summary_of(constant)
    assert [group.auc.value for group in found.groups] == [0.5] * 3
    (balance,) = constant["balance_for_the_positive_class"].findings
    assert balance.estimate.value == 0
