from __future__ import annotations

import pytest

from fairaudit.embeddings import Embedding, weat
from fairaudit.embeddings.study.group_tests import group_tests, group_words


def test_every_two_groups_are_tested_on_the_stereotypes_told_of_them() -> None:
    test = group_tests()["religion-jew-muslim"]
    assert test.first_target.words == ("judaism", "jew", "synagogue", "torah", "rabbi")
    assert test.second_attribute.words == ("violent", "terrorist", "dirty", "uneducated")
    assert test.reference == "manzini2019"


def test_a_word_that_stands_for_a_group_twice_counts_once() -> None:
    assert group_words("race")["asian"].words == ("asian", "asia")


def test_a_list_that_vanishes_is_refused_with_its_words_and_how_many_remain(
    glove: Embedding,
) -> None:
    with pytest.raises(
        ValueError, match=r"1 of 5 words of 'words for jew' remain, and at least 3.*judaism"
    ):
        weat(glove, group_tests()["religion-jew-muslim"])
