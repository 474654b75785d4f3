"""Mean scores of the people to whom the same happened, compared between groups."""

from __future__ import annotations

import math
from functools import partial
from typing import TYPE_CHECKING, Literal

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.score_evidence import ScoreComparison
from fairaudit.core.value import value
from fairaudit.criteria.comparisons import PASS_ALPHA
from fairaudit.criteria.score_measure import ScoreMeasure
from fairaudit.inference.differences import mover
from fairaudit.inference.means import Sample, gaffke
from fairaudit.inference.special import normal_quantile
from fairaudit.tally.effective_sizes import size_of_mean

if TYPE_CHECKING:
    from fairaudit.criteria.scored_groups import ScoredGroups, ScoredSide
    from fairaudit.inference.differences import Limits

Outcome = Literal["positives", "negatives"]

LEVEL = 0.95
_POWER = 0.8


def sample_of(side: ScoredSide, groups: ScoredGroups, outcome: Outcome) -> Sample | None:
    """Give the scores of a side's actual positives or negatives, `None` of nobody."""
    table = side.table
    people = getattr(table, outcome)
    size = _size(side, outcome=outcome)
    if not size:
        return None
    low, high = _scale(groups)
    return Sample(
        scores=table.scores[people > 0],
        people=people[people > 0] * (size / people.sum()),
        low=min(low, float(table.scores[0])),
        high=max(high, float(table.scores[-1])),
    )


def _scale(groups: ScoredGroups) -> tuple[float, float]:
    """Say between what scores lie: 0 and 1, or else the lowest and the highest seen."""
    assert groups.low is not None
    assert groups.high is not None
    if groups.are_probabilities():
        return 0.0, 1.0
    return groups.low, groups.high + groups.widest


def _assumption(groups: ScoredGroups) -> str | None:
    """Say what limits take for granted where scores are no probabilities."""
    if groups.low is None or groups.are_probabilities():
        return None
    low, high = _scale(groups)
    return f"no score can lie outside those seen, {low:g} to {high:g}"


def _why_undefined(side: ScoredSide, groups: ScoredGroups, outcome: Outcome) -> str | None:
    """Say why a side's mean score cannot be compared, `None` if it can."""
    sample = sample_of(side, groups, outcome)
    if sample is None:
        return f"no actual {outcome} with a score in {side.name}"
    if sample.low == sample.high:
        return f"every score is {sample.low:g}, and what others there could be is not known"
    return None


@value
class _Bounded:
    """A mean score with its limits: for a failure, for a pass, and for print."""

    mean: float
    limits: tuple[Interval, Interval, Interval]

    def less(self, other: _Bounded) -> tuple[Limits, ...]:
        """Give the limits of the difference, in the same order."""
        return tuple(
            mover(self.mean, own, other.mean, its)
            for own, its in zip(self.limits, other.limits, strict=True)
        )


def _bounded(sample: Sample, alpha: float) -> _Bounded:
    """Find the limits of one mean."""
    return _Bounded(
        mean=sample.mean,
        limits=(
            gaffke(sample, alpha),
            gaffke(sample, PASS_ALPHA),
            gaffke(sample, 1 - LEVEL),
        ),
    )


def _compare(
    groups: ScoredGroups, alpha: float, *, outcome: Outcome
) -> tuple[ScoreComparison, ...]:
    """Compare the mean scores of every pair, each side's limits found once."""
    pairs = [*groups.pairings()]
    # By identity: everyone else is another side in every pair.
    sides = {id(side): side for pair in pairs for side in pair}
    reasons = {key: _why_undefined(one, groups, outcome) for key, one in sides.items()}
    means = {
        key: _bounded(sample, alpha)
        for key, side in sides.items()
        if (sample := sample_of(side, groups, outcome)) and reasons[key] is None
    }

    def compared(first: ScoredSide, second: ScoredSide) -> ScoreComparison:
        reason = reasons[id(first)] or reasons[id(second)]
        if reason is not None:
            return _undefined(first, second, reason)
        one, other = means[id(first)], means[id(second)]
        fails, passes, printed = one.less(other)
        interval = Interval(
            low=printed.lower, high=printed.upper, level=LEVEL, method="mover-gaffke"
        )
        # A score may stand a bin's width above the one it is counted at.
        return ScoreComparison(
            first=first.name,
            second=second.name,
            difference=Estimate(value=one.mean - other.mean, interval=interval),
            at_least=max(0.0, fails.at_least - groups.widest),
            at_most=passes.at_most + groups.widest,
        )

    return tuple(compared(first, second) for first, second in pairs)


def _undefined(first: ScoredSide, second: ScoredSide, reason: str) -> ScoreComparison:
    """Say why two sides are not compared."""
    return ScoreComparison(
        first=first.name,
        second=second.name,
        difference=Estimate.undefined(reason),
        at_least=None,
        at_most=None,
    )


def _count(groups: ScoredGroups, *, outcome: Outcome) -> int:
    """Count the pairs whose means can be compared."""
    return sum(
        1
        for pair in groups.pairings()
        if not any(_why_undefined(side, groups, outcome) for side in pair)
    )


def _size(side: ScoredSide, *, outcome: Outcome) -> float:
    """Give the effective number of people behind a mean."""
    people = getattr(side.table, outcome)
    if side.table.squares is None:
        return float(people.sum())
    squares = side.table.squares[0 if outcome == "positives" else 1]
    return size_of_mean(side.table.scores, people, squares)


def _needed(groups: ScoredGroups, tolerance: float, *, outcome: Outcome) -> int | None:
    """Say how many people of each group would settle it, `None` where no number would.

    The difference planned for is the one seen, less what chance adds to it on average.
    Beside what scores vary by, limits leave room for scores at the ends of the scale that
    nobody seen has.
    """
    reach = normal_quantile(1 - PASS_ALPHA / 2) + normal_quantile((1 + _POWER) / 2)
    rows = [0]
    for pair in groups.pairings():
        one, other = (sample_of(side, groups, outcome) for side in pair)
        if one is None or other is None or min(one.size, other.size) <= 1:
            continue
        noise = one.variance / (one.size - 1) + other.variance / (other.size - 1)
        apart = math.sqrt(max(0.0, (one.mean - other.mean) ** 2 - noise))
        room = tolerance - apart
        if room <= 0:
            return None
        spread = one.variance + other.variance
        ends = math.hypot(
            *(max(it.high - it.mean, it.mean - it.low) for it in (one, other))
        )
        unseen = math.log(2 / PASS_ALPHA) * ends
        rows.append(math.ceil(spread * (reach / room) ** 2 + unseen / room))
    return max(rows) or None


def _measure(outcome: Outcome) -> ScoreMeasure:
    return ScoreMeasure(
        id=f"mean_score_of_{outcome}",
        symbol="mean score",
        plain=f"the mean score of the actual {outcome}",
        rate=f"the mean score of the actual {outcome}",
        among=f"actual {outcome}",
        compare=partial(_compare, outcome=outcome),
        count=partial(_count, outcome=outcome),
        size=partial(_size, outcome=outcome),
        needed=partial(_needed, outcome=outcome),
        assumption=_assumption,
    )


MEAN_SCORE_OF_POSITIVES = _measure("positives")
MEAN_SCORE_OF_NEGATIVES = _measure("negatives")
