from __future__ import annotations

from fairaudit.embeddings import (
    association_tests,
    female_shares,
    gender_lists,
    group_lists,
)


def test_the_lists_are_as_long_as_published() -> None:
    lists = gender_lists()
    assert len(lists.definitional_pairs) == 10
    assert (len(lists.specific), len(lists.professions)) == (1_441, 320)
    assert len(lists.neutral_professions) == 303
    assert len(association_tests()) == 10
    assert (len(female_shares()), female_shares()["nurse"]) == (40, 0.9)


def test_no_test_has_a_word_on_both_sides() -> None:
    for test in association_tests().values():
        for one, other in (test.sets[:2], test.sets[2:]):
            assert not set(one.words) & set(other.words), test.id
            assert len(set(one.words)) == len(one.words)


def test_every_stereotype_is_told_of_a_group() -> None:
    for attribute in ("race", "religion"):
        lists = group_lists(attribute)
        assert set(lists.stereotypes) == set(lists.groups)
        assert set(lists.groups) <= set().union(*lists.definitional_sets)
