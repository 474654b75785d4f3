from __future__ import annotations

from itertools import combinations

import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import (
    AssociationTest,
    WordSet,
    association_tests,
    female_shares,
    gender_lists,
    group_lists,
)
from fairaudit.embeddings.study.measures import known_tests


def test_the_lists_are_as_long_as_published() -> None:
    lists = gender_lists()
    assert len(lists.definitional_pairs) == 10
    assert (len(lists.specific), len(lists.professions)) == (1_441, 320)
    assert len(lists.neutral_professions) == 303
    assert len(association_tests()) == 10
    assert (len(female_shares()), female_shares()["nurse"]) == (40, 0.9)


@pytest.mark.parametrize("test", known_tests().values(), ids=lambda test: test.id)
def test_no_test_holds_a_word_against_itself(test: AssociationTest) -> None:
    for one, other in combinations(test.sets, 2):
        folded = [{word.lower() for word in words.words} for words in (one, other)]
        assert not folded[0] & folded[1]


def test_no_published_list_has_a_word_twice() -> None:
    for test in association_tests().values():
        for words in test.sets:
            assert len(set(words.words)) == len(words.words)


def test_every_stereotype_is_told_of_a_group() -> None:
    for attribute in ("race", "religion"):
        lists = group_lists(attribute)
        assert set(lists.stereotypes) == set(lists.groups)
        assert set(lists.groups) <= set().union(*lists.definitional_sets)


def test_a_text_is_no_list_of_words() -> None:
    with pytest.raises(
        InputError, match=r"WordSet 'sciences': words must be a list; got 'physics'"
    ):
        WordSet(name="sciences", words="physics")  # type: ignore[arg-type]
