"""Treatment equality: errors split the same way between misses and false alarms."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.tally.rates import FALSE_NEGATIVE_SHARE

CRITERION = Criterion(
    id="treatment_equality",
    question="Of the errors made, is the same share misses in every group?",
    rates=(FALSE_NEGATIVE_SHARE,),
    references=("berk2021",),
    right_when=("the balance of the two errors is what groups should share",),
    blind_to=(
        "how many errors there are",
        "base rates, which move the balance by themselves",
    ),
)
