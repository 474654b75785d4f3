"""Predictive parity: a selection is right equally often in every group."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.tally.rates import POSITIVE_PREDICTIVE_VALUE

CRITERION = Criterion(
    id="predictive_parity",
    question="When somebody is {selected}, is that right equally often in every group?",
    rates=(POSITIVE_PREDICTIVE_VALUE,),
    references=("chouldechova2017",),
    right_when=(
        (
            "somebody acts on a selection and must be able to read it the same way for "
            "everyone"
        ),
        "the cost of acting falls on those who act",
    ),
    blind_to=(
        (
            "who is missed, and how false alarms are spread: with different base rates "
            "they are spread unequally"
        ),
        "how a positive label came about",
    ),
    main=True,
)
