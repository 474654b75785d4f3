from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from fairaudit.core.score_evidence import ScoreSummary
from fairaudit.criteria.score_summary import score_summary, summary_finding
from tests.scored import drawn, groups_of, profile_of, score_table

A = [(0.1, False), (0.4, True), (0.4, False), (0.8, True), (0.9, True), (0.9, False)]
B = [(0.2, False), (0.4, False), (0.7, True)]


def summary(seed: int = 0, **tables: object) -> ScoreSummary:
    made = {name: score_table(rows) for name, rows in {"a": A, "b": B}.items()}
    made.update(tables)  # type: ignore[arg-type]
    rng = np.random.default_rng(seed)
    return score_summary(profile_of(made), groups_of(made), score="s", rng=rng)


def test_areas_are_those_of_scikit_learn_for_each_group_and_overall() -> None:
    found = summary()
    for group, people in zip((*found.groups, found.overall), (A, B, [*A, *B]), strict=True):
        scores, labels = zip(*people, strict=True)
        assert group.auc.value == pytest.approx(roc_auc_score(labels, scores))
    assert found.auc_pairs[0].difference.value == pytest.approx(
        (found.groups[0].auc.value or 0) - (found.groups[1].auc.value or 0)
    )


def test_bands_are_counted_as_histograms_count_them() -> None:
    table = drawn(4, 2_000)
    found = summary(a=table, b=drawn(5, 2_000))
    lows = [band.low for band in found.groups[0].bands]
    edges = [*lows, 2.0]
    for name in ("people", "positives"):
        weights = table.labelled if name == "people" else table.positives
        expected = np.histogram(table.scores, edges, weights=weights)[0]
        assert [getattr(band, name) for band in found.groups[0].bands] == expected.tolist()


def test_a_group_without_negatives_has_no_area_and_says_so() -> None:
    found = summary(b=score_table([(0.5, True)]))
    because = "no actual negatives with a score in b"
    assert found.groups[1].auc.undefined_because == because
    assert because in summary_finding(found).caveats
    assert found.auc_pairs == ()


def test_the_error_of_a_calibrated_score_is_about_what_chance_makes_of_it() -> None:
    inside = 0
    for seed in range(40):
        found = summary(seed, a=drawn(seed, 800), b=drawn(seed + 100, 800))
        error = found.groups[0].calibration_error
        assert error is not None
        assert 0 < error.if_calibrated < error.at_most_if_calibrated
        inside += error.value <= error.at_most_if_calibrated
    # 38 of 40 on average; fewer than 33 has a chance of 1 in 1,000.
    assert inside >= 33


def test_the_error_of_an_uncalibrated_score_is_beyond_chance() -> None:
    found = summary(a=drawn(1, 2_000, shift=0.1), b=drawn(2, 2_000))
    off, right = (group.calibration_error for group in found.groups)
    assert off is not None
    assert right is not None
    assert off.value > 2 * off.at_most_if_calibrated
    assert right.value <= right.at_most_if_calibrated


def test_the_same_seed_gives_the_same_summary() -> None:
    assert summary(3) == summary(3)


def test_scores_that_are_no_probabilities_have_no_calibration_error() -> None:
    deciles = score_table([(1, True), (9, False), (4, True)])
    found = summary(a=deciles)
    assert found.groups[0].calibration_error is None
    assert (found.low, found.high) == (0.2, 9.0)


def test_the_curve_falls_with_the_threshold_and_ends_with_everybody() -> None:
    roc = summary(a=drawn(1, 900)).groups[0].roc
    thresholds = [point.threshold for point in roc]
    assert thresholds == sorted(thresholds, reverse=True)
    rates = [point.true_positive_rate for point in roc]
    assert rates == sorted(rates)
    assert (roc[-1].false_positive_rate, roc[-1].true_positive_rate) == (1.0, 1.0)
