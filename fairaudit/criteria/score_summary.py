"""The scores of a table's groups at a glance: how they rank, and what they mean."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.core.score_evidence import (
    AucPair,
    Band,
    CalibrationError,
    RocPoint,
    ScoredGroup,
    ScoreSummary,
)
from fairaudit.criteria.mean_scores import LEVEL, sample_of
from fairaudit.criteria.scored_groups import side_of
from fairaudit.inference.auc import auc_difference, auc_estimate, ranking
from fairaudit.inference.means import gaffke
from fairaudit.inference.proportions import rate_estimate

if TYPE_CHECKING:
    from fairaudit.criteria.mean_scores import Outcome
    from fairaudit.criteria.scored_groups import Banded, ScoredGroups, ScoredSide
    from fairaudit.inference.auc import Ranking
    from fairaudit.tally.profile import ScoreProfile, ScoreTable

    Array = np.ndarray[Any, np.dtype[Any]]

DRAWS = 400
"""Samples of a calibrated score that an observed calibration error is held against."""

_NORMAL = 25.0
"""Variance of a band's positives from which they are drawn as a normal number."""

_ROC_STEPS = 5


def score_summary(
    profile: ScoreProfile,
    groups: ScoredGroups,
    *,
    score: str,
    rng: np.random.Generator,
) -> ScoreSummary:
    """How do scores rank the people of each group, and what do they mean?

    Parameters
    ----------
    profile : ScoreProfile
        People by group, score and label.
    groups : ScoredGroups
        The compared groups of a table.
    score : str
        The column the scores come from.
    rng : numpy.random.Generator
        For calibration errors of a calibrated score.

    Returns
    -------
    ScoreSummary
        AUC, mean scores, bands and calibration error of each group; a group without
        positives or negatives has an undefined AUC that says so.
    """
    everybody = side_of("overall", profile.overall(), groups.cut, groups.heaviest)
    sides = (*groups.sides, everybody)
    ranked = {side.name: _ranking(side.table) for side in sides}
    *each, overall = (_group(side, groups, ranked[side.name], rng) for side in sides)
    known = [found for found in ranked.values() if found is not None]
    scores = everybody.table.scores
    return ScoreSummary(
        attribute=groups.table.attribute,
        score=score,
        low=float(scores[0]) if len(scores) else 0.0,
        high=float(scores[-1]) if len(scores) else 0.0,
        bin_width=groups.widest,
        auc_error=max((found.within_bins for found in known), default=0.0)
        if groups.widest
        else 0.0,
        groups=tuple(each),
        overall=overall,
        auc_pairs=tuple(
            AucPair(
                first=first.name,
                second=second.name,
                difference=auc_difference(one, other),
            )
            for first, second in combinations(groups.sides, 2)
            if (one := ranked[first.name]) is not None
            and (other := ranked[second.name]) is not None
        ),
    )


def summary_finding(summary: ScoreSummary) -> Finding:
    """Say in a sentence how well scores rank each group."""
    known = [group for group in summary.groups if group.auc.value is not None]
    reasons = [
        group.auc.undefined_because
        for group in summary.groups
        if group.auc.undefined_because is not None
    ]
    where = f"AUC of {summary.score} by {summary.attribute}"
    if not known:
        reason = reasons[0] if reasons else f"no groups in {summary.attribute}"
        sentence, estimate = f"{where} is undefined: {reason}.", Estimate.undefined(reason)
    else:
        low = min(known, key=lambda group: group.auc.value or 0)
        high = max(known, key=lambda group: group.auc.value or 0)
        sentence = (
            f"{where}: a positive person scores above a negative one in "
            f"{low.auc.value or 0:.2f} of pairs in {low.name}, "
            f"{high.auc.value or 0:.2f} in {high.name}."
        )
        estimate = Estimate(value=(high.auc.value or 0) - (low.auc.value or 0))
    return Finding(
        id=f"scores@{summary.attribute}",
        sentence=sentence,
        estimate=estimate,
        evidence=summary,
        references=("delong1988",),
        caveats=tuple(dict.fromkeys((*reasons, *_binned(summary)))),
    )


def _binned(summary: ScoreSummary) -> list[str]:
    """Say what binning can change."""
    if not summary.bin_width:
        return []
    told = (
        f"too many distinct scores to keep: counted in bins at most "
        f"{summary.bin_width:.2g} wide, so that an AUC is within {summary.auc_error:.2g} "
        f"of that of the scores themselves"
    )
    return [told]


def _group(
    side: ScoredSide,
    groups: ScoredGroups,
    ranked: Ranking | None,
    rng: np.random.Generator,
) -> ScoredGroup:
    """Describe one group."""
    table = side.table
    outcomes = (("positives", table.positives), ("negatives", table.negatives))
    lacking = next((name for name, people in outcomes if not people.sum()), "positives")
    return ScoredGroup(
        name=side.name,
        auc=auc_estimate(ranked, f"no actual {lacking} with a score in {side.name}"),
        mean_of_positives=_mean(side, groups, "positives"),
        mean_of_negatives=_mean(side, groups, "negatives"),
        bands=tuple(
            _band(side, place, low, high) for place, (low, high) in enumerate(groups.ranges)
        ),
        roc=() if ranked is None else _roc(side.steps, groups.cut.steps),
        calibration_error=calibration_error(side, groups, rng)
        if groups.are_probabilities()
        else None,
        without_score=table.missing,
    )


def _ranking(table: ScoreTable) -> Ranking | None:
    """Rank the people of a table, at their effective numbers under survey weights."""
    return ranking(table.positives, table.negatives, squares=table.squares)


def _mean(side: ScoredSide, groups: ScoredGroups, outcome: Outcome) -> Estimate:
    """Estimate the mean score of an outcome; on a scale of one score it has no limits."""
    sample = sample_of(side, groups, outcome)
    if sample is None:
        return Estimate.undefined(f"no actual {outcome} with a score in {side.name}")
    known = sample.low < sample.high
    return Estimate(
        value=sample.mean,
        interval=gaffke(sample, 1 - LEVEL) if known else None,
        denominator=getattr(side.table, outcome).sum().item(),
    )


def _band(side: ScoredSide, place: int, low: float, high: float) -> Band:
    """Describe one band of a group."""
    people = side.bands.people[place].item()
    positives = side.bands.positives[place].item()
    size = side.bands.sizes[place].item()
    return Band(
        low=low,
        high=high,
        people=people,
        positives=positives,
        happened=rate_estimate(
            positives,
            people,
            size=None if size == people else size,
            undefined_because=f"nobody in {side.name} with a label and such a score",
        ),
        mean_score=side.bands.mean_scores[place].item() if people else None,
    )


def _roc(steps: Banded, thresholds: Array) -> tuple[RocPoint, ...]:
    """Give some points of the curve, the highest threshold first."""
    positives = np.cumsum(steps.positives[::-1])[::-1]
    negatives = np.cumsum((steps.people - steps.positives)[::-1])[::-1]
    places = range(0, len(thresholds), -(-len(thresholds) // (100 // _ROC_STEPS)))
    return tuple(
        RocPoint(
            threshold=float(thresholds[place]),
            false_positive_rate=float(negatives[place] / negatives[0]),
            true_positive_rate=float(positives[place] / positives[0]),
        )
        for place in reversed(places)
    )


def calibration_error(
    side: ScoredSide, groups: ScoredGroups, rng: np.random.Generator
) -> CalibrationError | None:
    """How far are shares from scores on average, and how far would chance alone put them?

    Parameters
    ----------
    side : ScoredSide
        A group.
    groups : ScoredGroups
        Its table; scores between 0 and 1.
    rng : numpy.random.Generator
        For samples in which everybody's chance is their score.

    Returns
    -------
    CalibrationError or None
        `None` of nobody, and under survey weights, of which no sample can be drawn.
    """
    people, bands = side.bands.people, side.bands
    if not people.sum() or side.table.squares is not None:
        return None
    expected = bands.mean_scores * people
    total = people.sum()
    drawn = _drawn(side, groups, rng)
    chance = np.abs(drawn - expected).sum(axis=1) / total
    return CalibrationError(
        value=float(np.abs(bands.positives - expected).sum() / total),
        if_calibrated=float(chance.mean()),
        at_most_if_calibrated=float(np.quantile(chance, 0.95)),
    )


def _drawn(side: ScoredSide, groups: ScoredGroups, rng: np.random.Generator) -> Array:
    """Draw positives per band of a calibrated score, one sample per row."""
    table = side.table
    starts = np.searchsorted(table.scores, groups.cut.bands)
    ends = [*starts[1:], len(table.scores)]
    drawn = np.zeros((DRAWS, len(starts)))
    for place, (start, end) in enumerate(zip(starts, ends, strict=True)):
        known = table.labelled[start:end] > 0
        n, p = table.labelled[start:end][known], table.scores[start:end][known]
        variance = float((n * p * (1 - p)).sum())
        if variance >= _NORMAL:
            drawn[:, place] = rng.normal((n * p).sum(), variance**0.5, DRAWS)
        elif len(n):
            drawn[:, place] = rng.binomial(n, p, (DRAWS, len(n))).sum(axis=1)
    return drawn
