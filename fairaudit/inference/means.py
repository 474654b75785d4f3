"""Limits of the difference of two means: Welch's, whose groups may vary differently."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fairaudit.core.value import value
from fairaudit.inference.differences import Limits
from fairaudit.inference.special import beta_quantile, normal_quantile

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_NORMAL = 1e6
"""Degrees of freedom from which Student's quantiles are the normal ones."""


@value
class Mean:
    """A mean, the variance of one person's value, and how many people it is of."""

    mean: float
    variance: float
    size: float


def mean_of(scores: Array, people: Array, *, size: float | None = None) -> Mean | None:
    """What is the mean of scores that are counted, and how much do they vary?

    Parameters
    ----------
    scores : array of shape (n_scores,)
        Distinct scores.
    people : array of shape (n_scores,)
        How many have each, or their weights.
    size : float, optional
        What all of them are worth under survey weights.

    Returns
    -------
    Mean or None
        `None` of nobody. The variance of one person is 0.
    """
    total = float(people.sum())
    if not total:
        return None
    worth = total if size is None else size
    mean = float((scores * people).sum()) / total
    spread = float(((scores - mean) ** 2 * people).sum()) / total
    variance = spread * worth / (worth - 1) if worth > 1 else 0.0
    return Mean(mean=mean, variance=variance, size=worth)


def welch_limits(first: Mean, second: Mean, alpha: float) -> Limits:
    """Between which limits does the difference of two means lie?

    Parameters
    ----------
    first, second : Mean
        Each of at least two people, and not all alike in both.
    alpha : float
        Two-sided error rate.

    Returns
    -------
    Limits
        Of first minus second, by Student's quantile at Welch's degrees of freedom.

    References
    ----------
    [welch1947].

    Examples
    --------
    >>> one, other = (Mean(mean=m, variance=4, size=25) for m in (3, 2))
    >>> round(welch_limits(one, other, 0.05).lower, 4)
    -0.1374
    """
    one, other = first.variance / first.size, second.variance / second.size
    freedom = (one + other) ** 2 / (
        one**2 / (first.size - 1) + other**2 / (second.size - 1)
    )
    reach = student_quantile(1 - alpha / 2, freedom) * math.sqrt(one + other)
    apart = first.mean - second.mean
    return Limits(lower=apart - reach, upper=apart + reach)


def student_quantile(p: float, freedom: float) -> float:
    """Below which point does Student's t lie with probability `p`, above one half?

    Parameters
    ----------
    p : float
        Between one half and 1, exclusive.
    freedom : float
        Degrees of freedom, whole or not.

    Returns
    -------
    float
        The quantile.

    Notes
    -----
    ν / (ν + t²) has the distribution Beta(ν/2, 1/2) where t has ν degrees of freedom.

    Examples
    --------
    >>> round(student_quantile(0.975, 10), 4)
    2.2281
    """
    if freedom > _NORMAL:
        return normal_quantile(p)
    share = beta_quantile(2 * (1 - p), freedom / 2, 0.5)
    return math.sqrt(freedom * (1 / share - 1))
