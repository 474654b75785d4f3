"""Test fairness: the same score means the same chance of a positive, in every group."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.criteria.score_bands import OUTCOME_AT_SCORE

CRITERION = Criterion(
    id="test_fairness",
    question="Of people with the same score, do as many of every group turn out positive?",
    scores=OUTCOME_AT_SCORE,
    references=("chouldechova2017", "verma2018"),
    right_when=(
        "a score is no probability, such as a decile, and is read the same for everyone",
        "somebody who sees the score must not need to know the group to judge it",
    ),
    blind_to=(
        "whether the score means its probability: it may be wrong for everybody alike",
        "who gets the high scores, and whose errors they are",
    ),
)
