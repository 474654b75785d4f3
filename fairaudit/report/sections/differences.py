"""Which groups are treated differently, in sentences, with the people it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.report.numbers import NBSP, count, decimal, share
from fairaudit.report.sections.gaps import disparities_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.evidence import Gap, GroupTable, RateGap
    from fairaudit.report.model import DecisionAudit


@value
class Difference:
    """One rate: what it means, whether a difference is shown, between whom, and of how many.

    `people` is how many of the higher group the difference is about, were its rate that of
    the lower group; `None` where no difference is shown.
    """

    plain: str
    symbol: str
    shown: bool
    text: str
    people: str | None = None


def differences(part: DecisionAudit, table: GroupTable) -> tuple[Difference, ...]:
    """Which groups of a table are surely treated differently, and in what?

    Parameters
    ----------
    part : DecisionAudit
        The audit.
    table : GroupTable
        One of its tables.

    Returns
    -------
    tuple of Difference
        One per rate of the main criteria; those that are shown come first.
    """
    found = list(_found(part, table))
    return tuple(sorted(found, key=lambda one: not one.shown))


def _found(part: DecisionAudit, table: GroupTable) -> Iterator[Difference]:
    """Look at every rate of the main criteria once."""
    seen: set[str] = set()
    gated = {gate.criterion for gate in part.requirements.criteria}
    for disparity in disparities_of(part, table.attribute):
        if not (disparity.main or disparity.criterion in gated):
            continue
        for gap in disparity.gaps:
            if gap.rate not in seen:
                seen.add(gap.rate)
                yield _difference(gap, part, table)


def _difference(gap: RateGap, part: DecisionAudit, table: GroupTable) -> Difference:
    """Put one rate into words."""
    term = part.glossary.get(gap.rate)
    plain, symbol = (term.plain, term.symbol) if term else (gap.rate, gap.rate)
    if gap.shown is None:
        text = "no difference between groups is shown"
        if gap.not_excluded is not None:
            most = gap.not_excluded
            text += (
                f", but one of up to {decimal(most.value)} "
                f"({most.high} v {most.low}) is not excluded"
            )
        return Difference(plain=plain, symbol=symbol, shown=False, text=text)
    return Difference(
        plain=plain,
        symbol=symbol,
        shown=True,
        text=_apart(gap, gap.shown, table),
        people=_people(gap, gap.shown, table),
    )


def _apart(gap: RateGap, shown: Gap, table: GroupTable) -> str:
    """Write both groups' rates and how far they surely are apart."""
    rates = _rates(gap, table)
    high, low = rates.get(shown.high), rates.get(shown.low)
    points = f"{100 * shown.value:.0f}"
    at_least = f"surely at least {points}{NBSP}percentage points apart"
    if points == "0":
        at_least = "surely apart, by less than one percentage point at least"
    if high is None or low is None:
        return f"{shown.high} v {shown.low}: {at_least}"
    return f"{shown.high} {share(high)} v {shown.low} {share(low)}: {at_least}"


def _people(gap: RateGap, shown: Gap, table: GroupTable) -> str | None:
    """Count whom of the higher group the seen difference is about."""
    rates = _rates(gap, table)
    row = next((one for one in table.groups if one.name == shown.high), None)
    if row is None or not {shown.high, shown.low} <= set(rates):
        return None
    denominator = row.rates[gap.rate].denominator
    if not denominator:
        return None
    about = (rates[shown.high] - rates[shown.low]) * denominator
    return f"about {about:,.0f} of {count(denominator)}"


def _rates(gap: RateGap, table: GroupTable) -> dict[str, float]:
    """Look up one rate of every group."""
    return {
        row.name: estimate.value
        for row in table.groups
        if (estimate := row.rates.get(gap.rate)) is not None and estimate.value is not None
    }
