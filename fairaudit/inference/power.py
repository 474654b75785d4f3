"""How many people would settle an undecided verdict."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fairaudit.inference.special import normal_cdf, normal_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 10**9
_REACH = 5.0
_STEPS_PER_SD = 6


def rows_needed(
    rates: Sequence[float], tolerance: float, *, power: float = 0.8, alpha: float = 0.10
) -> int | None:
    """How many people per group would make every comparison pass at once?

    Parameters
    ----------
    rates : sequence of float of shape (n_groups,)
        The true rates to plan for, such as noise-corrected ones.
    tolerance : float
        The largest difference that passes.
    power : float
        With what probability all upper limits are to be within the tolerance.
    alpha : float
        Two-sided error rate of the limits; a verdict passes on one-sided 95 %.

    Returns
    -------
    int or None
        The smallest equal size, approximately; `None` where the rates differ by the
        tolerance or more, so that no size would do.

    Notes
    -----
    All pairs pass when the range of the observed rates stays below the tolerance less the
    width of the limits. The range of independent normals with different means has a
    one-dimensional integral; exact limits are wider than normal ones by about two people
    per side, which are added to the size.

    Examples
    --------
    >>> 700 < rows_needed([0.59] * 6, 0.1) < 900
    True
    """
    if max(rates) - min(rates) >= tolerance:
        return None
    low, high = 1, 2
    while _passing(rates, tolerance, high, alpha) < power:
        low, high = high, high * 2
        if high > _MOST:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        if _passing(rates, tolerance, middle, alpha) < power:
            low = middle
        else:
            high = middle
    return high


def _passing(rates: Sequence[float], tolerance: float, people: int, alpha: float) -> float:
    """Give the probability that all pairs pass at one group size."""
    z = normal_quantile(1 - alpha / 2)
    # A rate of exactly 0 or 1 still has limits: one success and one failure are lent.
    lent = [(rate * people + 1) / (people + 2) for rate in rates]
    spread = [math.sqrt(rate * (1 - rate) / people) for rate in lent]
    width = z * math.sqrt(2) * max(spread) + 1 / people
    room = tolerance - width
    if room <= 0:
        return 0.0
    return _range_within(rates, spread, room)


def _range_within(means: Sequence[float], spread: Sequence[float], room: float) -> float:
    """Give the probability that independent normals lie within `room` of each other.

    Integrates over the smallest of them: its density times the probability that all others
    lie between it and `room` above it.
    """
    step = min(spread) / _STEPS_PER_SD
    pairs = list(zip(means, spread, strict=True))
    # The smallest of them is not below the reach of all, nor above that of any.
    start = min(mean - _REACH * sd for mean, sd in pairs)
    end = min(mean + _REACH * sd for mean, sd in pairs)
    points = int((end - start) / step) + 1
    total = 0.0
    for place in range(points):
        floor = start + place * step
        inside, smallest = 1.0, 0.0
        for mean, sd in pairs:
            z = (floor - mean) / sd
            share = normal_cdf(z + room / sd) - normal_cdf(z)
            inside *= share
            # So little adds nothing, and would be divided by as if it were zero.
            if inside < 1e-200:
                inside = 0.0
                break
            smallest += math.exp(-z * z / 2) / (sd * share)
        total += inside * smallest
    return total * step / math.sqrt(2 * math.pi)
