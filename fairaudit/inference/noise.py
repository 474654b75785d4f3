"""How much of a largest gap is noise: what shrinkage leaves, what fairness shows."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.inference.special import normal_cdf

if TYPE_CHECKING:
    from collections.abc import Sequence


_NO_NOISE = 1e3
"""A spread between rates beside which no noise matters."""


@value
class NoiseCorrected:
    """Rates drawn towards their mean by as much as noise explains their spread."""

    rates: tuple[float, ...]
    between_group_sd: float

    @property
    def gap(self) -> float:
        """Give the largest difference of the shrunken rates."""
        return max(self.rates, default=0.0) - min(self.rates, default=0.0)


def noise_corrected(
    successes: Sequence[float], trials: Sequence[float], *, at_least: float = 0.0
) -> NoiseCorrected:
    """What is left of the differences between groups once noise is taken out?

    A perfectly fair model with twelve groups of 100 shows a largest gap of .16 on average;
    this shows how much of what is seen such chance does not explain. The pooled variance
    keeps a group with a rate of 0 or 1, or of one person, from being taken for certain.

    Parameters
    ----------
    successes, trials : sequence of float of shape (n_groups,)
        Counts of every group, trials above 0.
    at_least : float
        A gap that is shown: the rates are drawn together no further than that.

    Returns
    -------
    NoiseCorrected
        Shrunken rates in the order given, and the spread between groups.

    Notes
    -----
    The spread is the one whose weighted sum of squares is what is expected of so many
    groups [paule1982], 0 where noise explains everything. Every group keeps the share of
    its distance from the mean that is not noise, and all of them are stretched alike to
    the spread, each person counting the same [ghosh1992], but never beyond what was seen.
    Groups of one size get the plain moment estimate and the root of that share.

    Examples
    --------
    >>> round(noise_corrected([45, 60, 30], [100, 100, 100]).gap, 4)
    0.283

    One person more, in a group of their own, changes nothing between the others:

    >>> round(noise_corrected([2500, 1500, 0], [5000, 5000, 1]).gap, 2)
    0.2
    """
    rates = [hits / people for hits, people in zip(successes, trials, strict=True)]
    pool = sum(successes) / sum(trials) if rates else 0.0
    if len(rates) < 2 or not 0 < pool < 1:
        return NoiseCorrected(rates=tuple(rates), between_group_sd=0.0)
    noise = [pool * (1 - pool) / people for people in trials]
    found = _drawn_together(rates, noise, _between(rates, noise))
    if found.gap >= at_least:
        return found
    low, high = found.between_group_sd**2, _NO_NOISE
    while low < (middle := (low + high) / 2) < high:
        if _drawn_together(rates, noise, middle).gap < at_least:
            low = middle
        else:
            high = middle
    return _drawn_together(rates, noise, high)


def _between(rates: Sequence[float], noise: Sequence[float]) -> float:
    """Give the variance between groups that makes their spread the expected one.

    Newton's steps from 0 never go too far, since the sum of squares is convex in it.
    """
    between, step = 0.0, math.inf
    while step > 1e-12 * between:
        mean = _mean(rates, noise, between)
        weights = [1 / (own + between) for own in noise]
        squares = [
            weight * (rate - mean) ** 2 for rate, weight in zip(rates, weights, strict=True)
        ]
        excess = sum(squares) - (len(rates) - 1)
        if excess <= 0:
            break
        step = excess / sum(
            weight * square for weight, square in zip(weights, squares, strict=True)
        )
        between += step
    return between


def _drawn_together(
    rates: Sequence[float], noise: Sequence[float], between: float
) -> NoiseCorrected:
    """Draw rates towards their mean, as far as a spread between them leaves noise."""
    mean = _mean(rates, noise, between)
    if not between:
        return NoiseCorrected(rates=(mean,) * len(rates), between_group_sd=0.0)
    kept = [between / (between + own) for own in noise]
    people = [1 / own for own in noise]
    stretch = math.sqrt(
        sum(people) / sum(one * share for one, share in zip(people, kept, strict=True))
    )
    return NoiseCorrected(
        rates=tuple(
            mean + min(1.0, stretch * share) * (rate - mean)
            for rate, share in zip(rates, kept, strict=True)
        ),
        between_group_sd=math.sqrt(between),
    )


def _mean(rates: Sequence[float], noise: Sequence[float], between: float) -> float:
    """Give the mean rate, each group counting as much as it tells."""
    weights = [1 / (own + between) for own in noise]
    return sum(weight * rate for rate, weight in zip(rates, weights, strict=True)) / sum(
        weights
    )


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
