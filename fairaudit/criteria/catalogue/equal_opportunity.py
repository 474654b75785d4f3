"""Equal opportunity: the same chance of selection for those who qualify."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.tally.rates import TRUE_POSITIVE_RATE

CRITERION = Criterion(
    id="equal_opportunity",
    question=(
        "Do people who turn out positive have the same chance of being {selected} in every "
        "group?"
    ),
    rates=(TRUE_POSITIVE_RATE,),
    references=("hardt2016",),
    right_when=(
        "missing somebody who qualifies is the error that harms",
        "the label can be trusted for every group",
    ),
    blind_to=(
        "who is selected by mistake",
        "how a positive label came about",
    ),
)
