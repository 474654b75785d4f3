"""What happened to people of the same scores: held against the scores, or between groups.

Scores are cut into bands at fixed quantiles of all groups together, and a verdict rests on
the limits of every band: exact ones, simultaneous over bands and groups.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.score_evidence import ITS_SCORES, ScoreComparison
from fairaudit.core.value import value
from fairaudit.criteria.comparisons import PASS_ALPHA
from fairaudit.criteria.score_measure import ScoreMeasure
from fairaudit.inference.differences import Limits, difference_estimate, verdict_limits
from fairaudit.inference.proportions import clopper_pearson
from fairaudit.inference.special import normal_quantile
from fairaudit.inference.stratified import common_difference_limits, mantel_haenszel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.criteria.scored_groups import ScoredGroups, ScoredSide

_LEVEL = 0.95
_POWER = 0.8


@value
class InBand:
    """The difference in one band: as seen, and between which limits it lies."""

    band: int
    seen: Estimate
    at_least: float
    at_most: float


def _calibrated(groups: ScoredGroups, alpha: float) -> tuple[ScoreComparison, ...]:
    """Hold what happened to each group against its scores, band by band."""
    return tuple(_of_group(side, groups, alpha) for side in groups.sides)


def _of_group(side: ScoredSide, groups: ScoredGroups, alpha: float) -> ScoreComparison:
    """Compare one group with its scores."""
    reason = None
    if not side.bands.people.sum():
        reason = f"nobody with a label and a score in {side.name}"
    elif not groups.are_probabilities():
        reason = (
            f"calibration needs scores between 0 and 1, and these run from "
            f"{groups.low:g} to {groups.high:g}"
        )
    found = [] if reason else [*_bands_of_group(side, groups, alpha)]
    return _joined(side.name, ITS_SCORES, found, groups, reason)


def _bands_of_group(
    side: ScoredSide, groups: ScoredGroups, alpha: float
) -> Iterator[InBand]:
    """Give the limits of a group's shares less its mean scores.

    Of people with different probabilities the number of positives varies less than that
    of people who share their mean, so that exact binomial limits hold [hoeffding1956].
    """
    for band in range(len(groups.ranges)):
        x, n = side.bands.counts(band)
        if not n:
            continue
        mean = float(side.bands.mean_scores[band])
        fails = _from_scores(x, n, mean, alpha, groups.widest)
        passes = _from_scores(x, n, mean, PASS_ALPHA, groups.widest)
        printed = clopper_pearson(x, n, 1 - _LEVEL)
        assert printed.low is not None
        assert printed.high is not None
        yield InBand(
            band=band,
            seen=Estimate(
                value=x / n - mean,
                interval=Interval(
                    low=printed.low - mean,
                    high=printed.high - mean,
                    level=_LEVEL,
                    method="clopper-pearson",
                ),
            ),
            at_least=fails.at_least,
            at_most=passes.at_most,
        )


def _from_scores(x: float, n: float, mean: float, alpha: float, widest: float) -> Limits:
    """Subtract a mean score, which may be up to a bin's width higher, from exact limits."""
    exact = clopper_pearson(x, n, alpha)
    assert exact.low is not None
    assert exact.high is not None
    return Limits(lower=max(-1.0, exact.low - mean - widest), upper=exact.high - mean)


def _alike(groups: ScoredGroups, alpha: float) -> tuple[ScoreComparison, ...]:
    """Compare what happened at the same scores between groups."""
    return tuple(
        _of_pair(first, second, groups, alpha) for first, second in groups.pairings()
    )


def _of_pair(
    first: ScoredSide, second: ScoredSide, groups: ScoredGroups, alpha: float
) -> ScoreComparison:
    """Compare one pair, in the bands that have both."""
    found = [*_bands_of_pair(first, second, groups, alpha)]
    reason = None
    if not found:
        empty = [side.name for side in (first, second) if not side.bands.people.sum()]
        reason = (
            f"nobody with a label and a score in {empty[0]}"
            if empty
            else f"{first.name} and {second.name} have no scores in common"
        )
    return _joined(first.name, second.name, found, groups, reason)


def _bands_of_pair(
    first: ScoredSide, second: ScoredSide, groups: ScoredGroups, alpha: float
) -> Iterator[InBand]:
    """Give the limits of the difference between two groups' shares, band by band.

    Within a band one group may have the higher scores, and more positives for that alone.
    So limits of the band as a whole stand beside those of people matched on finer steps of
    the score, and the more cautious of the two decides.
    """
    for band in range(len(groups.ranges)):
        counts = (*first.bands.counts(band), *second.bands.counts(band))
        if not counts[1] or not counts[3]:
            continue
        matched, weights = _matched(first, second, groups, band)
        at_least = verdict_limits(*counts, alpha).at_least
        at_most = verdict_limits(*counts, PASS_ALPHA).at_most
        if len(matched) > 1 or not groups.is_one_score(band):
            at_least = (
                min(
                    at_least,
                    common_difference_limits(matched, alpha, weights=weights).at_least,
                )
                if matched
                else 0.0
            )
            at_most = (
                max(
                    at_most,
                    common_difference_limits(matched, PASS_ALPHA, weights=weights).at_most,
                )
                if matched
                else 1.0
            )
        yield InBand(
            band=band,
            seen=difference_estimate(*counts),
            at_least=at_least,
            at_most=at_most,
        )


def _matched(
    first: ScoredSide, second: ScoredSide, groups: ScoredGroups, band: int
) -> tuple[list[tuple[float, float, float, float]], list[float]]:
    """Give the finer steps of a band that have people of both groups, and their weights."""
    one, other = first.steps, second.steps
    shared = [
        step
        for step in groups.cut.steps_of(band)
        if one.people[step] and other.people[step]
    ]
    return (
        [(*one.counts(step), *other.counts(step)) for step in shared],
        [
            mantel_haenszel(one.people[step].item(), other.people[step].item())
            for step in shared
        ],
    )


def _joined(
    first: str,
    second: str,
    found: Sequence[InBand],
    groups: ScoredGroups,
    reason: str | None,
) -> ScoreComparison:
    """Join bands: the one that most surely differs, and the one that excludes least."""
    if not found:
        return ScoreComparison(
            first=first,
            second=second,
            difference=Estimate.undefined(reason or "no scores to compare"),
            at_least=None,
            at_most=None,
        )
    surest = max(found, key=lambda one: (one.at_least, abs(one.seen.value or 0)))
    loosest = max(found, key=lambda one: one.at_most)
    return ScoreComparison(
        first=first,
        second=second,
        difference=surest.seen,
        at_least=surest.at_least,
        at_most=loosest.at_most,
        shown_in=groups.ranges[surest.band],
        open_in=groups.ranges[loosest.band],
    )


def _count_groups(groups: ScoredGroups) -> int:
    """Count the bands of groups that have people; none where scores do not fit."""
    if not groups.are_probabilities():
        return 0
    return sum(int((side.bands.sizes > 0).sum()) for side in groups.sides)


def _count_pairs(groups: ScoredGroups) -> int:
    """Count the bands that have people of both groups, over all pairs."""
    return sum(
        int(((first.bands.sizes > 0) & (second.bands.sizes > 0)).sum())
        for first, second in groups.pairings()
    )


def _size(side: ScoredSide) -> float:
    """Give the effective number of people with a label and a score."""
    return float(side.bands.sizes.sum())


def _needed(groups: ScoredGroups, tolerance: float, *, sides: int) -> int | None:
    """Say how many people of each group would settle it if nothing differed.

    Every band then passes with the probability that makes all of them do so; a group is
    taken to have a tenth of its people in each.
    """
    shares = [
        (x + 1) / (n + 2)
        for side in groups.sides
        for x, n in (side.bands.counts(band) for band in range(len(groups.ranges)))
        if n
    ]
    if not shares or tolerance <= 0:
        return None
    reach = normal_quantile(1 - PASS_ALPHA / 2) + normal_quantile(
        1 - (1 - _POWER) / (2 * len(shares))
    )
    most = max(share * (1 - share) for share in shares)
    people = sides * most * (reach / tolerance) ** 2 + 2 / tolerance
    return math.ceil(people * len(groups.ranges))


def _needed_by_groups(groups: ScoredGroups, tolerance: float) -> int | None:
    return _needed(groups, tolerance, sides=1)


def _needed_by_pairs(groups: ScoredGroups, tolerance: float) -> int | None:
    return _needed(groups, tolerance, sides=2)


OUTCOME_AGAINST_SCORE = ScoreMeasure(
    id="outcome_against_score",
    symbol="share − score",
    plain="the share that turned out positive, less the mean score, in bands of scores",
    rate="the share with a positive label",
    among="people with a label and a score",
    compare=_calibrated,
    count=_count_groups,
    size=_size,
    needed=_needed_by_groups,
    probabilities=True,
)

OUTCOME_AT_SCORE = ScoreMeasure(
    id="outcome_at_score",
    symbol="share at a score",
    plain="the share that turned out positive among people of the same scores",
    rate="the share with a positive label",
    among="people with a label and a score",
    compare=_alike,
    count=_count_pairs,
    size=_size,
    needed=_needed_by_pairs,
)
