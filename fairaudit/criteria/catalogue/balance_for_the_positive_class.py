"""Balance for the positive class: actual positives have the same mean score everywhere."""

from __future__ import annotations

from fairaudit.criteria.criterion import Criterion
from fairaudit.criteria.mean_scores import MEAN_SCORE_OF_POSITIVES

CRITERION = Criterion(
    id="balance_for_the_positive_class",
    question="Do people who turn out positive get the same mean score in every group?",
    scores=MEAN_SCORE_OF_POSITIVES,
    references=("kleinberg2017",),
    right_when=(
        "a score is used in degrees, without one threshold",
        "harm or benefit grows with the score for those to whom the event happens",
    ),
    blind_to=(
        "the people who turn out negative",
        "how scores spread around the mean: a threshold may still part the groups",
    ),
)
