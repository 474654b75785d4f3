"""What scores mean in each group: how they rank people, and criteria on them, as texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.evidence import EVERYONE_ELSE
from fairaudit.core.score_evidence import ITS_SCORES, ScoreDisparity, ScoreSummary
from fairaudit.core.value import value
from fairaudit.report.numbers import NBSP, decimal, interval, listed
from fairaudit.report.sections.population import criterion_title

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.core.estimate import Estimate
    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.score_evidence import ScoreComparison, ScoredGroup
    from fairaudit.core.verdict import Verdict
    from fairaudit.report.model import DecisionAudit

_MOST = 6


@value
class GroupScores:
    """One group's line: AUC, mean scores and calibration error, each with how sure."""

    name: str
    auc: str
    mean_of_positives: str
    mean_of_negatives: str
    calibration_error: str


@value
class ScoreGap:
    """One criterion on scores: what is seen, between whom, what is shown and not excluded.

    `left_out` says whose scores cannot be compared, and why.
    """

    title: str
    gated: bool
    seen: str
    seen_between: str
    shown: str
    shown_between: str
    not_excluded: str
    not_excluded_between: str
    left_out: tuple[str, ...]


@value
class ScoreText:
    """The scores of one table, as texts.

    `calibration` says whether a calibration error is there: only scores between 0 and 1
    have one.
    """

    score: str
    groups: tuple[GroupScores, ...]
    gaps: tuple[ScoreGap, ...]
    calibration: bool
    notes: tuple[str, ...]


def score_text(part: DecisionAudit, attribute: str) -> ScoreText | None:
    """What do the scores of a table's groups mean, and how far apart are they?

    Parameters
    ----------
    part : DecisionAudit
        The audit.
    attribute : str
        Which of its tables.

    Returns
    -------
    ScoreText or None
        `None` where no scores were counted.
    """
    summary = next(
        (
            finding.evidence
            for finding in part.findings
            if isinstance(finding.evidence, ScoreSummary)
            and finding.evidence.attribute == attribute
        ),
        None,
    )
    if summary is None:
        return None
    groups = (*summary.groups, summary.overall)
    return ScoreText(
        score=summary.score,
        groups=tuple(_group(group) for group in groups),
        gaps=tuple(
            _gap(finding.evidence, part)
            for finding in part.findings
            if isinstance(finding.evidence, ScoreDisparity)
            and finding.evidence.attribute == attribute
        ),
        calibration=any(group.calibration_error is not None for group in groups),
        notes=tuple(_notes(summary)),
    )


def scores_title(text: ScoreText, table: GroupTable) -> str:
    """Head the scores of a table."""
    return f"Scores ({text.score}) by {table.attribute}"


def scored_lines(verdict: Verdict) -> Iterator[tuple[str, str]]:
    """What do the comparisons of a verdict on scores show, and of whom?

    Yields
    ------
    tuple of str
        A label and its text; every comparison is in one of them, named or counted.
    """
    for label, status in (
        ("Shown different", "fail"),
        ("Shown close", "pass"),
        ("Not settled", "undecided"),
    ):
        chosen = [one for one in verdict.scored if one.status == status]
        if chosen:
            texts = [f"{_names(one)} {_limit(one)}" for one in _ordered(chosen)]
            many = f"{len(chosen)} of {len(verdict.scored)}: "
            yield label, many + listed(texts, most=_MOST)


def _ordered(chosen: Sequence[ScoreComparison]) -> list[ScoreComparison]:
    """Put the surest first, or what excludes least."""
    return sorted(chosen, key=lambda one: (-(one.at_least or 0), -(one.at_most or 0)))


def _limit(one: ScoreComparison) -> str:
    """Write what is shown of a comparison, or not excluded."""
    if one.at_most is None:
        return f"({one.difference.undefined_because})"
    if one.status == "fail":
        return f"≥{NBSP}{decimal(one.at_least or 0, against=0.0)}{_at(one.shown_in)}"
    return f"≤{NBSP}{decimal(one.at_most)}{_at(one.open_in)}"


def _names(one: ScoreComparison) -> str:
    """Name two groups, the higher first; the other side of calibration goes unsaid."""
    if one.second in {ITS_SCORES, EVERYONE_ELSE}:
        return one.first
    turned = (one.difference.value or 0) < 0
    first, second = (one.second, one.first) if turned else (one.first, one.second)
    return f"{first} v {second}"


def _at(band: tuple[float, float] | None) -> str:
    """Name a band of scores in short."""
    if band is None:
        return ""
    low, high = band
    return f"{NBSP}at{NBSP}{low:.3g}" + ("" if low == high else f"–{high:.3g}")


def _group(group: ScoredGroup) -> GroupScores:
    """Write one group's line."""
    error = group.calibration_error
    return GroupScores(
        name=group.name,
        auc=_estimate(group.auc),
        mean_of_positives=_estimate(group.mean_of_positives),
        mean_of_negatives=_estimate(group.mean_of_negatives),
        calibration_error=""
        if error is None
        else f"{decimal(error.value)}{NBSP}(≤{NBSP}{decimal(error.at_most_if_calibrated)})",
    )


def _estimate(estimate: Estimate) -> str:
    """Write a value with its interval."""
    if estimate.value is None:
        return "undefined"
    return f"{decimal(estimate.value)} {interval(estimate.interval)}".rstrip()


def _gap(disparity: ScoreDisparity, part: DecisionAudit) -> ScoreGap:
    """Write how far apart scores are by one criterion."""
    compared = disparity.comparisons
    known = [one for one in compared if one.at_most is not None]
    widest = max(known, key=lambda one: abs(one.difference.value or 0), default=None)
    surest = max(known, key=lambda one: one.at_least or 0, default=None)
    loosest = max(known, key=lambda one: one.at_most or 0, default=None)
    is_shown = surest is not None and bool(surest.at_least)
    gated = {gate.criterion for gate in part.requirements.criteria}
    return ScoreGap(
        title=criterion_title(disparity.criterion, part),
        gated=disparity.criterion in gated,
        seen="undefined" if widest is None else decimal(abs(widest.difference.value or 0)),
        seen_between="" if widest is None else f"{_names(widest)}{_at(widest.shown_in)}",
        shown=f"≥{NBSP}{decimal(surest.at_least or 0, against=0.0)}"
        if is_shown and surest is not None
        else "none",
        shown_between=f"{_names(surest)}{_at(surest.shown_in)}"
        if is_shown and surest is not None
        else "",
        not_excluded="" if loosest is None else decimal(loosest.at_most or 0),
        not_excluded_between=""
        if loosest is None
        else f"{_names(loosest)}{_at(loosest.open_in)}",
        left_out=tuple(
            dict.fromkeys(
                one.difference.undefined_because
                for one in compared
                if one.difference.undefined_because is not None
            )
        ),
    )


def _notes(summary: ScoreSummary) -> Iterator[str]:
    """Say what the numbers are, and what binning may change of them."""
    yield (
        "AUC: how often a positive person scores above a negative one, ties half; brackets "
        "are 95 % intervals."
    )
    if any(group.calibration_error is not None for group in summary.groups):
        yield (
            "Calibration error: mean distance of shares from scores over bands; in "
            "brackets what a perfectly calibrated score of this size stays below in 95 of "
            "100 samples."
        )
    if summary.bin_width:
        yield (
            f"Scores were counted in bins at most {summary.bin_width:.2g} wide: an AUC is "
            f"within {summary.auc_error:.2g} of that of the scores themselves."
        )
