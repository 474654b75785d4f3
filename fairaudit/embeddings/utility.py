"""What vectors are good for, before and after: likeness as people see it, analogies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.estimate import Estimate
from fairaudit.core.value import replace, value
from fairaudit.embeddings.occupations import fisher_interval
from fairaudit.inference.proportions import rate_estimate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from gensim.models import KeyedVectors

    from fairaudit.embeddings.embedding import Embedding

_LIKENESS = {"wordsim353": "wordsim353.tsv", "simlex999": "simlex999.txt"}
_FEWEST_PAIRS = 4
_MOST_WORDS = 300_000
_LOOKED_AT = 5
_TOGETHER = 256
_COSINES = 16_000_000
"""Cosines looked at together, so that a large vocabulary needs no large table."""


@value
class Likeness:
    """How cosines of pairs of words go with the judgement of people."""

    pearson: Estimate
    spearman: Estimate
    share_lost: float


@value
class UtilityTests:
    """WordSim-353 and SimLex-999 by name, and the share of analogies answered rightly.

    All are part of gensim. Analogies bar the words asked about, as is usual; only those of
    which every word has a vector are asked.
    """

    likeness: dict[str, Likeness]
    analogies: Estimate


@value
class Utility:
    """The same tests before and after: never one without the other."""

    before: UtilityTests
    after: UtilityTests


def usefulness(before: Embedding, after: Embedding) -> Utility:
    """How good are the vectors at other things, before and after debiasing?

    Parameters
    ----------
    before, after : Embedding
        The same words.

    Returns
    -------
    Utility
        Both side by side.

    References
    ----------
    [finkelstein2002], [hill2015], [mikolov2013].
    """
    return Utility(before=utility_tests(before), after=utility_tests(after))


def utility_tests(embedding: Embedding) -> UtilityTests:
    """How good are the vectors at judging likeness and at analogies?

    Parameters
    ----------
    embedding : Embedding
        The vectors.

    Returns
    -------
    UtilityTests
        Undefined where too few words are left.
    """
    keyed = _commonest(embedding).keyed_vectors()
    return UtilityTests(
        likeness={name: _likeness(keyed, file) for name, file in _LIKENESS.items()},
        analogies=_analogies(keyed),
    )


def _commonest(embedding: Embedding) -> Embedding:
    """Take the first words alone, as many as gensim asks about: files begin with them."""
    if len(embedding) <= _MOST_WORDS:
        return embedding
    words = embedding.words[:_MOST_WORDS]
    return replace(
        embedding,
        words=words,
        matrix=embedding.matrix[:_MOST_WORDS],
        index={word: row for row, word in enumerate(words)},
    )


def _likeness(keyed: KeyedVectors, file: str) -> Likeness:
    """Compare cosines with the judgement of people."""
    from gensim.test.utils import datapath

    pairs = _known_pairs(keyed, datapath(file))
    if pairs < _FEWEST_PAIRS:
        reason = Estimate.undefined(f"{pairs} pairs of words have vectors")
        return Likeness(pearson=reason, spearman=reason, share_lost=1.0)
    pearson, spearman, lost = keyed.evaluate_word_pairs(datapath(file))
    return Likeness(
        pearson=Estimate(
            value=float(pearson[0]), interval=fisher_interval(float(pearson[0]), pairs)
        ),
        spearman=Estimate(value=float(spearman[0])),
        share_lost=float(lost) / 100,
    )


def _known_pairs(keyed: KeyedVectors, file: str) -> int:
    """Count the pairs of a file of which both words have vectors, in any case."""
    from pathlib import Path

    known = {word.upper() for word in keyed.index_to_key}
    lines = Path(file).read_text(encoding="utf-8").splitlines()
    pairs = [line.split("\t")[:2] for line in lines if line and line[0] != "#"]
    return sum(all(word.upper() in known for word in pair) for pair in pairs)


def _analogies(keyed: KeyedVectors) -> Estimate:
    """Count the analogies answered rightly, as gensim does but many at a time."""
    import numpy as np

    vocabulary: dict[str, int] = {}
    for place, word in enumerate(keyed.index_to_key[:_MOST_WORDS]):
        vocabulary.setdefault(word.upper(), place)
    asked = np.array(list(_questions(vocabulary)), dtype=int).reshape(-1, 4)
    unit = np.asarray(keyed.vectors[:_MOST_WORDS], dtype=np.float32)
    # Not in place: without changes the rows are the embedding's own.
    unit = unit / np.maximum(np.linalg.norm(unit, axis=1, keepdims=True), 1e-30)
    right, looked_at = 0, min(_LOOKED_AT, len(unit) - 1)
    together = max(1, min(_TOGETHER, _COSINES // max(1, len(unit))))
    for start in range(0, len(asked), together):
        some = asked[start : start + together]
        a, b, c = (unit[some[:, side]] for side in range(3))
        cosines = (b - a + c) @ unit.T
        np.put_along_axis(cosines, some[:, :3], -np.inf, axis=1)
        nearest = np.argpartition(-cosines, looked_at, axis=1)[:, :looked_at]
        order = np.argsort(-np.take_along_axis(cosines, nearest, axis=1), axis=1)
        ranked = np.take_along_axis(nearest, order, axis=1)
        right += sum(
            _answer(keyed, row, question[:3], vocabulary) == question[3]
            for row, question in zip(ranked.tolist(), some.tolist(), strict=True)
        )
    return rate_estimate(
        right, len(asked), undefined_because="no analogy has vectors for all its words"
    )


def _questions(vocabulary: Mapping[str, int]) -> Iterator[list[int]]:
    """Read the analogies of which every word is known."""
    from pathlib import Path

    from gensim.test.utils import datapath

    text = Path(datapath("questions-words.txt")).read_text(encoding="utf-8")
    for line in text.splitlines():
        words = line.upper().split()
        if (
            line[:1] != ":"
            and len(words) == 4
            and all(word in vocabulary for word in words)
        ):
            yield [vocabulary[word] for word in words]


def _answer(
    keyed: KeyedVectors,
    nearest: Sequence[int],
    asked: Sequence[int],
    vocabulary: Mapping[str, int],
) -> int | None:
    """Take the nearest word that is not one asked about, however spelled."""
    for place in nearest:
        spelled = vocabulary.get(keyed.index_to_key[place].upper())
        if spelled is not None and spelled not in asked:
            return spelled
    return None
