"""What the bill says to someone who must decide: three plain lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.tally.rates import (
    FALSE_NEGATIVE_RATE,
    FALSE_POSITIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    TRUE_POSITIVE_RATE,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairaudit.core.bill import BillSide
    from fairaudit.core.estimate import Estimate, Interval
    from fairaudit.core.prices import JointGap
    from fairaudit.core.words import Favourable
    from fairaudit.tradeoffs.identities import Names


@value
class Errors:
    """What the two kinds of error are called, depending on whether selection helps."""

    false_positives: str
    false_negatives: str


_HELPS = Errors(false_positives="wrong selections", false_negatives="wrong rejections")
_HARMS = Errors(false_positives="false alarms", false_negatives="misses")

# A gap below this is none: the search leaves as much.
_NO_GAP = 1e-5

Pairs = dict[str, tuple[float, float]]


_THREE = "all three (PPV, FPR and TPR)"
"""What the lines are about, named where a tolerance is spoken of."""


def exactly(
    names: Names,
    odds_ratio: Estimate,
    side: BillSide | str,
    seen: Pairs,
    favourable: Favourable | None,
) -> str:
    """Say that the base rates differ, what that costs any rule, and who pays it now.

    `seen` holds both groups' rates by id. "Any rule that makes false alarms" is the one
    exception to "whatever the rule": a rule without them owes nothing.
    """
    words = _HARMS if favourable == "not-selected" else _HELPS
    false_positives, false_negatives = words.false_positives, words.false_negatives
    first, second = names
    shown = ratio_shown(odds_ratio)
    if odds_ratio.value == 1:
        return (
            f"{first} and {second} base rates are equal in these data ({shown}): nothing "
            f"forces their precision, {false_positives} or {false_negatives} apart."
        )
    differ = "differ"
    if includes_one(odds_ratio):
        differ = "differ here by no more than chance can explain"
    paid = (
        f"how this one pays cannot be told: {side}"
        if isinstance(side, str)
        else f"this one pays {_payment(side, seen, words, (first, second))}"
    )
    return (
        f"{first} and {second} base rates {differ} ({shown}). "
        f"Any rule that makes {false_positives} must pay that in precision, "
        f"{false_positives} or {false_negatives}; {paid}."
    )


def within_tolerance(
    odds_ratio: Estimate,
    joint_gap: Estimate,
    levels: Mapping[str, float],
    tolerance: float | None,
) -> str:
    """Say whether the three can hold within the tolerance, as far as base rates go."""
    if joint_gap.value is None:
        within = "" if tolerance is None else f" within {limit_shown(tolerance)}"
        because = joint_gap.undefined_because
        return f"Whether all three can hold{within} is not known: {because}."
    if odds_ratio.value == 1:
        return "At equal base rates all three can hold, within any tolerance."
    gap = f"the smallest joint gap is {_gap_shown(joint_gap, tolerance)}"
    at = (
        f"at today's levels (lowest true positive rate "
        f"{percent(levels[TRUE_POSITIVE_RATE.id])}, lowest precision "
        f"{percent(levels[POSITIVE_PREDICTIVE_VALUE.id])})"
    )
    if tolerance is None:
        return (
            f"No tolerance was given: {at} {gap} whatever the scores; a rule of better "
            f"precision could come closer."
        )
    if joint_gap.value <= tolerance:
        return (
            f"Within {limit_shown(tolerance)} {_THREE} can hold as far as base rates go: "
            f"{at} {gap}. Reaching that also takes scores good enough, not looked at here."
        )
    return (
        f"Within {limit_shown(tolerance)} {_THREE} cannot hold {at}: {gap} whatever the "
        f"scores. A rule of better precision could come closer."
    )


def within_on_scores(joint: JointGap, tolerance: float | None) -> str:
    """Say whether the three can hold within the tolerance by some rule on the scores.

    Both sides are shown: the gap by a rule that attains it, and that none goes below its
    bound. A tolerance between the two is left open.
    """
    assert joint.gap.value is not None
    assert joint.at_least is not None
    gap = _gap_shown(joint.gap, tolerance)
    held = "selecting as many people as today"
    if joint.gap.value < _NO_GAP:
        return f"On these scores all three can hold, {held}, within any tolerance."
    if tolerance is None:
        return (
            f"No tolerance was given: on these scores, {held}, some rule brings all three "
            f"gaps down to {gap}, and none further."
        )
    within = limit_shown(tolerance)
    if joint.gap.value <= tolerance:
        return (
            f"Within {within} {_THREE} can hold on these scores, {held}: some rule brings "
            f"all gaps down to {gap}, and none further."
        )
    if joint.at_least > tolerance:
        return (
            f"Within {within} {_THREE} cannot hold on these scores, {held}: whatever the "
            f"rule, some gap is at least {gap}."
        )
    return (
        f"Whether all three can hold within {within} on these scores, {held}, is not "
        f"proven: a rule brings the gaps down to {gap}, and none below "
        f"{joint.at_least:.4f}."
    )


def supported(
    odds_ratio: Estimate,
    joint_gap: Estimate,
    tolerance: float | None,
    *,
    where: str = "at these levels",
) -> str:
    """Say what the data support at 95 %; `where` the joint gap was looked for."""
    if odds_ratio.interval is None:
        return "How sure this is cannot be told: the odds ratio has no interval."
    if includes_one(odds_ratio):
        return (
            f"At 95 % these data do not show that base rates differ "
            f"({ratio_shown(odds_ratio)}), and so no conflict."
        )
    low, high = _limits(odds_ratio.interval)
    differ = f"At 95 % base rates differ (odds ratio {low:,.2f} to {high:,.2f})"
    if joint_gap.value is None or joint_gap.interval is None:
        return f"{differ}; how near the three can come is not known."
    return f"{differ}{_shown_of_gap(joint_gap.interval, tolerance, where)}"


def _shown_of_gap(interval: Interval, tolerance: float | None, where: str) -> str:
    """Say on which side of the tolerance the joint gap is shown to lie, if on one."""
    least, most = _limits(interval)
    digits = _digits([least, most], apart_from=tolerance)
    between = f"smallest joint gap {least:.{digits}f} to {most:.{digits}f}"
    if tolerance is None:
        return f"; {between}."
    within = limit_shown(tolerance)
    if most <= tolerance:
        return f", but too little to rule out all three within {within}: {between}."
    if least > tolerance:
        return f", too much for all three within {within} {where}: {between}."
    return f"; whether all three can hold within {within} is undecided: {between}."


def includes_one(ratio: Estimate) -> bool:
    """Tell whether a ratio's interval holds 1, so that no difference is shown."""
    if ratio.interval is None:
        return False
    low, high = _limits(ratio.interval)
    return low <= 1 <= high


def ratio_shown(ratio: Estimate) -> str:
    """Write an odds ratio with its interval, in enough digits to tell it from 1."""
    assert ratio.value is not None
    digits = 2 if ratio.value == 1 else _digits([ratio.value], apart_from=1)
    shown = f"odds ratio {ratio.value:,.{digits}f}"
    if ratio.interval is None:
        return shown
    low, high = _limits(ratio.interval)
    return f"{shown} [{low:,.{digits}f}, {high:,.{digits}f}]"


def limit_shown(tolerance: float) -> str:
    """Write a tolerance as given, with at least two decimals."""
    return f"{tolerance:.2f}" if round(tolerance, 2) == tolerance else f"{tolerance:g}"


def percent(share: float, digits: int = 0) -> str:
    """Write a share in percent."""
    return f"{100 * share:.{digits}f} %"


def _payment(side: BillSide, seen: Pairs, words: Errors, names: Names) -> str:
    """Say which of the three pays the largest part of the total."""
    payments = {
        rate: term if side.total > 0 else -term for rate, term in side.terms.items()
    }
    payer = max(payments, key=lambda rate: payments[rate])
    half = sum(payment for payment in payments.values() if payment > 0) / 2
    much = "mostly" if payments[payer] >= half else "most"
    word, rate = {
        POSITIVE_PREDICTIVE_VALUE.id: ("precision", POSITIVE_PREDICTIVE_VALUE.id),
        FALSE_POSITIVE_RATE.id: (words.false_positives, FALSE_POSITIVE_RATE.id),
        TRUE_POSITIVE_RATE.id: (words.false_negatives, FALSE_NEGATIVE_RATE.id),
    }[payer]
    shares = _versus(*seen[rate])
    both = " v ".join(f"{names[place]} {shares[place]}" for place in (0, 1))
    return f"{much} in {word} ({both})"


def _versus(first: float, second: float) -> tuple[str, str]:
    """Write two shares in enough digits to tell them apart."""
    digits = next((n for n in (0, 1) if round(100 * first, n) != round(100 * second, n)), 2)
    return percent(first, digits), percent(second, digits)


def _gap_shown(gap: Estimate, tolerance: float | None) -> str:
    """Write a gap with its interval, in enough digits to tell it from the tolerance."""
    assert gap.value is not None
    digits = _digits([gap.value], apart_from=tolerance)
    if gap.interval is None:
        return f"{gap.value:.{digits}f}"
    low, high = _limits(gap.interval)
    return f"{gap.value:.{digits}f} [{low:.{digits}f}, {high:.{digits}f}]"


def _digits(numbers: list[float], *, apart_from: float | None) -> int:
    """Count the decimals, 2 to 4, that tell numbers from one of their limits and from 0."""
    for digits in (2, 3):
        rounded = [round(number, digits) for number in numbers]
        if apart_from not in rounded and rounded[-1]:
            return digits
    return 4


def _limits(interval: Interval) -> tuple[float, float]:
    """Give the two limits of an interval that is bounded on both sides."""
    assert interval.low is not None
    assert interval.high is not None
    return interval.low, interval.high
