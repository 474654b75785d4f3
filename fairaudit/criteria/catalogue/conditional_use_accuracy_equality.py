"""Conditional use accuracy equality: either decision is right equally often for all."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.tally.rates import NEGATIVE_PREDICTIVE_VALUE, POSITIVE_PREDICTIVE_VALUE

CRITERION = Criterion(
    id="conditional_use_accuracy_equality",
    question="Is a {selection} right as often in every group, and a {rejection} too?",
    rates=(POSITIVE_PREDICTIVE_VALUE, NEGATIVE_PREDICTIVE_VALUE),
    references=("berk2021",),
    right_when=("both decisions are acted on and must mean the same for everyone",),
    blind_to=(
        "how errors are spread over those who bear them",
        "how a positive label came about",
    ),
)
