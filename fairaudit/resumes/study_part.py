"""A study of résumés as a part of the report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Band, Measured, Measurement, Passages
from fairaudit.core.provenance import Source
from fairaudit.core.requirements import MarginGate, Requirements
from fairaudit.core.verdict import Judgement, Verdict
from fairaudit.inference.proportions import wilson
from fairaudit.report.model import Note, Study
from fairaudit.resumes.effects.comparing import ArmEffect, Compared, Result, result_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.resumes.plan import ResumeStudy

_JUDGED: dict[Result, Judgement] = {
    "disparity": "fail",
    "equivalent": "pass",
    "inconclusive": "undecided",
    "no verdict": "undecided",
}

_SHOWN = 3


def study_part(
    study: ResumeStudy,
    found: Compared,
    *,
    system: str,
    unit: str | None = None,
    margin: float | None = None,
    why: str | None = None,
) -> Study:
    """What did the implied group change, as a part of a report?

    Parameters
    ----------
    study : ResumeStudy
        The pairs and their plan.
    found : Compared
        What the answers show.
    system : str
        What the system is called.
    unit : str, optional
        What its answers are counted in.
    margin : float, optional
        Within which an effect counts as none; makes each effect a gate.
    why : str, optional
        Why that margin.

    Returns
    -------
    Study
        Effects beside the placebo's floor, controls, refusals, and a pair to read.
    """
    effects = found.effects
    gates = [_gate(one, margin, unit) for one in effects] if margin is not None else []
    return Study(
        subject="résumé counterfactuals",
        question="Does this system treat the same application differently when only its "
        f"implied {study.plan.attribute} changes?",
        sources=(
            Source(
                kind="arrays",
                name=system,
                sha256=study.hash,
                sha256_covers="the plan of the study",
            ),
        ),
        design=tuple(_design(study)),
        findings=tuple(_findings(study, found, unit, margin)),
        passages=(_sample(study),),
        requirements=Requirements(margins=tuple(gates), why=why),
        verdicts=tuple(
            _verdict(one, gate, found) for one, gate in zip(effects, gates, strict=False)
        ),
        notes=tuple(_notes(study, found)),
        seed=study.plan.seed,
    )


def _design(study: ResumeStudy) -> Iterator[tuple[str, str]]:
    """Say how the study was made."""
    arms = Counter(pair.arm for pair in study.pairs)
    yield "Pairs", ", ".join(f"{times:,} {arm}" for arm, times in arms.items())
    yield "Names", f"{study.plan.names}, {study.plan.name_list}"
    yield "Jobs", ", ".join(study.plan.jobs)
    passed = sum(row.passed for row in study.checks)
    yield "Checks", f"{passed} of {len(study.checks)} properties hold in every pair"


def _findings(
    study: ResumeStudy, found: Compared, unit: str | None, margin: float | None
) -> Iterator[Finding]:
    """Tell of effects, controls and refusals."""
    quantity = f"{unit or 'answer'}, first group minus second"
    yield Finding(
        id="effects",
        sentence=_sentence(found, unit),
        estimate=_estimate(found.effects[0])
        if found.effects
        else Estimate.undefined("the study has only controls"),
        evidence=Measurement(
            title=f"Effect of the implied {study.plan.attribute}",
            quantity=quantity,
            rows=tuple(_row(one, found, margin) for one in found.effects),
            neutral=0.0,
            bands=tuple(_bands(found, margin)),
            method="Intervals and p-values have the name as their unit; p-values are "
            "corrected by Holm's method for all effects.",
            places=3,
        ),
        references=("bertrand2004", "cameron2011"),
    )
    controls = [one for one in (found.placebo, found.quality) if one is not None]
    if controls:
        yield Finding(
            id="controls",
            sentence=_controls(found),
            estimate=_estimate(controls[0]),
            evidence=Measurement(
                title="Controls",
                quantity=quantity,
                rows=tuple(
                    Measured(
                        name=f"{one.arm}: {one.first} – {one.second}",
                        estimate=_estimate(one),
                        p_value=None if one.effect is None else one.effect.p_value,
                    )
                    for one in controls
                ),
                neutral=0.0,
                places=3,
            ),
        )
    if found.refusals:
        yield _refusals(found)


def _row(one: ArmEffect, found: Compared, margin: float | None) -> Measured:
    """Give one effect."""
    result, because = result_of(one, found, margin)
    return Measured(
        name=f"{one.arm}: {one.first} – {one.second}",
        estimate=_estimate(one),
        p_value=one.p_value,
        remark=None if one.effect is None else f"{result}: {because}",
    )


def _estimate(one: ArmEffect) -> Estimate:
    """Give an effect's number, or why there is none."""
    if one.effect is None:
        return Estimate.undefined(one.undefined_because or "there is no effect")
    return one.effect.estimate


def _bands(found: Compared, margin: float | None) -> Iterator[Band]:
    """Give what effects are held against: the placebo's floor, and the margin."""
    placebo = found.placebo.effect if found.placebo is not None else None
    if placebo is not None:
        limits = placebo.interval()
        reach = max(abs(limits.low or 0.0), abs(limits.high or 0.0))
        title = "names of one group differ by as much (placebo)"
        yield Band(title=title, low=-reach, high=reach)
    if margin is not None:
        yield Band(title="counts as none (margin)", low=-margin, high=margin)


def _sentence(found: Compared, unit: str | None) -> str:
    """Say what was found first of all."""
    told = []
    for one in found.effects:
        if one.effect is None:
            told.append(f"in arm {one.arm} there is no effect: {one.undefined_because}")
            continue
        mean = one.effect.mean
        way = "higher" if mean > 0 else "lower"
        answered = f"{abs(mean):.3g}{f' {unit}' if unit else ''} {way}"
        told.append(
            f"applications of {one.first} are answered {answered} than the same ones of "
            f"{one.second} (arm {one.arm})"
        )
    text = "; ".join(told) or "the study has only controls"
    return f"{text[:1].upper()}{text[1:]}."


def _controls(found: Compared) -> str:
    """Say whether the controls are passed."""
    placebo = found.placebo.effect if found.placebo is not None else None
    told = "There is no placebo arm."
    if placebo is not None:
        limits = placebo.interval()
        told = (
            f"Two sets of names of one group differ by {placebo.mean:+.3g} "
            f"[{limits.low:.3g}, {limits.high:.3g}]: what is no larger need not come from "
            "the group."
        )
    responds = (
        "The system responds to qualifications."
        if found.responds
        else "It is not shown that the system responds to qualifications."
    )
    return f"{told} {responds}"


def _refusals(found: Compared) -> Finding:
    """Tell who got no answer: an outcome of its own, and never dropped."""
    rows = tuple(
        Measured(
            name=one.arm,
            group=one.group,
            estimate=Estimate(
                value=one.refused / one.asked,
                interval=wilson(one.refused, one.asked),
                numerator=one.refused,
                denominator=one.asked,
            ),
            p_value=one.p_value,
        )
        for one in found.refusals
    )
    worst = max(found.refusals, key=lambda one: one.refused / one.asked)
    return Finding(
        id="refusals",
        sentence=f"{worst.refused} of {worst.asked} applications of {worst.group} got no "
        f"answer in arm {worst.arm}; effects are of pairs answered on both sides.",
        estimate=rows[0].estimate,
        evidence=Measurement(
            title="Applications without an answer",
            quantity="share refused or unreadable",
            rows=rows,
            method="Intervals: Wilson; p: McNemar's test, mid-p, over the same résumés.",
            places=3,
        ),
    )


def _gate(one: ArmEffect, margin: float, unit: str | None) -> MarginGate:
    """Say what is required of one effect."""
    return MarginGate(
        effect=f"effect of {one.first} against {one.second} (arm {one.arm})",
        margin=margin,
        unit=unit,
    )


def _verdict(one: ArmEffect, gate: MarginGate, found: Compared) -> Verdict:
    """Judge one effect."""
    result, because = result_of(one, found, gate.margin)
    return Verdict(
        id=f"{one.arm}:{one.first}-{one.second}",
        gate=gate,
        attribute="effects",
        status=_JUDGED[result],
        because=f"{result}: {because}",
        value=None if one.effect is None else one.effect.mean,
    )


def _sample(study: ResumeStudy) -> Passages:
    """Show what differs in some pairs: the cues alone."""
    pairs = [pair for pair in study.pairs if pair.arm != "quality"][:_SHOWN]
    return Passages(
        title="What differs between the two halves of a pair",
        headings=("pair", "first half", "second half"),
        rows=tuple(
            (
                f"{pair.id} ({pair.job})",
                *(
                    f"{half.group}: "
                    + ", ".join(f"{key} “{text}”" for key, text in half.cues.items())
                    for half in pair.halves[:2]
                ),
            )
            for pair in pairs
        ),
    )


def _notes(study: ResumeStudy, found: Compared) -> Iterator[Note]:
    """Say what the study cannot tell."""
    yield Note(
        id="names_imply_more",
        kind="limit",
        text="Names and clubs imply more than a group, such as class and age; the effect "
        "is of what they imply to this system.",
    )
    yield Note(
        id="names_like_these",
        kind="limit",
        text="With fresh names the claim is about names like these; where few names "
        "repeat, about little more than those names.",
    )
    designs = {one.effect.design for one in found.effects if one.effect is not None}
    if "reused" in designs and study.plan.names == "fresh":
        yield Note(
            id="names_repeat",
            kind="doubt",
            text="There were more pairs than names, so that names repeat; every name "
            "counts once all the same.",
        )
    if found.placebo is None:
        yield Note(
            id="no_placebo",
            kind="doubt",
            text="Without a placebo arm it is not known how much names of one group vary.",
        )
