"""Gaps in the texts of replies: every measure tested as an outcome, Holm over all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import replace, value
from fairaudit.resumes.effects.answers import (
    PLACEBO,
    PLAIN,
    QUALITY,
    answers_of,
    by_arm,
)
from fairaudit.resumes.effects.contrasts import contrasts_of
from fairaudit.resumes.effects.controls import Controls, controls_of, groups_of_arm
from fairaudit.resumes.effects.effect import Effect, adjusted, effect_of
from fairaudit.resumes.effects.verdicts import StudyVerdict, verdict_of
from fairaudit.resumes.text_outcomes import measures

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairaudit.resumes.effects.answers import Answers, Outcomes
    from fairaudit.resumes.effects.contrasts import Comparison
    from fairaudit.resumes.pair import Outcome, Pair

    Measure = Callable[[Outcome], float | None]


@value
class TextEffect:
    """One measure of texts in one arm.

    Attributes
    ----------
    measure, arm : str
        Which.
    effects : tuple of Effect
        Adjusted over all measures and arms.
    controls : Controls
        The placebo in this measure; whether the system looks at qualifications at all.
    verdict : StudyVerdict
        Never "equivalent": a measure of words has no margin of its own.
    """

    measure: str
    arm: str
    effects: tuple[Effect, ...]
    controls: Controls
    verdict: StudyVerdict


def text_effects(
    pairs: Sequence[Pair],
    outcomes: Outcomes,
    controls: Controls,
    *,
    reference: str | None = None,
    comparison: Comparison = "grand mean",
    alpha: float = 0.05,
) -> tuple[TextEffect, ...]:
    """Do the texts of replies differ between groups in length, tone or choice of words?

    Parameters
    ----------
    pairs : sequence of Pair
        Of all arms.
    outcomes : mapping of (pair id, half, framing, repeat) to Outcome
        With or without texts.
    controls : Controls
        Of the study: without competence there is no verdict here either.
    reference : str, optional
        The group that is subtracted.
    comparison : {"grand mean", "all pairs"}
        For more than two groups.
    alpha : float
        Error rate of the family.

    Returns
    -------
    tuple of TextEffect
        None where no reply has a text.
    """
    if not any(outcome.text for outcome in outcomes.values()):
        return ()
    found: list[tuple[str, str, list[Effect], Controls]] = []
    for name, take in measures().items():
        own = replace(
            _controls(pairs, outcomes, _measure(take), alpha), why_not=controls.why_not
        )
        for arm in _arms(pairs):
            answers = answers_of(
                arm, outcomes, PLAIN, reference=reference, measure=_measure(take)
            )
            found.append((name, answers.arm, _effects(answers, comparison, alpha), own))
    return _judged(found, alpha)


def responds_in_text(
    pairs: Sequence[Pair], outcomes: Outcomes, controls: Controls, alpha: float = 0.05
) -> Controls:
    """Where only text is answered: what do the controls show in its measures?

    Parameters
    ----------
    pairs : sequence of Pair
        Of all arms.
    outcomes : mapping of (pair id, half, framing, repeat) to Outcome
        With texts.
    controls : Controls
        As they are without texts.
    alpha : float
        Error rate, after Holm over measures.

    Returns
    -------
    Controls
        The placebo measure by measure, without a floor, as each has a unit of its own.
        Competent if any measure tells strong from weak.
    """
    by_measure = {
        name: _controls(pairs, outcomes, _measure(take), alpha)
        for name, take in measures().items()
    }
    controls = replace(
        controls,
        placebo=tuple(_named(n, e) for n, own in by_measure.items() for e in own.placebo),
        floor=None,
    )
    strong = [_named(n, own.competence) for n, own in by_measure.items() if own.competence]
    if not strong:
        return controls
    found = adjusted(strong, alpha)
    best = min(found, key=lambda effect: 1.0 if (p := effect.adjusted_p) is None else p)
    if best.adjusted_p is not None and best.adjusted_p < alpha:
        return replace(controls, competence=best, responds=True, why_not=None)
    least = "" if best.adjusted_p is None else f" (p = {best.adjusted_p:.2g})"
    why_not = (
        "replies to strong and to weak résumés are not shown to differ in any measure of "
        f"their text{least}"
    )
    return replace(controls, competence=best, responds=False, why_not=why_not)


def _named(measure: str, effect: Effect) -> Effect:
    """Say of which measure a gap is."""
    return replace(effect, contrast=f"{measure}, {effect.contrast}")


def _judged(
    found: list[tuple[str, str, list[Effect], Controls]], alpha: float
) -> tuple[TextEffect, ...]:
    """Adjust over the family and conclude measure by measure."""
    sure = iter(adjusted([effect for _, _, own, _ in found for effect in own], alpha))
    result = []
    for measure, arm, own, controls in found:
        effects = tuple(next(sure) for _ in own)
        verdict = verdict_of(effects, (), controls, alpha=alpha)
        result.append(
            TextEffect(
                measure=measure,
                arm=arm,
                effects=effects,
                controls=controls,
                verdict=verdict,
            )
        )
    return tuple(result)


def _controls(
    pairs: Sequence[Pair], outcomes: Outcomes, measure: Measure, alpha: float
) -> Controls:
    """Give the placebo and the quality arm in one measure."""
    return controls_of(
        [
            answers_of(split, outcomes, PLAIN, measure=measure)
            for split in groups_of_arm(pairs, PLACEBO)
        ],
        [
            answers_of(own, outcomes, PLAIN, measure=measure)
            for own in groups_of_arm(pairs, QUALITY)
        ],
        alpha=alpha,
    )


def _arms(pairs: Sequence[Pair]) -> list[list[Pair]]:
    """Give the arms that are not controls."""
    return [own for (arm, _), own in by_arm(pairs).items() if arm not in {PLACEBO, QUALITY}]


def _effects(answers: Answers, comparison: Comparison, alpha: float) -> list[Effect]:
    """Give the gaps of one measure."""
    return [
        effect_of(answers.values, contrast, answers.names, answers.resumes, alpha=alpha)
        for contrast in contrasts_of(answers.groups, comparison)
    ]


def _measure(take: Callable[[str], float | None]) -> Measure:
    """Take a measure of a reply's text."""
    return lambda outcome: None if outcome.text is None else take(outcome.text)
