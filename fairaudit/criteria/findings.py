"""A disparity as a finding: one sentence that says what was seen and what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.criteria.comparisons import FAMILY_ALPHA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.evidence import Disparity, Gap, RateGap
    from fairaudit.criteria.criterion import Criterion


def disparity_finding(criterion: Criterion, disparity: Disparity) -> Finding:
    """Say in a sentence how far a table is from a criterion.

    Parameters
    ----------
    criterion : Criterion
        What should be equal.
    disparity : Disparity
        How far it is from that.

    Returns
    -------
    Finding
        Its estimate is the largest gap seen over the criterion's rates, or the largest
        common gap among people alike; undefined where fewer than two groups have one.
    """
    seen = [gap for gap in disparity.gaps if gap.largest is not None]
    reason = _reason(disparity)
    worst = max(seen, key=lambda gap: _size(gap.largest), default=None)
    return Finding(
        id=f"{criterion.id}@{disparity.attribute}",
        sentence=_sentence(criterion, disparity, worst, reason),
        estimate=Estimate.undefined(reason)
        if worst is None or worst.largest is None
        else Estimate(value=worst.largest.value),
        evidence=disparity,
        references=criterion.references,
        caveats=tuple(
            dict.fromkeys(
                (
                    *(why for gap in disparity.gaps for why in gap.undefined.values()),
                    *_opposite(disparity),
                )
            )
        ),
    )


def _sentence(
    criterion: Criterion, disparity: Disparity, worst: RateGap | None, reason: str
) -> str:
    """Put the gap seen, what noise explains of it, and what is shown, into words."""
    title = criterion.title.capitalize()
    if worst is None or worst.largest is None:
        return f"{title} by {disparity.attribute} cannot be measured: {reason}."
    shown = max(
        (gap for gap in disparity.gaps if gap.shown is not None),
        key=lambda gap: _size(gap.shown),
        default=None,
    )
    seen, noise = "the largest gap seen", ""
    if criterion.stratified:
        seen = "among people alike the largest common gap seen"
    if worst.noise_corrected is not None:
        noise = f", {worst.noise_corrected:.2f} after noise correction"
    return (
        f"{title} by {disparity.attribute}: {seen} is {worst.largest.value:.2f} "
        f"({_symbol(criterion, worst)}, {_between(worst.largest)}){noise}; "
        + (
            _alike(disparity)
            if shown is None or shown.shown is None
            else f"{_at_least(shown.shown.value)} is shown at 95 % "
            f"({_symbol(criterion, shown)}, {_between(shown.shown)})."
        )
    )


def _alike(disparity: Disparity) -> str:
    """Say what is shown within a stratum where no common gap is, if anything can be."""
    if not disparity.stratified and all(gap.not_excluded is None for gap in disparity.gaps):
        return "nothing could be compared."
    within = max(
        disparity.stratified, key=lambda one: one.worst_stratum_at_least or 0, default=None
    )
    if within is None or not within.worst_stratum_at_least:
        return "no difference is shown at 95 %."
    return (
        f"no common gap is shown at 95 %, but {_at_least(within.worst_stratum_at_least)} "
        f"is in stratum {within.worst_stratum} ({within.first} and {within.second})."
    )


def _opposite(disparity: Disparity) -> Iterator[str]:
    """Say where a common gap may hide opposite ones; Bonferroni over the pairs."""
    for one in disparity.stratified:
        p = one.heterogeneity_p
        if p is not None and p < FAMILY_ALPHA / len(disparity.stratified):
            yield (
                f"differences between {one.first} and {one.second} vary over strata "
                f"(p = {p:.2g}): the common gap may hide opposite ones"
            )


def _reason(disparity: Disparity) -> str:
    """Say why nothing can be compared."""
    for gap in disparity.gaps:
        for reason in gap.undefined.values():
            return reason
    return f"fewer than two groups in {disparity.attribute}"


def _size(gap: Gap | None) -> float:
    """Give a gap's size for ordering."""
    return -1.0 if gap is None else gap.value


def _at_least(limit: float) -> str:
    """Write a lower limit; what is shown never reads as nothing."""
    return f"at least {limit:.2f}" if limit >= 0.005 else "more than 0"


def _between(gap: Gap) -> str:
    """Name the two groups, the higher first."""
    return f"{gap.high} – {gap.low}"


def _symbol(criterion: Criterion, gap: RateGap) -> str:
    """Give the field's short name of a rate."""
    return next(rate.symbol for rate in criterion.rates if rate.id == gap.rate)
