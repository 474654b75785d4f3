from __future__ import annotations

from fairaudit.resumes.drafting import Setting, drafts
from fairaudit.resumes.names import name_book
from fairaudit.resumes.plan import Plan
from fairaudit.resumes.segments import swapped


def _setting(*arms: str, attribute: str = "gender") -> Setting:
    plan = Plan(
        jobs=("nurse", "sales"),
        pairs=12,
        arms=arms,
        attribute=attribute,
        groups=("women", "men") if attribute == "gender" else ("Black", "white"),
        names="fresh",
        seed=7,
    )
    return Setting(plan=plan, book=name_book(attribute), own=())


def test_swapping_the_groups_of_any_draft_twice_is_the_identity() -> None:
    for arm in ("name", "pronoun", "club", "explicit", "class", "placebo"):
        for draft in drafts(_setting(arm), arm):
            once = swapped(draft.pair, draft.bodies)
            assert once != draft.pair
            assert swapped(once, draft.bodies) == draft.pair


def test_halves_without_first_names_bear_one_initial() -> None:
    for draft in drafts(_setting("club"), "club"):
        first, second = draft.pair.halves
        assert first.first_name == second.first_name
        assert len(first.first_name) == 2


def test_a_surname_does_not_tell_of_race_where_the_club_is_to_tell() -> None:
    for draft in drafts(_setting("club", attribute="race"), "club"):
        assert {half.surname for half in draft.pair.halves} == {""}


def test_quality_tells_of_the_same_age() -> None:
    from fairaudit.resumes.checks import born_by

    for draft in drafts(_setting("quality"), "quality"):
        assert len({born_by(half.text) for half in draft.pair.halves}) == 1
