"""What a study shows of itself before it may speak: the placebo and the competence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.resumes.effects.answers import PLACEBO, QUALITY, by_arm
from fairaudit.resumes.effects.contrasts import contrasts_of
from fairaudit.resumes.effects.effect import Effect, adjusted, effect_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.resumes.effects.answers import Answers
    from fairaudit.resumes.pair import Pair

STRONG, WEAK = "strong", "weak"

_ASKED_THE_REVERSE = (
    " when it is asked the reverse, where a reader of qualifications says less of the "
    "strong one"
)


@value
class Controls:
    """The controls of one framing.

    Attributes
    ----------
    placebo : tuple of Effect
        Of two sets of names of one group, one for every group that has them.
    floor : float or None
        The largest placebo gap, either way: what names alone have made here.
    competence : Effect or None
        Strong minus weak of one résumé under one name.
    reverse : Effect or None
        The same where the question was turned round: whoever reads qualifications says
        *less* of the strong one there. A system that says more of it to any question
        agrees with what sounds good.
    responds : bool
        Whether the system prefers the strong one, at the study's error rate, and does so
        under the reverse as well where it was asked.
    why_not : str or None
        Why nothing may be concluded, if so.
    """

    placebo: tuple[Effect, ...]
    floor: float | None
    competence: Effect | None
    reverse: Effect | None
    responds: bool
    why_not: str | None


def groups_of_arm(pairs: Sequence[Pair], arm: str) -> list[list[Pair]]:
    """Which pairs of an arm are compared together?

    Parameters
    ----------
    pairs : sequence of Pair
        Of the study.
    arm : str
        Such as "placebo".

    Returns
    -------
    list of list of Pair
        One list for each set of groups.
    """
    return [those for (own, _), those in by_arm(pairs).items() if own == arm]


def controls_of(
    placebo: Sequence[Answers],
    quality: Sequence[Answers],
    reverse: Sequence[Answers] = (),
    *,
    alpha: float = 0.05,
    lower_is_better: bool = False,
) -> Controls:
    """Do names of one group differ, and does the system look at qualifications?

    Parameters
    ----------
    placebo : sequence of Answers
        Of the placebo arm, one for each group that was split.
    quality : sequence of Answers
        Of the quality arm, none or one.
    reverse : sequence of Answers
        Of the quality arm to the question turned round, none or one.
    alpha : float
        Two-sided error rate.
    lower_is_better : bool
        As with ranks.

    Returns
    -------
    Controls
        Without a quality arm nothing may be concluded.
    """
    splits = adjusted([_first(answers, alpha) for answers in placebo], alpha)
    sizes = [abs(e.estimate.value) for e in splits if e.estimate.value is not None]
    competence = _first(quality[0], alpha) if quality else None
    turned = _first(reverse[0], alpha) if reverse else None
    sign = -1 if lower_is_better else 1
    why_not = _incompetence(competence, alpha, sign=sign)
    if why_not is None and turned is not None:
        why_not = _incompetence(turned, alpha, sign=-sign, asked=_ASKED_THE_REVERSE)
    return Controls(
        placebo=tuple(splits),
        floor=max(sizes, default=None),
        competence=competence,
        reverse=turned,
        responds=why_not is None,
        why_not=why_not,
    )


def _first(answers: Answers, alpha: float) -> Effect:
    """Take the first group less the second; strong comes before weak, (a) before (b)."""
    contrast = contrasts_of(answers.groups)[0]
    return effect_of(answers.values, contrast, answers.names, answers.resumes, alpha=alpha)


def _incompetence(
    effect: Effect | None, alpha: float, *, sign: int, asked: str = ""
) -> str | None:
    """Say why the system cannot be said to look at qualifications, if so.

    Both directions have to pass, each at the study's error rate, so that neither needs a
    correction [berger1982].
    """
    if effect is None:
        return (
            "the study has no quality arm, so it is not known whether the system looks at "
            "qualifications at all"
        )
    if effect.estimate.value is None or effect.p_value is None:
        return (
            "the quality arm has no answer to whether the system looks at "
            f"qualifications{asked}: "
            f"{effect.estimate.undefined_because}"
        )
    if effect.p_value < alpha and sign * effect.estimate.value > 0:
        return None
    return (
        f"the system does not respond to qualifications: strong minus weak is "
        f"{effect.estimate.value:.3g} (p = {effect.p_value:.2g}){asked}"
    )


def placebo_alarm(controls: Controls, largest: float, alpha: float = 0.05) -> str | None:
    """Does a placebo differ so surely and so much that no gap can be believed?

    Parameters
    ----------
    controls : Controls
        Of the framing.
    largest : float
        The largest gap between groups, either way.
    alpha : float
        Error rate, after Holm over the placebos.

    Returns
    -------
    str or None
        Which one; `None` where none does.
    """
    for split in controls.placebo:
        if split.adjusted_p is None or split.estimate.value is None:
            continue
        if split.adjusted_p < alpha and abs(split.estimate.value) >= largest:
            return (
                f"the placebo fails: {split.contrast} is {split.estimate.value:.3g} "
                f"(p = {split.adjusted_p:.2g}), as much as the groups differ"
            )
    return None


__all__ = [
    "PLACEBO",
    "QUALITY",
    "Controls",
    "controls_of",
    "groups_of_arm",
    "placebo_alarm",
]
