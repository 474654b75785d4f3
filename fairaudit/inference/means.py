"""Limits of the mean of bounded scores, sure for few people and skewed scores too."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fairaudit.core.estimate import Interval
from fairaudit.core.value import value
from fairaudit.inference.special import normal_quantile

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


@value
class Sample:
    """Scores of one group, each once, and how many people have it.

    No score can lie outside `low` to `high`. Under survey weights `people` are what they
    are worth.
    """

    scores: Array
    people: Array
    low: float
    high: float

    __hash__ = None  # type: ignore[assignment]

    @property
    def size(self) -> float:
        """Count the people."""
        return float(self.people.sum())

    @property
    def mean(self) -> float:
        """Give the mean score; of nobody there is none."""
        return float((self.scores * self.people).sum()) / self.size

    @property
    def variance(self) -> float:
        """Give the mean squared distance from the mean."""
        return float(((self.scores - self.mean) ** 2 * self.people).sum()) / self.size


def gaffke(sample: Sample, alpha: float) -> Interval:
    """How sure is a mean, whatever the scores look like? For verdicts and for print.

    Parameters
    ----------
    sample : Sample
        Scores of at least one person, `low` below `high`.
    alpha : float
        Half of it is what either limit may be missed by.

    Returns
    -------
    Interval
        At level 1 − alpha; within `low` to `high`.

    Notes
    -----
    The upper limit is the quantile at 1 − alpha/2 of the mean under random weights,
    uniform over all that sum to 1, of everybody and one person more who scores `high`.
    Of scores 0 and 1 that is the limit of Clopper and Pearson. That it holds for any
    bounded scores is a conjecture without a counterexample [learnedmiller2019].

    A mean under such weights is at most m where Σ Eᵢ (xᵢ − m) ≤ 0, with independent
    exponential Eᵢ, and the probability of that comes from the saddlepoint, in the form of
    Barndorff-Nielsen. With scores 0 and 1 the limits are wider than the exact ones by at
    most a twentieth of a standard error.

    References
    ----------
    [gaffke2005]; [learnedmiller2019]; [barndorff1986].

    Examples
    --------
    >>> import numpy as np
    >>> nobody_high = Sample(scores=np.array([0.02]), people=np.array([12]), low=0, high=1)
    >>> found = gaffke(nobody_high, 0.10)
    >>> round(found.low, 4), round(found.high, 4)
    (0.0156, 0.2376)
    """
    z = normal_quantile(1 - alpha / 2)
    return Interval(
        low=sample.low + _from_end(sample.scores - sample.low, sample.people, z),
        high=sample.high - _from_end(sample.high - sample.scores, sample.people, z),
        level=1 - alpha,
        method="gaffke",
    )


def _from_end(distances: Array, people: Array, z: float) -> float:
    """Say how far a mean must be from an end of the scale, given how far everybody is."""
    import numpy as np

    farthest = float(distances.max())
    if not farthest:
        return 0.0
    # Only the ratios of distances matter; one person more stands at the end itself.
    d, n = np.append(distances / farthest, 0.0), np.append(people, 1.0)
    mean = float((n * d).sum() / n.sum())
    spread = math.sqrt(float((n * (d - mean) ** 2).sum()))
    theta = _root(lambda theta: _normal(d, n, theta)[1] - z, z / spread)
    return farthest * _normal(d, n, theta)[0]


def _normal(d: Array, n: Array, theta: float) -> tuple[float, float]:
    """Give a distance, and the normal quantile of the probability to be at least that far.

    Where K'(t) = 0 is a search for t at a given distance. At a given tilt 1 − e^−θ towards
    the end the distance is a weighted mean.
    """
    import numpy as np

    kept = math.exp(-theta)
    weight = d + (1 - d) * kept
    m = float((n * d / weight).sum() / (n / weight).sum())
    middle = m + (1 - m) * kept
    root = math.sqrt(2 * float((n * np.log(weight / middle)).sum()))
    slope = (1 - kept) * math.sqrt(float((n * ((d - m) / weight) ** 2).sum()))
    return m, root + math.log(slope / root) / root


def _root(excess: Callable[[float], float], start: float) -> float:
    """Find where a rising function is 0: bracket, then regula falsi (Illinois)."""
    low = high = start
    while (below := excess(low)) > 0:
        low /= 2
    while (above := excess(high)) < 0:
        high *= 2
    while high - low > 1e-9 * high and above > below:
        middle = high - above * (high - low) / (above - below)
        found = excess(middle)
        if abs(found) < 1e-9:
            return middle
        if found > 0:
            high, above, below = middle, found, below / 2
        else:
            low, below, above = middle, found, above / 2
    return high
