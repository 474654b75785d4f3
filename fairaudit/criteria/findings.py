"""A disparity as a finding: one sentence that says what was seen and what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.criteria.comparisons import FAMILY_ALPHA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.evidence import Disparity, Gap, RateGap, StratifiedComparison
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
    if criterion.stratified:
        return _of_people_alike(criterion, disparity)
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
        f"{worst.largest.value:.2f} ({_symbol(criterion, worst)}, "
        f"{_between(worst.largest)}), "
        f"{worst.noise_corrected or 0:.2f} after noise correction; "
        + (
            "no difference is shown at 95 %."
            if shown is None or shown.shown is None
            else f"{_at_least(shown.shown.value)} is shown at 95 % "
            f"({_symbol(criterion, shown)}, {_between(shown.shown)})."
        )
    )


def _of_people_alike(criterion: Criterion, disparity: Disparity) -> Finding:
    """Say how far groups are apart among people alike."""
    compared = disparity.stratified
    seen = [one for one in compared if one.common.value is not None]
    worst = max(seen, key=_common, default=None)
    reasons = [one.common.undefined_because for one in compared]
    undefined = tuple(dict.fromkeys(reason for reason in reasons if reason is not None))
    reason = (undefined or (f"fewer than two groups in {disparity.attribute}",))[0]
    by = f"{criterion.title.capitalize()} by {disparity.attribute}"
    sentence = f"{by} cannot be measured: {reason}."
    if worst is not None:
        sentence = (
            f"{by}: among people alike the largest common gap seen is {_common(worst):.2f} "
            f"({criterion.rates[0].symbol}, {_pair(worst)}, {worst.strata_used} strata); "
            f"{_shown_alike(seen)}."
        )
    return Finding(
        id=f"{criterion.id}@{disparity.attribute}",
        sentence=sentence,
        estimate=Estimate.undefined(reason)
        if worst is None
        else Estimate(value=_common(worst)),
        evidence=disparity,
        references=criterion.references,
        caveats=(*undefined, *_opposite(seen)),
    )


def _shown_alike(seen: list[StratifiedComparison]) -> str:
    """Say what is shown over all strata, else in one of them."""
    surest = max(seen, key=lambda one: one.at_least or 0)
    if surest.at_least:
        return f"{_at_least(surest.at_least)} is shown at 95 % ({_pair(surest)})"
    within = max(seen, key=lambda one: one.worst_stratum_at_least or 0)
    if within.worst_stratum_at_least:
        return (
            f"no common gap is shown at 95 %, but "
            f"{_at_least(within.worst_stratum_at_least)} is in stratum "
            f"{within.worst_stratum} ({within.first} and {within.second})"
        )
    return "no difference is shown at 95 %"


def _opposite(seen: list[StratifiedComparison]) -> Iterator[str]:
    """Say where a common gap may hide opposite ones; Bonferroni over the pairs."""
    for one in seen:
        p = one.heterogeneity_p
        if p is not None and p < FAMILY_ALPHA / len(seen):
            yield (
                f"differences between {one.first} and {one.second} vary over strata "
                f"(p = {p:.2g}): the common gap may hide opposite ones"
            )


def _common(one: StratifiedComparison) -> float:
    """Give the size of a common difference."""
    return abs(one.common.value or 0.0)


def _pair(one: StratifiedComparison) -> str:
    """Name two groups, the higher first."""
    high, low = one.first, one.second
    return f"{low} – {high}" if (one.common.value or 0) < 0 else f"{high} – {low}"


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
