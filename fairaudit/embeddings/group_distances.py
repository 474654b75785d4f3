"""Distances of attribute words to words for groups: RND, RIPA, MAC and ECT."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.estimate import Estimate
from fairaudit.embeddings.association import DRAWS
from fairaudit.embeddings.direction import _mean_estimate
from fairaudit.embeddings.occupations import fisher_interval
from fairaudit.embeddings.word_sets import MINIMUM_WORDS, WordSet, present

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.embeddings.embedding import Embedding


def relative_norm_distance(
    embedding: Embedding,
    first: WordSet,
    second: WordSet,
    attributes: WordSet,
    *,
    minimum: int = MINIMUM_WORDS,
    draws: int = DRAWS,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """Are attributes farther from the first group's middle than from the second's?

    Parameters
    ----------
    embedding : Embedding
        The vectors, taken at length 1.
    first, second : WordSet
        Words for two groups.
    attributes : WordSet
        Such as professions.
    minimum : int
        The fewest words that must be left of a list.
    draws : int
        Bootstrap samples of attributes for the interval; 0 for none.
    rng : numpy.random.Generator, optional
        For the bootstrap; seeded with 0 if left out.

    Returns
    -------
    Estimate
        The mean over attributes of the distance to the first group's mean vector less that
        to the second's: negative where attributes are nearer to the first.

    Raises
    ------
    InputError
        When too few words of a list are left.

    References
    ----------
    [garg2018].
    """
    import numpy as np

    near, far, words = (
        _unit(embedding, one, "RND", minimum) for one in (first, second, attributes)
    )
    distances = [np.linalg.norm(words - side.mean(axis=0), axis=1) for side in (near, far)]
    return _mean_estimate(distances[0] - distances[1], draws, rng)


def coherence_of_attributes(
    embedding: Embedding,
    first: WordSet,
    second: WordSet,
    attributes: WordSet,
    *,
    minimum: int = MINIMUM_WORDS,
) -> Estimate:
    """Do two groups stand to attributes in the same order? The embedding coherence test.

    Parameters
    ----------
    embedding : Embedding
        The vectors, taken at length 1.
    first, second : WordSet
        Words for two groups.
    attributes : WordSet
        Such as professions.
    minimum : int
        The fewest words that must be left of a list.

    Returns
    -------
    Estimate
        Spearman's correlation of the attributes' cosines to the two mean vectors; 1 where
        the groups stand alike. Undefined where a group is equally near to all attributes.

    Raises
    ------
    InputError
        When too few words of a list are left.

    References
    ----------
    [dev2019].
    """
    from scipy.stats import spearmanr

    near, far, words = (
        _unit(embedding, one, "ECT", minimum) for one in (first, second, attributes)
    )
    cosines = [words @ side.mean(axis=0) for side in (near, far)]
    if min(float(one.std()) for one in cosines) <= embedding.noise:
        return Estimate.undefined("a group is equally near to all attributes")
    found = float(spearmanr(*cosines).statistic)
    return Estimate(value=found, interval=fisher_interval(found, len(words)))


def relational_inner_product(
    embedding: Embedding,
    pairs: Sequence[tuple[str, str]],
    attributes: WordSet,
    *,
    minimum: int = MINIMUM_WORDS,
    draws: int = DRAWS,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """How far do attributes lie along the differences of given pairs? RIPA.

    Parameters
    ----------
    embedding : Embedding
        The vectors, taken at length 1.
    pairs : sequence of tuple of str and str
        Such as man and woman; positive is towards the first. A pair that is not complete
        is left out.
    attributes : WordSet
        Such as professions.
    minimum : int
        The fewest words that must be left of the attributes.
    draws : int
        Bootstrap samples of attributes for the interval; 0 for none.
    rng : numpy.random.Generator, optional
        For the bootstrap; seeded with 0 if left out.

    Returns
    -------
    Estimate
        The mean inner product over attributes and pairs, each pair's difference scaled to
        length 1. A pair whose words do not differ is left out; undefined where none does.

    Raises
    ------
    InputError
        When no pair is complete, or too few attributes are left.

    References
    ----------
    [ethayarajh2019].
    """
    import numpy as np

    words = _unit(embedding, attributes, "RIPA", minimum)
    complete = [found.used for found in map(embedding.find, pairs) if len(found.used) == 2]
    if not complete:
        raise InputError(f"RIPA: no pair of words is complete in {embedding.name}.")
    ends = [embedding.unit([pair[side] for pair in complete]) for side in (0, 1)]
    between = ends[0] - ends[1]
    lengths = np.linalg.norm(between, axis=1, keepdims=True)
    differ = lengths[:, 0] > embedding.noise
    if not differ.any():
        return Estimate.undefined("the two words of every pair have the same vector")
    between = between[differ] / lengths[differ]
    return _mean_estimate((words @ between.T).mean(axis=1), draws, rng)


def mean_average_cosine(
    embedding: Embedding,
    targets: Sequence[WordSet],
    attributes: Sequence[WordSet],
    *,
    minimum: int = MINIMUM_WORDS,
) -> Estimate:
    """How far are attributes from any number of groups on average? MAC.

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    targets : sequence of WordSet
        Words for each group.
    attributes : sequence of WordSet
        Lists of attributes.
    minimum : int
        The fewest words that must be left of a list.

    Returns
    -------
    Estimate
        The mean over target words and lists of attributes of the mean cosine distance; 1
        where nothing is associated.

    Raises
    ------
    InputError
        When too few words of a list are left.

    References
    ----------
    [manzini2019].
    """
    import numpy as np

    groups = np.vstack([_unit(embedding, one, "MAC", minimum) for one in targets])
    lists = [_unit(embedding, one, "MAC", minimum) for one in attributes]
    distances = [1 - (groups @ words.T).mean(axis=1) for words in lists]
    return Estimate(value=float(np.mean(distances)))


def _unit(
    embedding: Embedding, words: WordSet, where: str, minimum: int
) -> NDArray[np.float64]:
    """Read what an embedding has of a list, at length 1."""
    return embedding.unit(present(embedding, words, where, minimum).used)
