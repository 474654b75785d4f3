"""Résumés of one's own, with marks where a group shows.

``{{name}}``, ``{{first_name}}``, ``{{surname}}`` and ``{{email}}`` are filled from the list
of names; ``{{pronoun:she|he}}``, ``{{club:women's chess club|men's chess club}}`` or any
other key carry their words, one for every group, in the order of the groups.
"""

from __future__ import annotations

import re

from fairaudit.core.errors import InputError, did_you_mean
from fairaudit.resumes.segments import Body, Segment

FROM_NAMES = ("name", "first_name", "surname", "email")
"""Keys that the list of names fills."""

_FENCE = re.compile(r"\{\{|\}\}")
_KEY = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]*")


def marked(text: str, *, known: tuple[str, ...] = FROM_NAMES, groups: int = 2) -> Body:
    """Which segments does a marked text have?

    Parameters
    ----------
    text : str
        With marks in double braces.
    known : tuple of str, optional
        Keys that need no words of their own.
    groups : int, optional
        How many words a mark with words has.

    Returns
    -------
    tuple of Segment
        In their order.

    Raises
    ------
    InputError
        For a mark that is not closed, not opened, overlapping, empty, unknown or with too
        few or too many words, with the offset of the character.

    Examples
    --------
    >>> [s.key for s in marked("{{name}} leads; {{pronoun:she|he}} writes.") if s.key]
    ['name', 'pronoun']
    """
    segments: list[Segment] = []
    used: dict[str, tuple[str, ...]] = {}
    end = 0
    for start, stop in _spans(text):
        if start > end:
            segments.append(Segment(text=text[end:start]))
        segments.append(_cue(text[start + 2 : stop - 2], start, known, groups, used))
        end = stop
    if end < len(text):
        segments.append(Segment(text=text[end:]))
    return tuple(segments)


def _spans(text: str) -> list[tuple[int, int]]:
    """Find the marks, or say where one is broken."""
    spans = []
    opened: int | None = None
    for fence in _FENCE.finditer(text):
        place = fence.start()
        if fence.group() == "{{":
            if opened is not None:
                raise InputError(
                    f"marked résumé: the mark at character {place} overlaps the one opened "
                    f"at {opened}. Close the first with '}}}}' before."
                )
            opened = place
        elif opened is None:
            raise InputError(
                f"marked résumé: '}}}}' at character {place} closes no mark. Put '{{{{' "
                "where the mark begins."
            )
        else:
            spans.append((opened, fence.end()))
            opened = None
    if opened is not None:
        raise InputError(
            f"marked résumé: the mark opened at character {opened} is not closed. Put "
            "'}}' where it ends."
        )
    return spans


def _cue(
    inside: str,
    place: int,
    known: tuple[str, ...],
    groups: int,
    used: dict[str, tuple[str, ...]],
) -> Segment:
    """Read one mark; the same key with other words becomes a key of its own."""
    key, colon, words = inside.partition(":")
    key = key.strip()
    if not _KEY.fullmatch(key):
        raise InputError(
            f"marked résumé: the mark at character {place} has no key. Write "
            "{{name}} or {{pronoun:she|he}}."
        )
    choices = tuple(words.split("|")) if colon else ()
    if not colon and key not in known:
        raise InputError(
            f"marked résumé: the mark {key!r} at character {place} has no words. Write one "
            f"for every group, as in {{{{pronoun:she|he}}}}.{did_you_mean(key, known)}"
        )
    if colon and (len(choices) != groups or not all(c.strip() for c in choices)):
        raise InputError(
            f"marked résumé: the mark {key!r} at character {place} needs {groups} words "
            f"separated by '|', one for every group, and has "
            f"{sum(bool(c.strip()) for c in choices)}."
        )
    return Segment(key=_own_key(key, choices, used), choices=choices)


def _own_key(key: str, choices: tuple[str, ...], used: dict[str, tuple[str, ...]]) -> str:
    """Number a key whose words differ from those it had before."""
    name, number = key, 1
    while used.setdefault(name, choices) != choices:
        number += 1
        name = f"{key} {number}"
    return name
