"""Conditional demographic parity: the same share selected among people alike."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.tally.rates import SELECTION_RATE

CRITERION = Criterion(
    id="conditional_demographic_parity",
    question=(
        "Among people alike in the named respects, is the same share of every group "
        "{selected}?"
    ),
    rates=(SELECTION_RATE,),
    references=("kamiran2013", "mantel1959"),
    right_when=(
        "some respects are accepted grounds for a decision, and the rest should not matter",
        "the accepted respects are not themselves the product of unequal treatment",
    ),
    blind_to=(
        "differences that the named respects themselves carry",
        "whether the selected were the ones who should have been",
    ),
    stratified=True,
)
