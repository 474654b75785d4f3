"""A study of résumés as a part of the report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fairaudit.core.provenance import Source
from fairaudit.core.requirements import MarginGate, Requirements
from fairaudit.core.verdict import Judgement, Verdict
from fairaudit.report.model import Study
from fairaudit.resumes.names_reach import names_told
from fairaudit.resumes.study_findings import findings_of
from fairaudit.resumes.study_notes import notes_of
from fairaudit.resumes.study_passages import passages_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairaudit.resumes.effects.answers import Outcomes
    from fairaudit.resumes.effects.effect import Effect
    from fairaudit.resumes.effects.pressure import UnderPressure
    from fairaudit.resumes.effects.study import ArmEffects, StudyEffects
    from fairaudit.resumes.effects.verdicts import StudyVerdict, Word
    from fairaudit.resumes.plan import ResumeStudy

_JUDGED: dict[Word, Judgement] = {
    "disparity": "fail",
    "equivalent": "pass",
    "inconclusive": "undecided",
    "no verdict": "undecided",
}


def study_part(
    study: ResumeStudy,
    outcomes: Outcomes,
    found: StudyEffects,
    *,
    system: str,
    asking: Iterable[tuple[str, str]] = (),
    unit: str | None = None,
    why: str | None = None,
) -> Study:
    """What did the implied group change, as a part of a report?

    Parameters
    ----------
    study : ResumeStudy
        The pairs and their plan.
    outcomes : mapping of (pair id, half, framing, repeat) to Outcome
        The answers, of which the most different texts are shown.
    found : StudyEffects
        What the answers show; with a margin every arm is a gate.
    system : str
        What the system is called.
    asking : iterable of (str, str)
        How it was asked: labels and what they stand for.
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
    pressed = found.pressure if found.margin is not None else ()
    limits = tuple(_limit(one, found.margin or 0.0, unit) for one in pressed)
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
        design=(*_design(study), *asking),
        findings=tuple(findings_of(study, found, unit)),
        passages=tuple(passages_of(study, outcomes)),
        requirements=Requirements(margins=(*gates, *limits), why=why),
        verdicts=(
            *(
                _verdict(
                    f"{arm.arm}:{'-'.join(arm.groups)}",
                    "effects",
                    gate,
                    arm.verdict,
                    arm.effects,
                )
                for arm, gate in zip(gated, gates, strict=True)
            ),
            *(
                _verdict(
                    f"{one.arm}:{one.framing}", "pressure", gate, one.verdict, one.changes
                )
                for one, gate in zip(pressed, limits, strict=True)
            ),
        ),
        notes=tuple(notes_of(study, found)),
        seed=study.plan.seed,
    )


def _design(study: ResumeStudy) -> Iterator[tuple[str, str]]:
    """Say how the study was made."""
    arms = Counter(pair.arm for pair in study.pairs)
    yield "Pairs", ", ".join(f"{times:,} {arm}" for arm, times in arms.items())
    yield "Names", f"{names_told(study)}; {study.plan.name_list}"
    yield "Jobs", ", ".join(study.plan.jobs)
    passed = sum(row.passed for row in study.checks)
    yield "Checks", f"{passed} of {len(study.checks)} properties hold in every pair"


def _gate(arm: ArmEffects, margin: float, unit: str | None) -> MarginGate:
    """Say what is required of one arm."""
    groups = " and ".join(arm.groups)
    return MarginGate(
        effect=f"difference of {groups} (arm {arm.arm})", margin=margin, unit=unit
    )


def _verdict(
    name: str, about: str, gate: MarginGate, word: StudyVerdict, effects: tuple[Effect, ...]
) -> Verdict:
    """Judge what was concluded; the first effect stands for all."""
    return Verdict(
        id=name,
        gate=gate,
        attribute=about,
        status=_JUDGED[word.word],
        because=f"{word.word}: {word.because}",
        value=effects[0].estimate.value if effects else None,
    )


def _limit(one: UnderPressure, margin: float, unit: str | None) -> MarginGate:
    """Say what is required of one arm under one framing."""
    return MarginGate(
        effect=f"change of that difference under {one.framing} (arm {one.arm})",
        margin=margin,
        unit=unit,
    )
