"""How likely is a rule to pass its test, judged by the people it was made from?

The gap seen on those differs from the one the test will see by the chance of both samples,
and the test's limits take their room besides. Normal approximation; limits as in the test.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from fairaudit.feasibility.regions import among

if TYPE_CHECKING:
    from fairaudit.engines.codes import Array
    from fairaudit.tally.rates import Rate


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Foreseen:
    """One group's rate under many rules, and how sure a test of it will be.

    `below` and `above` are the distances to its limits; `variance` is that of the
    difference between what the test sees and what was seen here.
    """

    rate: Array
    below: Array
    above: Array
    variance: Array

    def at(self, places: Array) -> Foreseen:
        """Pick rules, in any shape."""
        return Foreseen(
            rate=self.rate[places],
            below=self.below[places],
            above=self.above[places],
            variance=self.variance[places],
        )


def foreseen(rate: Rate, cells: Array, *, confidence: float, scale: float) -> Foreseen:
    """What will a test see of one group's rate?

    Parameters
    ----------
    rate : Rate
        Which.
    cells : ndarray of shape (n_rules, 4)
        What each rule decides about the people it was made from: tp, fp, fn, tn.
    confidence : float
        Of the test's one-sided limits.
    scale : float
        How many people the test has for each of those.

    Returns
    -------
    Foreseen
        With the exact limits of `verdict_limits`; infinitely far away where the rate is
        undefined.
    """
    from scipy.special import betaincinv

    hits, size = cells @ among(rate.numerator), cells @ among(rate.denominator)
    some = size > 0
    # A rate of exactly 0 or 1 may still be another: one success and one failure are lent.
    lent = (hits + 1) / (size + 2)
    size = np.where(some, size, 1.0)
    value = hits / size
    x, n = hits * scale, size * scale
    low = betaincinv(np.maximum(x, 1e-9), n - x + 1, 1 - confidence)
    high = betaincinv(x + 1, np.maximum(n - x, 1e-9), confidence)
    return Foreseen(
        rate=value,
        below=np.where(some, value - np.where(x > 0, low, 0.0), np.inf),
        above=np.where(some, np.where(x < n, high, 1.0) - value, np.inf),
        variance=lent * (1 - lent) / size * (1 + 1 / scale),
    )


def chance(own: Foreseen, other: Foreseen, tolerance: float) -> Array:
    """How likely are both limits of two groups' difference to be within a tolerance?"""
    from scipy.special import ndtr

    apart = own.rate - other.rate
    spread = np.sqrt(own.variance + other.variance)
    above = ndtr((tolerance - apart - np.hypot(own.above, other.below)) / spread)
    below = ndtr((tolerance + apart - np.hypot(own.below, other.above)) / spread)
    both: Array = np.maximum(above + below - 1, 0.0)
    return both
