"""How well scores rank people, from counts by score: AUC, its error, and the ROC curve."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.value import value
from fairaudit.inference.differences import Limits, mover
from fairaudit.inference.special import normal_quantile
from fairaudit.tally.effective_sizes import size_of_mean

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


@value
class Ranking:
    """The area under a ROC curve and its variance.

    `positives` and `negatives` are people, or their effective number under survey weights.
    `within_bins` is how far the area can be from that of the scores before they were put
    into bins: half the share of pairs that are tied.
    """

    auc: float
    variance: float
    positives: float
    negatives: float
    within_bins: float


def ranking(
    positives: Array, negatives: Array, *, squares: Array | None = None
) -> Ranking | None:
    """How often does a positive person score above a negative one? Ties count half.

    Parameters
    ----------
    positives, negatives : array of shape (n_scores,)
        People, or sums of weights, by rising score.
    squares : array of shape (2 or more, n_scores), optional
        Sums of squared survey weights, of positives and of negatives.

    Returns
    -------
    Ranking or None
        `None` without positives or without negatives.

    Notes
    -----
    The variance is that of DeLong's structural components, which are the same for all
    people of one score, so that counts by score give it exactly, ties included.

    References
    ----------
    [delong1988].
    """
    import numpy as np

    total_p, total_n = float(positives.sum()), float(negatives.sum())
    if not total_p or not total_n:
        return None
    # Per score: the share of negatives below it, and of positives above it.
    below = (np.cumsum(negatives) - negatives / 2) / total_n
    above = (total_p - np.cumsum(positives) + positives / 2) / total_p
    area = float((positives * below).sum() / total_p)
    size_p, size_n = total_p, total_n
    if squares is not None:
        size_p = size_of_mean(below, positives, squares[0])
        size_n = size_of_mean(above, negatives, squares[1])
    variance = _variance(positives / total_p, below, area, size_p)
    variance += _variance(negatives / total_n, above, area, size_n)
    tied = float((positives * 1.0 * negatives).sum() / (total_p * total_n))
    return Ranking(
        auc=area,
        variance=variance,
        positives=size_p,
        negatives=size_n,
        within_bins=tied / 2,
    )


def auc_interval(found: Ranking, level: float = 0.95) -> Interval:
    """Between which limits does the area lie?

    Parameters
    ----------
    found : Ranking
        The area and its variance.
    level : float
        Confidence.

    Returns
    -------
    Interval
        DeLong's variance on the log-odds scale; Newcombe's score interval where the area is
        0 or 1 or has no variance, so that a few people ranked perfectly are not taken for
        certainty.

    References
    ----------
    [delong1988]; [newcombe2006], method 5, with the variance of [hanley1982].
    """
    z = normal_quantile((1 + level) / 2)
    area = found.auc
    if not 0 < area < 1 or found.variance <= 0:
        return _score_interval(found, z, level)
    odds = math.log(area / (1 - area))
    reach = z * math.sqrt(found.variance) / (area * (1 - area))
    return Interval(
        low=_share(odds - reach), high=_share(odds + reach), level=level, method="delong"
    )


def auc_estimate(found: Ranking | None, because: str) -> Estimate:
    """Estimate an area with its 95 % interval, or say why there is none."""
    if found is None:
        return Estimate.undefined(because)
    return Estimate(value=found.auc, interval=auc_interval(found))


def auc_difference(first: Ranking, second: Ranking, level: float = 0.95) -> Estimate:
    """How far apart are the areas of two groups? MOVER on the limits of each.

    Parameters
    ----------
    first, second : Ranking
        Of people who are not the same.
    level : float
        Confidence.

    Returns
    -------
    Estimate
        First minus second.

    References
    ----------
    [zou2008].
    """
    limits: Limits = mover(
        first.auc, auc_interval(first, level), second.auc, auc_interval(second, level)
    )
    interval = Interval(
        low=limits.lower, high=limits.upper, level=level, method="mover-delong"
    )
    return Estimate(value=first.auc - second.auc, interval=interval)


def roc(positives: Array, negatives: Array) -> tuple[Array, Array]:
    """Which false and true positive rates does each threshold give?

    Parameters
    ----------
    positives, negatives : array of shape (n_scores,)
        People by rising score; at least one of each.

    Returns
    -------
    tuple of array of shape (n_scores + 1,)
        False and true positive rates: of selecting nobody first, then of each threshold
        from the highest score down, everybody last.
    """
    import numpy as np

    def falling(people: Array) -> Array:
        return np.concatenate([[0.0], np.cumsum(people[::-1]) / people.sum()])

    return falling(negatives), falling(positives)


def _variance(shares: Array, components: Array, area: float, size: float) -> float:
    """Give what one class adds to the variance of the area."""
    if size <= 1:
        return 0.0
    spread = float((shares * (components - area) ** 2).sum())
    return spread * size / (size - 1) / size


def _score_interval(found: Ranking, z: float, level: float) -> Interval:
    """Give every area that a test with its own variance would not reject."""
    m, n = found.positives, found.negatives

    def beyond(area: float) -> float:
        more = (m + n) / 2 - 1
        inner = 1 + more * ((1 - area) / (2 - area) + area / (1 + area))
        variance = max(0.0, area * (1 - area) * inner / (m * n))
        return abs(found.auc - area) - z * math.sqrt(variance)

    return Interval(
        low=_root(beyond, 0.0, found.auc),
        high=_root(beyond, 1.0, found.auc),
        level=level,
        method="newcombe-mann-whitney",
    )


def _root(beyond: Any, outer: float, inner: float) -> float:  # noqa: ANN401
    """Bisect between the bound, which is rejected, and what was seen."""
    if outer == inner:
        return outer
    while abs(outer - inner) > 1e-10:
        middle = (outer + inner) / 2
        if beyond(middle) > 0:
            outer = middle
        else:
            inner = middle
    return (outer + inner) / 2


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds > -700 else 0.0
