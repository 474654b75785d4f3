"""A whole study of résumé counterfactuals: from outcomes to a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.resumes.effects.answers import PLAIN, REVERSED, Answers
from fairaudit.resumes.effects.asked import Asked
from fairaudit.resumes.effects.controls import Controls
from fairaudit.resumes.effects.effect import Effect, adjusted
from fairaudit.resumes.effects.feedback import TextEffect, responds_in_text, text_effects
from fairaudit.resumes.effects.omnibus import Omnibus, omnibus
from fairaudit.resumes.effects.pressure import UnderPressure, framed, judged
from fairaudit.resumes.effects.verdicts import StudyVerdict, verdict_of
from fairaudit.resumes.pair import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.resumes.effects.answers import Outcomes
    from fairaudit.resumes.effects.contrasts import Comparison
    from fairaudit.resumes.pair import Pair


@value
class ArmEffects:
    """What one arm shows under the plain question.

    Attributes
    ----------
    arm : str
        Such as "name".
    groups : tuple of str
        The reference last.
    effects : tuple of Effect
        In the outcome, on complete pairs.
    nonanswers : tuple of Effect
        In the shares refused and unusable, where any was.
    omnibus : Omnibus or None
        Of more than two groups.
    answered : float
        Share of the halves that have a usable answer.
    verdict : StudyVerdict
        After Holm over all arms.
    """

    arm: str
    groups: tuple[str, ...]
    effects: tuple[Effect, ...]
    nonanswers: tuple[Effect, ...]
    omnibus: Omnibus | None
    answered: float
    verdict: StudyVerdict


@value
class StudyEffects:
    """All that a study shows.

    Attributes
    ----------
    kind : str
        Of the outcomes.
    margin : float or None
        The largest gap that does not matter.
    alpha : float
        Error rate of each family: arms, framings, measures of text.
    controls : Controls
        Under the plain question.
    arms : tuple of ArmEffects
        All but the controls.
    pressure : tuple of UnderPressure
        For every arm and every framing but the plain one.
    feedback : tuple of TextEffect
        Of the texts of replies, where there are any.
    verdict : StudyVerdict
        Of all arms together under the plain question.
    """

    kind: Kind
    margin: float | None
    alpha: float
    controls: Controls
    arms: tuple[ArmEffects, ...]
    pressure: tuple[UnderPressure, ...]
    feedback: tuple[TextEffect, ...]
    verdict: StudyVerdict


def effects_of(
    pairs: Sequence[Pair],
    outcomes: Outcomes,
    *,
    margin: float | None,
    alpha: float = 0.05,
    reference: str | None = None,
    comparison: Comparison = "grand mean",
    limits: tuple[float, float] | None = None,
) -> StudyEffects:
    """Does a system treat the same application differently when only a group changes?

    Parameters
    ----------
    pairs : sequence of Pair
        Of all arms, the placebo and the quality arm among them.
    outcomes : mapping of (pair id, half, framing, repeat) to Outcome
        All of one kind; a pair that was not asked is a pair without an answer.
    margin : float or None
        The largest gap that does not matter, in units of the outcome; without it nothing
        is called equivalent.
    alpha : float
        Two-sided error rate.
    reference : str, optional
        The group that is subtracted; without it the last in alphabetical order.
    comparison : {"grand mean", "all pairs"}
        What more than two groups are compared with.
    limits : tuple of float, optional
        The smallest and largest outcome there can be, for the worst-case bounds.

    Returns
    -------
    StudyEffects
        With a verdict for every arm, framing and measure of text.
    """
    asked = Asked(
        pairs=pairs,
        outcomes=outcomes,
        kind=_kind(outcomes),
        margin=margin,
        alpha=alpha,
        reference=reference,
        comparison=comparison,
        limits=limits,
    )
    controls = asked.controls(PLAIN)
    if asked.kind == "text":
        controls = responds_in_text(pairs, outcomes, controls, alpha)
    arms = _arms(asked, controls)
    return StudyEffects(
        kind=asked.kind,
        margin=margin,
        alpha=alpha,
        controls=controls,
        arms=arms,
        pressure=_pressure(asked),
        feedback=text_effects(
            pairs,
            outcomes,
            controls,
            reference=reference,
            comparison=comparison,
            alpha=alpha,
        ),
        verdict=_together([arm.verdict for arm in arms]),
    )


def _arms(asked: Asked, controls: Controls) -> tuple[ArmEffects, ...]:
    """Conclude arm by arm, after Holm over all their gaps."""
    plain = [asked.answers(own, PLAIN) for own in asked.arms()]
    if not plain:
        raise InputError(
            "effects_of: the pairs are all of the placebo and quality arms; add an arm "
            "whose halves are of different groups, such as name."
        )
    effects = [asked.effects(answers) for answers in plain]
    nonanswers = [asked.nonanswers(answers) for answers in plain]
    family = [effect for own in effects + nonanswers for effect in own]
    sure = iter(adjusted(family, asked.alpha))
    effects = [[next(sure) for _ in own] for own in effects]
    nonanswers = [[next(sure) for _ in own] for own in nonanswers]
    return tuple(
        _arm(asked, *parts, controls)
        for parts in zip(plain, effects, nonanswers, strict=True)
    )


def _arm(
    asked: Asked,
    answers: Answers,
    effects: list[Effect],
    nonanswers: list[Effect],
    controls: Controls,
) -> ArmEffects:
    """Conclude for one arm."""
    whole = (
        omnibus(answers.values, answers.names, answers.resumes)
        if len(answers.groups) > 2 and effects
        else None
    )
    return ArmEffects(
        arm=answers.arm,
        groups=answers.groups,
        effects=tuple(effects),
        nonanswers=tuple(nonanswers),
        omnibus=whole,
        answered=answers.answered,
        verdict=verdict_of(
            effects,
            nonanswers,
            controls,
            omnibus=whole,
            alpha=asked.alpha,
            margin=asked.margin,
        ),
    )


def _pressure(asked: Asked) -> tuple[UnderPressure, ...]:
    """Compare every framing with the plain question; texts have no gap to compare."""
    framings = sorted({key[2] for key in asked.outcomes} - {PLAIN, REVERSED})
    if asked.kind == "text" or not framings:
        return ()
    found = []
    for framing in framings:
        controls = asked.controls(framing)
        for own in asked.arms():
            plain, under = asked.answers(own, PLAIN), asked.answers(own, framing)
            change = framed(
                plain,
                under,
                comparison=asked.comparison,
                margin=asked.margin,
                alpha=asked.alpha,
            )
            found.append((framing, plain.arm, change, controls))
    return judged(found, margin=asked.margin, alpha=asked.alpha)


def _kind(outcomes: Outcomes) -> Kind:
    """Find the one kind of the outcomes."""
    kinds = sorted({outcome.kind for outcome in outcomes.values()})
    if len(kinds) != 1:
        raise InputError(
            "effects_of: outcomes of one kind are compared; "
            f"got {', '.join(kinds) or 'none'}."
        )
    if not any(key[2] == PLAIN for key in outcomes):
        raise InputError(
            f"effects_of: no outcome has the framing {PLAIN!r}, which others are compared "
            "with."
        )
    return kinds[0]


def _together(verdicts: list[StudyVerdict]) -> StudyVerdict:
    """Conclude from all arms: the gravest, and equivalent only where every arm is."""
    gravity = ("disparity", "no verdict", "inconclusive", "equivalent")
    return min(verdicts, key=lambda verdict: gravity.index(verdict.word))
