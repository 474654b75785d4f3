from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from fairaudit.core.errors import InputError
from fairaudit.core.requirements import CriterionGate, Requirements
from fairaudit.policy.judging import gated_family, judge
from tests.scored import drawn, groups_of, scored

if TYPE_CHECKING:
    from fairaudit.core.verdict import Verdict
    from fairaudit.criteria.scored_groups import ScoredGroups


def judged(
    groups: ScoredGroups,
    criterion: str,
    tolerance: float = 0.1,
    *,
    measure: str = "difference",
    min_group: int | None = None,
) -> Verdict:
    gate = CriterionGate(criterion=criterion, tolerance=tolerance, measure=measure)  # type: ignore[arg-type]
    (verdict,) = judge(
        [groups.table],
        Requirements(criteria=(gate,), min_group=min_group),
        favourable=None,
        seed=0,
        today=date(2026, 6, 1),
        scores=[groups],
    )
    return verdict


def test_scores_that_are_no_probabilities_are_refused_naming_group_and_criterion() -> None:
    deciles = scored({"a": [(1, True), (10, False)], "b": [(0.5, True), (0.25, False)]})
    with pytest.raises(
        InputError, match=r"calibration_within_groups needs .* those of a run from 1 to 10"
    ):
        judged(deciles, "calibration_within_groups")
    assert judged(deciles, "test_fairness").status == "undecided"


def test_a_ratio_of_scores_is_refused() -> None:
    groups = groups_of({"a": drawn(1, 50), "b": drawn(2, 50)})
    with pytest.raises(InputError, match=r"test_fairness .*ratio is not defined"):
        judged(groups, "test_fairness", measure="ratio")


def test_a_group_without_positives_is_named_and_undecided() -> None:
    groups = scored({"a": [(0.2, True), (0.4, True)], "b": [(0.2, False), (0.4, False)]})
    verdict = judged(groups, "balance_for_the_positive_class")
    assert verdict.status == "undecided"
    assert verdict.because == (
        "no actual positives with a score in b, so it is not decided."
    )


def test_a_constant_probability_passes_where_enough_people_have_it() -> None:
    many, few = (
        scored({name: [(0.5, True), (0.5, False)] * people for name in "ab"})
        for people in (40, 10)
    )
    assert judged(many, "balance_for_the_negative_class").status == "pass"
    assert judged(few, "balance_for_the_negative_class").status == "undecided"


def test_a_constant_score_that_is_no_probability_is_undecided_and_says_why() -> None:
    groups = scored({name: [(5, True), (5, False)] * 40 for name in "ab"})
    verdict = judged(groups, "balance_for_the_negative_class")
    assert verdict.status == "undecided"
    assert "every score is 5" in verdict.because


def test_a_verdict_on_means_of_no_probabilities_says_what_it_takes_for_granted() -> None:
    people = [(1, True), (10, True), (1, False), (10, False)] * 500
    groups = scored({"a": people, "b": people})
    verdict = judged(groups, "balance_for_the_negative_class", 2)
    assert verdict.status == "pass"
    assert verdict.because.endswith(
        " The limits hold if no score can lie outside those seen, 1 to 10."
    )


def test_two_distinct_scores_make_two_bands() -> None:
    people = [(0.25, True), (0.75, True), (0.75, True), (0.25, False), (0.25, False)]
    groups = scored({"a": people * 900, "b": people * 900})
    assert groups.ranges == ((0.25, 0.25), (0.75, 0.75))
    assert judged(groups, "test_fairness").status == "pass"
    off = judged(groups, "calibration_within_groups")
    assert off.status == "fail"
    assert off.because.startswith(
        "among people with score 0.75, the share with a positive label in a is 0.25 higher "
        "than the scores say; at least 0.2"
    )


def test_a_failure_says_what_is_higher_for_whom() -> None:
    low = [(0.2, True), (0.2, False), (0.8, False)] * 400
    high = [(0.8, True), (0.8, False), (0.2, True)] * 400
    groups = scored({"a": low, "b": high})
    assert judged(groups, "balance_for_the_positive_class").because.startswith(
        "the mean score of the actual positives is 0.30 higher in b than in a; at least "
    )
    assert judged(groups, "test_fairness").because.startswith(
        "among people with score 0.2, the share with a positive label is 0.50 higher in b "
        "than in a; at least "
    )


def test_groups_without_scores_in_common_cannot_be_compared() -> None:
    groups = scored({"a": [(0.1, True), (0.1, False)], "b": [(0.9, True), (0.9, False)]})
    verdict = judged(groups, "test_fairness")
    assert "a and b have no scores in common" in verdict.because


def test_a_scope_leaves_small_groups_out_of_a_pass_and_says_so() -> None:
    groups = groups_of({"a": drawn(1, 20_000), "b": drawn(2, 20_000), "c": drawn(3, 9)})
    for criterion in ("calibration_within_groups", "test_fairness"):
        assert judged(groups, criterion).status == "undecided"
        verdict = judged(groups, criterion, min_group=1_000)
        assert verdict.status == "pass"
        assert "passes for 2 of 3 groups" in verdict.because
        assert verdict.scope is not None
        assert [one.name for one in verdict.scope.outside] == ["c"]


def test_an_expected_group_that_has_nobody_keeps_a_verdict_open() -> None:
    groups = groups_of({"a": drawn(1, 20_000), "b": drawn(2, 20_000)}, expected=("z",))
    for criterion in ("calibration_within_groups", "test_fairness"):
        verdict = judged(groups, criterion, min_group=1_000)
        assert verdict.status == "undecided"
        assert "nobody with a label and a score in z" in verdict.because


def test_the_family_of_a_failure_counts_every_band_of_every_gate() -> None:
    groups = groups_of({"a": drawn(1, 5_000), "b": drawn(2, 5_000)})
    gates = [
        CriterionGate(criterion=name, tolerance=0.1)
        for name in ("calibration_within_groups", "test_fairness", "demographic_parity")
    ]
    counted = [gated_family([gate], [groups.table], [groups]) for gate in gates]
    assert counted == [20, 10, 1]
    assert gated_family(gates, [groups.table], [groups]) == 31
