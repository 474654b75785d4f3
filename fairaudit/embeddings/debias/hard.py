"""Hard debiasing: neutral words lose the direction, pairs stand evenly about it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.embeddings.direction import Direction, gender_direction
from fairaudit.embeddings.word_sets import gender_lists

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.embeddings.embedding import Embedding
    from fairaudit.embeddings.word_sets import GenderLists


_IN_CACHE = 256
"""Rows that stay in the processor's cache over the four passes each of them takes."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HardDebias:
    """Neutralise and equalise.

    Every vector is scaled to length 1. Words that are not about gender lose their part
    along the direction and are scaled again; the words of pairs such as "he" and "she" get
    the same vector but for opposite parts along the direction.

    Attributes
    ----------
    direction : Direction
        What is removed.
    kept : frozenset of str
        Words that keep their gender.
    placed : dict of str to ndarray
        The new vectors of the words of pairs.
    untouched : frozenset of str
        All of these words: they are not neutralised.

    References
    ----------
    [bolukbasi2016]; [gonen2019] for what is left.
    """

    direction: Direction
    kept: frozenset[str]
    placed: Mapping[str, NDArray[np.float64]]
    untouched: frozenset[str]

    @classmethod
    def fit(
        cls,
        embedding: Embedding,
        *,
        direction: Direction | None = None,
        lists: GenderLists | None = None,
    ) -> HardDebias:
        """Find the direction, and where pairs must stand.

        Parameters
        ----------
        embedding : Embedding
            The vectors.
        direction : Direction, optional
            That of gender if left out.
        lists : GenderLists, optional
            Which words keep their gender and which are pairs; those of the publication if
            left out.

        Returns
        -------
        HardDebias
            To be applied by `transform`.

        Raises
        ------
        InputError
            When too few definitional pairs are left.
        """
        words = lists or gender_lists()
        along = direction or gender_direction(embedding)
        kept = words.spelled_in(embedding)
        pairs = tuple(equalised_pairs(embedding, words))
        placed = _placed(embedding, pairs, kept, along.vector)
        return cls(direction=along, kept=kept, placed=placed, untouched=kept.union(placed))

    def transform(self, embedding: Embedding) -> Embedding:
        """Debias an embedding whenever its vectors are read.

        Parameters
        ----------
        embedding : Embedding
            Of the same dimensions.

        Returns
        -------
        Embedding
            With vectors of length 1.
        """
        return embedding.changed_by(self, f"{embedding.name}, hard-debiased")

    def apply(
        self, words: Sequence[str], rows: NDArray[np.floating]
    ) -> NDArray[np.floating]:
        """Change the rows of some words, in place."""
        import numpy as np

        exceptions = (
            []
            if self.untouched.isdisjoint(words)
            else [place for place, word in enumerate(words) if word in self.untouched]
        )
        saved = rows[exceptions]
        neutralise(rows, self.direction.vector)
        for place, row in zip(exceptions, saved, strict=True):
            put = self.placed.get(words[place])
            rows[place] = row / np.linalg.norm(row) if put is None else put
        return rows


def neutralise(rows: NDArray[np.floating], vector: NDArray[np.float64]) -> None:
    """Take a direction out of rows and scale them to length 1, in place."""
    import numpy as np

    along = vector.astype(rows.dtype)
    room = np.empty((min(_IN_CACHE, len(rows)), rows.shape[1]), rows.dtype)
    for start in range(0, len(rows), _IN_CACHE):
        here = rows[start : start + _IN_CACHE]
        parts = np.dot(here, along)[:, None]
        here -= np.dot(parts, along[None, :], out=room[: len(here)])
        lengths = np.sqrt(np.vecdot(here, here))[:, None]
        here *= 1 / np.where(lengths > 0, lengths, 1)


def equalised_pairs(embedding: Embedding, lists: GenderLists) -> Iterator[tuple[str, str]]:
    """Find the pairs to equalise: in lower, title and upper case, where both are present.

    One that the lists have in both orders is found twice, which changes nothing.
    """
    seen = set()
    for first, second in (*lists.equalize_pairs, *lists.definitional_pairs):
        for case in (str.lower, str.title, str.upper):
            pair = (case(first), case(second))
            if pair in seen or not all(word in embedding for word in pair):
                continue
            seen.add(pair)
            yield pair


def _placed(
    embedding: Embedding,
    pairs: Sequence[tuple[str, str]],
    kept: frozenset[str],
    vector: NDArray[np.float64],
) -> dict[str, NDArray[np.float64]]:
    """Place the words of pairs: a common part, and opposite parts along the direction."""
    import numpy as np

    words = sorted({word for pair in pairs for word in pair})
    if not words:
        return {}
    stored = dict(zip(words, embedding.unit(words), strict=True))
    placed = {word: row.copy() for word, row in stored.items()}
    for word, row in placed.items():
        if word not in kept:
            neutralise(row[None, :], vector)
    for first, second in pairs:
        middle = (placed[first] + placed[second]) / 2
        middle = middle - (middle @ vector) * vector
        reach = math.sqrt(max(0.0, 1 - float(middle @ middle)))
        if (stored[first] - stored[second]) @ vector < 0:
            reach = -reach
        placed[first] = middle + reach * vector
        placed[second] = middle - reach * vector
    return {word: np.asarray(row) for word, row in placed.items()}
