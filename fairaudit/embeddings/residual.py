"""What debiasing leaves behind: can gender still be told from the words around a word?

Removing a direction is not removing the bias. The most gendered words of the *original*
vectors are taken, and four questions asked of any vectors of the same words: do the two
sides form two clusters, can a classifier tell them apart, and do professions still have the
neighbours of the side they leant to?
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.estimate import Estimate
from fairaudit.core.value import value
from fairaudit.embeddings.occupations import fisher_interval
from fairaudit.embeddings.word_sets import gender_lists
from fairaudit.inference.proportions import rate_estimate

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.embeddings.embedding import Embedding

PER_SIDE = 500
"""Words of either side that are clustered, as published."""

_TRAINED_PER_SIDE = 500
_NEIGHBOURS = 100
_FEWEST_PER_SIDE = 20
_LARGEST_CLASSIFIED = 2_500


@value
class ResidualTests:
    """How well gender can still be told; about one half (and 0) where it cannot.

    `clustering` is the share of words that two clusters put on the right side;
    `classifier` the accuracy on words it has not seen; `neighbours` the correlation of
    professions' first leaning with the share of male words among their neighbours.
    Of either side `per_side` words were clustered, `trained` the classifier's examples,
    and `tested` what it was asked.
    """

    clustering: Estimate
    classifier: Estimate
    neighbours: Estimate
    per_side: int
    trained: int
    tested: int


@value
class Residual:
    """The same tests before and after: never one without the other."""

    before: ResidualTests
    after: ResidualTests


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GenderedWords:
    """Plain words in the order of their leaning, the most male first, and professions'.

    Attributes
    ----------
    words : tuple of str
        Lower-case words of letters outside the lists about gender that lean by more than
        rounding.
    plain : int
        How many such words there are, leaning or not.
    professions : dict of str to float
        He less she of neutral professions, 0 where that is rounding.
    """

    words: tuple[str, ...]
    plain: int
    professions: dict[str, float]

    @property
    def too_few_lean(self) -> str | None:
        """Say why there are no sides to be told apart, where there are none."""
        if len(self.words) >= 2 * _FEWEST_PER_SIDE:
            return None
        return (
            f"{len(self.words):,} of {self.plain:,} plain words lean to he or she by more "
            f"than rounding, and at least {2 * _FEWEST_PER_SIDE} are needed"
        )

    def sides(self, per_side: int) -> tuple[list[str], list[str]]:
        """Give the most male and the most female words; refuse sides that are rounding."""
        if self.too_few_lean:
            raise InputError(f"gendered words: {self.too_few_lean}.")
        return list(self.words[:per_side]), list(self.words[-per_side:])[::-1]


def gendered_words(embedding: Embedding) -> GenderedWords:
    """Which plain words lean most to "he", and which to "she"?

    Parameters
    ----------
    embedding : Embedding
        The vectors before debiasing.

    Returns
    -------
    GenderedWords
        Ordered by the cosine to "he" less that to "she".

    Raises
    ------
    InputError
        When "he" or "she" has no vector, or too few words are left.
    """
    import numpy as np

    lists = gender_lists()
    about = lists.spelled_in(embedding)
    ends = embedding.unit(["he", "she"])
    wanted = ends[0] - ends[1]
    leaning = np.empty(len(embedding))
    for start, rows in embedding.blocks():
        lengths = np.maximum(np.linalg.norm(rows, axis=1), 1e-300)
        leaning[start : start + len(rows)] = rows @ wanted / lengths
    leaning[np.abs(leaning) <= embedding.noise] = 0
    plain = [
        place
        for place, word in enumerate(embedding.words)
        if word.isascii() and word.isalpha() and word.islower() and word not in about
    ]
    if len(plain) < 2 * _FEWEST_PER_SIDE:
        raise InputError(
            f"residual: {embedding.name} has {len(plain)} plain words that are not about "
            f"gender, and at least {2 * _FEWEST_PER_SIDE} are needed."
        )
    leant = sorted(
        (place for place in plain if leaning[place]), key=lambda place: -leaning[place]
    )
    professions = embedding.find(lists.neutral_professions).used
    return GenderedWords(
        words=tuple(embedding.words[place] for place in leant),
        plain=len(plain),
        professions={word: float(leaning[embedding.index[word]]) for word in professions},
    )


def residual_bias(
    before: Embedding, after: Embedding, *, per_side: int = PER_SIDE, seed: int = 1
) -> Residual:
    """How well can gender be told from the vectors, before and after debiasing?

    Parameters
    ----------
    before, after : Embedding
        The same words.
    per_side : int
        The most male and most female words that are looked at; fewer where there are not
        so many.
    seed : int
        For clustering and the choice of training words.

    Returns
    -------
    Residual
        Both side by side.

    Raises
    ------
    InputError
        When the words differ, or are too few.

    References
    ----------
    [gonen2019].
    """
    if before.words is not after.words and list(before.words) != list(after.words):
        raise InputError(
            f"residual: {before.name} and {after.name} have different words. Compare the "
            f"same vectors before and after."
        )
    gendered = gendered_words(before)
    per_side = min(per_side, len(gendered.words) // 2)
    return Residual(
        before=residual_tests(before, gendered, per_side=per_side, seed=seed),
        after=residual_tests(after, gendered, per_side=per_side, seed=seed),
    )


def residual_tests(
    embedding: Embedding, gendered: GenderedWords, *, per_side: int, seed: int = 1
) -> ResidualTests:
    """Ask the four questions of one embedding.

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    gendered : GenderedWords
        From the vectors before debiasing.
    per_side : int
        Words of either side.
    seed : int
        For clustering and the choice of training words.

    Returns
    -------
    ResidualTests
        With the number of words per side; all undefined where too few words lean by more
        than rounding.
    """
    if gendered.too_few_lean:
        nothing = Estimate.undefined(gendered.too_few_lean)
        return ResidualTests(
            clustering=nothing,
            classifier=nothing,
            neighbours=nothing,
            per_side=0,
            trained=0,
            tested=0,
        )
    male, female = (embedding.unit(side) for side in gendered.sides(per_side))
    trained, tested = _divided(gendered, _LARGEST_CLASSIFIED)
    return ResidualTests(
        clustering=cluster_accuracy(male, female, seed=seed),
        classifier=classifier_accuracy(embedding, gendered, seed=seed),
        neighbours=neighbour_correlation(embedding, gendered, per_side=per_side),
        per_side=per_side,
        trained=trained,
        tested=tested,
    )


def cluster_accuracy(
    male: NDArray[np.float64], female: NDArray[np.float64], *, seed: int = 1
) -> Estimate:
    """Do two clusters divide words as gender does? The better of the two namings.

    Parameters
    ----------
    male, female : ndarray of shape (n_words, n_dimensions)
        Rows of either side.
    seed : int
        For the ten starts of k-means.

    Returns
    -------
    Estimate
        The share of words in the cluster of their side, with Wilson's interval.
    """
    import numpy as np
    from sklearn.cluster import KMeans

    X = np.vstack([male, female])
    truth = np.repeat([0, 1], [len(male), len(female)])
    found = KMeans(2, random_state=seed, n_init=10).fit_predict(X)
    right = int((found == truth).sum())
    return rate_estimate(max(right, len(X) - right), len(X))


def classifier_accuracy(
    embedding: Embedding,
    gendered: GenderedWords,
    *,
    most: int = _LARGEST_CLASSIFIED,
    seed: int = 1,
) -> Estimate:
    """Can a classifier trained on some words tell the gender others leant to?

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    gendered : GenderedWords
        From the vectors before debiasing.
    most : int
        Words of either side; 500 of each (at most half) are trained on.
    seed : int
        For the choice of training words.

    Returns
    -------
    Estimate
        Accuracy of a support-vector machine with radial kernel on the other words.
    """
    import numpy as np
    from sklearn.svm import SVC

    trained, tested = _divided(gendered, most)
    n = trained + tested
    order = np.random.default_rng(seed).permutation(n)
    sides = [embedding.unit(side)[order] for side in gendered.sides(n)]
    learnt = SVC().fit(
        np.vstack([side[:trained] for side in sides]), np.repeat([0, 1], trained)
    )
    right = learnt.predict(np.vstack([side[trained:] for side in sides])) == np.repeat(
        [0, 1], tested
    )
    return rate_estimate(int(right.sum()), len(right))


def _divided(gendered: GenderedWords, most: int) -> tuple[int, int]:
    """Say how many words of either side a classifier learns from, and is asked."""
    n = min(most, len(gendered.words) // 2)
    trained = min(_TRAINED_PER_SIDE, n // 2)
    return trained, n - trained


def neighbour_correlation(
    embedding: Embedding, gendered: GenderedWords, *, per_side: int
) -> Estimate:
    """Do professions still keep the company of the side they leant to?

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    gendered : GenderedWords
        From the vectors before debiasing.
    per_side : int
        Words of either side that may be neighbours.

    Returns
    -------
    Estimate
        Pearson's correlation of the first leaning with the share of male words among the
        100 nearest, at most as many as a side has; a profession is no neighbour of its own.
        Undefined where professions do not lean, or all have the same neighbours.
    """
    import numpy as np
    from scipy.stats import pearsonr

    words = list(gendered.professions)
    if len(words) < 4:
        return Estimate.undefined("fewer than 4 professions have vectors")
    male, female = gendered.sides(per_side)
    around = [*male, *female]
    cosines = embedding.unit(words) @ embedding.unit(around).T
    place = {word: number for number, word in enumerate(around)}
    for row, word in enumerate(words):
        if word in place:
            cosines[row, place[word]] = -np.inf
    k = min(_NEIGHBOURS, per_side)
    nearest = np.argpartition(-cosines, k, axis=1)[:, :k]
    shares = (nearest < len(male)).mean(axis=1)
    leaning = list(gendered.professions.values())
    if not np.std(leaning):
        return Estimate.undefined("professions lean by no more than rounding")
    if not shares.std():
        return Estimate.undefined("all professions have the same neighbours")
    found = float(pearsonr(leaning, shares).statistic)
    return Estimate(value=found, interval=fisher_interval(found, len(words)))
