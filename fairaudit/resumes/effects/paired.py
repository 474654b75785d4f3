"""The effect of an implied group on the same applications, as sure as its names allow."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from statistics import fmean
from typing import TYPE_CHECKING, Literal

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.value import value
from fairaudit.inference.means import student_quantile

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

Design = Literal["fresh", "reused", "crossed"]

LEVEL = 0.95


@value
class Answered:
    """What a system answered to one pair: two names, two outcomes, one body.

    `difference` is first minus second.
    """

    resume: str
    first_name: str
    second_name: str
    first: float
    second: float

    @property
    def difference(self) -> float:
        """Subtract the second from the first."""
        return self.first - self.second


@value
class Effect:
    """The mean difference of pairs, its standard error and what that rests on.

    `freedom` are Student's degrees, `sd` is the spread of the differences between pairs.
    """

    mean: float
    standard_error: float
    freedom: float
    pairs: int
    sd: float
    design: Design

    def interval(self, level: float = LEVEL) -> Interval:
        """Give the t interval at a level."""
        reach = student_quantile((1 + level) / 2, self.freedom) * self.standard_error
        return Interval(
            low=self.mean - reach,
            high=self.mean + reach,
            level=level,
            method=f"paired t, {WORDS[self.design]}",
        )

    @property
    def estimate(self) -> Estimate:
        """Give the mean with its 95 % interval."""
        return Estimate(value=self.mean, interval=self.interval())

    @property
    def p_value(self) -> float:
        """Give the two-sided p-value of no effect."""
        if not self.standard_error:
            return 1.0 if not self.mean else 0.0
        return student_p(self.mean / self.standard_error, self.freedom)

    @property
    def detectable(self) -> float:
        """Give the smallest effect found with probability .8: 2.8 standard errors."""
        return 2.8 * self.standard_error

    def equivalent(self, margin: float, level: float = LEVEL) -> bool:
        """Tell whether two one-sided tests show the effect to lie within the margin."""
        limits = self.interval(2 * level - 1)
        assert limits.low is not None
        assert limits.high is not None
        return -margin < limits.low and limits.high < margin


WORDS: dict[Design, str] = {
    "fresh": "a fresh pair of names for every résumé",
    "reused": "clustered by the names of both groups",
    "crossed": "clustered by résumé and by name",
}
"""How each design's uncertainty is counted."""


def paired_effect(pairs: Sequence[Answered]) -> Effect | str:
    """How large is the effect, and how sure is it? Or a sentence why that is not known.

    Parameters
    ----------
    pairs : sequence of Answered
        Every pair that was answered on both sides.

    Returns
    -------
    Effect or str
        Names that repeat are the unit: the same four names on a hundred résumés are four
        names. A paired t over résumés calls 44 % of null studies an effect there.

    References
    ----------
    [cameron2011] for clusters in two ways; the floor at the one-way terms keeps a negative
    correction from making an effect look surer than either way alone.

    Examples
    --------
    >>> names = zip("abcdef", "uvwxyz")
    >>> found = paired_effect(
    ...     [
    ...         Answered(resume=a, first_name=a, second_name=b, first=place, second=0.0)
    ...         for place, (a, b) in enumerate(names)
    ...     ]
    ... )
    >>> found.mean, found.design, found.freedom
    (2.5, 'fresh', 5)
    """
    if len(pairs) < 2:
        return f"{len(pairs)} pairs were answered on both sides; at least 2 are needed"
    design = design_of(pairs)
    differences = [pair.difference for pair in pairs]
    mean = fmean(differences)
    sd = math.sqrt(sum((one - mean) ** 2 for one in differences) / (len(pairs) - 1))
    method = {"fresh": _fresh, "reused": _reused, "crossed": _crossed}[design]
    made = method(pairs, mean, sd)
    if isinstance(made, str):
        return made
    variance, freedom = made
    return Effect(
        mean=mean,
        standard_error=math.sqrt(variance),
        freedom=freedom,
        pairs=len(pairs),
        sd=sd,
        design=design,
    )


def design_of(pairs: Sequence[Answered]) -> Design:
    """Tell how names were used: each once, again and again, or each on every résumé."""
    first = Counter(pair.first_name for pair in pairs)
    second = Counter(pair.second_name for pair in pairs)
    if max(first.values()) == 1 and max(second.values()) == 1:
        return "fresh"
    bodies = Counter(pair.resume for pair in pairs)
    return "crossed" if max(bodies.values()) > 1 else "reused"


def student_p(t: float, freedom: float) -> float:
    """Give the two-sided p-value of Student's t."""
    from fairaudit.inference.special import beta_cdf

    return beta_cdf(freedom / (freedom + t * t), freedom / 2, 0.5)


def _fresh(pairs: Sequence[Answered], mean: float, sd: float) -> tuple[float, float]:
    """Count every pair by itself."""
    del mean
    return sd**2 / len(pairs), len(pairs) - 1


def _reused(pairs: Sequence[Answered], mean: float, sd: float) -> tuple[float, float] | str:
    """Cluster the differences by the names of both groups."""
    del sd
    residuals = [pair.difference - mean for pair in pairs]
    first = _squares((pair.first_name for pair in pairs), residuals)
    second = _squares((pair.second_name for pair in pairs), residuals)
    both = _squares(((pair.first_name, pair.second_name) for pair in pairs), residuals)
    fewest = min(len(first), len(second))
    if fewest < 2:
        return f"{fewest} name in a group cannot tell the group from the name"
    one, other = (_corrected(one) for one in (first, second))
    two_ways = one + other - sum(both)
    return max(two_ways, one, other) / len(pairs) ** 2, fewest - 1


def _crossed(
    pairs: Sequence[Answered], mean: float, sd: float
) -> tuple[float, float] | str:
    """Cluster what every half adds to the effect by résumé and by name."""
    del sd
    halves = [
        (pair.resume, ("first", pair.first_name), pair.first, 1.0) for pair in pairs
    ] + [(pair.resume, ("second", pair.second_name), pair.second, -1.0) for pair in pairs]
    centre = {
        1.0: fmean(pair.first for pair in pairs),
        -1.0: fmean(pair.second for pair in pairs),
    }
    assert math.isclose(centre[1.0] - centre[-1.0], mean, abs_tol=1e-9)
    added = [sign * (outcome - centre[sign]) for _, _, outcome, sign in halves]
    resumes = _squares((resume for resume, *_ in halves), added)
    names = _squares((name for _, name, *_ in halves), added)
    both = _squares(((resume, name) for resume, name, *_ in halves), added)
    fewest = min(
        len({pair.first_name for pair in pairs}), len({pair.second_name for pair in pairs})
    )
    if fewest < 2 or len(resumes) < 2:
        return "a crossed study needs at least two names a group and two résumés"
    one, other = _corrected(resumes), _corrected(names)
    two_ways = one + other - sum(both)
    freedom = min(len(resumes) - 1, 2 * fewest - 2)
    return max(two_ways, one, other) / len(pairs) ** 2, freedom


def _squares(clusters: Iterable[Hashable], residuals: Sequence[float]) -> list[float]:
    """Square the sum of every cluster."""
    sums: dict[Hashable, float] = defaultdict(float)
    for cluster, residual in zip(clusters, residuals, strict=True):
        sums[cluster] += residual
    return [one * one for one in sums.values()]


def _corrected(squares: Sequence[float]) -> float:
    """Add up, corrected for the number of clusters."""
    return sum(squares) * len(squares) / (len(squares) - 1)
