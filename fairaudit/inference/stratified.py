"""The difference of two shares among people alike: common to all strata, or varying."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.inference.differences import Limits, verdict_limits
from fairaudit.inference.special import chi2_sf, normal_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

Stratum = tuple[float, float, float, float]
"""Successes and trials of the first group, then of the second; trials above 0."""


def common_difference(strata: Sequence[Stratum], level: float = 0.95) -> Estimate:
    """How far apart are two groups among people alike? The Mantel-Haenszel difference.

    Parameters
    ----------
    strata : sequence of tuple of float
        Strata that have both groups; at least one.
    level : float
        Confidence of the printed interval.

    Returns
    -------
    Estimate
        First minus second, with the interval of Sato's variance, which holds for few large
        strata and for many sparse ones.

    References
    ----------
    [mantel1959]; [greenland1985]; [sato1989], equation 2.

    Examples
    --------
    >>> round(common_difference([(30, 100, 20, 100), (3, 10, 2, 10)]).value, 4)
    0.1
    """
    total = sum(_weight(stratum) for stratum in strata)
    found = sum(_weight(one) * _difference(one) for one in strata) / total
    p_part = q_part = 0.0
    for x1, n1, x2, n2 in strata:
        n = n1 + n2
        p_part += (n1**2 * x2 - n2**2 * x1 + n1 * n2 * (n2 - n1) / 2) / n**2
        q_part += (x1 * (n2 - x2) + x2 * (n1 - x1)) / (2 * n)
    reach = normal_quantile((1 + level) / 2) * math.sqrt(
        max(0.0, found * p_part + q_part) / total**2
    )
    interval = Interval(
        low=max(-1.0, found - reach),
        high=min(1.0, found + reach),
        level=level,
        method="sato",
    )
    return Estimate(value=found, interval=interval)


def common_difference_limits(strata: Sequence[Stratum], alpha: float) -> Limits:
    """Between which limits does the common difference lie, for a verdict?

    Parameters
    ----------
    strata : sequence of tuple of float
        Strata that have both groups; at least one.
    alpha : float
        Two-sided error rate.

    Returns
    -------
    Limits
        MOVER for a weighted sum, over exact limits of every stratum.

    References
    ----------
    [zou2008], for linear functions; Mantel-Haenszel weights.
    """
    total = sum(_weight(stratum) for stratum in strata)
    middle = below = above = 0.0
    for stratum in strata:
        weight, apart = _weight(stratum) / total, _difference(stratum)
        limits = verdict_limits(*stratum, alpha)
        middle += weight * apart
        below += (weight * (apart - limits.lower)) ** 2
        above += (weight * (limits.upper - apart)) ** 2
    return Limits(lower=middle - math.sqrt(below), upper=middle + math.sqrt(above))


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


def _weight(stratum: Stratum) -> float:
    """Give the Mantel-Haenszel weight of a stratum."""
    _, n1, _, n2 = stratum
    return n1 * n2 / (n1 + n2)


def _difference(stratum: Stratum) -> float:
    """Subtract the second share from the first."""
    x1, n1, x2, n2 = stratum
    return x1 / n1 - x2 / n2


def _variance(stratum: Stratum) -> float:
    """Give the variance of a stratum's difference, its rates drawn towards one half."""
    x1, n1, x2, n2 = stratum
    first, second = (x1 + 1) / (n1 + 2), (x2 + 1) / (n2 + 2)
    return first * (1 - first) / n1 + second * (1 - second) / n2
