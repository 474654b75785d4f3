"""A plain number against a limit, read as a rule would read it: in whole counts."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from fairaudit.core.seeds import generator
from fairaudit.core.value import value
from fairaudit.core.verdict import Verdict
from fairaudit.criteria.comparisons import side
from fairaudit.inference.fair_gate import difference_above, ratio_below, share_failing
from fairaudit.policy.numbers import PlainNumber, number_named
from fairaudit.policy.sentences import percent

if TYPE_CHECKING:
    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.requirements import NumberGate
    from fairaudit.core.verdict import Judgement
    from fairaudit.core.words import Favourable
    from fairaudit.tally.rates import Rate


@value
class _Count:
    """One group's whole counts of one rate."""

    group: str
    hits: int
    people: int

    @property
    def rate(self) -> Fraction:
        """Divide exactly."""
        return Fraction(self.hits, self.people)


@value
class _Read:
    """One rate's number over all groups, and the two groups it is between."""

    number: Fraction | None
    high: _Count | None
    low: _Count | None
    unknown: tuple[str, ...]


def judge_number(
    gate: NumberGate, table: GroupTable, *, favourable: Favourable | None, seed: int
) -> Verdict:
    """Judge a plain number on one table; integers are compared, so 3/5 to 6/8 is 4/5.

    Parameters
    ----------
    gate : NumberGate
        The number and its limit.
    table : GroupTable
        Groups with whole counts; survey weights have none and are refused before.
    favourable : {"selected", "not-selected"}, optional
        Which decision an impact ratio is of.
    seed : int
        For the simulation of perfectly fair processes.

    Returns
    -------
    Verdict
        With the share of perfectly fair processes of this size that would fail the gate.
    """
    number = number_named(gate.number)
    counts = {rate: _counts(rate, table, number, favourable) for rate in number.rates}
    read = {rate: _read(number, counts[rate], table) for rate in number.rates}
    share = _fair_failures(gate, counts, table, seed)
    worst = _worst(number, read)
    known = None if worst is None else worst[1].number
    unknown = tuple(sorted({name for one in read.values() for name in one.unknown}))
    return Verdict(
        id=f"{gate.number}{gate.relation}{gate.limit}@{table.attribute}",
        gate=gate,
        attribute=table.attribute,
        status=_status(gate, list(read.values())),
        because=_because(gate, worst, unknown, table, share),
        value=None if known is None else float(known),
        fair_failure_share=share,
    )


def _counts(
    rate: Rate, table: GroupTable, number: PlainNumber, favourable: Favourable | None
) -> list[_Count]:
    """Read whole counts of every group that has any."""
    turned = number.favourable and favourable == "not-selected"
    found = []
    for row in table.compared:
        read = side(row).proportion(rate)
        hits, people = int(read.numerator), int(read.denominator)
        if people:
            found.append(
                _Count(
                    group=row.name, hits=people - hits if turned else hits, people=people
                )
            )
    return found


def _read(number: PlainNumber, counts: list[_Count], table: GroupTable) -> _Read:
    """Take max minus min, or min over max, of exact fractions."""
    known = {one.group for one in counts}
    unknown = tuple(row.name for row in table.compared if row.name not in known)
    if len(counts) < 2:
        return _Read(number=None, high=None, low=None, unknown=unknown)
    high = max(counts, key=lambda one: (one.rate, one.group))
    low = min(counts, key=lambda one: (one.rate, one.group))
    found: Fraction | None = high.rate - low.rate
    if number.kind == "ratio":
        found = low.rate / high.rate if high.hits else None
    return _Read(number=found, high=high, low=low, unknown=unknown)


def _status(gate: NumberGate, read: list[_Read]) -> Judgement:
    """Fail on any rate beyond the limit; an undefined one leaves it undecided.

    A group without a rate could only move the number further from fair, so that a failure
    among the others stands.
    """
    if any(_beyond(gate, one.number) for one in read if one.number is not None):
        return "fail"
    if any(one.number is None or one.unknown for one in read):
        return "undecided"
    return "pass"


def _beyond(gate: NumberGate, number: Fraction) -> bool:
    """Tell whether a number breaks its limit."""
    limit = Fraction(gate.limit)
    return number < limit if gate.relation == ">=" else number > limit


def _worst(number: PlainNumber, read: dict[Rate, _Read]) -> tuple[Rate, _Read] | None:
    """Give the rate whose number is furthest from fair."""
    known = [(rate, one) for rate, one in read.items() if one.number is not None]
    if not known:
        return None
    furthest = min if number.kind == "ratio" else max
    return furthest(known, key=lambda pair: pair[1].number or Fraction(0))


def _fair_failures(
    gate: NumberGate,
    counts: dict[Rate, list[_Count]],
    table: GroupTable,
    seed: int,
) -> float | None:
    """Give the share of perfectly fair processes of this size that would fail."""
    limit = Fraction(gate.limit)
    fails = ratio_below(limit) if gate.relation == ">=" else difference_above(limit)
    passing = 1.0
    for rate, groups in counts.items():
        people = sum(one.people for one in groups)
        if len(groups) < 2 or not people:
            return None
        pooled = sum(one.hits for one in groups) / people
        rng = generator(seed, gate.text, table.attribute, rate.id)
        failing = share_failing([one.people for one in groups], pooled, fails, rng)
        passing *= 1 - failing
    return 1 - passing


def _because(
    gate: NumberGate,
    worst: tuple[Rate, _Read] | None,
    unknown: tuple[str, ...],
    table: GroupTable,
    share: float | None,
) -> str:
    """Say the number, between whom, and how often chance alone would break the limit."""
    title = gate.number.replace("_", " ")
    found = worst[1] if worst is not None else None
    if found is None or found.number is None or found.high is None or found.low is None:
        return _undefined(title, table, unknown)
    high, low = found.high, found.low
    verb = "breaks" if _beyond(gate, found.number) else "keeps to"
    missing = f"; undefined for {', '.join(unknown)}" if unknown else ""
    chance = "" if share is None else f" {_often(share)} would break it."
    return (
        f"{title} is {float(found.number):.4g} ({low.group} {low.hits:,} of "
        f"{low.people:,}, "
        f"{high.group} {high.hits:,} of {high.people:,}): {verb} "
        f"{gate.relation} {gate.limit}{missing}."
        + (f" Of perfectly fair processes of this size,{chance}" if chance else "")
    )


def _often(share: float) -> str:
    """Write a simulated share; none of 10,000 is not never."""
    return "fewer than 1 in 1,000" if share < 0.001 else percent(share)


def _undefined(title: str, table: GroupTable, unknown: tuple[str, ...]) -> str:
    """Say why there is no number."""
    names = [row.name for row in table.compared]
    if len(names) < 2:
        only = f" ({names[0]})" if names else ""
        return f"{title} is undefined: only one group{only} in {table.attribute}."
    if unknown:
        return f"{title} is undefined: no rate for {', '.join(unknown)}."
    return f"{title} is undefined: the rate is 0 in every group, and 0/0 has no value."
