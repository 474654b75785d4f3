"""What a study concludes: disparity, equivalent, inconclusive, or no verdict; and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fairaudit.core.value import value
from fairaudit.resumes.effects.controls import placebo_alarm
from fairaudit.resumes.effects.designs import Claim
from fairaudit.resumes.effects.effect import POWER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.resumes.effects.controls import Controls
    from fairaudit.resumes.effects.effect import Effect
    from fairaudit.resumes.effects.omnibus import Omnibus

Word = Literal["disparity", "equivalent", "inconclusive", "no verdict"]


@value
class StudyVerdict:
    """A conclusion with its reason.

    Attributes
    ----------
    word : str
        "disparity", "equivalent", "inconclusive" or "no verdict".
    because : str
        One sentence.
    claim : str
        Whether it speaks of these names, of names like these or of these wordings.
    """

    word: Word
    because: str
    claim: Claim


def verdict_of(
    effects: Sequence[Effect],
    nonanswers: Sequence[Effect],
    controls: Controls,
    *,
    omnibus: Omnibus | None = None,
    alpha: float = 0.05,
    margin: float | None = None,
) -> StudyVerdict:
    """What may be concluded from the gaps of one arm?

    Parameters
    ----------
    effects : sequence of Effect
        In the outcome, with p-values adjusted in their family.
    nonanswers : sequence of Effect
        In refusals and unreadable replies, likewise.
    controls : Controls
        Of the same framing.
    omnibus : Omnibus, optional
        Of more than two groups; it must reject too before any of them is pointed at.
    alpha : float
        Error rate.
    margin : float, optional
        The largest gap that does not matter.

    Returns
    -------
    StudyVerdict
        "no verdict" where a control fails, unless refusals themselves differ: a system need
        not read qualifications to refuse one group.
    """
    claim = _claim(effects)
    refusing = [e for e in nonanswers if _below(e.adjusted_beyond_p, alpha)]
    if refusing:
        return _verdict("disparity", _shown(refusing), claim)
    if controls.why_not:
        return _verdict("no verdict", controls.why_not, claim)
    largest = max((abs(e.estimate.value or 0.0) for e in effects), default=0.0)
    # Where texts alone are answered there is no gap that a placebo could explain.
    alarm = placebo_alarm(controls, largest, alpha) if effects else None
    if alarm:
        return _verdict("no verdict", alarm, claim)
    pointed = effects if omnibus is None or omnibus.p_value < alpha else ()
    sure = [e for e in pointed if _below(e.adjusted_p, alpha)]
    beyond = [e for e in pointed if _below(e.adjusted_beyond_p, alpha)]
    # A margin says what matters: a gap may be sure and still be shown to lie within it.
    if effects and all(_below(e.equivalence_p, alpha) for e in effects):
        real = ", though not nothing" if sure else ""
        because = f"every gap is below {margin:g} either way{real}: {_shown(effects)}"
        return _verdict("equivalent", because, claim)
    if beyond:
        told = "; ".join(_beyond(e, margin) for e in beyond)
        return _verdict("disparity", told + _floor(controls), claim)
    because = _not_beyond(sure, margin) + _undecided(effects, omnibus, alpha)
    return _verdict("inconclusive", because, claim)


def _claim(effects: Sequence[Effect]) -> Claim:
    """Claim no more than any effect does."""
    narrowness: tuple[Claim, ...] = ("these wordings", "these names", "names like these")
    claims = [effect.claim for effect in effects]
    return min(claims, key=narrowness.index, default="names like these")


def _verdict(word: Word, because: str, claim: Claim) -> StudyVerdict:
    """End the sentence."""
    return StudyVerdict(
        word=word, because=because[0].upper() + because[1:] + ".", claim=claim
    )


def _below(p_value: float | None, alpha: float) -> bool:
    """Say whether there is a p-value and it rejects."""
    return p_value is not None and p_value < alpha


def _shown(effects: Sequence[Effect]) -> str:
    """Tell gaps with their intervals and p-values."""
    return "; ".join(_told(effect) for effect in effects)


def _told(effect: Effect) -> str:
    """Tell one gap."""
    estimate = effect.estimate
    if estimate.value is None or estimate.interval is None:
        return f"{effect.contrast} is undefined, as {estimate.undefined_because}"
    interval = estimate.interval
    p_value = effect.p_value if effect.adjusted_p is None else effect.adjusted_p
    return (
        f"{effect.contrast} is {estimate.value:.3g} "
        f"({interval.level * 100:g} %: {interval.low:.3g} to {interval.high:.3g}, "
        f"p = {p_value:.2g}, {estimate.denominator:g} pairs)"
    )


def _beyond(effect: Effect, margin: float | None) -> str:
    """Tell one gap that is larger than the margin, where there is one."""
    if margin is None:
        return _told(effect)
    return f"{_told(effect)}, beyond {margin:g} (p = {effect.adjusted_beyond_p:.2g})"


def _not_beyond(sure: Sequence[Effect], margin: float | None) -> str:
    """Tell of gaps that are shown, and not shown to be beyond the margin."""
    if not sure or margin is None:
        return ""
    p_value = min(e.adjusted_beyond_p for e in sure if e.adjusted_beyond_p is not None)
    return (
        f"a difference is shown, but not that it is beyond {margin:g} (p = {p_value:.2g}): "
    )


def _floor(controls: Controls) -> str:
    """Tell the placebo beside the effect."""
    if controls.floor is None:
        return "; there is no placebo to compare with"
    return f"; two sets of names of one group differ by {controls.floor:.3g}"


def _undecided(effects: Sequence[Effect], omnibus: Omnibus | None, alpha: float) -> str:
    """Say what could have been found."""
    if not effects:
        return "nothing but text was answered"
    detectable = [e.smallest_detectable for e in effects if e.smallest_detectable]
    if omnibus is not None and omnibus.p_value >= alpha:
        start = f"{omnibus.method} does not reject (p = {omnibus.p_value:.2g}): "
    else:
        start = ""
    return start + _shown(effects) + _would_find(detectable, omnibus)


def _would_find(detectable: Sequence[float], omnibus: Omnibus | None) -> str:
    """Tell the gap that such a study finds."""
    if not detectable:
        return ""
    apart = "" if omnibus is None else ", the test of all groups apart"
    return (
        f"; a gap of {max(detectable):.3g} would be told from none with probability "
        f"{POWER:g}{apart}"
    )
