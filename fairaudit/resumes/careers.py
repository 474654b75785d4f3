"""The career behind a résumé: posts in the field and elsewhere, and the gaps between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.value import value
from fairaudit.resumes.templates import common, numbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.resumes.dice import Dice

YEAR = 2025
"""When all applications are written: the last year of every career."""

_RUNGS = {"strong": 3, "middle": 2, "weak": 1}
_LEVELS = ("junior", "middle", "senior")


@value
class Post:
    """A job once held, with all that could be told of it; a gap has no employer."""

    title: str
    employer: str
    start: int
    end: int
    duties: tuple[str, ...] = ()


def career(family: dict[str, Any], tier: str, start: int, dice: Dice) -> list[Post]:
    """Which posts has somebody held who began to work in that year, the first one first?

    The tier decides how much of the time was in the field and how far up it led: a strong
    application spent all of it there, a weak one the last two years.
    """
    years = {"strong": YEAR - start, "middle": dice.between(5, 8), "weak": 2}[tier]
    entry = YEAR - min(years, YEAR - start)
    return [*_elsewhere(start, entry, dice), *_ladder(family, tier, entry, dice)]


def told(posts: Sequence[Post], words: int) -> list[list[str]]:
    """Which duties of each post are told, to make about this many words?

    The latest post comes first, and every post has one duty at least. Applications of all
    tiers are equally long by this, so that a system which counts words cannot tell them
    apart.
    """
    kept: list[list[str]] = [[] for _ in posts]
    left = words
    for place, duty in _in_turn(posts):
        size = len(duty.split())
        # Nearest to the number asked for, so that long duties do not make long résumés.
        if kept[place] and 2 * left < size:
            break
        kept[place].append(duty)
        left -= size
    return kept


def _in_turn(posts: Sequence[Post]) -> list[tuple[int, str]]:
    """List the duties with the places of their posts: one of each post, then another."""
    return [
        (place, posts[place].duties[turn])
        for turn in range(max(len(p.duties) for p in posts))
        for place in reversed(range(len(posts)))
        if turn < len(posts[place].duties)
    ]


def _ladder(family: dict[str, Any], tier: str, entry: int, dice: Dice) -> list[Post]:
    """Climb the ladder of the field, sometimes with a year between two posts."""
    rungs = _RUNGS[tier]
    step = (YEAR - entry) // rungs
    starts = [entry + step * rung for rung in range(rungs)]
    employers = dice.some(family["employers"], rungs)
    posts: list[Post] = []
    for rung, start in enumerate(starts):
        end = starts[rung + 1] if rung + 1 < rungs else YEAR
        gap = rung + 1 < rungs and step > 2 and dice.chance(0.25)
        posts.append(
            Post(
                title=family["ladder"][rung],
                employer=employers[rung],
                start=start,
                end=end - gap,
                duties=_duties(family["duties"][_LEVELS[rung]], dice),
            )
        )
        if gap:
            posts.append(_gap(end - 1, end, dice))
    return posts


def _elsewhere(start: int, entry: int, dice: Dice) -> list[Post]:
    """Work outside the field before the first post in it."""
    if entry - start < 1:
        return []
    posts: list[Post] = []
    middle = start + (entry - start) // 2
    turns = [(start, entry)] if entry - start < 4 else [(start, middle), (middle, entry)]
    work = dice.some(common()["earlier"], len(turns))
    for (first, last), kind in zip(turns, work, strict=True):
        gap = last - first > 2 and dice.chance(0.2)
        posts.append(
            Post(
                title=kind["title"],
                employer=kind["employer"],
                start=first,
                end=last - gap,
                duties=_duties(kind["duties"], dice),
            )
        )
        if gap:
            posts.append(_gap(last - 1, last, dice))
    return posts


def _duties(duties: Sequence[str], dice: Dice) -> tuple[str, ...]:
    """Put duties in random order, with their numbers."""
    return tuple(numbered(duty, dice) for duty in dice.shuffled(duties))


def _gap(start: int, end: int, dice: Dice) -> Post:
    """Leave a year out, explained in half of the cases."""
    why = dice.pick(common()["gaps"]) if dice.chance(0.5) else ""
    return Post(title=why, employer="", start=start, end=end)
