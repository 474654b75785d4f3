from __future__ import annotations

import pytest

from fairaudit.core.errors import InputError
from fairaudit.resumes.arms import CLASS_CUES, checked_arms, cue_words, person

WHO = person("T.", "O'Brien")


def test_an_address_holds_letters_only() -> None:
    assert WHO.email == "t.obrien@example.com"


def test_both_clubs_carry_a_modifier() -> None:
    clubs = [cue_words("club", g, WHO, club="chess club")["club"] for g in ("women", "men")]

    assert clubs == ["women's chess club", "men's chess club"]


def test_groups_have_cues_at_the_same_keys() -> None:
    for arm, groups in (
        ("pronoun", ("women", "men")),
        ("club", ("women", "men", "Black", "white", "Hispanic", "Asian")),
        ("explicit", ("women", "men")),
        ("class", ("higher class", "lower class")),
    ):
        assert len({tuple(cue_words(arm, g, WHO, club="choir")) for g in groups}) == 1


def test_class_cues_differ_wherever_they_stand() -> None:
    assert all(one != other for cues in CLASS_CUES for one, other in cues.values())


@pytest.mark.parametrize(
    ("arms", "words"),
    [
        ([], "is no list of arms"),
        ("name", "is no list of arms"),
        (["nme"], "Did you mean 'name'"),
    ],
)
def test_arms_that_are_none_are_refused(arms: object, words: str) -> None:
    with pytest.raises(InputError, match=words):
        checked_arms(arms, "gender", ("women", "men"))


def test_pronouns_do_not_tell_of_race() -> None:
    with pytest.raises(InputError, match="no words for the group 'Black' of race"):
        checked_arms(["pronoun"], "race", ("Black", "white"))
