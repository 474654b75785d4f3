"""Predictive equality: the same share of false alarms in every group."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.tally.rates import FALSE_POSITIVE_RATE

CRITERION = Criterion(
    id="predictive_equality",
    question=(
        "Do people who turn out negative have the same risk of being {selected} in every "
        "group?"
    ),
    rates=(FALSE_POSITIVE_RATE,),
    references=("chouldechova2017",),
    right_when=(
        (
            "being selected by mistake is the error that harms: detained, investigated, "
            "refused"
        ),
        "the label can be trusted for every group",
    ),
    blind_to=(
        "who is missed",
        "whether a selection means the same in every group",
    ),
)
