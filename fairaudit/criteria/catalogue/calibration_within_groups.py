"""Calibration within groups: a score means its probability, in every group."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.criteria.score_bands import OUTCOME_AGAINST_SCORE

CRITERION = Criterion(
    id="calibration_within_groups",
    question=(
        "Of the people with a score of 0.3, do 30 % turn out positive, in every group?"
    ),
    scores=OUTCOME_AGAINST_SCORE,
    references=("kleinberg2017", "chouldechova2017"),
    right_when=(
        "somebody reads the score itself as a probability and weighs it with other things",
        "thresholds are set later, or differ from user to user",
    ),
    blind_to=(
        (
            "what is decided: a calibrated score may be coarse for one group and sharp for "
            "another, and its errors fall on one of them"
        ),
        "how a positive label came about",
    ),
)
