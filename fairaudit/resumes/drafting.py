"""Drafts of pairs: who is cast in which résumé, and the words at the cues."""

from __future__ import annotations

from itertools import chain, cycle, islice
from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.resumes.arms import (
    CLASS_CUES,
    CLASSES,
    NAMED,
    SOCIETIES,
    Person,
    cue_words,
    person,
)
from fairaudit.resumes.bodies import BIRTH_YEARS, TIERS, body
from fairaudit.resumes.casting import Design, Row, cast, halved
from fairaudit.resumes.dice import Dice
from fairaudit.resumes.names import NameBook, common_years, famous
from fairaudit.resumes.pair import Half, Pair
from fairaudit.resumes.plan import Plan
from fairaudit.resumes.segments import Body, Draft, filled, keys
from fairaudit.resumes.templates import common

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OWN = "own"
"""The job of résumés that the user brought."""

_INITIALS = "ABCDEGHJKLMNPRST"


@value
class Setting:
    """What all pairs of a study share."""

    plan: Plan
    book: NameBook
    own: tuple[Body, ...]

    def dice(self, *purpose: str) -> Dice:
        """Give the draws of one purpose."""
        return Dice(self.plan.seed, *purpose)


@value
class _Slot:
    """The place of one résumé in a study."""

    number: int
    arm: str
    job: str
    tier: str

    @property
    def resume(self) -> str:
        """Name the body."""
        return f"{self.arm}-{self.number:05d}"


def drafts(setting: Setting, arm: str) -> Iterator[Draft]:
    """Which pairs, with their segments, does one arm have?

    Parameters
    ----------
    setting : Setting
        What all pairs of the study share.
    arm : str
        Of `arms.ARMS`.

    Yields
    ------
    Draft
        One a pair.
    """
    slots = _slots(setting, arm)
    if arm == "placebo":
        yield from _placebo(setting, slots)
        return
    groups = setting.plan.groups
    if arm not in NAMED:
        groups = CLASSES if arm == "class" else groups
        for slot in slots:
            yield _unnamed(setting, slot, groups)
        return
    if arm == "quality":
        yield from _quality(setting, slots)
        return
    dice = setting.dice("cast", arm)
    design = Design.read(setting.plan.names)
    rows = cast(setting.book, groups, design, len(slots), BIRTH_YEARS, dice)
    for slot, mine in zip(slots, rows, strict=True):
        yield from _named(setting, slot, mine, groups)


def _slots(setting: Setting, arm: str) -> list[_Slot]:
    """Spread jobs and tiers evenly over the résumés of an arm."""
    cells = [(job, tier) for job in setting.plan.jobs for tier in TIERS]
    if setting.own:
        cells = [(OWN, "middle")]
    dice = setting.dice("slots", arm)
    blocks = chain.from_iterable(dice.shuffled(cells) for _ in cycle([0]))
    return [
        _Slot(number=number, arm=arm, job=job, tier=tier)
        for number, (job, tier) in enumerate(islice(blocks, setting.plan.pairs))
    ]


def _placebo(setting: Setting, slots: list[_Slot]) -> Iterator[Draft]:
    """Set two sets of names of one group against each other, the groups in turn."""
    groups = setting.plan.groups
    for place, group in enumerate(groups):
        mine = slots[place :: len(groups)]
        dice = setting.dice("cast", "placebo", group)
        book = halved(setting.book, group, dice)
        halves = (f"{group} (a)", f"{group} (b)")
        design = Design.read(setting.plan.names)
        rows = cast(book, halves, design, len(mine), BIRTH_YEARS, dice)
        for slot, row in zip(mine, rows, strict=True):
            yield from _named(setting, slot, row, halves)


def _quality(setting: Setting, slots: list[_Slot]) -> Iterator[Draft]:
    """Set a strong application against a weak one of the same person."""
    groups = setting.plan.groups
    for place, group in enumerate(groups):
        mine = slots[place :: len(groups)]
        dice = setting.dice("cast", "quality", group)
        rows = cast(
            setting.book, (group,), Design(kind="fresh"), len(mine), BIRTH_YEARS, dice
        )
        for slot, (row,) in zip(mine, rows, strict=True):
            yield _one_person(setting, slot, row)


def _one_person(setting: Setting, slot: _Slot, row: Row) -> Draft:
    """Write both applications of one person."""
    dice = setting.dice("text", slot.resume)
    born = dice.between(*common_years(row, BIRTH_YEARS))
    who = _people(setting.book, row, dice)[0]
    words = cue_words("quality", "", who)
    bodies = tuple(
        body(slot.job, tier, "quality", born, setting.dice("text", slot.resume, "body"))
        for tier in ("strong", "weak")
    )
    return _draft(setting, slot, slot.resume, bodies, ("strong", "weak"), (who,) * 2, words)


def _named(
    setting: Setting, slot: _Slot, rows: Sequence[Row], groups: Sequence[str]
) -> Iterator[Draft]:
    """Write one body and fill it with every row of names."""
    dice = setting.dice("text", slot.resume)
    all_names = tuple(chain.from_iterable(rows))
    born = dice.between(*common_years(all_names, BIRTH_YEARS))
    text = _body(setting, slot, born)
    for place, row in enumerate(rows):
        people = _people(setting.book, row, dice)
        pair_id = slot.resume if len(rows) == 1 else f"{slot.resume}-{place}"
        yield _draft(setting, slot, pair_id, (text,) * len(row), groups, people)


def _unnamed(setting: Setting, slot: _Slot, groups: Sequence[str]) -> Draft:
    """Write a pair whose halves bear one initial, and a surname unless it would tell."""
    dice = setting.dice("text", slot.resume)
    text = _body(setting, slot, dice.between(*BIRTH_YEARS))
    initial = f"{dice.pick(_INITIALS)}."
    if setting.plan.attribute == "race":
        who = person(f"{initial} {dice.pick(_INITIALS)}.", "")
    else:
        who = person(initial, dice.pick(list(chain(*setting.book.surnames.values()))))
    people = (who,) * len(groups)
    return _draft(setting, slot, slot.resume, (text,) * len(groups), groups, people)


def _body(setting: Setting, slot: _Slot, born: int) -> Body:
    """Write the body, or take the user's."""
    if setting.own:
        return setting.own[slot.number % len(setting.own)]
    return body(
        slot.job, slot.tier, slot.arm, born, setting.dice("text", slot.resume, "body")
    )


def _people(book: NameBook, row: Row, dice: Dice) -> tuple[Person, ...]:
    """Give first names their surnames: one for all if they are of one kin."""
    alike = len({name.kin for name in row}) == 1
    while True:
        shared = dice.pick(book.surnames[row[0].kin])
        surnames = [shared if alike else dice.pick(book.surnames[n.kin]) for n in row]
        people = tuple(person(n.name, s) for n, s in zip(row, surnames, strict=True))
        if not any(p.name.lower() in famous() for p in people):
            return people


def _draft(
    setting: Setting,
    slot: _Slot,
    pair_id: str,
    bodies: tuple[Body, ...],
    groups: Sequence[str],
    people: Sequence[Person],
    words: dict[str, str] | None = None,
) -> Draft:
    """Fill the bodies of one pair."""
    dice = setting.dice("cues", slot.resume)
    race = setting.plan.attribute == "race"
    club = dice.pick(SOCIETIES if race else common()["clubs"])
    variant = dice.between(0, len(CLASS_CUES) - 1)
    halves = []
    for place, (text, group, who) in enumerate(zip(bodies, groups, people, strict=True)):
        cues = dict(words) if words else _words(setting, slot, group, who, club, variant)
        chosen = _place(setting, group, place)
        cues |= {s.key: s.choices[chosen] for s in text if s.key and s.choices}
        cues = {key: cues[key] for key in dict.fromkeys(keys(text))}
        halves.append(
            Half(
                group=group,
                first_name=who.first_name,
                surname=who.surname,
                text=filled(text, cues),
                cues=cues,
            )
        )
    pair = Pair(
        id=pair_id,
        arm=slot.arm,
        job=slot.job,
        resume=slot.resume,
        tier=slot.tier,
        attribute="class" if slot.arm == "class" else setting.plan.attribute,
        halves=tuple(halves),
    )
    return Draft(pair=pair, bodies=bodies)


def _words(
    setting: Setting, slot: _Slot, group: str, who: Person, club: str, variant: int
) -> dict[str, str]:
    """Give the words of one half; those of a user's own marks come from the marks."""
    arm = "name" if setting.own else slot.arm
    return cue_words(arm, group, who, club=club, variant=variant)


def _place(setting: Setting, group: str, place: int) -> int:
    """Say which of the user's words a half takes: in a placebo both take one group's."""
    base = group.removesuffix(" (a)").removesuffix(" (b)")
    groups = setting.plan.groups
    return groups.index(base) if base in groups else place
