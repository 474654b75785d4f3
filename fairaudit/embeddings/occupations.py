"""Occupations along the direction of gender, beside who works in them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, shown
from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.value import value
from fairaudit.embeddings.direction import projections
from fairaudit.embeddings.word_sets import female_shares

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairaudit.embeddings.direction import Direction
    from fairaudit.embeddings.embedding import Embedding

_FEWEST = 5


@value
class OccupationAssociation:
    """Where occupations lie along a direction, and how that goes with real shares.

    `pearson` has Fisher's interval; `pearson_p` is two-sided. All three are without a
    value where the projections are rounding noise.
    """

    projections: dict[str, float]
    shares: dict[str, float]
    pearson: Estimate
    pearson_p: float | None
    spearman: Estimate
    lost: tuple[str, ...]


def occupation_association(
    embedding: Embedding, direction: Direction, shares: Mapping[str, float] | None = None
) -> OccupationAssociation:
    """Do occupations lie where the shares of women in them would put them?

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    direction : Direction
        That of gender, positive towards women.
    shares : mapping of str to float, optional
        The share of women by occupation; those of the US in 2017 if left out.

    Returns
    -------
    OccupationAssociation
        Cosines with the direction, and their correlation with the shares.

    Raises
    ------
    InputError
        When fewer than five occupations are left.

    References
    ----------
    [zhao2018] for the shares, [garg2018] for the comparison.
    """
    wanted = female_shares() if shares is None else shares
    found = embedding.find(wanted)
    if len(found.used) < _FEWEST:
        raise InputError(
            f"occupations: {len(found.used)} of {len(wanted)} occupations remain, and at "
            f"least {_FEWEST} are needed; not in {embedding.name}: {shown(found.lost)}."
        )
    spelled = {next(iter(embedding.find([one]).used), one): wanted[one] for one in wanted}
    known = {word: spelled[word] for word in found.used}
    along = projections(embedding, direction, found.used)
    pearson, p_value, spearman = _correlations(
        [along[word] for word in known], list(known.values()), embedding.noise
    )
    return OccupationAssociation(
        projections=along,
        shares=known,
        pearson=pearson,
        pearson_p=p_value,
        spearman=spearman,
        lost=found.lost,
    )


def _correlations(
    along: list[float], shares: list[float], noise: float
) -> tuple[Estimate, float | None, Estimate]:
    """Correlate, unless there is nothing but noise to correlate."""
    import numpy as np
    from scipy.stats import pearsonr, spearmanr

    reason = None
    if np.std(along) <= noise:
        reason = "the projections are rounding noise: nothing is left along the direction"
    elif not np.std(shares):
        reason = "all shares are equal"
    if reason:
        return Estimate.undefined(reason), None, Estimate.undefined(reason)
    pearson = pearsonr(along, shares)
    return (
        Estimate(
            value=float(pearson.statistic),
            interval=fisher_interval(float(pearson.statistic), len(along)),
        ),
        float(pearson.pvalue),
        Estimate(value=float(spearmanr(along, shares).statistic)),
    )


def fisher_interval(correlation: float, n: int, level: float = 0.95) -> Interval | None:
    """How sure is a correlation of `n` pairs? By Fisher's transformation.

    Parameters
    ----------
    correlation : float
        Pearson's, between −1 and 1.
    n : int
        Pairs.
    level : float
        Confidence.

    Returns
    -------
    Interval or None
        `None` below four pairs, or where the correlation is perfect.

    References
    ----------
    [fisher1915].

    Examples
    --------
    >>> found = fisher_interval(0.5, 28)
    >>> round(found.low, 3), round(found.high, 3)
    (0.156, 0.736)
    """
    from statistics import NormalDist

    if n < 4 or abs(correlation) >= 1:
        return None
    reach = NormalDist().inv_cdf((1 + level) / 2) / math.sqrt(n - 3)
    middle = math.atanh(correlation)
    return Interval(
        low=math.tanh(middle - reach),
        high=math.tanh(middle + reach),
        level=level,
        method="fisher",
    )
