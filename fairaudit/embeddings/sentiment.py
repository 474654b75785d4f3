"""Words for groups under a classifier of sentiment: how unevenly is the negative shared?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, shown
from fairaudit.core.estimate import Estimate
from fairaudit.core.value import value
from fairaudit.embeddings.word_sets import (
    MINIMUM_WORDS,
    WordSet,
    association_tests,
    check_apart,
    check_listed,
    present,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.embeddings.embedding import Embedding


@value
class NegativeSentiment:
    """Shares of the negative sentiment that falls on each of several words.

    `divergence` is the Kullback–Leibler divergence of the shares from equal ones, in nats;
    0 where no word is more negative than another.
    """

    divergence: Estimate
    shares: dict[str, float]
    lost: tuple[str, ...]


def relative_negative_sentiment(
    embedding: Embedding,
    groups: Sequence[str],
    *,
    positive: WordSet | None = None,
    negative: WordSet | None = None,
    minimum: int = MINIMUM_WORDS,
) -> NegativeSentiment:
    """Does a classifier of sentiment find some groups' names more negative? RNSB.

    Parameters
    ----------
    embedding : Embedding
        The vectors, taken at length 1.
    groups : sequence of str
        A word per group, such as jew, christian and muslim.
    positive, negative : WordSet, optional
        What the classifier learns from; the pleasant and unpleasant words of "weat-1" if
        left out.
    minimum : int
        The fewest words that must be left of either list.

    Returns
    -------
    NegativeSentiment
        By word, and how uneven.

    Raises
    ------
    InputError
        When fewer than two groups or too few words are left, or the lists share words.

    References
    ----------
    [sweeney2019]; the classifier is a logistic regression.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    check_listed(groups, "RNSB")
    known = association_tests()["weat-1"]
    lists = (positive or known.first_attribute, negative or known.second_attribute)
    found = [present(embedding, one, "RNSB", minimum) for one in lists]
    check_apart(found[0], found[1], (lists[0].name, lists[1].name), "RNSB")
    names = embedding.find(groups)
    if len(names.used) < 2:
        raise InputError(
            f"RNSB: {len(names.used)} of {len(groups)} groups remain, and at least 2 are "
            f"needed; not in {embedding.name}: {shown(names.lost)}."
        )
    X = np.vstack([embedding.unit(one.used) for one in found])
    y = np.repeat([0, 1], [len(one.used) for one in found])
    learnt = LogisticRegression(max_iter=1_000).fit(X, y)
    chances = learnt.predict_proba(embedding.unit(names.used))[:, 1]
    shares = chances / chances.sum()
    return NegativeSentiment(
        divergence=Estimate(value=float((shares * np.log(shares * len(shares))).sum())),
        shares=dict(zip(names.used, shares.tolist(), strict=True)),
        lost=names.lost,
    )
