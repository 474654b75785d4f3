from __future__ import annotations

from dataclasses import dataclass

import pytest

from fairaudit.core.cells import Cells
from fairaudit.tradeoffs.scored import by_decisions, by_threshold, taking_part


@dataclass
class People:
    scores: list[int]
    positives: list[int]
    negatives: list[int]


def people(positives: int, negatives: int) -> People:
    return People([2, 1], [positives, 0], [0, negatives])


def test_every_group_with_fifty_people_of_each_outcome_takes_part() -> None:
    groups, left_out = taking_part(
        {
            "tiny": people(49, 800),
            "small": people(50, 50),
            "large": people(700, 600),
            "middle": people(499, 501),
            "third": people(500, 500),
        }
    )
    assert [of.name for of in groups] == ["large", "middle", "third", "small"]
    assert left_out == {"tiny": "49 people with a positive label and 800 with a negative"}


def test_a_large_group_of_one_outcome_makes_room_for_the_next() -> None:
    groups, left_out = taking_part(
        {"all": people(900, 0), "a": people(90, 80), "b": people(50, 50)}
    )
    assert [of.name for of in groups] == ["a", "b"]
    assert "0 with a negative" in left_out["all"]


def test_a_threshold_says_who_is_selected_and_what_is_right() -> None:
    groups, _ = taking_part({"a": people(60, 90), "b": people(70, 80)})
    found = by_threshold(groups, 2, attribute="g", score="s", left_out={})
    assert found.selection_rate == pytest.approx(130 / 300)
    assert found.accuracy == 1
    assert found.today == {"a": 1, "b": 1}
    above_all = by_threshold(groups, 7, attribute="g", score="s", left_out={})
    assert above_all.selection_rate == 0


def test_decisions_that_do_not_follow_the_score_are_counted_as_they_are() -> None:
    groups, _ = taking_part({"a": people(60, 90), "b": people(70, 80)})
    cells = [Cells(tp=30, fp=10, fn=30, tn=80), Cells(tp=40, fp=20, fn=30, tn=60)]
    found = by_decisions(groups, cells, attribute="g", score="s", left_out={})
    assert found.selection_rate == pytest.approx(100 / 300)
    assert found.accuracy == pytest.approx(210 / 300)
    assert found.present is None
