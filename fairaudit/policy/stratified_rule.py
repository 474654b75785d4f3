"""Pass, fail or undecided where groups are compared among people alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.spelling import option
from fairaudit.core.value import replace
from fairaudit.core.verdict import Judgement, Verdict
from fairaudit.criteria.comparisons import FAMILY_ALPHA
from fairaudit.criteria.conditional import compare_within_strata
from fairaudit.policy.deciding import decide
from fairaudit.policy.missing_strata import missing_within_strata
from fairaudit.policy.scope import reach, scope
from fairaudit.policy.sentences import gap, percent, scoped

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.core.evidence import GroupTable, StratifiedComparison
    from fairaudit.core.requirements import CriterionGate
    from fairaudit.core.verdict import MissingData, Scope
    from fairaudit.criteria.criterion import Criterion


def judge_stratified(
    gate: CriterionGate,
    criterion: Criterion,
    table: GroupTable,
    *,
    family_size: int,
    min_group: int | None,
) -> Verdict:
    """Judge a criterion that holds among people alike.

    It fails when a pair's Mantel-Haenszel difference, or its difference within one
    stratum, is shown to be above the tolerance. It passes when every pair's
    Mantel-Haenszel difference is within it, no stratum is shown above it, and the
    differences are not shown to vary over strata: a common difference of nothing may hide
    opposite ones.

    Parameters
    ----------
    gate : CriterionGate
        Criterion and tolerance.
    criterion : Criterion
        A stratified one.
    table : GroupTable
        Groups with their strata.
    family_size : int
        Over how many comparisons a failure must hold at once.
    min_group : int, optional
        The scope a pass is claimed for.

    Returns
    -------
    Verdict
        With every pair it rests on.

    Raises
    ------
    InputError
        When the gate is on a ratio.
    """
    if gate.measure == "ratio":
        raise InputError(
            f"criterion {criterion.id} is judged by differences within strata; "
            f"a ratio is not defined for it. Leave out {option('measure', 'ratio')}."
        )
    found = reach(criterion, table, min_group)
    pairs = compare_within_strata(table, family=family_size, in_scope=found.inside)
    alpha = FAMILY_ALPHA / max(1, len(pairs))
    pairs = tuple(replace(one, status=_status(one, gate.tolerance, alpha)) for one in pairs)
    missing = missing_within_strata(table, allowed=gate.tolerance, in_scope=found.inside)
    status = decide(pairs, missing)
    reached = scope(found, table, min_group, pairs)
    return Verdict(
        id=f"{criterion.id}@{table.attribute}",
        gate=gate,
        attribute=table.attribute,
        status=status,
        because=_because(status, pairs, gate.tolerance, missing, reached, table),
        value=max(
            (abs(one.common.value) for one in pairs if one.common.value is not None),
            default=None,
        ),
        family_size=family_size,
        stratified=pairs,
        scope=reached,
        missing=missing,
    )


def _status(one: StratifiedComparison, tolerance: float, alpha: float) -> Judgement:
    """Judge one pair; `alpha` is what a test of heterogeneity is held against."""
    if one.at_least is None or one.at_most is None:
        return "undecided"
    if max(one.at_least, one.worst_stratum_at_least or 0.0) > tolerance:
        return "fail"
    varies = one.heterogeneity_p is not None and one.heterogeneity_p < alpha
    return "pass" if one.at_most <= tolerance and not varies else "undecided"


def _because(
    status: Judgement,
    pairs: Sequence[StratifiedComparison],
    tolerance: float,
    missing: MissingData,
    reached: Scope | None,
    table: GroupTable,
) -> str:
    """Say which pair, over which strata, decides."""
    if status == "fail":
        return _failed([one for one in pairs if one.status == "fail"], tolerance)
    inside = [one for one in pairs if one.in_scope]
    undefined = [one for one in inside if one.at_most is None]
    if undefined or not inside:
        reason = undefined[0].common.undefined_because if undefined else None
        return f"{reason or 'fewer than two groups to compare'}, so it is not decided."
    if status == "undecided":
        return _held_back(inside, tolerance, missing)
    worst = max(inside, key=lambda one: one.at_most or 0)
    told = (
        f"among people alike every pair is within {tolerance:g}: the largest common gap "
        f"not excluded is {gap(worst.at_most)} ({worst.first} v {worst.second}, "
        f"{_over(worst)})."
    )
    if reached is None or not reached.outside:
        return told
    return f"{scoped(reached, table)} Inside the scope {told}"


def _held_back(
    inside: Sequence[StratifiedComparison], tolerance: float, missing: MissingData
) -> str:
    """Say what stands in the way of a pass."""
    not_passed = [one for one in inside if one.status != "pass"]
    if not not_passed:
        return (
            f"{percent(missing.share)} of people miss a value this needs (more than 5 %), "
            f"which could hide a gap of {gap(missing.worst_case)}."
        )
    worst = max(not_passed, key=lambda one: one.at_most or 0)
    pair = f"{worst.first} v {worst.second}"
    if (worst.at_most or 0) <= tolerance:
        return (
            f"the common gap is within {tolerance:g}, but differences vary over strata "
            f"({pair}, heterogeneity p = {worst.heterogeneity_p:.2g}), so that it may hide "
            f"opposite ones."
        )
    return (
        f"among people alike no gap above {tolerance:g} is shown, but a common one of up "
        f"to {gap(worst.at_most)} is not excluded ({pair}, {_over(worst)})."
    )


def _failed(failed: Sequence[StratifiedComparison], tolerance: float) -> str:
    """Name the pair that most surely differs, over all strata or in one."""
    worst = max(
        failed, key=lambda one: max(one.at_least or 0, one.worst_stratum_at_least or 0)
    )
    pair = f"{worst.first} v {worst.second}"
    if (worst.at_least or 0) > tolerance:
        return (
            f"among people alike {pair} differ by {gap(abs(worst.common.value or 0))}, "
            f"at least {gap(worst.at_least)}, shown to be above {tolerance:g} "
            f"({_over(worst)})."
        )
    return (
        f"in stratum {worst.worst_stratum} {pair} differ by at least "
        f"{gap(worst.worst_stratum_at_least)}, shown to be above {tolerance:g}."
    )


def _over(one: StratifiedComparison) -> str:
    """Count the strata that speak, and those with one of the two groups only."""
    skipped = f", {one.strata_skipped} with one group only" if one.strata_skipped else ""
    return f"{one.strata_used} strata{skipped}"
