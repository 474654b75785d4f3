"""A direction of meaning, such as from "he" to "she", and how far words lie along it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, shown
from fairaudit.core.estimate import Estimate
from fairaudit.core.value import replace
from fairaudit.embeddings.association import DRAWS
from fairaudit.embeddings.word_sets import (
    MINIMUM_WORDS,
    WordSet,
    check_draws,
    check_listed,
    gender_lists,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.embeddings.embedding import Embedding

_FEWEST_PAIRS = 3
_NOISE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Direction:
    """The main directions in which the members of definitional sets differ.

    Attributes
    ----------
    basis : ndarray of shape (n_directions, n_dimensions)
        Orthonormal, the main one first. One direction made of pairs points from the second
        words to the first.
    explained : tuple of float
        The share of the variance within sets that each principal component has.
    used, lost : tuple of tuple of str
        The sets, as spelled in the embedding.
    """

    basis: NDArray[np.float64]
    explained: tuple[float, ...]
    used: tuple[tuple[str, ...], ...]
    lost: tuple[tuple[str, ...], ...]

    @property
    def vector(self) -> NDArray[np.float64]:
        """Give the main direction, of length 1."""
        main: NDArray[np.float64] = self.basis[0]
        return main


def gender_direction(embedding: Embedding) -> Direction:
    """In which direction do women's words differ from men's? Positive is female.

    Parameters
    ----------
    embedding : Embedding
        The vectors.

    Returns
    -------
    Direction
        The first principal component of ten pairs such as woman and man, each less its
        middle.

    Raises
    ------
    InputError
        When fewer than three pairs are left.

    References
    ----------
    [bolukbasi2016].
    """
    return direction_of(embedding, gender_lists().definitional_pairs)


def direction_of(
    embedding: Embedding, sets: Sequence[Sequence[str]], *, rank: int = 1
) -> Direction:
    """In which directions do the members of some sets of words differ?

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    sets : sequence of sequence of str
        Pairs, or larger sets such as black, caucasian and asian; one that is not complete
        in the embedding is left out and named.
    rank : int
        How many directions; for sets of k words k − 1 are usual.

    Returns
    -------
    Direction
        Principal components of the sets, each less its mean.

    Raises
    ------
    InputError
        When fewer than three sets are left, or they do not differ in `rank` directions.

    References
    ----------
    [bolukbasi2016] for pairs, [manzini2019] for larger sets.
    """
    import numpy as np

    complete: list[tuple[str, ...]] = []
    lost: list[tuple[str, ...]] = []
    for words in sets:
        check_listed(words, "direction")
        found = embedding.find(words)
        (lost if found.lost else complete).append((*found.used, *found.lost))
    if len(complete) < _FEWEST_PAIRS:
        raise InputError(
            f"direction: {len(complete)} of {len(sets)} definitional sets are complete in "
            f"{embedding.name}, and at least {_FEWEST_PAIRS} are needed; incomplete: "
            f"{shown(['–'.join(words) for words in lost])}."
        )
    centred = np.vstack([_centred(embedding.unit(words)) for words in complete])
    _, lengths, components = np.linalg.svd(centred, full_matrices=False)
    if not 1 <= rank <= len(components) or lengths[rank - 1] <= _NOISE:
        raise InputError(
            f"direction: the definitional sets do not differ in {rank} "
            f"direction{'s' * (rank != 1)} in {embedding.name}; nothing is left to measure."
        )
    basis = components[:rank].copy()
    if rank == 1 and _towards_second(embedding, complete, basis[0]):
        basis = -basis
    return Direction(
        basis=basis,
        explained=tuple((lengths**2 / (lengths**2).sum()).tolist()),
        used=tuple(complete),
        lost=tuple(lost),
    )


def projections(
    embedding: Embedding, direction: Direction, words: Sequence[str]
) -> dict[str, float]:
    """How far does each word lie along a direction? Cosines, from −1 to 1.

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    direction : Direction
        Its main direction is taken.
    words : sequence of str
        Those without a vector are left out.

    Returns
    -------
    dict of str to float
        By word, as spelled in the embedding.
    """
    check_listed(words, "projections")
    used = embedding.find(words).used
    if not used:
        return {}
    along = embedding.unit(used) @ _vector_for(embedding, direction)
    return dict(zip(used, along.tolist(), strict=True))


def direct_bias(
    embedding: Embedding,
    direction: Direction,
    words: WordSet | None = None,
    *,
    strictness: float = 1.0,
    minimum: int = MINIMUM_WORDS,
    draws: int = DRAWS,
    rng: np.random.Generator | None = None,
) -> Estimate:
    """How much do words that should be neutral lean along a direction?

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    direction : Direction
        Such as that of gender.
    words : WordSet, optional
        The neutral words; professions that are not about gender if left out.
    strictness : float
        The power that the absolute cosine is raised to, above 0.
    minimum : int
        The fewest words that must be left.
    draws : int
        Bootstrap samples of words for the interval; 0 for none.
    rng : numpy.random.Generator, optional
        For the bootstrap; seeded with 0 if left out.

    Returns
    -------
    Estimate
        The mean over words, 0 when none leans.

    Raises
    ------
    InputError
        When too few words are left, or the strictness is not above 0.

    References
    ----------
    [bolukbasi2016].
    """
    import numpy as np

    if not strictness > 0:
        raise InputError(f"direct_bias: strictness must be above 0; got {strictness}.")
    if words is None:
        neutral = gender_lists().neutral_professions
        words = WordSet(name="neutral professions", words=neutral)
    used = present(embedding, words, "direct bias", minimum).used
    along = embedding.unit(used) @ _vector_for(embedding, direction)
    leaning = np.abs(along) ** strictness
    return _mean_estimate(leaning, draws, rng)


def indirect_bias(
    embedding: Embedding, direction: Direction, word: str, other: str
) -> Estimate:
    """Which share of two words' likeness is owed to a direction they both lie along?

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    direction : Direction
        Such as that of gender.
    word, other : str
        Such as "softball" and "receptionist".

    Returns
    -------
    Estimate
        The share of their cosine that goes when both lose the direction; undefined where
        they have no likeness, or nothing else.

    Raises
    ------
    InputError
        When a word has no vector.

    References
    ----------
    [bolukbasi2016].
    """
    import numpy as np

    spelled = [(embedding.find([one]).used or (one,))[0] for one in (word, other)]
    pair = embedding.unit(spelled)
    likeness = float(pair[0] @ pair[1])
    vector = _vector_for(embedding, direction)
    rest = pair - np.outer(pair @ vector, vector)
    lengths = np.linalg.norm(rest, axis=1)
    noise = embedding.noise
    if abs(likeness) <= noise:
        return Estimate.undefined(f"{spelled[0]} and {spelled[1]} have nothing in common")
    if lengths.min() <= noise:
        return Estimate.undefined("one of the words is the direction itself")
    left = float(rest[0] @ rest[1] / lengths.prod())
    return Estimate(value=(likeness - left) / likeness)


def _vector_for(embedding: Embedding, direction: Direction) -> NDArray[np.float64]:
    """Give the main direction, unless it is that of other vectors."""
    if len(direction.vector) != embedding.dimensions:
        raise InputError(
            f"direction: it has {len(direction.vector)} dimensions and {embedding.name} "
            f"has {embedding.dimensions}. Take the direction of the same vectors."
        )
    return direction.vector


def _centred(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take their mean from some rows."""
    centred: NDArray[np.float64] = rows - rows.mean(axis=0)
    return centred


def _towards_second(
    embedding: Embedding, sets: Sequence[Sequence[str]], vector: NDArray[np.float64]
) -> bool:
    """Tell whether a direction points from the first words of sets to their last."""
    first = embedding.unit([words[0] for words in sets])
    last = embedding.unit([words[-1] for words in sets])
    return bool(((first - last) @ vector).sum() < 0)


def _mean_estimate(
    values: NDArray[np.float64], draws: int, rng: np.random.Generator | None
) -> Estimate:
    """Give a mean over words, with its bootstrap interval."""
    import numpy as np

    from fairaudit.inference.multinomial import percentile_interval, resample_cells

    check_draws(draws, "bootstrap")
    interval = None
    if draws:
        source = np.random.default_rng(0) if rng is None else rng
        drawn = resample_cells([1] * len(values), draws, source)
        interval = replace(
            percentile_interval(drawn @ values / len(values)),
            method="bootstrap over words, percentile",
        )
    return Estimate(value=float(values.mean()), interval=interval)
