"""Pass, fail or undecided: a criterion on scores within a tolerance, by limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.evidence import EVERYONE_ELSE
from fairaudit.core.score_evidence import ITS_SCORES
from fairaudit.core.spelling import option
from fairaudit.core.value import replace
from fairaudit.core.verdict import Judgement, MissingData, OutsideScope, Scope, Verdict
from fairaudit.criteria.comparisons import FAMILY_ALPHA
from fairaudit.criteria.score_disparity import apart, at_scores
from fairaudit.policy.missing_rule import ALLOWANCE
from fairaudit.policy.sentences import about, gap, percent, rounded_up, scoped

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from fairaudit.core.requirements import CriterionGate
    from fairaudit.core.score_evidence import ScoreComparison
    from fairaudit.criteria.criterion import Criterion
    from fairaudit.criteria.score_measure import ScoreMeasure
    from fairaudit.criteria.scored_groups import ScoredGroups


def judge_scores(
    gate: CriterionGate,
    criterion: Criterion,
    groups: ScoredGroups,
    *,
    family_size: int,
    min_group: int | None,
) -> Verdict:
    """Judge a criterion on scores on one table.

    It fails when a difference is shown to be above the tolerance, simultaneously over all
    gated differences of the audit; it passes when every one-sided 95 % upper limit is
    within it.

    Parameters
    ----------
    gate : CriterionGate
        Criterion and tolerance, in the unit of the scores or of shares.
    criterion : Criterion
        One on scores.
    groups : ScoredGroups
        The groups of a table with their scores.
    family_size : int
        Over how many differences a failure must hold at once.
    min_group : int, optional
        The scope a pass is claimed for.

    Returns
    -------
    Verdict
        With every comparison it rests on.

    Raises
    ------
    InputError
        When the gate is on a ratio, or scores are no probabilities and must be.
    """
    measure = criterion.scores
    assert measure is not None
    check_fit(gate, criterion, groups)
    inside, outside = _reach(measure, groups, min_group)
    comparisons = tuple(
        _judged(one, gate.tolerance, inside)
        for one in measure.compare(groups, FAMILY_ALPHA / family_size)
    )
    missing = _missing(groups, inside)
    status = _status(comparisons, missing)
    reached = _scope(groups, min_group, inside, outside, comparisons)
    rows = measure.needed(groups, gate.tolerance) if status == "undecided" else None
    return Verdict(
        id=f"{criterion.id}@{groups.table.attribute}",
        gate=gate,
        attribute=groups.table.attribute,
        status=status,
        because=_because(status, comparisons, gate, missing, reached, rows, measure, groups)
        + _taken_for_granted(measure, groups),
        value=max(
            (
                abs(one.difference.value)
                for one in comparisons
                if one.difference.value is not None
            ),
            default=None,
        ),
        family_size=family_size,
        scored=comparisons,
        scope=reached,
        missing=missing,
        rows_needed=rows,
        rows_unit=None if rows is None else measure.among,
    )


def _taken_for_granted(measure: ScoreMeasure, groups: ScoredGroups) -> str:
    """Say what limits rest on beside chance, as a sentence of its own."""
    assumption = measure.assumption(groups)
    return "" if assumption is None else f" The limits hold if {assumption}."


def check_fit(gate: CriterionGate, criterion: Criterion, groups: ScoredGroups) -> None:
    """Refuse a ratio, and scores that cannot be probabilities where they must be.

    Raises
    ------
    InputError
        Naming the criterion, and a group with such a score.
    """
    if gate.measure == "ratio":
        raise InputError(
            f"criterion {criterion.id} is judged by differences of scores or shares; a "
            f"ratio is not defined for it. Leave out {option('measure', 'ratio')}."
        )
    assert criterion.scores is not None
    if criterion.scores.probabilities and groups.low is not None:
        if groups.are_probabilities():
            return
        side = next(
            side
            for side in groups.sides
            if len(side.table.scores)
            and not 0 <= side.table.scores[0] <= side.table.scores[-1] <= 1
        )
        low, high = side.table.scores[0], side.table.scores[-1]
        raise InputError(
            f"criterion {criterion.id} needs scores that are probabilities, between 0 and "
            f"1; those of {side.name} run from {low:g} to {high:g}. Gate on test_fairness, "
            f"which takes any score, or name a column of probabilities: "
            f"{option('score', 'COLUMN')}."
        )


def _judged(
    one: ScoreComparison, tolerance: float, inside: Collection[str]
) -> ScoreComparison:
    """Judge one comparison; an undefined one is undecided."""
    named = {one.first, one.second} - {EVERYONE_ELSE, ITS_SCORES}
    status: Judgement = "undecided"
    if one.at_least is not None and one.at_most is not None:
        if one.at_least > tolerance:
            status = "fail"
        elif one.at_most <= tolerance:
            status = "pass"
    return replace(one, in_scope=named <= set(inside), status=status)


def _status(comparisons: Sequence[ScoreComparison], missing: MissingData) -> Judgement:
    """Join the comparisons: one failure fails, all in scope must pass."""
    if any(one.status == "fail" for one in comparisons):
        return "fail"
    inside = [one for one in comparisons if one.in_scope]
    passed = bool(inside) and all(one.status == "pass" for one in inside)
    return "pass" if passed and not missing.blocks_pass else "undecided"


def _reach(
    measure: ScoreMeasure, groups: ScoredGroups, min_group: int | None
) -> tuple[tuple[str, ...], tuple[tuple[str, float], ...]]:
    """Split groups by how many people they have; without a scope all are inside."""
    absent = {row.name for row in groups.table.compared if row.kind == "absent"}
    sizes = {side.name: measure.size(side) for side in groups.sides}
    inside = tuple(
        name
        for name, size in sizes.items()
        if min_group is None or size >= min_group or name in absent
    )
    return inside, tuple((name, n) for name, n in sizes.items() if name not in inside)


def _scope(
    groups: ScoredGroups,
    min_group: int | None,
    inside: tuple[str, ...],
    outside: tuple[tuple[str, float], ...],
    comparisons: Sequence[ScoreComparison],
) -> Scope | None:
    """Say for whom a verdict speaks, and what it does not exclude for the others."""
    if min_group is None:
        return None
    people = {row.name: row.people or 0 for row in groups.table.compared}
    total = sum(people.values())
    return Scope(
        min_group=min_group,
        inside=inside,
        outside=tuple(
            OutsideScope(
                name=name,
                size=size,
                not_excluded=max(
                    (
                        one.at_most or 0
                        for one in comparisons
                        if name in {one.first, one.second}
                    ),
                    default=None,
                ),
            )
            for name, size in outside
        ),
        share_of_people=sum(people[name] for name in inside) / total if total else 0.0,
    )


def _missing(groups: ScoredGroups, inside: Collection[str]) -> MissingData:
    """Say which share of people lacks a label or a score; above 5 % it blocks a pass.

    How bad it could be is not bounded: a score may be any number.
    """
    shares = [0.0]
    for side in groups.sides:
        lost = float(side.table.missing + side.table.unlabelled.sum())
        total = lost + float(side.table.labelled.sum())
        if total and side.name in inside:
            shares.append(lost / total)
    lost = sum(row.people or 0 for row in groups.table.groups if row.kind == "missing")
    people = sum(row.people or 0 for row in groups.table.groups)
    share = max([*shares, lost / people if people else 0.0])
    return MissingData(share=share, worst_case=None, blocks_pass=share > ALLOWANCE)


def _because(
    status: Judgement,
    comparisons: Sequence[ScoreComparison],
    gate: CriterionGate,
    missing: MissingData,
    reached: Scope | None,
    rows: int | None,
    measure: ScoreMeasure,
    groups: ScoredGroups,
) -> str:
    """Say which comparison decides."""
    if status == "fail":
        failed = [one for one in comparisons if one.status == "fail"]
        worst = max(failed, key=lambda one: one.at_least or 0)
        return (
            f"{apart(worst, measure.rate, gap(abs(worst.difference.value or 0)))}; at "
            f"least {gap(worst.at_least)} is shown, which is above {gate.tolerance:g}."
        )
    inside = [one for one in comparisons if one.in_scope]
    undefined = [one for one in inside if one.at_most is None]
    if undefined or not inside:
        reason = undefined[0].difference.undefined_because if undefined else None
        return f"{reason or 'fewer than two groups to compare'}, so it is not decided."
    worst = max(inside, key=lambda one: one.at_most or 0)
    bound = (
        f"the largest difference not excluded is {gap(worst.at_most)} "
        f"({worst.first} v {worst.second}{at_scores(worst.open_in)})"
    )
    if status == "pass":
        told = f"every comparison is within {gate.tolerance:g}: {bound}."
        return (
            told
            if reached is None or not reached.outside
            else f"{scoped(reached, groups.table)} {told}"
        )
    if all(one.status == "pass" for one in inside):
        return (
            f"{percent(missing.share)} of people miss a label or a score (more than 5 %), "
            f"which could hide a difference."
        )
    settle = (
        f"; {about(f'{rounded_up(rows):,} {measure.among}', groups.table)} in each group "
        f"could settle it"
        if rows is not None
        else ""
    )
    return f"no difference above {gate.tolerance:g} is shown, but {bound}{settle}."
