"""Mean scores of the people to whom the same happened, compared between groups."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Literal

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.score_evidence import ScoreComparison
from fairaudit.criteria.score_measure import ScoreMeasure
from fairaudit.inference.means import mean_of, welch_limits
from fairaudit.inference.special import normal_quantile
from fairaudit.tally.effective_sizes import size_of_mean

if TYPE_CHECKING:
    from fairaudit.criteria.scored_groups import ScoredGroups, ScoredSide
    from fairaudit.inference.means import Mean

Outcome = Literal["positives", "negatives"]

LEVEL = 0.95
_PASS_ALPHA = 0.10
_POWER = 0.8


def mean_score(side: ScoredSide, outcome: Outcome) -> Mean | None:
    """Give the mean score of a group's actual positives or negatives."""
    people = getattr(side.table, outcome)
    size = None
    if side.table.squares is not None:
        squares = side.table.squares[0 if outcome == "positives" else 1]
        size = size_of_mean(side.table.scores, people, squares)
    return mean_of(side.table.scores, people, size=size)


def why_undefined(side: ScoredSide, outcome: Outcome) -> str | None:
    """Say why a group's mean score cannot be compared, `None` if it can."""
    found = mean_score(side, outcome)
    if found is None:
        return f"no actual {outcome} with a score in {side.name}"
    if found.size <= 1:
        return f"only one actual {outcome[:-1]} with a score in {side.name}"
    if found.variance <= 0:
        return (
            f"all {found.size:,.0f} actual {outcome} in {side.name} have the score "
            f"{found.mean:g}, so how sure that mean is cannot be told"
        )
    return None


def _compare(
    groups: ScoredGroups, alpha: float, *, outcome: Outcome
) -> tuple[ScoreComparison, ...]:
    """Compare the mean scores of every pair."""
    return tuple(
        _compared(first, second, alpha, outcome, groups.widest)
        for first, second in groups.pairings()
    )


def _compared(
    first: ScoredSide, second: ScoredSide, alpha: float, outcome: Outcome, widest: float
) -> ScoreComparison:
    """Compare one pair; a bin's width is lent to either limit."""
    reason = why_undefined(first, outcome) or why_undefined(second, outcome)
    if reason is not None:
        return ScoreComparison(
            first=first.name,
            second=second.name,
            difference=Estimate.undefined(reason),
            at_least=None,
            at_most=None,
        )
    one, other = mean_score(first, outcome), mean_score(second, outcome)
    assert one is not None
    assert other is not None
    printed = welch_limits(one, other, 1 - LEVEL)
    interval = Interval(low=printed.lower, high=printed.upper, level=LEVEL, method="welch")
    return ScoreComparison(
        first=first.name,
        second=second.name,
        difference=Estimate(value=one.mean - other.mean, interval=interval),
        at_least=max(0.0, welch_limits(one, other, alpha).at_least - widest),
        at_most=welch_limits(one, other, _PASS_ALPHA).at_most + widest,
    )


def _count(groups: ScoredGroups, *, outcome: Outcome) -> int:
    """Count the pairs whose means can be compared."""
    return sum(
        1
        for first, second in groups.pairings()
        if not why_undefined(first, outcome) and not why_undefined(second, outcome)
    )


def _size(side: ScoredSide, *, outcome: Outcome) -> float:
    """Give the effective number of people behind a mean."""
    found = mean_score(side, outcome)
    return 0.0 if found is None else found.size


def _needed(groups: ScoredGroups, tolerance: float, *, outcome: Outcome) -> int | None:
    """Say how many people of each group would settle it, `None` where no number would.

    The difference planned for is the one seen, less what chance adds to it on average.
    """
    reach = normal_quantile(1 - _PASS_ALPHA / 2) + normal_quantile(_POWER)
    rows = [0]
    for first, second in groups.pairings():
        one, other = mean_score(first, outcome), mean_score(second, outcome)
        if one is None or other is None or min(one.size, other.size) <= 1:
            continue
        noise = one.variance / one.size + other.variance / other.size
        apart = math.sqrt(max(0.0, (one.mean - other.mean) ** 2 - noise))
        if apart >= tolerance:
            return None
        spread = one.variance + other.variance
        rows.append(math.ceil(reach**2 * spread / (tolerance - apart) ** 2))
    return max(rows) or None


def _measure(outcome: Outcome) -> ScoreMeasure:
    return ScoreMeasure(
        id=f"mean_score_of_{outcome}",
        symbol="mean score",
        plain=f"the mean score of the actual {outcome}",
        among=f"actual {outcome}",
        compare=partial(_compare, outcome=outcome),
        count=partial(_count, outcome=outcome),
        size=partial(_size, outcome=outcome),
        needed=partial(_needed, outcome=outcome),
    )


MEAN_SCORE_OF_POSITIVES = _measure("positives")
MEAN_SCORE_OF_NEGATIVES = _measure("negatives")
