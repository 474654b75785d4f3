"""Mean scores compared: never sure of a few people, and open about what is assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from fairaudit.criteria.catalogue import catalogue
from fairaudit.criteria.score_disparity import measure_scores, score_finding
from tests.scored import scored

if TYPE_CHECKING:
    from fairaudit.core.score_evidence import ScoreComparison, ScoreDisparity
    from tests.scored import People

BALANCE = catalogue()["balance_for_the_positive_class"]


def measured(people: People, *, compare: str = "pairs") -> ScoreDisparity:
    return measure_scores(BALANCE, scored(people, compare=compare), family=1)


def compared(people: People) -> ScoreComparison:
    (found,) = measured(people).comparisons
    return found


def test_twelve_low_scores_do_not_exclude_a_rare_high_one() -> None:
    low = [(0.02, True), (0.021, True), (0.019, True)]
    found = compared({"a": low * 170, "b": low * 4})
    assert found.difference.value == pytest.approx(0)
    assert found.at_most is not None
    # One in ten at 0.9 goes unseen among twelve people in 28 of 100 samples.
    assert found.at_most > 0.088


def test_a_high_score_among_ten_skewed_ones_shows_no_difference() -> None:
    many = [(0.001, True)] * 1_500 + [(0.3, True)] * 500
    few = [(0.001, True)] * 10
    found = compared({"a": many, "b": few})
    assert found.at_least == 0


def test_one_person_and_equal_scores_have_limits() -> None:
    found = compared({"a": [(0.5, True)] * 60, "b": [(0.5, True)]})
    assert found.at_least == 0
    assert found.at_most is not None
    assert found.at_most > 0.4


def test_a_difference_of_many_people_is_shown_and_bounded_closely() -> None:
    found = compared({"a": [(0.3, True), (0.5, True)] * 2_000, "b": [(0.6, True)] * 4_000})
    assert found.at_least == pytest.approx(0.2, abs=0.01)
    assert found.at_most == pytest.approx(0.2, abs=0.01)


def test_everyone_else_is_another_side_in_every_pair() -> None:
    people = {
        name: [(score, True)] * 50 for name, score in (("a", 0.1), ("b", 0.5), ("c", 0.9))
    }
    found = measured(people, compare="rest").comparisons
    assert [one.difference.value for one in found] == pytest.approx([-0.6, 0, 0.6])
    assert [bool(one.at_least) for one in found] == [True, False, True]


def test_scores_that_are_no_probabilities_are_bounded_by_those_seen_and_it_is_said() -> (
    None
):
    people = {"a": [(300, True), (500, True)] * 20, "b": [(850, False), (450, True)] * 20}
    found = measured(people)
    assert found.assumption == "no score can lie outside those seen, 300 to 850"
    assert score_finding(BALANCE, found).caveats == (
        "its limits hold if no score can lie outside those seen, 300 to 850",
    )
    assert found.comparisons[0].at_most is not None
    assert measured({"a": [(0.1, True)], "b": [(0.2, True)]}).assumption is None


def test_a_scale_of_one_score_bounds_nothing() -> None:
    found = compared({"a": [(5, True)] * 40, "b": [(5, True)] * 40})
    assert found.at_most is None
    assert "every score is 5" in (found.difference.undefined_because or "")


def test_as_many_people_as_are_said_to_be_needed_settle_a_score_that_all_share() -> None:
    assert BALANCE.scores is not None
    groups = {
        people: scored({name: [(0.5, True)] * people for name in "ab"})
        for people in (20, 35, 43)
    }
    assert BALANCE.scores.needed(groups[20], 0.05) == 43
    at_most = {
        people: BALANCE.scores.compare(one, 0.05)[0].at_most
        for people, one in groups.items()
    }
    assert (at_most[43] or 1) <= 0.05 < (at_most[35] or 0)
