from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import (
    Embedding,
    WordSet,
    direct_bias,
    direction_of,
    gender_direction,
    gender_lists,
    group_lists,
    indirect_bias,
    occupation_association,
    projections,
)
from tests.embeddings.subsets import Subset

PROFESSIONS = WordSet(name="professions", words=gender_lists().professions)


def test_the_direction_explains_what_the_reference_says(subset: Subset) -> None:
    found = gender_direction(subset.before)
    expected = subset.expected["gender_direction"]["explained"]
    assert found.explained[:5] == pytest.approx(expected, abs=1e-6)
    assert len(found.used) == 10


def test_positive_is_female(subset: Subset) -> None:
    ends = subset.before.unit(["she", "he"])
    between = ends[0] - ends[1]
    cosine = between @ gender_direction(subset.before).vector / np.linalg.norm(between)
    expected = subset.expected["gender_direction"].get("cos_she_minus_he", cosine)
    assert cosine > 0
    assert cosine == pytest.approx(expected, abs=1e-6)


def test_direct_bias_is_that_of_the_reference(subset: Subset) -> None:
    direction = gender_direction(subset.before)
    for time in ("before", "after"):
        given = {
            "neutral_professions_c1": direct_bias(subset.at(time), direction),
            "neutral_professions_c05": direct_bias(
                subset.at(time), direction, strictness=0.5
            ),
            "all_professions_c1": direct_bias(subset.at(time), direction, PROFESSIONS),
        }
        for name, value in subset.expected[time]["direct_bias"].items():
            assert given[name].value == pytest.approx(value, abs=1e-6), (time, name)


def test_google_news_has_the_published_direct_bias(google_news: Subset) -> None:
    # Bolukbasi et al. 2016, section 5.2: 0.08 over their professions.
    found = direct_bias(
        google_news.before, gender_direction(google_news.before), PROFESSIONS
    )
    assert round(found.value or 0, 2) == 0.08
    assert found.interval is not None
    assert found.interval.low < 0.0805 < found.interval.high


def test_indirect_bias_is_that_of_the_reference(google_news: Subset) -> None:
    direction = gender_direction(google_news.before)
    for time in ("before", "after"):
        for pair, value in google_news.expected[time]["indirect_bias"].items():
            found = indirect_bias(google_news.at(time), direction, *pair.split("|"))
            assert found.value == pytest.approx(value, abs=1e-6), (time, pair)


def test_words_with_nothing_in_common_have_no_indirect_bias(toy: Embedding) -> None:
    direction = direction_of(toy, [("a", "b"), ("c", "d"), ("e", "f")])
    assert indirect_bias(toy, direction, "a", "e").undefined_because == (
        "a and e have nothing in common"
    )


def test_sets_of_three_differ_in_two_directions() -> None:
    # Three groups at the corners of a triangle, the same in every set but for its middle.
    corners = np.array([[1.0, 0, 0], [0, 1.0, 0], [0, 0, 1.0]])
    rows = [np.append(corner, middle) for middle in (0.2, 0.4, 0.6) for corner in corners]
    three = Embedding.make("three", list("abcdefghi"), np.array(rows))
    found = direction_of(three, [tuple("abc"), tuple("def"), tuple("ghi")], rank=2)
    assert found.basis @ found.basis.T == pytest.approx(np.eye(2), abs=1e-12)
    assert found.basis[:, 3] == pytest.approx(0, abs=1e-12)
    assert sum(found.explained[:2]) == pytest.approx(1)
    assert len(group_lists("race").groups) == len(group_lists("religion").groups) == 3


def test_incomplete_sets_are_named_and_too_few_are_refused(toy: Embedding) -> None:
    found = direction_of(toy, [("a", "b"), ("c", "d"), ("e", "f"), ("g", "z")])
    assert found.lost == (("g", "z"),)
    with pytest.raises(
        InputError,
        match=r"2 of 3 definitional sets are complete in toy, .* incomplete: g–z\.",
    ):
        direction_of(toy, [("a", "b"), ("c", "d"), ("g", "z")])


def test_sets_of_one_vector_have_no_direction() -> None:
    same = Embedding.make("same", list("abcdef"), np.ones((6, 4)))
    with pytest.raises(InputError, match="do not differ in 1 direction in same"):
        direction_of(same, [("a", "b"), ("c", "d"), ("e", "f")])


def test_projections_leave_out_unknown_words(glove: Embedding) -> None:
    found = projections(glove, gender_direction(glove), ["Nurse", "qwertyuiop"])
    assert list(found) == ["nurse"]
    assert projections(glove, gender_direction(glove), ["qwertyuiop"]) == {}


def test_strictness_must_be_positive(glove: Embedding) -> None:
    with pytest.raises(InputError, match=r"strictness must be above 0; got 0"):
        direct_bias(glove, gender_direction(glove), strictness=0)


def test_a_direction_of_other_vectors_is_refused(glove: Embedding, toy: Embedding) -> None:
    direction = gender_direction(glove)
    letters = WordSet(name="letters", words=tuple("abcdef"))
    says = "it has 50 dimensions and toy has 2"
    with pytest.raises(InputError, match=says):
        projections(toy, direction, ["a"])
    with pytest.raises(InputError, match=says):
        direct_bias(toy, direction, letters)
    with pytest.raises(InputError, match=says):
        indirect_bias(toy, direction, "a", "b")
    with pytest.raises(InputError, match=says):
        occupation_association(toy, direction, dict.fromkeys("abcdef", 0.5))


def test_a_text_is_not_taken_for_a_list_of_its_letters(glove: Embedding) -> None:
    direction = gender_direction(glove)
    with pytest.raises(InputError, match="projections: words must be a list; got 'nurse'"):
        projections(glove, direction, "nurse")
    with pytest.raises(InputError, match="direction: words must be a list; got 'he'"):
        direction_of(glove, ["he", "she", "it"])


def test_draws_and_minimum_below_their_least_are_refused(glove: Embedding) -> None:
    direction = gender_direction(glove)
    with pytest.raises(InputError, match=r"draws must be 0 .* or more; got -1"):
        direct_bias(glove, direction, draws=-1)
    with pytest.raises(InputError, match="direct bias: minimum must be 1 or more; got 0"):
        direct_bias(glove, direction, minimum=0)


@pytest.mark.parametrize("words", [["doctor"], [], ("doctor", "nurse"), "doctor"])
def test_words_that_are_no_word_set_are_refused(subset: Subset, words: Any) -> None:  # noqa: ANN401
    before = subset.at("before")
    with pytest.raises(InputError, match="direct bias: words must be a WordSet; got"):
        direct_bias(before, gender_direction(before), words)
