"""What a study of résumés found, as findings that each rest on one measurement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Band, Measured, Measurement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fairaudit.resumes.effects.effect import Effect
    from fairaudit.resumes.effects.feedback import TextEffect
    from fairaudit.resumes.effects.study import StudyEffects
    from fairaudit.resumes.effects.verdicts import StudyVerdict
    from fairaudit.resumes.plan import ResumeStudy

_OF_EACH = "Intervals are of each effect alone; p-values are corrected by Holm's method."


_OF_TEXTS = "per text, in the unit of each measure"


def findings_of(
    study: ResumeStudy, found: StudyEffects, unit: str | None = None
) -> Iterator[Finding]:
    """What is there to tell of effects, controls, pressure, refusals and texts?

    Parameters
    ----------
    study : ResumeStudy
        Whose pairs were shown.
    found : StudyEffects
        What the answers show.
    unit : str, optional
        What answers are counted in.

    Yields
    ------
    Finding
        Effects first; what a study has not is left out.
    """
    quantity = unit or "answer"
    effects = [(arm.arm, effect) for arm in found.arms for effect in arm.effects]
    if effects:
        told = [f"Arm {arm.arm}: {arm.verdict.because}" for arm in found.arms]
        yield _finding(
            "effects",
            f"Effect of the implied {study.plan.attribute}",
            f"{found.verdict.word.capitalize()}. {' '.join(told)}",
            effects,
            quantity,
            bands=tuple(_bands(found)),
        )
    controls = _control_rows(found)
    if controls:
        unit_there = _OF_TEXTS if found.kind == "text" else quantity
        yield _finding("controls", "Controls", _controls(found), controls, unit_there)
    changes = [
        (f"{one.framing}, {one.arm}", effect)
        for one in found.pressure
        for effect in one.changes
    ]
    if changes:
        yield _finding(
            "pressure",
            "What framings change",
            _pressure(found),
            changes,
            f"{quantity}: difference under the framing less the plain difference",
        )
    silent = [(arm.arm, effect) for arm in found.arms for effect in arm.nonanswers]
    if silent:
        yield _finding(
            "refusals",
            "Applications without an answer",
            "Some applications got no answer, which is an outcome of its own; effects are "
            "of pairs that were answered throughout.",
            silent,
            "share of applications",
        )
    texts = [
        (f"{one.arm}, {one.measure}", e) for one in found.feedback for e in one.effects
    ]
    if texts:
        yield _finding(
            "feedback",
            "What the texts say",
            _texts(found.feedback),
            texts,
            _OF_TEXTS,
        )


def _control_rows(found: StudyEffects) -> list[tuple[str, Effect]]:
    """Give the placebo and the quality arm; of many placebos the latter goes first."""
    controls = found.controls
    placebo = [("placebo", effect) for effect in controls.placebo]
    quality = [
        (name, effect)
        for name, effect in (
            ("quality", controls.competence),
            ("reverse", controls.reverse),
        )
        if effect is not None
    ]
    return quality + placebo if found.kind == "text" else placebo + quality


def _finding(
    name: str,
    title: str,
    sentence: str,
    effects: Iterable[tuple[str, Effect]],
    quantity: str,
    *,
    bands: tuple[Band, ...] = (),
) -> Finding:
    """Put effects into a finding."""
    rows = tuple(
        Measured(
            name=f"{arm}: {effect.contrast}",
            estimate=effect.estimate,
            p_value=effect.p_value if effect.adjusted_p is None else effect.adjusted_p,
            remark=f"about {effect.claim}",
        )
        for arm, effect in effects
    )
    methods = dict.fromkeys(
        effect.method for _, effect in effects if effect.method != "none"
    )
    return Finding(
        id=name,
        sentence=sentence,
        estimate=rows[0].estimate,
        evidence=Measurement(
            title=title,
            quantity=quantity,
            rows=rows,
            neutral=0.0,
            bands=bands,
            method=". ".join([*(["; ".join(methods)] if methods else []), _OF_EACH]),
            places=3,
        ),
        references=("bertrand2004", "cameron2011"),
    )


def _pressure(found: StudyEffects) -> str:
    """Say under which framings the difference changes, and under which nothing is said."""
    told = []
    nothing_shown = (
        "No change is shown under"
        if found.margin is None
        else "Whether it changes by more than the margin is undecided under"
    )
    for word, opening in (
        ("disparity", "The difference changes under"),
        ("equivalent", "It changes by less than the margin under"),
        ("inconclusive", nothing_shown),
        ("no verdict", "Nothing can be said under"),
    ):
        here = dict.fromkeys(
            f"{one.framing} ({one.arm})"
            for one in found.pressure
            if one.verdict.word == word
        )
        if here:
            told.append(f"{opening} {', '.join(here)}.")
        if here and opening == "No change is shown under":
            told.extend(_alone((o.verdict, o.framing, o.changes) for o in found.pressure))
    unread = [
        f"{one.framing} {one.answered:.0%}" for one in found.pressure if one.answered < 1
    ]
    if unread:
        told.append(f"Answered and readable: {', '.join(dict.fromkeys(unread))}.")
    return " ".join(told)


def _texts(found: Sequence[TextEffect]) -> str:
    """Say in which measures texts differ, in which nothing is shown, and which are mute."""
    arms = len({one.arm for one in found}) > 1
    named = [(f"{o.measure} ({o.arm})" if arms else o.measure, o) for o in found]
    differ = [name for name, o in named if o.verdict.word == "disparity"]
    open_ = [name for name, o in named if o.verdict.word == "inconclusive"]
    told = [f"Texts differ in: {', '.join(differ)}."] if differ else []
    if len(open_) == len(named):
        told.append("No difference is shown in any measure of the texts.")
    elif open_:
        told.append(f"No difference is shown in: {', '.join(open_)}.")
    told.extend(_alone((o.verdict, name, o.effects) for name, o in named))
    mute: dict[str, list[str]] = {}
    for name, one in named:
        if one.verdict.word == "no verdict":
            mute.setdefault(one.verdict.because, []).append(name)
    for because, names in mute.items():
        which = "any measure of the texts" if len(names) == len(named) else ", ".join(names)
        told.append(f"Nothing is said of {which}: {because[:1].lower()}{because[1:]}")
    return " ".join(told)


def _alone(judged: Iterable[tuple[StudyVerdict, str, Sequence[Effect]]]) -> Iterator[str]:
    """Say which intervals leave out 0 although no difference is shown."""
    apart = [
        f"{name} (p = {1.0 if effect.adjusted_p is None else effect.adjusted_p:.2g})"
        for verdict, name, effects in judged
        for effect in effects
        if verdict.word == "inconclusive" and _leaves_out_0(effect)
    ]
    if apart:
        yield (
            f"0 lies outside the interval of {', '.join(apart)}; but intervals are of one "
            "effect alone, and among all that are looked at this may come by chance."
        )


def _leaves_out_0(effect: Effect) -> bool:
    """Say whether 0 lies outside an effect's own interval."""
    interval = effect.estimate.interval
    if interval is None or interval.low is None or interval.high is None:
        return False
    return interval.low > 0 or interval.high < 0


def _bands(found: StudyEffects) -> Iterator[Band]:
    """Give what effects are held against: the placebo's floor, and the margin."""
    floor = found.controls.floor
    if floor is not None:
        title = "placebo, names of one group"
        yield Band(title=title, low=-floor or 0.0, high=floor)
    if found.margin is not None:
        yield Band(title="margin, counts as none", low=-found.margin, high=found.margin)


def _controls(found: StudyEffects) -> str:
    """Say whether the controls are passed."""
    floor = found.controls.floor
    if floor is not None:
        told = (
            f"Two sets of names of one group differ by {floor:.3g}: what is no larger "
            "need not come from the group."
        )
    elif any(one.estimate.value is not None for one in found.controls.placebo):
        told = "Two sets of names of one group are compared in each measure of the texts."
    elif found.controls.placebo:
        told = "The placebo arm has too few answers to tell what names alone make."
    else:
        told = "There is no placebo arm."
    why_not = found.controls.why_not
    if why_not is None:
        ways = "" if found.controls.reverse is None else ", asked either way round"
        return f"{told} The system responds to qualifications{ways}."
    return f"{told} {why_not[:1].upper()}{why_not[1:]}."
