"""The statistics of résumé counterfactuals: outcomes in, verdicts out."""

from __future__ import annotations

from fairaudit.resumes.effects.designs import design_of
from fairaudit.resumes.effects.effect import Effect
from fairaudit.resumes.effects.mcnemar import mcnemar
from fairaudit.resumes.effects.mean_tests import paired_test
from fairaudit.resumes.effects.name_permutation import (
    crossed_permutation,
    name_permutation,
)
from fairaudit.resumes.effects.planning import mcnemar_pairs, plan
from fairaudit.resumes.effects.study import ArmEffects, StudyEffects, effects_of
from fairaudit.resumes.effects.unpaired import unpaired_gap
from fairaudit.resumes.effects.verdicts import StudyVerdict

__all__ = [
    "ArmEffects",
    "Effect",
    "StudyEffects",
    "StudyVerdict",
    "crossed_permutation",
    "design_of",
    "effects_of",
    "mcnemar",
    "mcnemar_pairs",
    "name_permutation",
    "paired_test",
    "plan",
    "unpaired_gap",
]
