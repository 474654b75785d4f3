from __future__ import annotations

from collections import Counter

import pytest

from fairaudit.core.errors import InputError
from fairaudit.resumes.casting import Design, cast, halved
from fairaudit.resumes.dice import Dice
from fairaudit.resumes.names import common_years, name_book

SPAN = (1981, 1994)
GENDERS = ("women", "men")


def test_fresh_names_come_back_only_when_all_were_used() -> None:
    book = name_book()
    rows = cast(book, GENDERS, Design.read("fresh"), 80, SPAN, Dice(1))

    for place in (0, 1):
        assert len({row[place].name for (row,) in rows}) == 80


def test_the_names_of_a_pair_are_of_one_stratum_and_time() -> None:
    for attribute, groups in (("gender", GENDERS), ("race", ("Black", "white"))):
        rows = cast(name_book(attribute), groups, Design.read("fresh"), 300, SPAN, Dice(2))
        for (row,) in rows:
            low, high = common_years(row, SPAN)
            assert low <= high
            assert len({n.stratum for n in row}) == 1
            assert tuple(n.group for n in row) == groups


def test_reused_names_are_k_a_group_one_pair_a_resume() -> None:
    rows = cast(name_book(), GENDERS, Design.read("reuse 5"), 60, SPAN, Dice(3))

    assert {len(mine) for mine in rows} == {1}
    for place in (0, 1):
        assert len({row[place].name for (row,) in rows}) <= 5
    assert Counter(row[0].name for (row,) in rows).most_common()[-1][1] == 12


def test_crossed_names_are_all_on_every_resume() -> None:
    rows = cast(
        name_book("race"), ("Black", "white"), Design.read("crossed 4"), 9, SPAN, Dice(4)
    )

    assert {len(mine) for mine in rows} == {4}
    assert {tuple(n.name for row in mine for n in row) for mine in rows} == {
        tuple(n.name for row in rows[0] for n in row)
    }
    assert len({n.name for row in rows[0] for n in row}) == 8


def test_the_two_sets_of_a_placebo_share_no_name() -> None:
    book = halved(name_book(), "women", Dice(5))
    sets = [{n.name for n in book.first_names if n.group == g} for g in book.groups]

    assert book.groups == ("women (a)", "women (b)")
    assert not sets[0] & sets[1]
    assert len(sets[0] | sets[1]) == 90


def test_too_many_names_are_refused_with_the_number_there_is() -> None:
    with pytest.raises(InputError, match=r"needs 500 names a group .* there are \d+ for"):
        cast(name_book(), GENDERS, Design.read("crossed 500"), 9, SPAN, Dice(6))


@pytest.mark.parametrize("words", ["", "stale", "reuse", "reuse 1", "crossed x", "fresh 3"])
def test_a_design_that_is_none_is_refused(words: str) -> None:
    with pytest.raises(InputError, match="is no design"):
        Design.read(words)
