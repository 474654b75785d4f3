"""Words of the lists that have no vector: counted in every finding, listed once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import shown
from fairaudit.core.measurement import Passages
from fairaudit.embeddings.study.sides import AFTER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairaudit.embeddings.embedding import Found
    from fairaudit.embeddings.study.sides import Side, Sides
    from fairaudit.embeddings.word_sets import WordSet

TITLE = "Words without a vector"


def lost_caveats(sides: Sides, lists: Iterable[WordSet]) -> tuple[str, ...]:
    """How many words of which lists are not there? A sentence for each set of vectors.

    Parameters
    ----------
    sides : tuple of Side
        The vectors.
    lists : iterable of WordSet
        What a measure looks up.

    Returns
    -------
    tuple of str
        Such as "Without a vector: 29 of 260 professions; …"; none where all are there.
    """
    told: dict[str, list[str]] = {}
    for side, words, found in _lost(sides, lists):
        where = f" in {side.label}" if _one_of_several(sides) else ""
        told.setdefault(where, []).append(f"{_count(found)} {words.name}")
    return tuple(
        f"Without a vector{where}: {'; '.join(counts)}. They are listed under '{TITLE}'."
        for where, counts in told.items()
    )


def lost_words(sides: Sides, lists: Iterable[WordSet]) -> tuple[Passages, ...]:
    """Which words of which lists are not there? One table, or none where all are.

    Parameters
    ----------
    sides : tuple of Side
        The vectors.
    lists : iterable of WordSet
        What all measures look up; association tests show theirs beside the p-values.

    Returns
    -------
    tuple of Passages
        A row for each list that lost words.
    """
    rows = tuple(
        (
            f"{words.name}{f' ({side.label})' if _one_of_several(sides) else ''}",
            _count(found),
            shown(found.lost, len(found.lost)),
        )
        for side, words, found in _lost(sides, lists)
    )
    if not rows:
        return ()
    return (Passages(title=TITLE, headings=("list", "lost", "words"), rows=rows),)


def _lost(sides: Sides, lists: Iterable[WordSet]) -> Iterator[tuple[Side, WordSet, Found]]:
    """Look up each list once; vectors before and after debiasing have the same words."""
    for words in dict.fromkeys(lists):
        for side in sides if _one_of_several(sides) else sides[:1]:
            found = side.embedding.find(words.words)
            if found.lost:
                yield side, words, found


def _one_of_several(sides: Sides) -> bool:
    """Tell whether there are vectors of different words."""
    return len(sides) > 1 and sides[-1].label != AFTER


def _count(found: Found) -> str:
    """Say how many of how many are lost."""
    return f"{len(found.lost)} of {len(found.used) + len(found.lost)}"
