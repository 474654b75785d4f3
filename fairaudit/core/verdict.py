"""What a requirement makes of the evidence."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.evidence import Comparison, StratifiedComparison
from fairaudit.core.requirements import CriterionGate, MarginGate, NumberGate, Waiver
from fairaudit.core.score_evidence import ScoreComparison
from fairaudit.core.value import value

Status = Literal["pass", "fail", "undecided", "waived"]
Judgement = Literal["pass", "fail", "undecided"]
"""What evidence alone makes of a requirement; only a person can waive."""


@value
class OutsideScope:
    """A group too small for a pass to be claimed, and the gap that is not excluded.

    `size` is `None` where it is withheld.
    """

    name: str
    size: int | float | None
    not_excluded: float | None


@value
class Scope:
    """For whom a pass is claimed: groups with at least `min_group` in every denominator."""

    min_group: int
    inside: tuple[str, ...]
    outside: tuple[OutsideScope, ...]
    share_of_people: float | None


@value
class MissingData:
    """How much of what a verdict rests on is missing, and what that could hide.

    `worst_case` is the largest upper limit over all ways to fill in the missing values;
    looked at only when `share` is above the allowance of 5 %.
    """

    share: float
    worst_case: float | None
    blocks_pass: bool


@value
class Verdict:
    """A gate applied to one table or study: passed, failed, undecided or waived, and why.

    `family_size` is the number of comparisons the limits of a failure are simultaneous
    over. `rows_needed` is the equal group size, in the unit `rows_unit`, that would settle
    the hungriest of the rates that leave a gate undecided; `unreachable` says that no size
    would, because the gap left after noise correction is not below the tolerance.
    `fair_failure_share` tells of a plain number what share of perfectly fair processes of
    this size would fail the gate.
    """

    id: str
    gate: CriterionGate | NumberGate | MarginGate
    attribute: str
    status: Status
    because: str
    value: float | None = None
    family_size: int | None = None
    comparisons: tuple[Comparison, ...] = ()
    stratified: tuple[StratifiedComparison, ...] = ()
    scored: tuple[ScoreComparison, ...] = ()
    scope: Scope | None = None
    missing: MissingData | None = None
    rows_needed: int | None = None
    rows_unit: str | None = None
    unreachable: bool = False
    fair_failure_share: float | None = None
    waiver: Waiver | None = None
    before_waiver: Status | None = None
