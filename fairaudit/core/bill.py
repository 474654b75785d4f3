"""What two groups' base rates force: the bill, the exchange rates and three lines."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.estimate import Estimate
from fairaudit.core.prices import JointGap
from fairaudit.core.value import value


@value
class BillSide:
    """One exact split of the log odds ratio of base rates over three rates.

    `terms` maps a rate id to what it pays, in log odds; they sum to `total`.
    """

    total: float
    terms: dict[str, float]


@value
class ForcedRatio:
    """What two equal rates force on a third at any level: only the base rates remain.

    `estimate` is the ratio, or the odds ratio, of `rate`: first group over second.
    """

    rate: str
    measure: Literal["ratio", "odds ratio"]
    estimate: Estimate


@value
class ExchangeRate:
    """Two rates held equal at their pooled level, and what that forces on the others.

    `forced` maps each other rate to its values in the first and second group, `gaps` to
    the absolute difference between them. `possible` is False when a forced value leaves
    [0, 1]; values are then given as the equations give them, never clipped. It is `None`,
    with a reason, when the equations have no value at these levels. `at_any_level` is there
    for the pairs whose level cancels.
    """

    equal: tuple[str, str]
    levels: dict[str, float]
    forced: dict[str, tuple[float, float]]
    gaps: dict[str, Estimate]
    at_any_level: ForcedRatio | None = None
    possible: bool | None
    undefined_because: str | None = None


@value
class ThreeLines:
    """Exactly; within the tolerance; and what the data support at 95 %."""

    exactly: str
    within_tolerance: str
    supported: str


@value
class Bill:
    """What the base rates of two groups force on any rule that decides about them.

    `odds_ratio` compares the base rates, first over second. The two sides are `None` with
    a reason when a cell of zero leaves a logarithm without a value. `joint_gap` is the
    smallest gap within which true and false positive rates and precision can all be
    equal at the present levels, whatever the scores; `joint_gap_levels` holds those levels,
    the smaller true positive rate and the smaller precision of the two groups.
    `joint_gap_on_scores` is the smallest that a rule on the scores reaches when it selects
    as many people as today, at whatever levels; `None` without scores.
    """

    kind: Literal["bill"] = "bill"
    attribute: str
    first: str
    second: str
    base_rates: tuple[Estimate, Estimate]
    odds_ratio: Estimate
    positive_side: BillSide | None
    negative_side: BillSide | None
    undefined_because: str | None
    even_split_factor: float | None
    exchange_rates: tuple[ExchangeRate, ...]
    joint_gap: Estimate
    joint_gap_levels: dict[str, float]
    joint_gap_on_scores: JointGap | None = None
    tolerance: float | None
    lines: ThreeLines
