"""The difference of two shares among people alike: common to all strata, or varying."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.inference.differences import Limits, mover
from fairaudit.inference.proportions import clopper_pearson, wilson
from fairaudit.inference.special import chi2_sf

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Stratum = tuple[float, float, float, float]
"""Successes and trials of the first group, then of the second; trials above 0."""


def mantel_haenszel(first: float, second: float) -> float:
    """What does a stratum weigh in a common difference, of so many people in two groups?

    References
    ----------
    [greenland1985].
    """
    return first * second / (first + second)


def common_difference(
    strata: Sequence[Stratum],
    level: float = 0.95,
    *,
    weights: Sequence[float] | None = None,
) -> Estimate:
    """How far apart are two groups among people alike? The Mantel-Haenszel difference.

    Parameters
    ----------
    strata : sequence of tuple of float
        Strata that have both groups; at least one.
    level : float
        Confidence of the printed interval.
    weights : sequence of float, optional
        What each stratum weighs; `mantel_haenszel` of its trials by default. Effective
        numbers of trials depend on who succeeded, so that they must not weigh.

    Returns
    -------
    Estimate
        First minus second, with MOVER over Wilson limits of every stratum: unlike the usual
        variance it does not take rates of 0 and 1 for certain.

    References
    ----------
    [mantel1959]; [greenland1985] for the difference; [zou2008] for the interval.

    Examples
    --------
    >>> round(common_difference([(30, 100, 20, 100), (3, 10, 2, 10)]).value, 4)
    0.1
    """
    parts = _parts(strata, weights)
    found = _weighted(strata, parts, lambda x, n: wilson(x, n, level))
    middle = sum(weight * apart for weight, apart in parts)
    interval = Interval(
        low=found.lower, high=found.upper, level=level, method="mover-wilson, stratified"
    )
    return Estimate(value=middle, interval=interval)


def common_difference_limits(
    strata: Sequence[Stratum], alpha: float, *, weights: Sequence[float] | None = None
) -> Limits:
    """Between which limits does the common difference lie, for a verdict?

    Parameters
    ----------
    strata : sequence of tuple of float
        Strata that have both groups; at least one.
    alpha : float
        Two-sided error rate.
    weights : sequence of float, optional
        What each stratum weighs, as in `common_difference`.

    Returns
    -------
    Limits
        MOVER for a weighted sum, over exact limits of every stratum.

    References
    ----------
    [zou2008], for linear functions; Mantel-Haenszel weights.
    """
    return _weighted(
        strata, _parts(strata, weights), lambda x, n: clopper_pearson(x, n, alpha)
    )


def heterogeneity_p(strata: Sequence[Stratum]) -> float | None:
    """Do the differences vary over strata by more than chance?

    Parameters
    ----------
    strata : sequence of tuple of float
        Strata that have both groups.

    Returns
    -------
    float or None
        The p-value of Cochran's Q; `None` for fewer than two strata. Rates in the variances
        are drawn towards one half by one success and one failure, so that a rate of 0 or 1
        is not taken for certain.

    References
    ----------
    [cochran1954].
    """
    if len(strata) < 2:
        return None
    precision = [1 / _variance(stratum) for stratum in strata]
    apart = [_difference(stratum) for stratum in strata]
    mean = sum(w * d for w, d in zip(precision, apart, strict=True)) / sum(precision)
    q = sum(w * (d - mean) ** 2 for w, d in zip(precision, apart, strict=True))
    return chi2_sf(q, len(strata) - 1)


def _weighted(
    strata: Sequence[Stratum],
    parts: Sequence[tuple[float, float]],
    limits_of: Callable[[float, float], Interval],
) -> Limits:
    """Combine the limits of all strata's rates into limits of the weighted difference."""
    middle = below = above = 0.0
    for (x1, n1, x2, n2), (weight, apart) in zip(strata, parts, strict=True):
        limits = mover(x1 / n1, limits_of(x1, n1), x2 / n2, limits_of(x2, n2))
        middle += weight * apart
        below += (weight * (apart - limits.lower)) ** 2
        above += (weight * (limits.upper - apart)) ** 2
    return Limits(lower=middle - math.sqrt(below), upper=middle + math.sqrt(above))


def _parts(
    strata: Sequence[Stratum], weights: Sequence[float] | None
) -> list[tuple[float, float]]:
    """Give each stratum's share of the weight, and its difference."""
    if weights is None:
        weights = [mantel_haenszel(n1, n2) for _, n1, _, n2 in strata]
    total = sum(weights)
    return [
        (weight / total, _difference(stratum))
        for weight, stratum in zip(weights, strata, strict=True)
    ]


def _difference(stratum: Stratum) -> float:
    """Subtract the second share from the first."""
    x1, n1, x2, n2 = stratum
    return x1 / n1 - x2 / n2


def _variance(stratum: Stratum) -> float:
    """Give the variance of a stratum's difference, its rates drawn towards one half."""
    x1, n1, x2, n2 = stratum
    first, second = (x1 + 1) / (n1 + 2), (x2 + 1) / (n2 + 2)
    return first * (1 - first) / n1 + second * (1 - second) / n2
