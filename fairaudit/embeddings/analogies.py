"""Analogies: man is to doctor as woman is to what, and which pairs differ as she and he?

An answer that may not be one of the words asked about says less than it seems: "doctor" is
often the nearest word itself, and barring it makes a gendered answer out of its neighbour.
Both answers are therefore given together.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.embeddings.embedding import BLOCK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.embeddings.embedding import Embedding

_TILE = 2_048
_LEAST_COSINE = 0.5
_SLACK = 1e-4
"""Candidates are found in float32, whose rounding is far below this; float64 decides."""


@value
class Answer:
    """A word and its cosine to what was asked for."""

    word: str
    cosine: float


@value
class Analogy:
    """The answers to "a is to b as c is to what?", with the words asked about and without.

    `unbarred` may hold a, b or c; `barred` may not, as is usual in publications.
    """

    asked: tuple[str, str, str]
    unbarred: tuple[Answer, ...]
    barred: tuple[Answer, ...]


@value
class AnalogyPair:
    """Two words that differ as those asked about do, and the cosine of the differences."""

    first: str
    second: str
    score: float


@value
class AnalogyPairs:
    """Pairs in the order of their score; each word stands at most once on either side.

    `candidates` counts all pairs that were near enough to each other.
    """

    asked: tuple[str, str]
    pairs: tuple[AnalogyPair, ...]
    candidates: int


def analogy(embedding: Embedding, a: str, b: str, c: str, *, answers: int = 5) -> Analogy:
    """What is to `c` as `b` is to `a`?

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    a, b, c : str
        Such as "man", "doctor" and "woman".
    answers : int
        How many, the nearest first.

    Returns
    -------
    Analogy
        Answers with and without the words asked about.

    Raises
    ------
    InputError
        When a word has no vector, or two have the same.

    References
    ----------
    [mikolov2013], [bolukbasi2016]; [nissim2020] for what barring does.

    Examples
    --------
    >>> from fairaudit import datasets, embeddings
    >>> vectors = embeddings.load(datasets.path("glove_50d_subset"))
    >>> found = embeddings.analogy(vectors, "man", "doctor", "woman")
    >>> found.unbarred[0].word, found.barred[0].word
    ('doctor', 'nurse')
    """
    import numpy as np

    if answers < 1:
        raise InputError(f"analogy: answers must be 1 or more; got {answers}.")
    asked = _spelled(embedding, (a, b, c))
    vectors = _different(embedding, asked)
    wanted = vectors[1] - vectors[0] + vectors[2]
    length = np.linalg.norm(wanted)
    if length <= embedding.noise:
        raise InputError(
            f"analogy: {asked[1]!r} less {asked[0]!r} and {asked[2]!r} cancel out in "
            f"{embedding.name}; nothing is left to look for."
        )
    wanted /= length
    cosines = np.empty(len(embedding))
    for start, rows in embedding.blocks():
        lengths = np.linalg.norm(rows, axis=1)
        cosines[start : start + len(rows)] = rows @ wanted / np.maximum(lengths, 1e-300)
    order = np.argsort(-cosines, kind="stable")[: answers + len(asked)]
    ranked = [Answer(word=embedding.words[i], cosine=float(cosines[i])) for i in order]
    return Analogy(
        asked=(asked[0], asked[1], asked[2]),
        unbarred=tuple(ranked[:answers]),
        barred=tuple([one for one in ranked if one.word not in asked][:answers]),
    )


def analogy_pairs(
    embedding: Embedding,
    first: str = "she",
    second: str = "he",
    *,
    most: int = 50,
    words: int | None = None,
) -> AnalogyPairs:
    """Which pairs of near words differ as two given words do?

    All pairs are looked at, tile by tile, so that no table of all words by all words is
    ever held.

    Parameters
    ----------
    embedding : Embedding
        The vectors, taken at length 1.
    first, second : str
        The words whose difference is looked for.
    most : int
        How many pairs are given.
    words : int, optional
        Only so many of the first words are looked at; all if left out.

    Returns
    -------
    AnalogyPairs
        Of words with a cosine of at least one half.

    Raises
    ------
    InputError
        When a word has no vector, or both have the same.

    References
    ----------
    [bolukbasi2016].
    """
    import numpy as np

    asked = _spelled(embedding, (first, second))
    ends = _different(embedding, asked)
    wanted = (ends[0] - ends[1]) / np.linalg.norm(ends[0] - ends[1])
    unit, along = _unit_and_along(embedding, wanted, words)
    found = _Candidates.of(embedding, unit, along)
    return AnalogyPairs(
        asked=(asked[0], asked[1]),
        pairs=tuple(_one_by_one(embedding, found, most)),
        candidates=len(found.scores),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Candidates:
    """Near pairs: the rows of either word and their score, the best first."""

    firsts: NDArray[np.int64]
    seconds: NDArray[np.int64]
    scores: NDArray[np.float64]

    @classmethod
    def of(
        cls, embedding: Embedding, unit: NDArray[np.float32], along: NDArray[np.float64]
    ) -> _Candidates:
        """Find all pairs that are near enough, and score them in float64."""
        import numpy as np

        parts = [
            _scored(embedding, rows, columns, along)
            for rows, columns in _near_pairs(unit)
            if len(rows)
        ]
        if not parts:
            return cls(
                firsts=np.empty(0, int), seconds=np.empty(0, int), scores=np.empty(0)
            )
        firsts, seconds, scores = (np.concatenate(one) for one in zip(*parts, strict=True))
        order = np.lexsort((seconds, firsts, -scores))
        return cls(firsts=firsts[order], seconds=seconds[order], scores=scores[order])


def _spelled(embedding: Embedding, words: tuple[str, ...]) -> tuple[str, ...]:
    """Give words as the embedding spells them; `unit` refuses those it has not."""
    found = tuple(next(iter(embedding.find([word]).used), word) for word in words)
    if len(set(found)) < len(found):
        raise InputError(f"analogy: the words must differ; got {', '.join(found)}.")
    return found


def _different(embedding: Embedding, words: Sequence[str]) -> NDArray[np.float64]:
    """Read vectors at length 1; where two are the same, nothing differs as asked."""
    import numpy as np

    unit = embedding.unit(words)
    for (one, first), (other, second) in combinations(zip(words, unit, strict=True), 2):
        if np.linalg.norm(first - second) <= embedding.noise:
            raise InputError(
                f"analogy: {one!r} and {other!r} have the same vector in "
                f"{embedding.name}, so that nothing differs as they do."
            )
    return unit


def _unit_and_along(
    embedding: Embedding, wanted: NDArray[np.float64], words: int | None
) -> tuple[NDArray[np.float32], NDArray[np.float64]]:
    """Scale all vectors to length 1, and measure each along the difference asked about."""
    import numpy as np

    n = min(words or len(embedding), len(embedding))
    unit = np.empty((n, embedding.dimensions), dtype=np.float32)
    along = np.empty(n)
    for start, block in embedding.blocks():
        rows = block[: max(0, n - start)]
        if not len(rows):
            break
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        unit[start : start + len(rows)] = rows
        along[start : start + len(rows)] = rows @ wanted
    return unit, along


def _near_pairs(
    unit: NDArray[np.float32],
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Find the pairs above the diagonal whose cosine is about one half or more."""
    import numpy as np

    room = np.empty((_TILE, _TILE), dtype=np.float32)
    for top in range(0, len(unit), _TILE):
        rows = unit[top : top + _TILE]
        for left in range(top, len(unit), _TILE):
            columns = unit[left : left + _TILE]
            if len(rows) == len(columns) == _TILE:
                cosines = np.matmul(rows, columns.T, out=room)
            else:
                cosines = rows @ columns.T
            near = np.flatnonzero(cosines >= _LEAST_COSINE - _SLACK)
            first, second = np.divmod(near, len(columns))
            first, second = first + top, second + left
            above = first < second
            yield first[above], second[above]


def _scored(
    embedding: Embedding,
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    along: NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Decide in float64 which pairs are near; turn each so that its score is positive."""
    import numpy as np

    cosines = np.empty(len(rows))
    for start in range(0, len(rows), BLOCK):
        part = slice(start, start + BLOCK)
        ends = [
            embedding.unit([embedding.words[i] for i in side[part]])
            for side in (rows, columns)
        ]
        cosines[part] = np.einsum("ij,ij->i", *ends)
    near = (cosines >= _LEAST_COSINE) & (cosines < 1 - 1e-12)
    rows, columns = rows[near], columns[near]
    apart = along[rows] - along[columns]
    turned = apart < 0
    scores = np.abs(apart) / np.sqrt(2 - 2 * cosines[near])
    return np.where(turned, columns, rows), np.where(turned, rows, columns), scores


def _one_by_one(
    embedding: Embedding, found: _Candidates, most: int
) -> Iterator[AnalogyPair]:
    """Take the best pairs whose words have not stood on their side before."""
    firsts: set[int] = set()
    seconds: set[int] = set()
    for first, second, score in zip(
        found.firsts.tolist(), found.seconds.tolist(), found.scores.tolist(), strict=True
    ):
        if len(firsts) == most:
            return
        if first in firsts or second in seconds:
            continue
        firsts.add(first)
        seconds.add(second)
        yield AnalogyPair(
            first=embedding.words[first], second=embedding.words[second], score=score
        )
