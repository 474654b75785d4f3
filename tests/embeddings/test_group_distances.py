from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import (
    Embedding,
    WordSet,
    association_tests,
    coherence_of_attributes,
    gender_lists,
    mean_average_cosine,
    relational_inner_product,
    relative_norm_distance,
)
from tests.embeddings.subsets import Subset

TERMS = association_tests()["weat-7"]
MALE, FEMALE = TERMS.first_attribute, TERMS.second_attribute
NEUTRAL = WordSet(name="neutral", words=gender_lists().neutral_professions)


def words(name: str, letters: str) -> WordSet:
    return WordSet(name=name, words=tuple(letters))


def test_distances_are_those_of_the_reference(google_news: Subset) -> None:
    vectors, expected = google_news.before, google_news.expected["other_metrics_before"]
    distance = relative_norm_distance(vectors, MALE, FEMALE, NEUTRAL)
    assert distance.value == pytest.approx(expected["rnd_norm_unit"], abs=1e-6)
    assert distance.interval is not None
    assert distance.interval.low < distance.value < distance.interval.high
    coherence = coherence_of_attributes(vectors, MALE, FEMALE, NEUTRAL)
    assert coherence.value == pytest.approx(expected["ect"], abs=1e-6)
    pairs = list(zip(MALE.words, FEMALE.words, strict=True))
    inner = relational_inner_product(vectors, pairs, NEUTRAL)
    assert inner.value == pytest.approx(expected["ripa_unit_mean"], abs=1e-6)
    arts = (TERMS.first_target, TERMS.second_target)
    mean = mean_average_cosine(vectors, (MALE, FEMALE), arts)
    assert mean.value == pytest.approx(expected["mac"], abs=1e-6)


def test_exchanging_the_groups_turns_the_sign(glove: Embedding) -> None:
    one = relative_norm_distance(glove, MALE, FEMALE, NEUTRAL, draws=0)
    other = relative_norm_distance(glove, FEMALE, MALE, NEUTRAL, draws=0)
    assert one.value == pytest.approx(-(other.value or 0))
    pairs = [("man", "woman"), ("he", "she")]
    along = relational_inner_product(glove, pairs, NEUTRAL, draws=0)
    against = relational_inner_product(glove, [(b, a) for a, b in pairs], NEUTRAL, draws=0)
    assert along.value == pytest.approx(-(against.value or 0))


def test_the_same_group_twice_is_coherent_and_at_no_distance(toy: Embedding) -> None:
    group, things = words("group", "abc"), words("things", "defgh")
    assert relative_norm_distance(toy, group, group, things).value == 0
    assert coherence_of_attributes(toy, group, group, things).value == pytest.approx(1)


def test_coherence_without_any_difference_is_undefined() -> None:
    same = Embedding.make("same", list("abcdefghi"), np.ones((9, 3)))
    found = coherence_of_attributes(
        same, words("x", "abc"), words("y", "def"), words("z", "ghi")
    )
    assert found.undefined_because == "a group is equally near to all attributes"


def test_words_at_right_angles_have_no_association() -> None:
    apart = Embedding.make("apart", list("abcdef"), np.eye(6))
    found = mean_average_cosine(apart, [words("x", "abc")], [words("z", "def")])
    assert found.value == 1


def test_too_few_words_are_refused_by_name(toy: Embedding) -> None:
    with pytest.raises(
        InputError, match=r"RND: 1 of 3 words of 'z' remain.*not in toy: y, z"
    ):
        relative_norm_distance(toy, words("x", "abc"), words("y", "def"), words("z", "gyz"))
    with pytest.raises(InputError, match="RIPA: no pair of words is complete in toy"):
        relational_inner_product(toy, [("a", "z")], words("x", "bcd"))


def test_pairs_whose_words_do_not_differ_have_no_direction(toy: Embedding) -> None:
    rows = np.vstack([toy.matrix[0], toy.matrix])
    twins = Embedding.make("twins", ["z", *toy.words], rows)
    things = words("things", "defgh")
    alone = relational_inner_product(twins, [("a", "b")], things, draws=0)
    assert (
        relational_inner_product(twins, [("a", "b"), ("a", "z")], things, draws=0) == alone
    )
    nothing = relational_inner_product(twins, [("a", "z")], things)
    assert nothing.value is None
    assert "the same vector" in (nothing.undefined_because or "")
