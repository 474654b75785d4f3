"""How far the scores of groups are from a criterion: measured, described, not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.core.score_evidence import ITS_SCORES, ScoreDisparity
from fairaudit.criteria.comparisons import FAMILY_ALPHA

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.core.score_evidence import ScoreComparison
    from fairaudit.criteria.criterion import Criterion
    from fairaudit.criteria.scored_groups import ScoredGroups


def score_family_size(criterion: Criterion, groups: Sequence[ScoredGroups]) -> int:
    """Count the differences a criterion on scores rests on over several tables.

    Returns
    -------
    int
        At least 1, so that it can divide an error rate.
    """
    assert criterion.scores is not None
    return max(1, sum(criterion.scores.count(one) for one in groups))


def measure_scores(
    criterion: Criterion, groups: ScoredGroups, *, family: int
) -> ScoreDisparity:
    """Say how far apart groups are in what a criterion on scores wants equal.

    Parameters
    ----------
    criterion : Criterion
        One on scores.
    groups : ScoredGroups
        The groups of a table with their scores.
    family : int
        How many differences the criterion rests on in the whole audit; those called shown
        hold for all of them at once.

    Returns
    -------
    ScoreDisparity
        Every comparison, undefined ones with the reason.
    """
    assert criterion.scores is not None
    return ScoreDisparity(
        criterion=criterion.id,
        attribute=groups.table.attribute,
        family_size=family,
        comparisons=criterion.scores.compare(groups, FAMILY_ALPHA / family),
        assumption=criterion.scores.assumption(groups),
    )


def score_finding(criterion: Criterion, disparity: ScoreDisparity) -> Finding:
    """Say in a sentence how far the scores of a table are from a criterion.

    Parameters
    ----------
    criterion : Criterion
        One on scores.
    disparity : ScoreDisparity
        How far they are from it.

    Returns
    -------
    Finding
        Its estimate is the size of the difference that is largest as seen; undefined where
        nothing can be compared.
    """
    known = [one for one in disparity.comparisons if one.difference.value is not None]
    reasons = [
        one.difference.undefined_because
        for one in disparity.comparisons
        if one.difference.undefined_because is not None
    ]
    title = f"{criterion.title.capitalize()} by {disparity.attribute}"
    if not known:
        reason = (
            reasons[0] if reasons else f"fewer than two groups in {disparity.attribute}"
        )
        sentence, estimate = f"{title} cannot be measured: {reason}.", None
    else:
        worst = max(known, key=lambda one: abs(one.difference.value or 0))
        seen = abs(worst.difference.value or 0)
        reason, estimate = "", Estimate(value=seen)
        sentence = (
            f"{title}: the largest difference seen is {seen:.2f} ({between(worst)}); "
            f"{_shown(known)}."
        )
    return Finding(
        id=f"{criterion.id}@{disparity.attribute}",
        sentence=sentence,
        estimate=estimate or Estimate.undefined(reason),
        evidence=disparity,
        references=criterion.references,
        caveats=tuple(dict.fromkeys((*reasons, *_assumed(disparity)))),
    )


def _assumed(disparity: ScoreDisparity) -> tuple[str, ...]:
    """Say what the limits take for granted."""
    if disparity.assumption is None:
        return ()
    return (f"its limits hold if {disparity.assumption}",)


def between(one: ScoreComparison) -> str:
    """Name the two sides, the higher first, and the scores it is at."""
    turned = (one.difference.value or 0) < 0
    names = (one.second, one.first) if turned else (one.first, one.second)
    return f"{names[0]} – {names[1]}{at_scores(one.shown_in)}"


def apart(one: ScoreComparison, rate: str, size: str) -> str:
    """Say how far apart the two sides are, as one says it to a layman.

    Parameters
    ----------
    one : ScoreComparison
        A comparison with a difference.
    rate : str
        How one side's number is called.
    size : str
        By how much they differ.

    Returns
    -------
    str
        The higher of two groups first; a group against its scores as higher or lower.
    """
    below = (one.difference.value or 0) < 0
    who = "" if one.shown_in is None else f"among people with {_scores(one.shown_in)}, "
    if one.second == ITS_SCORES:
        way = "lower" if below else "higher"
        return f"{who}{rate} in {one.first} is {size} {way} than the scores say"
    high, low = (one.second, one.first) if below else (one.first, one.second)
    return f"{who}{rate} is {size} higher in {high} than in {low}"


def at_scores(band: tuple[float, float] | None) -> str:
    """Name a band of scores; over all scores there is none."""
    if band is None:
        return ""
    return f", at {_scores(band)}"


def _scores(band: tuple[float, float]) -> str:
    """Write the scores of a band."""
    low, high = band
    return f"score {low:.4g}" if low == high else f"scores {low:.4g} to {high:.4g}"


def _shown(known: Sequence[ScoreComparison]) -> str:
    """Say what is shown at 95 %."""
    surest = max(known, key=lambda one: one.at_least or 0)
    if not surest.at_least:
        return "no difference is shown at 95 %"
    limit = surest.at_least
    size = f"at least {limit:.2f}" if limit >= 0.005 else "more than 0"
    return f"{size} is shown at 95 % ({between(surest)})"
