"""Equalized odds: the same error rates for every group, given the true outcome."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.tally.rates import FALSE_POSITIVE_RATE, TRUE_POSITIVE_RATE

CRITERION = Criterion(
    id="equalized_odds",
    question="Does each group meet the same errors, given the true outcome?",
    rates=(TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE),
    references=("hardt2016",),
    right_when=(
        "both kinds of error harm, and who bears them is the question",
        "the label can be trusted for every group",
    ),
    blind_to=(
        (
            "whether a selection means the same in every group: with different base "
            "rates it cannot, unless the rule is perfect"
        ),
        "how a positive label came about",
    ),
    main=True,
)
