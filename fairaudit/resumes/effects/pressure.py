"""Does the gap grow under pressure: pair by pair, what a framing adds to the plain one."""

from __future__ import annotations

from dataclasses import replace as with_fields
from typing import TYPE_CHECKING

from fairaudit.core.value import replace, value
from fairaudit.resumes.effects.contrasts import contrasts_of
from fairaudit.resumes.effects.controls import Controls
from fairaudit.resumes.effects.effect import Effect, adjusted, effect_of
from fairaudit.resumes.effects.verdicts import StudyVerdict, verdict_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.resumes.effects.answers import Answers
    from fairaudit.resumes.effects.contrasts import Comparison


@value
class UnderPressure:
    """One arm under one framing.

    Attributes
    ----------
    framing, arm : str
        Which.
    gaps : tuple of Effect
        Under the framing alone.
    changes : tuple of Effect
        Gap under the framing less the plain gap of the same pair, Holm over all framings.
    refusals : tuple of Effect
        The same of the shares refused.
    answered : float
        Share of the halves with a usable answer.
    controls : Controls
        Under the framing.
    verdict : StudyVerdict
        Of the changes.
    """

    framing: str
    arm: str
    gaps: tuple[Effect, ...]
    changes: tuple[Effect, ...]
    refusals: tuple[Effect, ...]
    answered: float
    controls: Controls
    verdict: StudyVerdict


@value
class Framed:
    """The effects of one arm under one framing, before they are judged together."""

    gaps: tuple[Effect, ...]
    changes: tuple[Effect, ...]
    refusals: tuple[Effect, ...]
    answered: float


def framed(
    plain: Answers,
    under: Answers,
    *,
    comparison: Comparison = "grand mean",
    margin: float | None = None,
    alpha: float = 0.05,
) -> Framed:
    """How much do gaps change from the plain question to a framing?

    Parameters
    ----------
    plain, under : Answers
        Of the same pairs.
    comparison : {"grand mean", "all pairs"}
        For more than two groups.
    margin : float, optional
        The largest change that does not matter.
    alpha : float
        Two-sided error rate.

    Returns
    -------
    Framed
        Changes over pairs that answered both times.
    """
    contrasts = contrasts_of(plain.groups, comparison)
    change = with_fields(
        under, values=under.values - plain.values, refused=under.refused - plain.refused
    )
    return Framed(
        gaps=tuple(
            effect_of(under.values, c, under.names, under.resumes, alpha=alpha)
            for c in contrasts
        ),
        changes=tuple(
            effect_of(
                change.values, c, under.names, under.resumes, margin=margin, alpha=alpha
            )
            for c in contrasts
        ),
        refusals=tuple(
            effect_of(change.refused, c, under.names, under.resumes, alpha=alpha)
            for c in contrasts
        ),
        answered=under.answered,
    )


def judged(
    found: Sequence[tuple[str, str, Framed, Controls]],
    *,
    margin: float | None = None,
    alpha: float = 0.05,
) -> tuple[UnderPressure, ...]:
    """Under which framings does the gap change, by Holm over all of them?

    Parameters
    ----------
    found : sequence of (framing, arm, Framed, Controls)
        Of all framings but the plain one.
    margin : float, optional
        The largest change that does not matter.
    alpha : float
        Error rate of the family.

    Returns
    -------
    tuple of UnderPressure
        In the same order.
    """
    family = [
        replace(effect, contrast=f"change of {effect.contrast}")
        for _, _, own, _ in found
        for effect in own.changes
    ]
    refusing = [
        replace(effect, contrast=f"change of the share refused, {effect.contrast}")
        for _, _, own, _ in found
        for effect in own.refusals
    ]
    sure = adjusted([*family, *(e for e in refusing if _varies(e))], alpha)
    changes, refusals = sure[: len(family)], iter(sure[len(family) :])
    held = [next(refusals) if _varies(effect) else effect for effect in refusing]
    return tuple(_judge(found, changes, held, margin, alpha))


def _varies(effect: Effect) -> bool:
    """Say whether any half's share of refusals changed at all."""
    return bool(effect.sd)


def _judge(
    found: Sequence[tuple[str, str, Framed, Controls]],
    changes: list[Effect],
    refusals: list[Effect],
    margin: float | None,
    alpha: float,
) -> list[UnderPressure]:
    """Deal the adjusted effects back to their framings and conclude."""
    result, start = [], 0
    for framing, arm, own, controls in found:
        end = start + len(own.changes)
        mine, refused = tuple(changes[start:end]), tuple(refusals[start:end])
        start = end
        result.append(
            UnderPressure(
                framing=framing,
                arm=arm,
                gaps=own.gaps,
                changes=mine,
                refusals=refused,
                answered=own.answered,
                controls=controls,
                verdict=verdict_of(mine, refused, controls, alpha=alpha, margin=margin),
            )
        )
    return result
