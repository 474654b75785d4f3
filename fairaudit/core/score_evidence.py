"""What was found about scores: how they rank, what they mean, and how far groups differ."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.estimate import Amount, Estimate
from fairaudit.core.value import value

ITS_SCORES = "its scores"
"""The other side of a comparison of what happened to a group with what its scores say."""


@value
class Band:
    """People of one group whose scores lie from `low` to `high`, and what happened to them.

    `people` have a label; `happened` is the share with a positive one; `mean_score` is
    `None` where there is nobody.
    """

    low: float
    high: float
    people: Amount
    positives: Amount
    happened: Estimate
    mean_score: float | None


@value
class RocPoint:
    """The error rates of selecting everybody at or above a score."""

    threshold: float
    false_positive_rate: float
    true_positive_rate: float


@value
class CalibrationError:
    """How far shares are from scores, averaged over bands (ECE), and what chance adds.

    `if_calibrated` is what a perfectly calibrated score of this size shows on average,
    `at_most_if_calibrated` what it stays below in 95 of 100 samples: the distance alone
    says nothing, as it cannot be 0.
    """

    value: float
    if_calibrated: float
    at_most_if_calibrated: float


@value
class ScoredGroup:
    """How the scores of one group rank its people, and what they mean.

    `roc` holds some points of the curve, from the highest threshold down.
    """

    name: str
    auc: Estimate
    mean_of_positives: Estimate
    mean_of_negatives: Estimate
    bands: tuple[Band, ...]
    roc: tuple[RocPoint, ...]
    calibration_error: CalibrationError | None
    without_score: Amount


@value
class AucPair:
    """The areas of two groups compared; first minus second."""

    first: str
    second: str
    difference: Estimate


@value
class ScoreSummary:
    """The scores of one table's groups.

    `bin_width` is 0 where scores were counted exactly; otherwise every score stands for
    itself or up to so much more, and areas under ROC curves are within `auc_error` of those
    of the scores themselves.
    """

    kind: Literal["scores"] = "scores"
    attribute: str
    score: str
    low: float
    high: float
    bin_width: float
    auc_error: float
    groups: tuple[ScoredGroup, ...]
    overall: ScoredGroup
    auc_pairs: tuple[AucPair, ...]


@value
class ScoreComparison:
    """Two groups' scores compared, or a group's with what happened to it.

    `difference` is the one that `shown_in` names, first minus second: of means, or of
    shares in a band of scores. `at_least` is the simultaneous lower limit of the largest
    absolute difference over bands, `at_most` its one-sided 95 % upper limit, for which
    `open_in` is the band. `None` where the comparison is undefined.
    """

    first: str
    second: str
    difference: Estimate
    at_least: float | None
    at_most: float | None
    shown_in: tuple[float, float] | None = None
    open_in: tuple[float, float] | None = None
    in_scope: bool = True
    status: Literal["pass", "undecided", "fail"] | None = None


@value
class ScoreDisparity:
    """One criterion on scores measured on one table, before any judgement.

    `assumption` is what its limits take for granted of the scores, where they do.
    """

    kind: Literal["score_disparity"] = "score_disparity"
    criterion: str
    attribute: str
    family_size: int
    comparisons: tuple[ScoreComparison, ...]
    assumption: str | None = None
