from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.resumes.effects.answers import answers_of, by_arm
from tests.resumes.studies import outcome, pair


def test_halves_are_found_by_their_group_in_whatever_order() -> None:
    pairs = [
        pair(0, "name", ("women", "men"), ("Ann", "Bob"), "a"),
        pair(1, "name", ("men", "women"), ("Tom", "Eve"), "b"),
    ]
    outcomes = {
        (one.id, half, "plain", 0): outcome(10.0 * place + half)
        for place, one in enumerate(pairs)
        for half in (0, 1)
    }
    found = answers_of(pairs, outcomes, "plain", reference="men")
    assert found.groups == ("women", "men")
    assert found.values.tolist() == [[0, 1], [11, 10]]
    assert found.names.tolist() == [["Ann", "Bob"], ["Eve", "Tom"]]


def test_what_was_not_answered_is_missing_and_says_how() -> None:
    pairs = [pair(0, "name", ("men", "women"), ("Bob", "Ann"), "a")]
    outcomes = {
        ("name-0", 0, "plain", 0): outcome(None, state="refused"),
        ("name-0", 0, "plain", 1): outcome(4.0),
        ("name-0", 0, "plain", 2): outcome(None, state="error"),
        ("name-0", 1, "plain", 0): outcome(None, state="truncated"),
        ("name-0", 1, "persona", 0): outcome(5.0),
    }
    found = answers_of(pairs, outcomes, "plain")
    assert found.values[0, 0] == 4
    assert np.isnan(found.values[0, 1])
    assert found.refused.tolist() == [[0.5, 0]]
    assert found.unusable.tolist() == [[0, 1]]
    assert found.answered == 0.5


def test_a_half_that_was_never_asked_is_neither_refused_nor_unusable() -> None:
    found = answers_of(
        [pair(0, "name", ("men", "women"), ("Bob", "Ann"), "a")], {}, "plain"
    )
    assert np.isnan(found.refused).all()
    assert np.isnan(found.unusable).all()


def test_arms_of_other_groups_are_apart() -> None:
    pairs = [
        pair(0, "name", ("men", "women"), ("Bob", "Ann"), "a"),
        pair(1, "name", ("women", "men"), ("Eve", "Tom"), "b"),
        pair(2, "placebo", ("men (a)", "men (b)"), ("Jim", "Leo"), "c"),
    ]
    assert [len(own) for own in by_arm(pairs).values()] == [2, 1]


def test_halves_of_one_group_are_refused() -> None:
    with pytest.raises(InputError, match="every half is to be of another group"):
        by_arm([pair(0, "name", ("men", "men"), ("Bob", "Tom"), "a")])
