"""Pairs of résumés from a plan: names cast, bodies written, cues filled, all checked."""

from __future__ import annotations

from dataclasses import asdict
from itertools import chain, cycle, islice
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.resumes import checks
from fairaudit.resumes.arms import (
    CLASS_CUES,
    CLASSES,
    NAMED,
    SOCIETIES,
    Person,
    checked_arms,
    cue_words,
    person,
)
from fairaudit.resumes.bodies import BIRTH_YEARS, TIERS, body
from fairaudit.resumes.casting import Design, Row, cast, halved
from fairaudit.resumes.dice import Dice
from fairaudit.resumes.marked import marked
from fairaudit.resumes.names import GROUPS, NameBook, common_years, famous, name_book
from fairaudit.resumes.pair import Half, Pair
from fairaudit.resumes.plan import CheckRow, Plan, ResumeStudy, digest
from fairaudit.resumes.segments import Body, Draft, filled, keys
from fairaudit.resumes.templates import common, job_family
from fairaudit.resumes.templates import jobs as all_jobs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

OWN = "own"
"""The job of résumés that the user brought."""

_INITIALS = "ABCDEGHJKLMNPRST"


@value
class _Setting:
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


def generate(
    *,
    jobs: Sequence[str] | None = None,
    pairs: int = 100,
    arms: Sequence[str] = ("name", "placebo", "quality"),
    attribute: str = "gender",
    groups: Sequence[str] | None = None,
    names: str = "fresh",
    name_list: NameBook | None = None,
    own_resumes: Sequence[str] | None = None,
    seed: int = 0,
    input_limit: int | None = None,
) -> ResumeStudy:
    """Which pairs of résumés differ only in what they imply of a group?

    Parameters
    ----------
    jobs : sequence of str, optional
        Job families, all of `templates.jobs` if left out.
    pairs : int, optional
        How many résumés an arm has, each one pair, or K pairs if crossed.
    arms : sequence of str, optional
        Of `arms.ARMS`; placebo and quality are the controls of the others.
    attribute : str, optional
        "gender", "race", or that of `name_list`.
    groups : sequence of str, optional
        Two or more; women and men, or Black and white, if left out.
    names : str, optional
        "fresh": every name is used before any is used again; "reuse K": K names a group,
        one pair a résumé; "crossed K": K names a group on every résumé.
    name_list : NameBook, optional
        From `names_from_csv`; the bundled names if left out.
    own_resumes : sequence of str, optional
        Marked texts, see `marked`, in place of job families.
    seed : int, optional
        Same seed, same bytes.
    input_limit : int, optional
        How many tokens the system reads, if known.

    Returns
    -------
    ResumeStudy
        The pairs and nine rows of checks.

    Raises
    ------
    InputError
        When the plan cannot be followed, or one of the first six checks fails.

    Examples
    --------
    >>> study = generate(jobs=["nurse"], pairs=2, arms=["name"], seed=7)
    >>> [half.group for half in study.pairs[0].halves]
    ['women', 'men']
    """
    book = name_book(attribute) if name_list is None else name_list
    if pairs < 1:
        raise InputError(f"pairs={pairs} makes no study. Ask for at least 1.")
    kinds = _known_groups(book, groups)
    plan = Plan(
        jobs=_known_jobs(jobs, own_resumes),
        pairs=pairs,
        arms=checked_arms(arms, book.attribute, kinds),
        attribute=book.attribute,
        groups=kinds,
        names=names,
        seed=seed,
        name_list="bundled" if name_list is None else digest(asdict(name_list)),
        own_resumes="none" if own_resumes is None else digest(list(own_resumes)),
        input_limit=input_limit,
    )
    Design.read(names)
    own = tuple(marked(text, groups=len(kinds)) for text in own_resumes or ())
    setting = _Setting(plan=plan, book=book, own=own)
    _no_idle_marks(setting)
    drafts = _in_order(setting, list(chain(*(_arm(setting, a) for a in plan.arms))))
    rows = _checked(setting, drafts)
    return ResumeStudy(plan=plan, pairs=tuple(d.pair for d in drafts), checks=rows)


def _known_groups(book: NameBook, groups: Sequence[str] | None) -> tuple[str, ...]:
    """Say which groups are compared."""
    if groups is None:
        return book.groups if book.attribute not in GROUPS else _default(book)
    kinds = tuple(groups)
    for group in kinds:
        if group not in book.groups:
            raise InputError(
                f"groups: there are no names of {group!r}. There are: "
                f"{', '.join(book.groups)}."
            )
    if len(set(kinds)) != len(kinds) or len(kinds) < 2:
        raise InputError(f"groups={list(kinds)} are no two or more different groups.")
    return kinds


def _default(book: NameBook) -> tuple[str, ...]:
    """Take the first two known groups, or all that a list of one's own has."""
    known = tuple(g for g in GROUPS[book.attribute] if g in book.groups)
    return known[:2] if len(known) >= 2 else book.groups


def _known_jobs(jobs: Sequence[str] | None, own: Sequence[str] | None) -> tuple[str, ...]:
    """Say which job families are used."""
    if own is not None:
        if jobs is not None:
            raise InputError("jobs and own_resumes exclude each other. Give one of them.")
        if isinstance(own, str) or not own:
            raise InputError("own_resumes is no list of texts. Give at least one text.")
        return (OWN,)
    if isinstance(jobs, str) or (jobs is not None and not jobs):
        raise InputError(f"jobs={jobs!r} is no list of job families. Give at least one.")
    kinds = all_jobs() if jobs is None else tuple(dict.fromkeys(jobs))
    for job in kinds:
        job_family(job)
    return kinds


def _no_idle_marks(setting: _Setting) -> None:
    """Refuse résumés of one's own that could not differ, or have no quality."""
    named = [a for a in setting.plan.arms if a in {"name", "placebo", "name+pronoun"}]
    for place, segments in enumerate(setting.own):
        marks = keys(segments)
        if not marks:
            raise InputError(
                f"own_resumes: text {place} has no marks. Put {{{{name}}}} where the name "
                "stands."
            )
        if named and not {"name", "first_name", "surname", "email"} & set(marks):
            raise InputError(
                f"own_resumes: text {place} has no mark for the name that the arm "
                f"{named[0]!r} changes. Put {{{{name}}}} where the name stands."
            )
    if setting.own and {"quality", "class"} & set(setting.plan.arms):
        raise InputError(
            "own_resumes: the arms 'quality' and 'class' need job families. Leave them out "
            "here."
        )


def _arm(setting: _Setting, arm: str) -> Iterator[Draft]:
    """Make the drafts of one arm."""
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


def _slots(setting: _Setting, arm: str) -> list[_Slot]:
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


def _placebo(setting: _Setting, slots: list[_Slot]) -> Iterator[Draft]:
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


def _quality(setting: _Setting, slots: list[_Slot]) -> Iterator[Draft]:
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


def _one_person(setting: _Setting, slot: _Slot, row: Row) -> Draft:
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
    setting: _Setting, slot: _Slot, rows: Sequence[Row], groups: Sequence[str]
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


def _unnamed(setting: _Setting, slot: _Slot, groups: Sequence[str]) -> Draft:
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


def _body(setting: _Setting, slot: _Slot, born: int) -> Body:
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
    setting: _Setting,
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
    setting: _Setting, slot: _Slot, group: str, who: Person, club: str, variant: int
) -> dict[str, str]:
    """Give the words of one half; those of a user's own marks come from the marks."""
    arm = "name" if setting.own else slot.arm
    return cue_words(arm, group, who, club=club, variant=variant)


def _place(setting: _Setting, group: str, place: int) -> int:
    """Say which of the user's words a half takes: in a placebo both take one group's."""
    base = group.removesuffix(" (a)").removesuffix(" (b)")
    groups = setting.plan.groups
    return groups.index(base) if base in groups else place


def _in_order(setting: _Setting, drafts: list[Draft]) -> list[Draft]:
    """Draw which half comes first, evenly within arm, job and tier."""
    from fairaudit.core.value import replace

    decks: dict[tuple[str, str, str], list[int]] = {}
    dice = setting.dice("order")
    ordered = []
    for draft in drafts:
        pair = draft.pair
        deck = decks.setdefault((pair.arm, pair.job, pair.tier), [])
        if not deck:
            deck += dice.shuffled(range(len(pair.halves)))
        ordered.append(replace(draft, pair=replace(pair, first=deck.pop())))
    return ordered


def _checked(setting: _Setting, drafts: list[Draft]) -> tuple[CheckRow, ...]:
    """Run the nine checks; the first six must hold."""
    must = (
        checks.halves_alike(drafts),
        checks.no_stray_cues(drafts),
        checks.grammar_agrees(drafts),
        checks.names_coherent(drafts, setting.book),
        checks.order_balanced(drafts),
        checks.ages_consistent(drafts, setting.book),
    )
    for row in must:
        if not row.passed:
            raise InputError(
                f"study: the check {row.name!r} fails: {row.detail} Mend the marks or the "
                "names."
            )
    return (
        *must,
        checks.lengths_balanced(drafts),
        checks.cues_within(drafts, setting.plan.input_limit),
        checks.bodies_diverse(drafts),
    )
