"""Tests of two shares: exact with margins fixed, its mid-p, and the pooled score test."""

from __future__ import annotations

import math

from fairaudit.core.value import value
from fairaudit.inference.special import normal_cdf

_TIE = 1 + 1e-7
"""Tables whose probabilities differ by rounding alone are equally likely."""


@value
class TwoShareTest:
    """A two-sided test of equal shares: its statistic where it has one, and its p-value."""

    statistic: float | None
    p_value: float


def fisher_exact(x1: int, n1: int, x2: int, n2: int) -> TwoShareTest:
    """Could two shares differ this much by chance, all margins fixed? Exact, two-sided.

    Parameters
    ----------
    x1, n1, x2, n2 : int
        Successes and trials of either side.

    Returns
    -------
    TwoShareTest
        The probability of all tables at most as likely as the one seen.

    References
    ----------
    [fisher1935].

    Examples
    --------
    >>> round(fisher_exact(235, 2435, 157, 2435).p_value * 1e5, 3)
    4.759
    """
    p_value, _ = _exact(x1, n1, x2, n2)
    return TwoShareTest(statistic=None, p_value=p_value)


def fisher_mid_p(x1: int, n1: int, x2: int, n2: int) -> TwoShareTest:
    """Could two shares differ this much by chance? The exact test without its caution.

    Parameters
    ----------
    x1, n1, x2, n2 : int
        Successes and trials of either side.

    Returns
    -------
    TwoShareTest
        Fisher's p-value less half the probability of the table seen and its equals.

    References
    ----------
    [lancaster1961].
    """
    p_value, equally_likely = _exact(x1, n1, x2, n2)
    return TwoShareTest(statistic=None, p_value=p_value - equally_likely / 2)


def score_test(x1: float, n1: float, x2: float, n2: float) -> TwoShareTest | None:
    """Could two shares differ this much by chance? z with the pooled variance.

    Parameters
    ----------
    x1, n1, x2, n2 : float
        Successes and trials of either side, trials above 0.

    Returns
    -------
    TwoShareTest or None
        Without continuity correction; `None` where nobody or everybody succeeded, so that
        there is no variance.

    Examples
    --------
    >>> round(score_test(235, 2435, 157, 2435).statistic, 4)
    4.1084
    """
    pool = (x1 + x2) / (n1 + n2)
    variance = pool * (1 - pool) * (1 / n1 + 1 / n2)
    if not variance:
        return None
    z = (x1 / n1 - x2 / n2) / math.sqrt(variance)
    return TwoShareTest(statistic=z, p_value=2 * normal_cdf(-abs(z)))


def _exact(x1: int, n1: int, x2: int, n2: int) -> tuple[float, float]:
    """Sum the tables at most as likely as the one seen; and those just as likely."""
    hits = x1 + x2
    tables = range(max(0, hits - n2), min(n1, hits) + 1)
    seen = _log_table(x1, n1, hits, n2)
    chances = [math.exp(_log_table(first, n1, hits, n2)) for first in tables]
    limit = math.exp(seen)
    p_value = sum(chance for chance in chances if chance <= limit * _TIE)
    equal = sum(chance for chance in chances if limit / _TIE <= chance <= limit * _TIE)
    return min(1.0, p_value), equal


def _log_table(first: int, n1: int, hits: int, n2: int) -> float:
    """Give the log of the hypergeometric probability of one table."""
    return (
        _log_choose(n1, first) + _log_choose(n2, hits - first) - _log_choose(n1 + n2, hits)
    )


def _log_choose(n: int, k: int) -> float:
    """Give the log of a binomial coefficient."""
    return math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
