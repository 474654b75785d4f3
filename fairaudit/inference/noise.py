"""How much of a largest gap is noise: what shrinkage leaves, what fairness shows."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.inference.special import normal_cdf

if TYPE_CHECKING:
    from collections.abc import Sequence


@value
class NoiseCorrected:
    """Rates drawn towards their mean by as much as noise explains their spread."""

    rates: tuple[float, ...]
    between_group_sd: float

    @property
    def gap(self) -> float:
        """Give the largest difference of the shrunken rates."""
        return max(self.rates, default=0.0) - min(self.rates, default=0.0)


def noise_corrected(successes: Sequence[float], trials: Sequence[float]) -> NoiseCorrected:
    """What is left of the differences between groups once noise is taken out?

    A perfectly fair model with twelve groups of 100 shows a largest gap of .16 on average;
    this shows how much of what is seen such chance does not explain. The pooled variance
    keeps a group with a rate of 0 or 1, or of one person, from being taken for certain.

    Parameters
    ----------
    successes, trials : sequence of float of shape (n_groups,)
        Counts of every group, trials above 0.

    Returns
    -------
    NoiseCorrected
        Shrunken rates in the order given, and the spread between groups (method of
        moments, 0 where noise explains everything).

    Examples
    --------
    >>> round(noise_corrected([45, 60, 30], [100, 100, 100]).gap, 4)
    0.283
    """
    rates = [hits / people for hits, people in zip(successes, trials, strict=True)]
    if len(rates) < 2:
        return NoiseCorrected(rates=tuple(rates), between_group_sd=0.0)
    pool = sum(successes) / sum(trials)
    noise = [pool * (1 - pool) / people for people in trials]
    mean = sum(rates) / len(rates)
    seen = sum((rate - mean) ** 2 for rate in rates) / (len(rates) - 1)
    between = max(0.0, seen - sum(noise) / len(noise))
    shrunken = tuple(
        mean + (math.sqrt(between / (between + own)) if between else 0.0) * (rate - mean)
        for rate, own in zip(rates, noise, strict=True)
    )
    return NoiseCorrected(rates=shrunken, between_group_sd=math.sqrt(between))


def expected_fair_gap(groups: int, rate: float, people: float) -> float:
    """How large a gap does a perfectly fair process show on average?

    Parameters
    ----------
    groups : int
        Number of groups of equal size.
    rate : float
        Their common rate.
    people : float
        The size of each.

    Returns
    -------
    float
        Mean range of as many normals, times the standard error of one rate.

    Examples
    --------
    >>> round(expected_fair_gap(12, 0.5, 100), 2)
    0.16
    """
    return mean_range(groups) * math.sqrt(rate * (1 - rate) / people)


@lru_cache(maxsize=256)
def mean_range(groups: int) -> float:
    """Give the mean of max minus min of independent standard normals.

    The integral of 1 − Φᵏ − (1 − Φ)ᵏ over the line [tippett1925], by the trapezoid rule,
    which is exact to rounding for a function that is flat at both ends.
    """
    step = 0.05
    points = (normal_cdf(place * step) for place in range(-200, 201))
    return step * sum(1 - below**groups - (1 - below) ** groups for below in points)
