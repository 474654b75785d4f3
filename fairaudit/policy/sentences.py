"""Why a verdict is what it is, in one plain sentence with both groups named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.evidence import EVERYONE_ELSE, Comparison, GroupTable
from fairaudit.core.requirements import CriterionGate
from fairaudit.core.value import value
from fairaudit.core.verdict import MissingData, OutsideScope, Scope
from fairaudit.core.words import Favourable, worded
from fairaudit.criteria.criterion import Criterion

if TYPE_CHECKING:
    from fairaudit.core.verdict import Judgement
    from fairaudit.tally.rates import Rate


@value
class Told:
    """Everything a sentence about a criterion's verdict may need."""

    gate: CriterionGate
    criterion: Criterion
    table: GroupTable
    comparisons: tuple[Comparison, ...]
    family_size: int
    scope: Scope | None
    missing: MissingData
    needed: tuple[tuple[int, str], ...]
    unreachable: bool
    favourable: Favourable | None


def because(status: Judgement, told: Told) -> str:
    """Give the sentence for a status."""
    tell = {"fail": _failed, "pass": _passed}.get(status, _undecided)
    return tell(told)


def unit(rate: Rate, favourable: Favourable | None) -> str:
    """Name the people of a rate's denominator."""
    return worded(rate.among, favourable)


def percent(share: float | None) -> str:
    """Write a share as a whole percentage, without hiding that it is not 0 or 100."""
    if share is None:
        return "undefined"
    whole = round(100 * share)
    if whole == 0 and share > 0:
        return "<1 %"
    return ">99 %" if whole == 100 and share < 1 else f"{whole} %"


def gap(number: float | None) -> str:
    """Write a gap with two decimals."""
    return "any size" if number is None else f"{number:.2f}"


def tolerance(gate: CriterionGate) -> str:
    """Say within what a criterion must hold."""
    if gate.measure == "ratio":
        return f"a ratio of at least {gate.tolerance:g}"
    return f"{gate.tolerance:g}"


def _failed(told: Told) -> str:
    """Name the pair that most surely differs."""
    failed = [one for one in told.comparisons if one.status == "fail"]
    worst = max(failed, key=lambda one: one.at_least or 0)
    more = f"; {len(failed)} comparisons fail" if len(failed) > 1 else ""
    return (
        f"{_seen(worst, told)}: {_differs(worst, told)}"
        f" (limits simultaneous over {told.family_size} "
        f"comparison{'s' if told.family_size > 1 else ''}){more}."
    )


def _seen(one: Comparison, told: Told) -> str:
    """Write two groups' rates in words."""
    rate = next(rate for rate in told.criterion.rates if rate.id == one.rate)
    rates = _rates_of(one, told)
    return (
        f"{percent(rates[0])} v {percent(rates[1])} {worded(rate.plain, told.favourable)} "
        f"({one.first} v {one.second}, {rate.symbol})"
    )


def _rates_of(one: Comparison, told: Told) -> tuple[float | None, float | None]:
    """Look up both sides' rates; everyone else's follows from the difference."""
    by_name = {
        row.name: row.rates[one.rate].value
        for row in told.table.groups
        if one.rate in row.rates
    }
    first = by_name.get(one.first)
    second = by_name.get(one.second)
    if second is None and first is not None and one.difference.value is not None:
        ratio = told.gate.measure == "ratio"
        value_ = one.difference.value
        second = (first / value_ if value_ else None) if ratio else first - value_
    return first, second


def _differs(one: Comparison, told: Told) -> str:
    """Say by how much a pair differs, and by how much at least."""
    if told.gate.measure == "ratio":
        ratio = 1 - (one.at_least or 0)
        return f"smaller over larger is at most {gap(ratio)}, below {told.gate.tolerance:g}"
    return (
        f"a gap of {gap(abs(one.difference.value or 0))}, at least {gap(one.at_least)}, "
        f"shown to be above {told.gate.tolerance:g}"
    )


def _passed(told: Told) -> str:
    """Say for whom it holds and what is not excluded."""
    inside = [one for one in told.comparisons if one.in_scope]
    worst = max(inside, key=lambda one: one.at_most or 0)
    bound = _bound(worst, told)
    if told.scope is None or not told.scope.outside:
        return f"every comparison is within {tolerance(told.gate)}: {bound}."
    return f"{scoped(told.scope, told.table)} Inside the scope {bound}."


def scoped(scope: Scope, table: GroupTable) -> str:
    """Say for whom a scoped pass speaks, and for whom it is undecided."""
    groups = len(scope.inside) + len(scope.outside)
    small = ", ".join(_sized(one, table) for one in scope.outside)
    worst = max(
        (one.not_excluded for one in scope.outside if one.not_excluded is not None),
        default=1.0,
    )
    of_people = ""
    if scope.share_of_people is not None:
        of_people = f", {percent(scope.share_of_people)} of people"
    return (
        f"passes for {len(scope.inside)} of {groups} groups{of_people}; undecided for "
        f"{small}: gaps up to {gap(worst)} not excluded."
    )


def _sized(one: OutsideScope, table: GroupTable) -> str:
    """Name a group outside the scope, and how small it is."""
    if one.size is None:
        return f"{one.name} (withheld)"
    return f"{one.name} ({'effective size ' if table.weighted else ''}{one.size:,.0f})"


def _bound(one: Comparison, told: Told) -> str:
    """Say which gap is not excluded, and between whom."""
    if told.gate.measure == "ratio":
        return (
            f"the smallest ratio not excluded is {gap(1 - (one.at_most or 0))} "
            f"({one.first} v {one.second})"
        )
    return (
        f"the largest gap not excluded is {gap(one.at_most)} ({one.first} v {one.second})"
    )


def _undecided(told: Told) -> str:
    """Say what stands in the way of a pass."""
    inside = [one for one in told.comparisons if one.in_scope]
    if not inside:
        return _too_few_groups(told)
    undefined = [one for one in inside if one.at_most is None]
    if undefined:
        return f"{_why_undefined(undefined[0], told)}, so it cannot be compared."
    if all(one.status == "pass" for one in inside):
        return (
            f"{percent(told.missing.share)} of people miss a value this needs"
            f"{_or_withheld(told)} (more than 5 %); filled in as badly as can be, "
            f"{_worst_case(told)} is not excluded."
        )
    worst = max(inside, key=lambda one: one.at_most or 0)
    ratio = told.gate.measure == "ratio"
    return (
        f"no {'ratio below' if ratio else 'gap above'} {told.gate.tolerance:g} is shown, "
        f"but {_bound(worst, told)}{_what_would_settle(told)}."
    )


def _or_withheld(told: Told) -> str:
    """Say that some values are not missing but withheld."""
    withheld = any(
        row.withholds(rate.id) for row in told.table.groups for rate in told.criterion.rates
    )
    return ", or have it withheld" if withheld else ""


def _worst_case(told: Told) -> str:
    """Say what missing values could hide."""
    if told.gate.measure == "ratio":
        return f"a ratio of {gap(1 - (told.missing.worst_case or 0))}"
    return f"a gap of {gap(told.missing.worst_case)}"


def _too_few_groups(told: Told) -> str:
    """Say that there is nothing to compare."""
    names = [row.name for row in told.table.compared]
    if len(names) == 1:
        return f"only one group ({names[0]}) in {told.table.attribute}: nothing to compare."
    if told.scope is not None and names:
        small = ", ".join(_sized(one, told.table) for one in told.scope.outside)
        least = f"at least {told.scope.min_group:,} people"
        return (
            f"nothing to compare between groups of "
            f"{f'an effective size of {least}' if told.table.weighted else least} "
            f"in every denominator; below that: {small}."
        )
    return f"no group is recorded in {told.table.attribute}: nothing to compare."


def _why_undefined(one: Comparison, told: Told) -> str:
    """Give the reason of the side that has no rate."""
    for row in told.table.groups:
        estimate = row.rates.get(one.rate)
        if row.name in {one.first, one.second} and estimate and estimate.undefined_because:
            return estimate.undefined_because
    if EVERYONE_ELSE in {one.first, one.second} and not all(
        row.whole for row in told.table.groups
    ):
        return "small counts are withheld, and with them who everyone else is"
    return one.difference.undefined_because or "a rate is undefined"


def _what_would_settle(told: Told) -> str:
    """Say how many people each group would need."""
    if told.unreachable:
        return (
            "; the gap left after noise correction is too wide for any number of people to "
            "turn this into a pass"
        )
    if not told.needed:
        return ""
    people = [f"{rounded_up(rows):,} {unit}" for rows, unit in told.needed]
    return f"; {about(' and '.join(people), told.table)} in each group would settle it"


def about(people: str, table: GroupTable) -> str:
    """Say that a number of people is rough, and under survey weights what it counts."""
    return f"{'an effective size of ' if table.weighted else ''}about {people}"


def rounded_up(number: int) -> int:
    """Round up to two significant digits, as suits an approximation."""
    step: int = 10 ** max(0, len(str(number)) - 2)
    return -(-number // step) * step
