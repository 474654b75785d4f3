"""Two decisions about the same people: how different are their shares, surely?"""

from __future__ import annotations

import math

from fairaudit.core.estimate import Interval
from fairaudit.core.value import value
from fairaudit.inference.proportions import wilson


@value
class PairedCounts:
    """People by what two systems decided: yes by both, by one of them, or by none."""

    both: int
    first: int
    second: int
    neither: int

    @property
    def people(self) -> int:
        """Count everybody."""
        return self.both + self.first + self.second + self.neither

    def __add__(self, other: PairedCounts) -> PairedCounts:
        """Count two disjoint sets of people together."""
        return PairedCounts(
            both=self.both + other.both,
            first=self.first + other.first,
            second=self.second + other.second,
            neither=self.neither + other.neither,
        )


def newcombe_paired(counts: PairedCounts, level: float = 0.95) -> Interval:
    """By how much do two shares of the same people differ? The first's less the second's.

    The method of variance estimates recovery on two Wilson intervals, joined by the
    correlation of the two decisions, which is corrected towards none for continuity.

    Parameters
    ----------
    counts : PairedCounts
        People, at least one.
    level : float
        Confidence.

    Returns
    -------
    Interval
        Of the share of the first less that of the second.

    References
    ----------
    [newcombe1998c], method 10.

    Examples
    --------
    >>> found = newcombe_paired(PairedCounts(both=36, first=12, second=2, neither=0))
    >>> round(found.low, 4), round(found.high, 4)
    (0.0569, 0.3404)
    """
    n = counts.people
    a = (counts.both + counts.first) / n
    b = (counts.both + counts.second) / n
    own, other = (wilson(round(share * n), n, level) for share in (a, b))
    assert own.low is not None
    assert own.high is not None
    assert other.low is not None
    assert other.high is not None
    phi = _correlation(counts)
    down, up = (a - own.low, own.high - a), (b - other.low, other.high - b)
    below = down[0] ** 2 - 2 * phi * down[0] * up[1] + up[1] ** 2
    above = up[0] ** 2 - 2 * phi * up[0] * down[1] + down[1] ** 2
    return Interval(
        low=a - b - math.sqrt(max(below, 0.0)),
        high=a - b + math.sqrt(max(above, 0.0)),
        level=level,
        method="newcombe-paired",
    )


def mcnemar_mid_p(counts: PairedCounts) -> float:
    """How likely is so uneven a disagreement if both systems say yes equally often?

    Parameters
    ----------
    counts : PairedCounts
        Only those on whom the two disagree count.

    Returns
    -------
    float
        Two-sided exact p-value of a fair coin, half of the seen outcome's probability
        taken off; 1 where nobody is decided differently.

    References
    ----------
    [fagerland2013], section "The McNemar mid-p test".

    Examples
    --------
    >>> round(mcnemar_mid_p(PairedCounts(both=59, first=6, second=16, neither=80)), 4)
    0.0347
    """
    return discordance_p(counts.first, counts.second)[1]


def discordance_p(first: int, second: int) -> tuple[float, float]:
    """How surprising is so uneven a split of those on whom two decisions disagree?

    Parameters
    ----------
    first, second : int
        How many said yes by one alone, and by the other alone.

    Returns
    -------
    tuple of float
        The exact two-sided p-value of a fair coin, and the mid-p-value, which keeps its
        level in practice and wastes less; 1 where nobody is decided differently.

    References
    ----------
    [fagerland2013].

    Examples
    --------
    >>> exact, mid = discordance_p(17, 0)
    >>> f"{exact:.1e}", f"{mid:.1e}"
    ('1.5e-05', '7.6e-06')
    """
    n, fewer = first + second, min(first, second)
    if not n:
        return 1.0, 1.0
    seen = _coin(fewer, n)
    exact = min(1.0, 2 * sum(_coin(k, n) for k in range(fewer + 1)))
    # Where the split is even the tails meet in the middle; its mass is counted once.
    return exact, 1.0 - seen / 2 if first == second else exact - seen


def _correlation(counts: PairedCounts) -> float:
    """Correlate the two decisions, corrected for continuity as method 10 says."""
    a, b, c, d = counts.both, counts.first, counts.second, counts.neither
    sides = (a + b) * (c + d) * (a + c) * (b + d)
    if not sides:
        return 0.0
    seen = float(a * d - b * c)
    if seen > 0:
        seen = max(seen - counts.people / 2, 0.0)
    return seen / math.sqrt(sides)


def _coin(heads: int, tosses: int) -> float:
    """Give the probability of so many heads of a fair coin."""
    if tosses < 1000:
        return float(math.comb(tosses, heads) / 2**tosses)
    logs = (
        math.lgamma(tosses + 1) - math.lgamma(heads + 1) - math.lgamma(tosses - heads + 1)
    )
    return math.exp(logs - tosses * math.log(2))
