"""What holding criteria costs on given scores, and how near some can come together."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.estimate import Estimate
from fairaudit.core.value import value

FEWEST = 50
"""A group is priced with at least this many people of each outcome."""

Proof = Literal["proven", "impossible", "not proven"]
"""Whether what was found is shown to be the best, shown not to exist, or neither."""


@value
class RulePart:
    """A threshold and the probability with which it is applied.

    Selected are scores at or above `threshold`; nobody where it is `None`.
    """

    threshold: float | None
    probability: float


@value
class GroupRule:
    """What a rule does in one group: thresholds, mixed at random, and the rates they give.

    A rate is `None` where its denominator is empty.
    """

    group: str
    parts: tuple[RulePart, ...]
    rates: dict[str, float | None]


@value
class RulePrice:
    """The most accurate rule that keeps some criteria within a tolerance.

    `accuracy` is what the rule found attains, `at_most` what no rule exceeds; both `None`
    where there is none. `lost` is the accuracy given up against the best rule that need not
    keep them, as a share.
    """

    tolerance: float
    status: Proof
    accuracy: float | None
    at_most: float | None
    lost: Estimate
    rule: tuple[GroupRule, ...] = ()


@value
class JointGap:
    """The smallest e such that some rule has every gap of some criteria at most e.

    `gap` is what the rule found attains, `at_least` what no rule goes below.
    """

    status: Proof
    gap: Estimate
    at_least: float | None
    rule: tuple[GroupRule, ...] = ()


@value
class Price:
    """One criterion, or several together: exactly, within the tolerance, and how nearly."""

    criteria: tuple[str, ...]
    exactly: RulePrice
    within: RulePrice | None
    joint_gap: JointGap


@value
class GapAt:
    """The smallest joint gap of some criteria at one overall selection rate."""

    selection_rate: float
    gap: float | None
    at_least: float | None


@value
class PriceList:
    """What each main criterion, and every combination of them, costs on given scores.

    `groups` take part; `left_out` maps those with fewer than `FEWEST` people of one outcome
    to how many they have. The overall selection rate
    of those groups is held at `selection_rate`, its present value. `best_accuracy` is that
    of the best rule that need keep no criterion, and every price is against it;
    `accuracy_today` that of the present decisions. `gap_by_selection_rate` is for
    `gap_criteria` together. `method` says how the intervals were made.
    """

    kind: Literal["prices"] = "prices"
    attribute: str
    score: str
    groups: tuple[str, ...]
    left_out: dict[str, str]
    people: int
    selection_rate: float
    accuracy_today: float
    best_accuracy: float
    tolerance: float | None
    prices: tuple[Price, ...]
    gap_criteria: tuple[str, ...] = ()
    gap_by_selection_rate: tuple[GapAt, ...] = ()
    draws: int
    method: str


@value
class Ground:
    """One inequality of a proof, and what part of the proof it carries.

    In `group`, `rate` is held from below ("at least") or from above ("at most"); for a
    "floor" `rate` names the cells that must not vanish.
    """

    group: str
    rate: str
    side: Literal["floor", "at least", "at most"]
    part: float


@value
class Covered:
    """One stretch of the levels that ratios such as precision can have, and its bound.

    `levels` maps a rate to the stretch its lowest group is in. `bound` is what no rule with
    these levels goes below; `None` where no rule has them at all.
    """

    levels: dict[str, tuple[float, float]]
    bound: float | None


@value
class Instead:
    """What is possible where a combination is not: every tolerance wider by as much.

    `wider` is what the rule found needs, `at_least` what no rule needs less than.
    """

    status: Proof
    wider: float | None
    at_least: float | None
    gaps: dict[str, float]
    accuracy: float | None
    rule: tuple[GroupRule, ...]


@value
class Combination:
    """One combination of criteria on given scores: a rule that keeps it, or why none does.

    It holds for `groups`, and not for those `left_out`, which are as in a `PriceList`.
    `required` maps criteria to tolerances, `gaps` rates to how far apart the rule leaves
    them. `cost` is what a rule's errors cost per person at `costs` of a false positive and
    a false negative; no rule costs less than `at_least`. `selection_rate` is held unless
    it is `free`. `grounds` and `cover` show what no rule can do.
    """

    kind: Literal["combination"] = "combination"
    attribute: str
    score: str
    groups: tuple[str, ...]
    left_out: dict[str, str]
    people: int
    required: dict[str, float]
    costs: tuple[float, float]
    selection_rate: float
    free: bool
    status: Proof
    accuracy_today: float
    best_accuracy: float
    accuracy: float | None
    cost: float | None
    at_least: float | None
    gaps: dict[str, float]
    rule: tuple[GroupRule, ...]
    instead: Instead | None
    grounds: tuple[Ground, ...]
    cover: tuple[Covered, ...]
    work: int
