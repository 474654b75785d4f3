"""Normal and beta quantiles and the chi-square tail, with `math` alone.

Exact limits are wanted by the hundred thousand, and a small audit loads no scipy.

Everything about the beta distribution happens on the scale of θ = log(x / (1 − x)). There
the density is f(θ) = x^a (1 − x)^b / B(a, b), log f and log F are concave, the two tails
mirror each other, and neither a tiny x nor a tiny 1 − x loses digits.
"""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

_STANDARD_NORMAL = NormalDist()
_MOST_STEPS = 1_000_000
_EDGE = 700.0
"""Log odds beyond which a share is 0 or 1 in double precision."""


def normal_cdf(z: float) -> float:
    """How likely is a standard normal to be at most `z`?

    Examples
    --------
    >>> round(normal_cdf(1.959963984540054), 12)
    0.975
    """
    return math.erfc(-z / math.sqrt(2)) / 2


@lru_cache(maxsize=1024)
def normal_quantile(p: float) -> float:
    """Below which point does a standard normal lie with probability `p`?

    Parameters
    ----------
    p : float
        Between 0 and 1, exclusive.

    Returns
    -------
    float
        The quantile.

    Examples
    --------
    >>> round(normal_quantile(0.975), 12)
    1.95996398454
    """
    return _STANDARD_NORMAL.inv_cdf(p)


def beta_cdf(x: float, a: float, b: float) -> float:
    """How likely is a Beta(a, b) to be at most `x`?

    Parameters
    ----------
    x : float
        Between 0 and 1.
    a, b : float
        Positive, whole or not.

    Returns
    -------
    float
        The regularised incomplete beta function.

    Examples
    --------
    >>> round(beta_cdf(0.5, 2, 2), 12)
    0.5
    """
    if not 0 < x < 1:
        return 0.0 if x <= 0 else 1.0
    y = 1 - x
    density = math.exp(_log_density(x, y, a, b) + _log_mode(a, b))
    if (a + b) * x <= a:
        return density * _mills(x, y, a, b)
    return 1 - density * _mills(y, x, b, a)


def beta_quantile(p: float, a: float, b: float) -> float:
    """Below which point does a Beta(a, b) lie with probability `p`?

    Parameters
    ----------
    p : float
        Between 0 and 1, exclusive.
    a, b : float
        Positive, whole or not.

    Returns
    -------
    float
        The quantile.

    See Also
    --------
    beta_upper_quantile : the same from above, exact where 1 − p would lose digits.

    Examples
    --------
    >>> round(beta_quantile(0.025, 1, 20), 6)
    0.001265
    """
    if p <= 0.5:
        return _shares(_log_odds_quantile(p, a, b))[0]
    return beta_upper_quantile(1 - p, a, b)


def beta_upper_quantile(q: float, a: float, b: float) -> float:
    """Above which point does a Beta(a, b) lie with probability `q`?

    Parameters
    ----------
    q : float
        Between 0 and 1, exclusive.
    a, b : float
        Positive, whole or not.

    Returns
    -------
    float
        The quantile at 1 − q.

    Examples
    --------
    >>> round(beta_upper_quantile(0.025, 1, 20), 6)
    0.168433
    """
    if q <= 0.5:
        return _shares(_log_odds_quantile(q, b, a))[1]
    return beta_quantile(1 - q, a, b)


def chi2_sf(x: float, df: int) -> float:
    """How likely is a chi-square with `df` degrees of freedom to exceed `x`?

    Parameters
    ----------
    x : float
        The statistic.
    df : int
        Degrees of freedom, at least 1.

    Returns
    -------
    float
        The upper tail, by its finite sum over every second degree of freedom.

    Examples
    --------
    >>> round(chi2_sf(3.841458820694124, 1), 12)
    0.05
    """
    if x <= 0:
        return 1.0
    half = x / 2
    start = 0.5 if df % 2 else 1.0
    tail = math.erfc(math.sqrt(half)) if df % 2 else math.exp(-half)
    log_half = math.log(half)
    shapes = (start + step for step in range((df - 1) // 2))
    steps = (math.exp(s * log_half - half - math.lgamma(s + 1)) for s in shapes)
    return min(1.0, tail + math.fsum(steps))


def _log_odds_quantile(p: float, a: float, b: float) -> float:
    """Solve F(θ) = p for p of at most 1/2.

    From near the root the inverse Taylor series to the fourth order ends it in one step
    (Hill and Davis 1968); from further away Newton on log F, which is concave, cannot
    run off.
    """
    n, log_p, log_mode = a + b, math.log(p), _log_mode(a, b)
    middle, theta = math.log(a / b), _saddlepoint_start(normal_quantile(p), a, b)
    for _ in range(100):
        x, y = _shares(theta)
        log_density = _log_density(x, y, a, b) + log_mode
        if theta <= middle:
            mills = _mills(x, y, a, b)
        else:
            mills = math.exp(-log_density) - _mills(y, x, b, a)
        excess = log_density + math.log(mills) - log_p
        missing = mills * math.expm1(-excess) if excess > -1 else math.inf
        slope, curvature = n * x - a if x < y else b - n * y, n * x * y
        distance = abs(missing) * (abs(slope) + math.sqrt(curvature))
        if distance > 0.2:
            theta -= excess * mills
            continue
        theta += missing * _inverse_series(missing, slope, curvature, curvature * (y - x))
        if distance < 2e-3 or abs(theta) > _EDGE:
            break
    return theta


def _inverse_series(m: float, g: float, g1: float, g2: float) -> float:
    """Give θ(F + m f) − θ(F) over m, where g = −(log f)' and g1, g2 are its derivatives."""
    fourth = 6 * g**3 + 7 * g * g1 + g2
    return 1 + m / 2 * (g + m / 3 * (2 * g * g + g1 + m / 4 * fourth))


def _saddlepoint_start(z: float, a: float, b: float) -> float:
    """Find where the modified signed root r* is z (Barndorff-Nielsen 1986).

    Good to a thousandth of a standard deviation down to a and b of 1.
    """
    n = a + b
    root = math.sqrt(a / n * b)
    theta = math.log(a / b) + z / root
    for _ in range(6):
        x, y = _shares(theta)
        slope = n * x - a if x < y else b - n * y
        r = math.copysign(math.sqrt(max(0.0, -2 * _log_density(x, y, a, b))), slope)
        if abs(r) < 1e-3:
            break
        off = z - r - math.log(slope / (root * r)) / r
        theta += off * r / slope
        if abs(off) < 1e-2:
            break
    return theta


def _shares(theta: float) -> tuple[float, float]:
    """Turn log odds into the share and its complement, both to full precision."""
    odds = math.exp(-min(abs(theta), _EDGE))
    smaller, larger = odds / (1 + odds), 1 / (1 + odds)
    return (larger, smaller) if theta > 0 else (smaller, larger)


def _log_density(x: float, y: float, a: float, b: float) -> float:
    """Give log f(θ) − log f(mode), without cancellation (Loader 2000, for the binomial)."""
    n = a + b
    away = n * x - a if x < y else b - n * y
    up, down = away / a, -away / b
    left = math.log1p(up) if up > -0.5 else math.log(x * n / a)
    right = math.log1p(down) if down > -0.5 else math.log(y * n / b)
    return a * left + b * right


def _log_mode(a: float, b: float) -> float:
    """Give log f(mode), the part of −log B(a, b) that does not cancel."""
    n = a + b
    rest = _stirling_rest(n) - _stirling_rest(a) - _stirling_rest(b)
    return rest + math.log(a / n * b / (2 * math.pi)) / 2


def _stirling_rest(z: float) -> float:
    """Give what Stirling's formula leaves of log Γ(z) (DLMF 5.11.1)."""
    if z < 10:
        return math.lgamma(z) - (z - 0.5) * math.log(z) + z - math.log(2 * math.pi) / 2
    s = 1 / (z * z)
    tail = 1 / 1680 - s * (1 / 1188 - s * 691 / 360360)
    return (1 / 12 - s * (1 / 360 - s * (1 / 1260 - s * tail))) / z


def _mills(x: float, y: float, a: float, b: float) -> float:
    """Give F(θ) / f(θ) below the mean (Didonato and Morris 1992, continued fraction 9).

    Steps grow with the square root of n only near the mean. The error shrinks by the Mills
    ratio on its way to θ, so that large n needs fewer digits.
    """
    n = a + b
    below = a - n * x if x < y else n * y - b
    precision = 1e-15 + 1e-15 * math.sqrt(a / n * b)
    found = c = a * (below + 1) / (a + 1)
    d, low = 0.0, a - 1
    for m in range(1, _MOST_STEPS):
        low += 2
        share = m * (b - m) * x / low
        above = (a + m - 1) * (n + m - 1) * x / low * share
        under = m + share + (a + m) * (below + 1 + m * (1 + y)) / (low + 2)
        d = 1 / (under + above * d)
        c = under + above / c
        found *= c * d
        if -precision < c * d - 1 < precision:
            break
    return 1 / found
