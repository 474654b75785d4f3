"""Pass, fail or undecided: a criterion within a tolerance, by limits and not by looks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import replace, value
from fairaudit.core.verdict import Verdict
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.criteria.comparisons import compare_rate, pairings, side
from fairaudit.inference.noise import noise_corrected
from fairaudit.inference.power import rows_needed
from fairaudit.policy import sentences
from fairaudit.policy.deciding import decide
from fairaudit.policy.missing_rule import missing_data
from fairaudit.policy.scope import reach, scope
from fairaudit.policy.stratified_rule import judge_stratified

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairaudit.core.evidence import Comparison, GroupTable
    from fairaudit.core.requirements import CriterionGate
    from fairaudit.core.verdict import Judgement
    from fairaudit.core.words import Favourable
    from fairaudit.criteria.criterion import Criterion
    from fairaudit.tally.rates import Rate


@value
class Needed:
    """How many people in each group would settle an undecided gate, of which kinds.

    Those of the rates that are not settled, the most first; "unreachable" where for one of
    these no number would do.
    """

    people: tuple[tuple[int, str], ...] = ()
    unreachable: bool = False


def judge_criterion(
    gate: CriterionGate,
    table: GroupTable,
    *,
    family_size: int,
    min_group: int | None,
    favourable: Favourable | None,
) -> Verdict:
    """Judge one criterion on one table.

    Parameters
    ----------
    gate : CriterionGate
        Criterion, tolerance and measure.
    table : GroupTable
        Groups with their cells.
    family_size : int
        Over how many comparisons a failure must hold at once.
    min_group : int, optional
        The scope a pass is claimed for.
    favourable : {"selected", "not-selected"}, optional
        The direction, for words.

    Returns
    -------
    Verdict
        With every comparison it rests on.
    """
    criterion = criterion_named(gate.criterion)
    if criterion.stratified:
        return judge_stratified(
            gate, criterion, table, family_size=family_size, min_group=min_group
        )
    found = reach(criterion, table, min_group)
    allowed = largest_allowed(gate)
    comparisons = tuple(
        replace(one, status=_status(one, allowed))
        for rate in criterion.rates
        for one in compare_rate(
            rate,
            table,
            family_size=family_size,
            measure=gate.measure,
            in_scope=found.inside,
        )
    )
    missing = missing_data(
        criterion, table, allowed=allowed, measure=gate.measure, in_scope=found.inside
    )
    status = decide(comparisons, missing)
    reached = scope(found, table, min_group, comparisons)
    needed = Needed()
    if status == "undecided" and gate.measure == "difference":
        inside = [one for one in comparisons if one.in_scope]
        open_rates = {one.rate for one in inside if one.status != "pass"}
        shown = {
            rate: max(one.at_least or 0.0 for one in inside if one.rate == rate.id)
            for rate in criterion.rates
            if rate.id in open_rates
        }
        needed = _needed(shown, table, found.inside, gate.tolerance, favourable)
    rows, unit = needed.people[0] if needed.people else (None, None)
    told = sentences.Told(
        gate=gate,
        criterion=criterion,
        table=table,
        comparisons=comparisons,
        family_size=family_size,
        scope=reached,
        missing=missing,
        needed=needed.people,
        unreachable=needed.unreachable,
        favourable=favourable,
    )
    return Verdict(
        id=f"{criterion.id}@{table.attribute}",
        gate=gate,
        attribute=table.attribute,
        status=status,
        because=sentences.because(status, told),
        value=_seen(gate, criterion, table),
        family_size=family_size,
        comparisons=comparisons,
        scope=reached,
        missing=missing,
        rows_needed=rows,
        rows_unit=unit,
        unreachable=needed.unreachable,
    )


def largest_allowed(gate: CriterionGate) -> float:
    """Give the largest difference, or shortfall of a ratio from 1, that is tolerated."""
    return gate.tolerance if gate.measure == "difference" else 1 - gate.tolerance


def _status(one: Comparison, allowed: float) -> Judgement:
    """Judge one comparison; an undefined one is undecided."""
    if one.at_least is None or one.at_most is None:
        return "undecided"
    if one.at_least > allowed:
        return "fail"
    return "pass" if one.at_most <= allowed else "undecided"


def _seen(gate: CriterionGate, criterion: Criterion, table: GroupTable) -> float | None:
    """Give the largest difference seen, or the smallest ratio of smaller to larger."""
    both = [
        (first.proportion(rate).value, second.proportion(rate).value)
        for rate in criterion.rates
        for first, second in pairings(table)
    ]
    rates = [
        (min(one, other), max(one, other))
        for one, other in both
        if one is not None and other is not None
    ]
    if gate.measure == "ratio":
        return min((low / high for low, high in rates if high), default=None)
    return max((high - low for low, high in rates), default=None)


def _needed(
    shown: Mapping[Rate, float],
    table: GroupTable,
    inside: Sequence[str],
    tolerance: float,
    favourable: Favourable | None,
) -> Needed:
    """Ask each rate that is not settled how many people per group it would take.

    `shown` holds these rates, each with the gap that is shown.
    """
    asked: list[tuple[int, str]] = []
    for rate, at_least in shown.items():
        read = [side(row).proportion(rate) for row in table.compared if row.name in inside]
        read = [one for one in read if one.denominator]
        if len(read) < 2:
            return Needed()
        corrected = noise_corrected(
            [one.successes for one in read],
            [one.size for one in read],
            at_least=at_least,
        )
        rows = rows_needed(corrected.rates, tolerance)
        if rows is None:
            return Needed(unreachable=True)
        asked.append((rows, sentences.unit(rate, favourable)))
    return Needed(people=tuple(sorted(asked, reverse=True)))
