"""Overall accuracy equality: decisions are right equally often in every group."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.tally.rates import ACCURACY

CRITERION = Criterion(
    id="overall_accuracy_equality",
    question="Are decisions right equally often in every group?",
    rates=(ACCURACY,),
    references=("berk2021",),
    right_when=(
        "both errors cost the same",
        "the question is whether the system works for everybody",
    ),
    blind_to=(
        (
            "which error a group meets: one may get all the false alarms and another all "
            "the misses"
        ),
        "base rates: the rarer a label, the easier accuracy is to reach",
    ),
)
