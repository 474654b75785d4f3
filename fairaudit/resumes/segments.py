"""A résumé as a sequence of segments: literal text, and cues that imply a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import replace, value
from fairaudit.resumes.pair import Pair

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@value
class Segment:
    """Literal `text`, or the place of the cue `key`.

    A cue marked with words of its own has one of `choices` for every group.
    """

    text: str = ""
    key: str | None = None
    choices: tuple[str, ...] = ()


Body = tuple[Segment, ...]


@value
class Draft:
    """A pair with the segments its halves were made of, one body a half."""

    pair: Pair
    bodies: tuple[Body, ...]


def filled(body: Iterable[Segment], cues: Mapping[str, str]) -> str:
    """How does a body read with these cues?

    Examples
    --------
    >>> body = (Segment(text="Dear "), Segment(key="name"))
    >>> filled(body, {"name": "Emily"})
    'Dear Emily'
    """
    return "".join(s.text if s.key is None else cues[s.key] for s in body)


def literals(body: Iterable[Segment]) -> tuple[str, ...]:
    """Give what is not a cue, segment by segment."""
    return tuple(s.text for s in body if s.key is None)


def keys(body: Iterable[Segment]) -> tuple[str, ...]:
    """Give the keys of the cues, in their order."""
    return tuple(s.key for s in body if s.key is not None)


def swapped(pair: Pair, bodies: tuple[Body, ...]) -> Pair:
    """How does a pair read when its groups change places?

    Every half keeps its body and takes group, name and cues of its opposite.

    Parameters
    ----------
    pair : Pair
        With its halves in some order.
    bodies : tuple of tuple of Segment
        What the halves were made of.

    Returns
    -------
    Pair
        Swapped once more, it is the first pair again.
    """
    halves = tuple(
        replace(half, text=filled(body, half.cues))
        for half, body in zip(reversed(pair.halves), bodies, strict=True)
    )
    return replace(pair, halves=halves, first=len(halves) - 1 - pair.first)
