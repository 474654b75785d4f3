"""Limits of the ratio of two shares, and of their odds ratio."""

from __future__ import annotations

import math

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.value import value
from fairaudit.inference.proportions import clopper_pearson, wilson
from fairaudit.inference.special import normal_quantile


@value
class RatioLimits:
    """A lower and an upper limit of a ratio; `None` where it has no upper bound."""

    lower: float
    upper: float | None


def mover_ratio(first: float, own: Interval, second: float, other: Interval) -> RatioLimits:
    """Combine limits of two shares into limits of their ratio.

    Parameters
    ----------
    first : float
        A share.
    own : Interval
        Its limits.
    second : float
        A share independent of it; the ratio is first over second.
    other : Interval
        Its limits, at the same level.

    Returns
    -------
    RatioLimits
        Without an upper bound when the second share may be 0.

    References
    ----------
    [donner2012], equations 9 and 10.
    """
    assert own.low is not None
    assert own.high is not None
    assert other.low is not None
    assert other.high is not None
    return RatioLimits(
        lower=_ratio_limit(first, own.low, second, other.high, -1.0) or 0.0,
        upper=_ratio_limit(first, own.high, second, other.low, 1.0),
    )


def ratio_verdict_limits(
    x1: float, n1: float, x2: float, n2: float, alpha: float
) -> RatioLimits:
    """Between which limits does a ratio lie, for a verdict? MOVER on exact limits.

    Parameters
    ----------
    x1, n1, x2, n2 : float
        Successes and trials of either side, trials above 0.
    alpha : float
        Two-sided error rate of the limits.

    Returns
    -------
    RatioLimits
        Of (x1/n1) / (x2/n2).

    References
    ----------
    [clopper1934]; [donner2012].
    """
    return mover_ratio(
        x1 / n1, clopper_pearson(x1, n1, alpha), x2 / n2, clopper_pearson(x2, n2, alpha)
    )


def ratio_estimate(
    x1: float, n1: float, x2: float, n2: float, level: float = 0.95
) -> Estimate:
    """Estimate a ratio with its printed interval, or say why there is none.

    Parameters
    ----------
    x1, n1, x2, n2 : float
        Successes and trials of either side.
    level : float
        Confidence of the MOVER-Wilson interval.

    Returns
    -------
    Estimate
        Undefined when a side has no trials, or the second share is 0.

    References
    ----------
    [donner2012] with [wilson1927].

    Examples
    --------
    >>> found = ratio_estimate(56, 70, 48, 80)
    >>> round(found.value, 4), round(found.interval.low, 4), round(found.interval.high, 4)
    (1.3333, 1.0783, 1.6629)
    """
    if not n1 or not n2:
        return Estimate.undefined("one of the two rates is undefined")
    if not x2:
        return Estimate.undefined("the rate divided by is 0")
    found = mover_ratio(x1 / n1, wilson(x1, n1, level), x2 / n2, wilson(x2, n2, level))
    return Estimate(
        value=(x1 / n1) / (x2 / n2),
        interval=Interval(
            low=found.lower, high=found.upper, level=level, method="mover-wilson"
        ),
    )


def odds_ratio(
    x1: float,
    n1: float,
    x2: float,
    n2: float,
    *,
    level: float = 0.95,
    comparisons: int = 1,
) -> Estimate:
    """How far apart are the odds of two groups? Logit interval, ½ added to every cell.

    Parameters
    ----------
    x1, n1, x2, n2 : float
        Successes and trials of either side, trials above 0.
    level : float
        Confidence.
    comparisons : int
        From how many pairs this one was chosen by its data (Bonferroni).

    Returns
    -------
    Estimate
        First over second; without a value when a cell is 0, but still with an interval.

    References
    ----------
    [agresti1999].

    Examples
    --------
    >>> found = odds_ratio(1661, 3175, 822, 2103)
    >>> round(found.value, 4), round(found.interval.low, 4), round(found.interval.high, 4)
    (1.7097, 1.5284, 1.9116)
    """
    cells = (x1, n1 - x1, x2, n2 - x2)
    a, b, c, d = (cell + 0.5 for cell in cells)
    middle = math.log(a * d / (b * c))
    z = normal_quantile(1 - (1 - level) / 2 / comparisons)
    reach = z * math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    interval = Interval(
        low=math.exp(middle - reach),
        high=math.exp(middle + reach),
        level=level,
        method="logit" if comparisons == 1 else f"logit, Bonferroni over {comparisons}",
    )
    if not all(cells):
        reason = "a cell of 0 leaves the odds ratio without a value"
        return Estimate(value=None, interval=interval, undefined_because=reason)
    return Estimate(value=cells[0] * cells[3] / (cells[1] * cells[2]), interval=interval)


def _ratio_limit(
    first: float, own: float, second: float, other: float, side: float
) -> float | None:
    """Solve the quadratic of one limit; `None` where the ratio is unbounded."""
    if other == 0:
        return None
    scale = other * (2 * second - other)
    product = first * second
    inside = math.sqrt(max(0.0, product**2 - own * (2 * first - own) * scale))
    if abs(scale) < 1e-300:
        # The quadratic has lost its square: what is left is linear.
        return own * (2 * first - own) / (2 * product) if product else 0.0
    return (product + side * inside) / scale
