"""A study with the options it is read by, so that every part is read alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairaudit.core.value import replace
from fairaudit.resumes.effects.answers import (
    PLACEBO,
    QUALITY,
    REVERSED,
    Answers,
    answers_of,
    by_arm,
)
from fairaudit.resumes.effects.contrasts import Comparison, contrasts_of
from fairaudit.resumes.effects.controls import Controls, controls_of, groups_of_arm
from fairaudit.resumes.effects.effect import Effect, effect_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from fairaudit.resumes.effects.answers import Outcomes
    from fairaudit.resumes.pair import Kind, Pair

    Array = np.ndarray[Any, np.dtype[Any]]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Asked:
    """Pairs, outcomes and options of `effects_of`."""

    pairs: Sequence[Pair]
    outcomes: Outcomes
    kind: Kind
    margin: float | None
    alpha: float
    reference: str | None
    comparison: Comparison
    limits: tuple[float, float] | None

    def arms(self) -> list[list[Pair]]:
        """Which pairs are compared together, the controls apart?"""
        return [
            own
            for (arm, _), own in by_arm(self.pairs).items()
            if arm not in {PLACEBO, QUALITY}
        ]

    def answers(self, pairs: Sequence[Pair], framing: str) -> Answers:
        """What was answered to these pairs under a framing?"""
        return answers_of(pairs, self.outcomes, framing, reference=self.reference)

    def controls(self, framing: str) -> Controls:
        """What do the placebo and the quality arm show under a framing?"""
        placebo, quality = (
            [
                answers_of(own, self.outcomes, framing)
                for own in groups_of_arm(self.pairs, arm)
            ]
            for arm in (PLACEBO, QUALITY)
        )
        return controls_of(
            placebo,
            quality,
            self._reversed(),
            alpha=self.alpha,
            lower_is_better=self.kind == "rank",
        )

    def _reversed(self) -> list[Answers]:
        """Give what was answered about the quality arm to the reverse, if it was asked."""
        if not any(key[2] == REVERSED for key in self.outcomes):
            return []
        return [
            answers_of(own, self.outcomes, REVERSED)
            for own in groups_of_arm(self.pairs, QUALITY)
        ]

    def effects(self, answers: Answers) -> list[Effect]:
        """How far are the groups apart in the outcome?"""
        if self.kind == "text":
            return []
        return [
            effect_of(
                answers.values,
                contrast,
                answers.names,
                answers.resumes,
                margin=self.margin,
                alpha=self.alpha,
                limits=self.limits,
            )
            for contrast in contrasts_of(answers.groups, self.comparison)
        ]

    def nonanswers(self, answers: Answers) -> list[Effect]:
        """How far are the groups apart in what was refused or could not be read?"""
        return [
            effect
            for what, shares in (
                ("refused", answers.refused),
                ("unreadable", answers.unusable),
            )
            if (shares > 0).any()
            for effect in self._shares(answers, what, shares)
        ]

    def _shares(self, answers: Answers, what: str, shares: Array) -> list[Effect]:
        """Test the share of halves without an answer as an outcome of its own."""
        found = []
        for contrast in contrasts_of(answers.groups, self.comparison):
            effect = effect_of(
                shares, contrast, answers.names, answers.resumes, alpha=self.alpha
            )
            found.append(replace(effect, contrast=f"share {what}, {contrast.name}"))
        return found
