"""A study of résumés as a part of the report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Band, Measured, Measurement, Passages
from fairaudit.core.provenance import Source
from fairaudit.core.requirements import MarginGate, Requirements
from fairaudit.core.verdict import Judgement, Verdict
from fairaudit.report.model import Note, Study

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairaudit.resumes.effects.effect import Effect
    from fairaudit.resumes.effects.study import ArmEffects, StudyEffects
    from fairaudit.resumes.effects.verdicts import Word
    from fairaudit.resumes.plan import ResumeStudy

_JUDGED: dict[Word, Judgement] = {
    "disparity": "fail",
    "equivalent": "pass",
    "inconclusive": "undecided",
    "no verdict": "undecided",
}

_SHOWN = 3


def study_part(
    study: ResumeStudy,
    found: StudyEffects,
    *,
    system: str,
    unit: str | None = None,
    why: str | None = None,
) -> Study:
    """What did the implied group change, as a part of a report?

    Parameters
    ----------
    study : ResumeStudy
        The pairs and their plan.
    found : StudyEffects
        What the answers show; with a margin every arm is a gate.
    system : str
        What the system is called.
    unit : str, optional
        What its answers are counted in.
    why : str, optional
        Why that margin.

    Returns
    -------
    Study
        Effects beside the placebo's floor, controls, refusals, texts, and pairs to read.
    """
    gated = found.arms if found.margin is not None else ()
    gates = tuple(_gate(arm, found.margin or 0.0, unit) for arm in gated)
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
        findings=tuple(_findings(study, found, unit)),
        passages=(_sample(study),),
        requirements=Requirements(margins=gates, why=why),
        verdicts=tuple(_verdict(arm, gate) for arm, gate in zip(gated, gates, strict=True)),
        notes=tuple(_notes(found)),
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
    study: ResumeStudy, found: StudyEffects, unit: str | None
) -> Iterator[Finding]:
    """Tell of effects, controls, refusals and texts."""
    quantity = unit or "answer"
    effects = [(arm.arm, effect) for arm in found.arms for effect in arm.effects]
    if effects:
        told = [f"arm {arm.arm}: {arm.verdict.because}" for arm in found.arms]
        yield _finding(
            "effects",
            f"Effect of the implied {study.plan.attribute}",
            f"{found.verdict.word.capitalize()}. {' '.join(told)}",
            effects,
            quantity,
            bands=tuple(_bands(found)),
        )
    controls = [("placebo", effect) for effect in found.controls.placebo]
    if found.controls.competence is not None:
        controls.append(("quality", found.controls.competence))
    if controls:
        yield _finding("controls", "Controls", _controls(found), controls, quantity)
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
        words = [one.measure for one in found.feedback if one.verdict.word == "disparity"]
        yield _finding(
            "feedback",
            "What the texts say",
            f"Texts differ in: {', '.join(words)}."
            if words
            else "No difference is shown in any measure of the texts.",
            texts,
            "per text, in the unit of each measure",
        )


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
    methods = dict.fromkeys(effect.method for _, effect in effects)
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
            method=f"{'; '.join(methods)}. p-values are corrected by Holm's method.",
            places=3,
        ),
        references=("bertrand2004", "cameron2011"),
    )


def _bands(found: StudyEffects) -> Iterator[Band]:
    """Give what effects are held against: the placebo's floor, and the margin."""
    floor = found.controls.floor
    if floor is not None:
        title = "names of one group differ by as much (placebo)"
        yield Band(title=title, low=-floor, high=floor)
    if found.margin is not None:
        yield Band(title="counts as none (margin)", low=-found.margin, high=found.margin)


def _controls(found: StudyEffects) -> str:
    """Say whether the controls are passed."""
    floor = found.controls.floor
    told = (
        "There is no placebo arm."
        if floor is None
        else f"Two sets of names of one group differ by {floor:.3g}: what is no larger "
        "need not come from the group."
    )
    why_not = found.controls.why_not
    if why_not is None:
        return f"{told} The system responds to qualifications."
    return f"{told} {why_not[:1].upper()}{why_not[1:]}."


def _gate(arm: ArmEffects, margin: float, unit: str | None) -> MarginGate:
    """Say what is required of one arm."""
    groups = " and ".join(arm.groups)
    return MarginGate(
        effect=f"difference of {groups} (arm {arm.arm})", margin=margin, unit=unit
    )


def _verdict(arm: ArmEffects, gate: MarginGate) -> Verdict:
    """Judge one arm."""
    effect = arm.effects[0] if arm.effects else None
    return Verdict(
        id=f"{arm.arm}:{'-'.join(arm.groups)}",
        gate=gate,
        attribute="effects",
        status=_JUDGED[arm.verdict.word],
        because=f"{arm.verdict.word}: {arm.verdict.because}",
        value=None if effect is None else effect.estimate.value,
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


def _notes(found: StudyEffects) -> Iterator[Note]:
    """Say what the study cannot tell."""
    yield Note(
        id="names_imply_more",
        kind="limit",
        text="Names and clubs imply more than a group, such as class and age; the effect "
        "is of what they imply to this system.",
    )
    claims = {effect.claim for arm in found.arms for effect in arm.effects}
    if "these names" in claims:
        yield Note(
            id="these_names",
            kind="limit",
            text="Few names repeat in an arm: what is claimed there is about these names, "
            "and not about names like these.",
        )
    if found.controls.floor is None:
        yield Note(
            id="no_placebo",
            kind="doubt",
            text="Without a placebo arm it is not known how much names of one group vary.",
        )
