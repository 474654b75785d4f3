"""Nine properties of a study, each a function and a row of the report.

The first six are the promise of the generator; a study that breaks one is not made. The
others describe it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import chain
from statistics import mean
from typing import TYPE_CHECKING

from fairaudit.core.value import replace
from fairaudit.resumes.arms import NAMED
from fairaudit.resumes.names import famous
from fairaudit.resumes.plan import CheckRow
from fairaudit.resumes.segments import Body, Draft, filled, keys, literals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairaudit.resumes.names import FirstName, NameBook
    from fairaudit.resumes.pair import Half

_WORD = re.compile(r"[^\W\d_]+")
_GRADUATED = re.compile(r"\bgraduated (\d{4})")
_ARTICLE = re.compile(r"\b(an?) $", re.IGNORECASE)
_SENTENCE_END = re.compile(r'[.!?]\s+"?$|: "$')

GENDER_WORDS = frozenset(
    """she he her him hers his herself himself woman women man men female male females males
    ms mr mrs miss lady ladies gentleman gentlemen girl girls boy boys mother father wife
    husband""".split()  # noqa: SIM905 - read as a list
)
RACE_WORDS = frozenset(
    """black white hispanic latino latina latinx asian african caucasian irish mexican
    chinese""".split()  # noqa: SIM905 - read as a list
)

_SETS = {
    "she": {"she", "her", "hers", "herself", "she/her"},
    "he": {"he", "him", "his", "himself", "he/him"},
    "they": {"they", "them", "their", "theirs", "themself", "themselves", "they/them"},
}
_SINGULAR = frozenset({"is", "was", "has", "does"})
_PLURAL = frozenset({"are", "were", "have", "do"})


def halves_alike(drafts: Sequence[Draft]) -> CheckRow:
    """1. Do the halves differ in cues only?

    Compared segment by segment, and every text with the segments it was made of. The halves
    of the arm "quality" differ in their bodies and must share all cues instead.
    """
    return _row("halves alike", (d.pair.id for d in drafts if not _alike(d)), len(drafts))


def no_stray_cues(drafts: Sequence[Draft]) -> CheckRow:
    """2. Does no word of a group stand outside the cues, addresses and links included?"""
    stray = (f"{d.pair.id} ({word})" for d in drafts for word in sorted(_stray(d)))
    return _row("no cue words elsewhere", stray, len(drafts))


def grammar_agrees(drafts: Sequence[Draft]) -> CheckRow:
    """3. Do pronouns, verbs, articles and capitals agree with one another?"""
    wrong = (
        f"{d.pair.id} ({half.group}: {what})"
        for d in drafts
        for half, body in zip(d.pair.halves, d.bodies, strict=True)
        for what in _disagreements(half, body)
    )
    return _row("pronouns, verbs, articles and capitals agree", wrong, len(drafts))


def names_coherent(drafts: Sequence[Draft], book: NameBook) -> CheckRow:
    """4. Does every surname go with its first name, and is nobody well known?"""
    index = _by_name(book)
    wrong = (
        f"{d.pair.id} ({half.first_name} {half.surname})"
        for d in drafts
        for half in d.pair.halves
        if not _coherent(half, index, book)
    )
    row = _row("names coherent", wrong, len(drafts))
    return replace(row, detail=f"{row.detail} {_reuse(drafts)}")


def order_balanced(drafts: Sequence[Draft]) -> CheckRow:
    """5. Is the half shown first independent of arm, job and quality?

    In every such cell each place comes first equally often, but for one.
    """
    cells: dict[tuple[str, str, str], Counter[int]] = defaultdict(Counter)
    sizes: dict[tuple[str, str, str], int] = {}
    for pair in (d.pair for d in drafts):
        cell = (pair.arm, pair.job, pair.tier)
        cells[cell][pair.first] += 1
        sizes[cell] = len(pair.halves)
    uneven = (
        " ".join(cell)
        for cell, counts in cells.items()
        if max(counts[i] for i in range(sizes[cell]))
        > min(counts[i] for i in range(sizes[cell])) + 1
    )
    return _row("order balanced", uneven, len(cells), "cells")


def ages_consistent(drafts: Sequence[Draft], book: NameBook) -> CheckRow:
    """6. Were bearers of the names born when the résumé says?

    The year of birth is read from the text: graduation less 22 years, from high school
    less 18. Names without years of birth, and texts without graduation, pass.
    """
    index = _by_name(book)
    wrong = (
        f"{d.pair.id} ({half.first_name})"
        for d in drafts
        for half in d.pair.halves
        if not _right_age(half, index)
    )
    return _row("ages consistent with names", wrong, len(drafts))


def lengths_balanced(drafts: Sequence[Draft]) -> CheckRow:
    """7. Can length alone tell neither groups nor tiers apart?

    Full names of the groups of an arm may differ by 1.5 letters on average, strong and weak
    applications by a twentieth of their letters.
    """
    names: dict[tuple[str, str], list[int]] = defaultdict(list)
    texts: dict[tuple[str, str], list[int]] = defaultdict(list)
    for pair in (d.pair for d in drafts):
        for half in pair.halves:
            name = f"{half.first_name} {half.surname}"
            names[pair.arm, half.group].append(len(name))
            if pair.arm == "quality":
                texts[pair.arm, half.group].append(len(half.text))
    apart, longer = _apart(names), _apart(texts)
    share = longer / mean(chain.from_iterable(texts.values())) if texts else 0.0
    tiers = f", strong and weak applications by {100 * share:.1f} %" if texts else ""
    return CheckRow(
        name="lengths balanced",
        passed=apart <= 1.5 and share <= 0.05,
        detail=f"Mean letters of full names differ by up to {apart:.2f} between groups"
        f"{tiers}.",
    )


def cues_within(drafts: Sequence[Draft], limit: int | None) -> CheckRow:
    """8. Does a system that reads `limit` tokens see all cues, at 1.4 tokens a word?"""
    last = max((_last_cue(d) for d in drafts), default=0)
    tokens = round(1.4 * last)
    seen = limit is None or tokens <= limit
    known = "no limit was given" if limit is None else f"the limit is {limit}"
    return CheckRow(
        name="cues within the input limit",
        passed=seen,
        detail=f"The last cue ends by about token {tokens}; {known}.",
    )


def bodies_diverse(drafts: Sequence[Draft]) -> CheckRow:
    """9. Are the bodies of different résumés different?"""
    bodies = {d.pair.resume: literals(d.bodies[0]) for d in drafts}
    distinct = len(set(bodies.values()))
    share = distinct / len(bodies) if bodies else 1.0
    return CheckRow(
        name="bodies diverse",
        passed=share >= 0.99,
        detail=f"{distinct} of {len(bodies)} bodies are distinct.",
    )


def _apart(lengths: dict[tuple[str, str], list[int]]) -> float:
    """Give the largest difference of means within an arm."""
    means: dict[str, list[float]] = defaultdict(list)
    for (arm, _), values in lengths.items():
        means[arm].append(mean(values))
    return max((max(own) - min(own) for own in means.values()), default=0.0)


def _row(name: str, wrong: Iterable[str], number: int, of: str = "pairs") -> CheckRow:
    """Sum up what was found wrong."""
    found = list(wrong)
    detail = f"{number} {of} looked at, {len(found)} wrong"
    first = f": {', '.join(found[:3])}" if found else ""
    return CheckRow(name=name, passed=not found, detail=f"{detail}{first}.")


def _alike(draft: Draft) -> bool:
    """Compare the halves of a draft, and their texts with their segments."""
    halves, bodies = draft.pair.halves, draft.bodies
    made = all(
        filled(body, half.cues) == half.text
        for half, body in zip(halves, bodies, strict=True)
    )
    if draft.pair.arm == "quality":
        return made and all(half.cues == halves[0].cues for half in halves)
    first = (literals(bodies[0]), keys(bodies[0]))
    return made and all(
        body is bodies[0] or (literals(body), keys(body)) == first for body in bodies
    )


def _stray(draft: Draft) -> set[str]:
    """Find words of a group outside the cues."""
    bodies = {id(body): body for body in draft.bodies}  # one object, if they are the same
    words = set().union(*(_literal_words(body) for body in bodies.values()))
    names = {
        part.lower()
        for half in draft.pair.halves
        for part in (half.first_name, half.surname)
        if len(part) > 2
    }
    groups = GENDER_WORDS | (RACE_WORDS if draft.pair.attribute == "race" else set())
    run_together = {
        name
        for name in names
        for word in words
        if ("@" in word or "/" in word) and name in word
    }
    return (words & (names | groups)) | run_together


def _literal_words(body: Body) -> set[str]:
    """Give all words of the literal text, and addresses and links whole as well."""
    text = " ".join(literals(body)).lower()
    whole = {word for word in text.split() if "@" in word or "/" in word}
    return set(_WORD.findall(text)) | whole


def _disagreements(half: Half, body: Body) -> Iterable[str]:
    """Find what does not agree in one half."""
    pronouns = [
        v.lower()
        for k, v in half.cues.items()
        if k.startswith("pronoun") and k in keys(body)
    ]
    fitting = [s for s, words in _SETS.items() if words.issuperset(pronouns)]
    if pronouns and not fitting:
        yield "pronouns of several sets"
    wrong_verbs = _SINGULAR if fitting == ["they"] else _PLURAL
    for key, words in half.cues.items():
        if pronouns and key.startswith("verb") and words.lower() in wrong_verbs:
            yield f"the verb {words!r}"
    before = ""
    for segment in body:
        if segment.key is None:
            before = segment.text
            continue
        yield from _misfit(before, segment.key, half.cues[segment.key])
        before = half.cues[segment.key]


def _misfit(before: str, key: str, words: str) -> Iterable[str]:
    """Compare a cue with the text before it."""
    article = _ARTICLE.search(before)
    if article and words and (article[1].lower() == "an") != (words[0].lower() in "aeiou"):
        yield f"the article before {words!r}"
    if key.startswith("pronoun.sub") or key == "pronoun":
        begins = not before or bool(_SENTENCE_END.search(before)) or before.endswith("\n")
        if begins and words[:1].islower():
            yield f"{words!r} begins a sentence"


def _reuse(drafts: Sequence[Draft]) -> str:
    """Say how often first names come back: the name is the unit of inference."""
    uses: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for pair in (d.pair for d in drafts if d.pair.arm in NAMED):
        uses[pair.arm].update({(half.group, half.first_name) for half in pair.halves})
    parts = (
        f"{arm}: {len({name for _, name in seen})} first names, one on at most "
        f"{max(seen.values())} pairs"
        for arm, seen in uses.items()
    )
    return "; ".join(parts)


def _by_name(book: NameBook) -> dict[str, list[FirstName]]:
    """Index the book by first name."""
    index: dict[str, list[FirstName]] = defaultdict(list)
    for name in book.first_names:
        index[name.name].append(name)
    return index


def _coherent(half: Half, index: dict[str, list[FirstName]], book: NameBook) -> bool:
    """Say whether surname and first name go together; initials go with all."""
    full = f"{half.first_name} {half.surname}".lower()
    known = index.get(half.first_name, [])
    fits = not known or any(half.surname in book.surnames[n.kin] for n in known)
    return fits and full not in famous()


def _right_age(half: Half, index: dict[str, list[FirstName]]) -> bool:
    """Compare the year of birth a text tells with those of its name."""
    years = [n.born for n in index.get(half.first_name, []) if n.born is not None]
    born = born_by(half.text)
    return born is None or not years or any(lo <= born <= hi for lo, hi in years)


def born_by(text: str) -> int | None:
    """When was the writer born, by the year of graduation?

    Examples
    --------
    >>> born_by("High school diploma, Central High School, graduated 2008")
    1990
    """
    found = _GRADUATED.search(text)
    if found is None:
        return None
    line = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
    return int(found[1]) - (18 if "diploma" in line else 22)


def _last_cue(draft: Draft) -> int:
    """Count the words up to the last cue that differs between the halves."""
    halves = draft.pair.halves
    differing = {k for k in halves[0].cues if len({h.cues.get(k) for h in halves}) > 1}
    body, cues = draft.bodies[0], halves[0].cues
    place = max((i for i, s in enumerate(body) if s.key in differing), default=-1)
    return len(filled(body[: place + 1], cues).split())
