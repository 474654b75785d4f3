from __future__ import annotations

import pytest

from fairaudit.core.errors import InputError
from fairaudit.core.value import replace
from fairaudit.embeddings import association_tests
from fairaudit.embeddings.study.measures import MEASURES, asked_for, known_tests


def test_everything_is_asked_by_default_and_nothing_of_it_by_name() -> None:
    asked = asked_for(None)
    assert asked.measures == MEASURES
    assert {test.id for test in asked.tests} == set(known_tests())
    assert not asked.by_name


def test_one_name_may_be_given_as_it_is() -> None:
    asked = asked_for("weat-6")
    assert [test.id for test in asked.tests] == ["weat-6"]
    assert asked.measures == ()
    assert asked.by_name


def test_an_unknown_name_is_refused_with_the_nearest_known() -> None:
    with pytest.raises(InputError, match=r"no test 'weat6'.* Did you mean 'weat-6'"):
        asked_for(["weat6"])


def test_an_empty_list_is_refused() -> None:
    with pytest.raises(InputError, match="name at least one"):
        asked_for([])


def test_two_tests_of_one_name_are_refused() -> None:
    known = association_tests()["weat-6"]
    other = replace(known, first_target=known.second_target)
    with pytest.raises(InputError, match="two tests are called 'weat-6'"):
        asked_for([known, other])
