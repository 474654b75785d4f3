"""What must hold of every criterion on scores; each is found by being in the catalogue."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.core.requirements import CriterionGate, Requirements
from fairaudit.core.value import replace
from fairaudit.criteria.catalogue import catalogue, criterion_named
from fairaudit.criteria.comparisons import FAMILY_ALPHA
from fairaudit.criteria.score_disparity import (
    measure_scores,
    score_family_size,
    score_finding,
)
from fairaudit.policy.judging import judge
from tests.scored import drawn, groups_of, scored

if TYPE_CHECKING:
    from fairaudit.core.score_evidence import ScoreComparison
    from fairaudit.core.verdict import Verdict
    from fairaudit.criteria.criterion import Criterion
    from fairaudit.criteria.scored_groups import ScoredGroups
    from tests.scored import People

EVERY = pytest.mark.parametrize(
    "criterion",
    [one for one in catalogue().values() if one.scores is not None],
    ids=lambda criterion: criterion.id,
)
FEW = settings(max_examples=20)
PERSON = st.tuples(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), st.booleans())
GROUPS = st.dictionaries(
    st.sampled_from("abcd"), st.lists(PERSON, max_size=25), min_size=2, max_size=4
)


def compared(criterion: Criterion, groups: ScoredGroups) -> tuple[ScoreComparison, ...]:
    assert criterion.scores is not None
    return criterion.scores.compare(groups, FAMILY_ALPHA)


def judged(criterion: Criterion, groups: ScoredGroups, tolerance: float = 0.1) -> Verdict:
    gate = CriterionGate(criterion=criterion.id, tolerance=tolerance)
    (verdict,) = judge(
        [groups.table],
        Requirements(criteria=(gate,)),
        favourable=None,
        seed=0,
        today=date(2026, 6, 1),
        scores=[groups],
    )
    return verdict


@EVERY
@FEW
@given(people=GROUPS)
def test_turning_the_names_round_turns_nothing_but_the_names(
    criterion: Criterion, people: People
) -> None:
    def sizes(groups: ScoredGroups) -> list[tuple[float, ...]]:
        return sorted(
            tuple(-1.0 if number is None else round(abs(number), 9) for number in numbers)
            for one in compared(criterion, groups)
            for numbers in [(one.difference.value, one.at_least, one.at_most)]
        )

    turned = dict(zip(people, reversed(people.values()), strict=True))
    assert sizes(scored(people)) == sizes(scored(turned))


@EVERY
@FEW
@given(people=GROUPS)
def test_doubling_everybody_keeps_limits_inside_those_before(
    criterion: Criterion, people: People
) -> None:
    before = compared(criterion, scored(people))
    doubled = {name: rows * 2 for name, rows in people.items()}
    for one, two in zip(before, compared(criterion, scored(doubled)), strict=True):
        if one.at_most is None or one.at_least is None:
            continue
        assert two.at_least is not None
        assert two.at_most is not None
        assert two.at_least >= one.at_least - 1e-9
        assert two.at_most <= one.at_most + 1e-9


@EVERY
@FEW
@given(people=GROUPS)
def test_an_undefined_comparison_says_why_and_never_passes(
    criterion: Criterion, people: People
) -> None:
    verdict = judged(criterion, scored({**people, "e": []}))
    assert verdict.status != "pass"
    undefined = [one for one in verdict.scored if one.difference.value is None]
    assert undefined
    assert all(one.difference.undefined_because for one in undefined)
    assert any("e" in (one.difference.undefined_because or "") for one in undefined)
    assert all(one.status == "undecided" for one in undefined)


@EVERY
def test_nothing_between_0_and_1_is_more_than_1_apart(criterion: Criterion) -> None:
    many = [(place / 1000, False) for place in range(1000)]
    one = [(0.123, True), (0.456, False)]
    for found in judged(criterion, scored({"a": many, "b": one})).scored:
        assert found.at_most is None or found.at_most <= 1


def test_a_binned_score_is_no_more_than_1_from_what_happened() -> None:
    groups = replace(scored({"a": [(1.0, False)] * 2}), widest=0.01)
    (found,) = compared(criterion_named("calibration_within_groups"), groups)
    assert found.at_most == 1


@EVERY
@FEW
@given(people=GROUPS, tolerance=st.floats(0.02, 0.5))
def test_a_wider_tolerance_never_turns_a_pass_into_less(
    criterion: Criterion, people: People, tolerance: float
) -> None:
    groups, order = scored(people), ["fail", "undecided", "pass"]
    narrow, wide = (
        judged(criterion, groups, within) for within in (tolerance, tolerance * 1.5)
    )
    assert order.index(wide.status) >= order.index(narrow.status)


@EVERY
def test_a_score_that_says_the_same_of_two_large_groups_passes(
    criterion: Criterion,
) -> None:
    alike = groups_of({"a": drawn(1, 20_000), "b": drawn(2, 20_000)})
    verdict = judged(criterion, alike)
    assert verdict.status == "pass"
    assert "within 0.1" in verdict.because


@EVERY
def test_a_large_difference_fails_and_the_sentence_names_the_group(
    criterion: Criterion,
) -> None:
    higher = drawn(2, 5_000, shape=(8, 2))
    other = higher if "balance" in criterion.id else drawn(2, 5_000, shift=0.3)
    verdict = judged(criterion, groups_of({"a": drawn(1, 5_000), "b": other}))
    assert verdict.status == "fail"
    assert "b" in verdict.because
    assert "is shown, which is above 0.1" in verdict.because


@EVERY
def test_too_few_people_are_undecided_and_it_says_how_many_would_settle_it(
    criterion: Criterion,
) -> None:
    verdict = judged(criterion, groups_of({"a": drawn(5, 40), "b": drawn(6, 40)}))
    assert verdict.status == "undecided"
    assert verdict.rows_needed is not None
    settled = int(verdict.rows_needed * (2.2 if "balance" in criterion.id else 1.0))
    judgements = [
        judged(
            criterion, groups_of({"a": drawn(seed, settled), "b": drawn(9 + seed, settled)})
        )
        for seed in range(10, 19)
    ]
    # Planned for eight in ten.
    assert [one.status for one in judgements].count("pass") >= 7


@EVERY
def test_every_group_is_compared_with_the_rest_or_a_reference(criterion: Criterion) -> None:
    tables = {name: drawn(seed, 50) for seed, name in enumerate("abc")}
    for compare, second in (("rest", "everyone else"), ("reference:b", "b")):
        found = compared(criterion, groups_of(tables, compare=compare))
        if criterion.id == "calibration_within_groups":
            second = "its scores"  # noqa: PLW2901 - it compares no groups
        assert {one.second for one in found} == {second}


@EVERY
def test_a_lone_group_is_never_called_equal_to_others(criterion: Criterion) -> None:
    verdict = judged(criterion, groups_of({"a": drawn(1, 20_000)}))
    if criterion.id == "calibration_within_groups":
        assert verdict.status == "pass"
    else:
        assert verdict.status == "undecided"
        assert "fewer than two groups" in verdict.because


@EVERY
def test_people_without_scores_block_a_pass(criterion: Criterion) -> None:
    from fairaudit.core.value import replace

    tables = {"a": drawn(1, 20_000), "b": replace(drawn(2, 20_000), missing=3_000)}
    verdict = judged(criterion, groups_of(tables))
    assert verdict.status == "undecided"
    assert "13 % of people miss a label or a score" in verdict.because


@EVERY
def test_the_finding_names_the_criterion_and_its_sentence_has_the_estimate(
    criterion: Criterion,
) -> None:
    groups = groups_of({"a": drawn(1, 900), "b": drawn(2, 900, shift=0.2)})
    family = score_family_size(criterion, [groups])
    finding = score_finding(criterion, measure_scores(criterion, groups, family=family))
    assert finding.id == f"{criterion.id}@group"
    assert finding.estimate.value is not None
    assert f"{finding.estimate.value:.2f}" in finding.sentence
