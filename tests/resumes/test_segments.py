from __future__ import annotations

from fairaudit.resumes.pair import Half, Pair
from fairaudit.resumes.segments import Segment, filled, keys, literals, swapped

BODY = (Segment(text="I am "), Segment(key="name"), Segment(text=", "), Segment(key="club"))


def _half(group: str, name: str, club: str) -> Half:
    cues = {"name": name, "club": club}
    return Half(
        group=group, first_name=name, surname="", text=filled(BODY, cues), cues=cues
    )


PAIR = Pair(
    id="1",
    arm="name",
    job="nurse",
    resume="1",
    tier="weak",
    attribute="gender",
    halves=(_half("women", "Ann", "choir A"), _half("men", "Bob", "choir B")),
)


def test_a_body_reads_as_its_literals_with_the_cues_between() -> None:
    assert PAIR.halves[1].text == "I am Bob, choir B"
    assert literals(BODY) == ("I am ", ", ")
    assert keys(BODY) == ("name", "club")


def test_swapping_puts_the_other_cues_into_the_body() -> None:
    other = swapped(PAIR, (BODY, BODY))

    assert [half.text for half in other.halves] == [
        "I am Bob, choir B",
        "I am Ann, choir A",
    ]
    assert [half.group for half in other.halves] == ["men", "women"]
    assert other.first == 1


def test_swapping_twice_is_the_identity() -> None:
    assert swapped(swapped(PAIR, (BODY, BODY)), (BODY, BODY)) == PAIR
