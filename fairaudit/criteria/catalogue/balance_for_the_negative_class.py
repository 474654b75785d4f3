"""Balance for the negative class: actual negatives have the same mean score everywhere."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.criteria.mean_scores import MEAN_SCORE_OF_NEGATIVES

CRITERION = Criterion(
    id="balance_for_the_negative_class",
    question="Do people who turn out negative get the same mean score in every group?",
    scores=MEAN_SCORE_OF_NEGATIVES,
    references=("kleinberg2017",),
    right_when=(
        "a score is used in degrees, without one threshold",
        "a high score harms people to whom the event does not happen",
    ),
    blind_to=(
        "the people who turn out positive",
        "how scores spread around the mean: a threshold may still part the groups",
    ),
)
