from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score, roc_curve

from fairaudit.inference.auc import (
    Ranking,
    auc_difference,
    auc_estimate,
    auc_interval,
    ranking,
    roc,
)

PEOPLE = st.lists(
    st.tuples(st.integers(0, 6), st.booleans()), min_size=2, max_size=40
).filter(lambda rows: {True, False} == {happened for _, happened in rows})


def by_score(rows: list[tuple[int, bool]]) -> tuple[np.ndarray, np.ndarray]:
    positives = [sum(s == score and y for s, y in rows) for score in range(7)]
    negatives = [sum(s == score and not y for s, y in rows) for score in range(7)]
    return np.array(positives), np.array(negatives)


def ranked(rows: list[tuple[int, bool]]) -> Ranking:
    found = ranking(*by_score(rows))
    assert found is not None
    return found


@given(PEOPLE)
def test_the_area_is_that_of_scikit_learn_ties_included(
    rows: list[tuple[int, bool]],
) -> None:
    scores, labels = zip(*rows, strict=True)
    assert ranked(rows).auc == pytest.approx(roc_auc_score(labels, scores))


@given(PEOPLE)
def test_the_variance_is_delongs_by_its_definition_over_all_pairs(
    rows: list[tuple[int, bool]],
) -> None:
    high = np.array([score for score, happened in rows if happened])
    low = np.array([score for score, happened in rows if not happened])
    above = (high[:, None] > low) + (high[:, None] == low) / 2
    expected = 0.0
    for axis, people in ((1, high), (0, low)):
        if len(people) > 1:
            expected += above.mean(axis=axis).var(ddof=1) / len(people)
    assert ranked(rows).variance == pytest.approx(expected, abs=1e-12)


@given(PEOPLE)
def test_turning_scores_round_turns_the_area_round(rows: list[tuple[int, bool]]) -> None:
    turned = [(6 - score, happened) for score, happened in rows]
    assert ranked(turned).auc == pytest.approx(1 - ranked(rows).auc)


@given(PEOPLE)
def test_the_interval_holds_the_area_and_stays_within_0_and_1(
    rows: list[tuple[int, bool]],
) -> None:
    found = ranked(rows)
    limits = auc_interval(found)
    assert limits.low is not None
    assert limits.high is not None
    assert 0 <= limits.low <= found.auc + 1e-9
    assert found.auc - 1e-9 <= limits.high <= 1


def test_a_few_people_ranked_perfectly_are_not_taken_for_certainty() -> None:
    few = auc_interval(ranked([(0, False)] * 5 + [(6, True)] * 5))
    many = auc_interval(ranked([(0, False)] * 500 + [(6, True)] * 500))
    assert (few.high, many.high) == (1.0, 1.0)
    assert few.low is not None
    assert many.low is not None
    assert few.low < 0.75
    assert many.low > 0.99


def test_a_constant_score_ranks_nobody() -> None:
    found = ranked([(3, True)] * 40 + [(3, False)] * 60)
    assert (found.auc, found.within_bins) == (0.5, 0.5)
    limits = auc_interval(found)
    assert limits.low is not None
    assert limits.high is not None
    assert limits.low < 0.5 < limits.high


def test_without_positives_there_is_no_area_and_it_says_why() -> None:
    nobody, somebody = np.zeros(3), np.ones(3)
    assert ranking(nobody, somebody) is None
    assert ranking(somebody, nobody) is None
    found = auc_estimate(None, "no actual positives in b")
    assert found.undefined_because == "no actual positives in b"


@given(PEOPLE)
def test_the_curve_is_that_of_scikit_learn(rows: list[tuple[int, bool]]) -> None:
    scores, labels = zip(*rows, strict=True)
    fpr, tpr, _ = roc_curve(labels, scores, drop_intermediate=False)
    ours = set(
        zip(*(rates.round(9).tolist() for rates in roc(*by_score(rows))), strict=True)
    )
    theirs = set(zip(fpr.round(9).tolist(), tpr.round(9).tolist(), strict=True))
    assert ours == theirs


def test_doubling_everybody_keeps_the_difference_and_narrows_its_interval() -> None:
    one, other = [(1, True), (3, True), (2, False), (0, False)] * 5, [(2, True), (1, False)]
    other = other * 5 + [(0, True), (3, False)] * 3
    plain = auc_difference(ranked(one), ranked(other))
    doubled = auc_difference(ranked(one * 2), ranked(other * 2))
    assert doubled.value == pytest.approx(plain.value)
    assert plain.interval is not None
    assert doubled.interval is not None
    assert doubled.interval.low > plain.interval.low  # type: ignore[operator]
    assert doubled.interval.high < plain.interval.high  # type: ignore[operator]


@given(PEOPLE, st.integers(1, 3))
def test_bins_move_the_area_by_no_more_than_is_said(
    rows: list[tuple[int, bool]], width: int
) -> None:
    binned = ranked([(score // width * width, happened) for score, happened in rows])
    assert abs(binned.auc - ranked(rows).auc) <= binned.within_bins + 1e-12
