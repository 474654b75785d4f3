"""Demographic parity: the same share selected in every group."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.tally.rates import SELECTION_RATE

CRITERION = Criterion(
    id="demographic_parity",
    question="Is the same share of every group {selected}?",
    rates=(SELECTION_RATE,),
    references=("dwork2012",),
    right_when=(
        (
            "the shares themselves are the goal, by law or by policy: who is invited, "
            "shown, admitted"
        ),
        (
            "the label cannot be trusted because it records earlier decisions about the "
            "same people"
        ),
    ),
    blind_to=(
        "whether the selected were the ones who should have been",
        "differences in base rates: with them, a perfect predictor violates it",
    ),
    main=True,
)
