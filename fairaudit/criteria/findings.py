"""A disparity as a finding: one sentence that says what was seen and what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding

if TYPE_CHECKING:
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
        Its estimate is the largest gap seen over the criterion's rates, undefined where
        fewer than two groups have a rate.
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
                reason for gap in disparity.gaps for reason in gap.undefined.values()
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
    return (
        f"{title} by {disparity.attribute}: the largest gap seen is "
        f"{worst.largest.value:.2f} ({_symbol(criterion, worst)}, {_between(worst.largest)}), "
        f"{worst.noise_corrected or 0:.2f} after noise correction; "
        + (
            "no difference is shown at 95 %."
            if shown is None or shown.shown is None
            else f"at least {shown.shown.value:.2f} is shown at 95 % "
            f"({_symbol(criterion, shown)}, {_between(shown.shown)})."
        )
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


def _between(gap: Gap) -> str:
    """Name the two groups, the higher first."""
    return f"{gap.high} – {gap.low}"


def _symbol(criterion: Criterion, gap: RateGap) -> str:
    """Give the field's short name of a rate."""
    return next(rate.symbol for rate in criterion.rates if rate.id == gap.rate)
