from __future__ import annotations

import pytest

from fairaudit.core.value import replace
from fairaudit.resumes import checks
from fairaudit.resumes.arms import person
from fairaudit.resumes.marked import marked
from fairaudit.resumes.names import name_book
from fairaudit.resumes.pair import Half, Pair
from fairaudit.resumes.segments import Draft, filled

KEYS = ("name", "pronoun.subject", "pronoun.object", "verb.be")
SHE = {"pronoun.subject": "She", "pronoun.object": "her", "verb.be": "is"}
HE = {"pronoun.subject": "He", "pronoun.object": "him", "verb.be": "is"}


def _draft(
    text: str,
    *cues: dict[str, str],
    names: tuple[str, str] = ("Kerri Walsh", "Colin Walsh"),
    arm: str = "name",
) -> Draft:
    body = marked(text, known=KEYS)
    halves = []
    for name, words, group in zip(names, cues or ({}, {}), ("women", "men"), strict=True):
        first, _, last = name.partition(" ")
        who = person(first, last)
        chosen = {"name": who.name, **words}
        halves.append(
            Half(
                group=group,
                first_name=first,
                surname=last,
                text=filled(body, chosen),
                cues=chosen,
            )
        )
    pair = Pair(
        id="p1",
        arm=arm,
        job="nurse",
        resume="r1",
        tier="weak",
        attribute="gender",
        halves=tuple(halves),
    )
    return Draft(pair=pair, bodies=(body, body))


GOOD = _draft("{{name}}\nA nurse, graduated 2010")


def test_halves_that_differ_in_their_name_are_alike() -> None:
    assert checks.halves_alike([GOOD]).passed


def test_a_text_changed_by_one_letter_is_found() -> None:
    half = replace(GOOD.pair.halves[0], text=GOOD.pair.halves[0].text + " ")
    pair = replace(GOOD.pair, halves=(half, GOOD.pair.halves[1]))

    assert not checks.halves_alike([replace(GOOD, pair=pair)]).passed


def test_a_second_body_is_found() -> None:
    other = _draft("{{name}}\nA nurse, graduated 2011")
    halves = (GOOD.pair.halves[0], other.pair.halves[1])
    mixed = Draft(
        pair=replace(GOOD.pair, halves=halves), bodies=(GOOD.bodies[0], other.bodies[1])
    )

    assert not checks.halves_alike([mixed]).passed


@pytest.mark.parametrize(
    "text",
    [
        "{{name}} and her team",
        "{{name}}, Kerri",
        "{{name}}, kerriw@example.com",
        "{{name}}, https://example.com/kerri-w",
        "{{name}}, women's choir",
    ],
)
def test_a_word_of_a_group_outside_the_cues_is_found(text: str) -> None:
    assert not checks.no_stray_cues([_draft(text)]).passed


def test_words_that_contain_words_of_groups_are_none() -> None:
    assert checks.no_stray_cues(
        [_draft("{{name}}, other mental hershey management")]
    ).passed


@pytest.mark.parametrize(
    ("text", "women", "men"),
    [
        (
            "{{name}}. {{pronoun.subject}} {{pronoun.object}}",
            SHE,
            {**HE, "pronoun.object": "her"},
        ),
        ("{{name}}. {{pronoun.subject}} {{verb.be}}", SHE, {**HE, "verb.be": "are"}),
        ("{{name}}. {{pronoun.subject}} {{verb.be}}", SHE, {**HE, "pronoun.subject": "he"}),
        (
            "{{name}} is a {{pronoun.object}}",
            {"pronoun.object": "aunt"},
            {"pronoun.object": "uncle"},
        ),
    ],
)
def test_disagreement_is_found(
    text: str, women: dict[str, str], men: dict[str, str]
) -> None:
    assert not checks.grammar_agrees([_draft(text, women, men)]).passed


def test_agreement_passes() -> None:
    text = "{{name}}. {{pronoun.subject}} {{verb.be}}, for {{pronoun.object}}"

    assert checks.grammar_agrees([_draft(text, SHE, HE)]).passed


@pytest.mark.parametrize(
    ("names", "passed"),
    [
        (("Kerri Walsh", "Colin Walsh"), True),
        (("Kerri Nguyen", "Colin Walsh"), False),
        (("Tuyet Nguyen", "Tuan Nguyen"), True),
        (("Tuyet Patel", "Tuan Nguyen"), False),
        (("Juana Chavez", "Cesar Chavez"), False),
    ],
)
def test_names_go_together_and_are_not_well_known(
    names: tuple[str, str], passed: bool
) -> None:
    assert (
        checks.names_coherent([_draft("{{name}}", names=names)], name_book()).passed
        is passed
    )


def test_one_half_always_first_is_found() -> None:
    first = [replace(GOOD, pair=replace(GOOD.pair, first=i)) for i in (0, 1, 0)]

    assert checks.order_balanced(first).passed
    assert not checks.order_balanced([*first, first[0]]).passed


def test_a_name_of_another_time_is_found() -> None:
    # Anuradha: births 1972 to 1999.
    old, young = (
        _draft(f"{{{{name}}}}, graduated {year}", names=("Anuradha Patel", "Anand Patel"))
        for year in (2010, 2024)
    )

    assert checks.ages_consistent([old], name_book()).passed
    assert not checks.ages_consistent([young], name_book()).passed


def test_longer_names_of_one_group_are_told() -> None:
    uneven = _draft("{{name}}", names=("Katharine Walsh", "Reid Walsh"))

    assert checks.lengths_balanced([GOOD]).passed
    assert not checks.lengths_balanced([uneven]).passed


def test_a_cue_beyond_the_limit_is_told() -> None:
    late = _draft("word " * 100 + "{{name}}")

    assert checks.cues_within([late], None).passed
    assert checks.cues_within([late], 256).passed
    assert not checks.cues_within([late], 128).passed


def test_equal_bodies_are_told() -> None:
    again = replace(GOOD, pair=replace(GOOD.pair, resume="r2"))

    assert checks.bodies_diverse([GOOD]).passed
    assert not checks.bodies_diverse([GOOD, again]).passed


def test_a_row_names_the_first_that_are_wrong() -> None:
    row = checks.no_stray_cues([_draft("{{name}} and her team")])

    assert row.detail == "1 pairs looked at, 1 wrong: p1 (her)."
