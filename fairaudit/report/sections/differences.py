"""Which groups are treated differently, in sentences, with the people it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.evidence import EVERYONE_ELSE
from fairaudit.core.value import value
from fairaudit.report.numbers import NBSP, count, decimal, share
from fairaudit.report.sections.gaps import disparities_of
from fairaudit.report.sections.scores import score_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.evidence import Gap, GroupTable, RateGap
    from fairaudit.report.model import DecisionAudit


@value
class Difference:
    """One rate: whether groups surely differ in it, and that in a sentence.

    `people` is how many of the higher group the difference is about, were its rate that of
    the lower group; `None` where no difference is shown. Where nothing could be compared
    it is not `compared`, and the text says why.
    """

    shown: bool
    text: str
    compared: bool = True
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
        One per rate of the main and the required criteria, and one per required criterion
        on scores; those that are shown come first.
    """
    found = [*_found(part, table), *_in_scores(part, table)]
    return tuple(sorted(found, key=lambda one: (not one.shown, not one.compared)))


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


def _in_scores(part: DecisionAudit, table: GroupTable) -> Iterator[Difference]:
    """Look at the required criteria on scores."""
    text = score_text(part, table.attribute)
    for gap in () if text is None else text.gaps:
        if not gap.gated:
            continue
        if gap.shown_between:
            told = (
                f"Scores, {gap.title}: a gap of {gap.seen} is seen ({gap.seen_between}), "
                f"and surely {gap.shown} ({gap.shown_between})."
            )
            yield Difference(shown=True, text=told)
        else:
            told = f"in scores, {gap.title}"
            if gap.not_excluded:
                told += f"; a gap of up to {gap.not_excluded} is not excluded"
            yield Difference(shown=False, text=f"{told}.")


def _difference(gap: RateGap, part: DecisionAudit, table: GroupTable) -> Difference:
    """Put one rate into words."""
    term = part.glossary.get(gap.rate)
    means = f"{term.plain} ({term.symbol})" if term else gap.rate
    if gap.shown is not None:
        return Difference(
            shown=True,
            text=_apart(gap, gap.shown, means, table),
            people=_people(gap, gap.shown, table),
        )
    text = f"in what share {means}"
    if gap.not_excluded is None:
        why = next(iter(gap.undefined.values()), "fewer than two groups have this rate")
        return Difference(shown=False, compared=False, text=f"{text}: {why}.")
    most = gap.not_excluded
    text += (
        f"; a gap of up to {decimal(most.value)} ({most.high} v {most.low}) is not excluded"
    )
    return Difference(shown=False, text=f"{text}.")


def _apart(gap: RateGap, shown: Gap, means: str, table: GroupTable) -> str:
    """Write both groups' rates and how far they surely are apart."""
    rates = _rates(gap, table)
    high, low = rates.get(shown.high), rates.get(shown.low)
    apart = f"at least {100 * shown.value:.0f}{NBSP}percentage points apart"
    if shown.value < 0.01:
        apart = "apart, though perhaps by less than one percentage point"
    both = "" if high is None or low is None else f"{share(high)} v {share(low)} "
    others = len(rates) > 2
    chosen = ", the largest sure gap of all comparisons" if others else ""
    return f"{shown.high} v {shown.low}{chosen}: {both}{means}, surely {apart}."


def _people(gap: RateGap, shown: Gap, table: GroupTable) -> str | None:
    """Count whom of the higher group the seen difference is about."""
    rates = _rates(gap, table)
    row = next((one for one in table.groups if one.name == shown.high), None)
    if row is None or not {shown.high, shown.low} <= set(rates):
        return None
    denominator = row.rates[gap.rate].denominator
    numerator = row.rates[gap.rate].numerator
    if not denominator or numerator is None:
        return None
    about = (rates[shown.high] - rates[shown.low]) * denominator
    return (
        f"In people: {count(numerator)} of {shown.high}; at the rate of {shown.low} it "
        f"would have been about {about:,.0f} fewer."
    )


def _rates(gap: RateGap, table: GroupTable) -> dict[str, float]:
    """Look up one rate of every group, and of all others together where it is named."""
    rates = {
        row.name: estimate.value
        for row in table.groups
        if (estimate := row.rates.get(gap.rate)) is not None and estimate.value is not None
    }
    shown = gap.shown
    if shown is not None and EVERYONE_ELSE in {shown.high, shown.low}:
        one = shown.low if shown.high == EVERYONE_ELSE else shown.high
        rest = _rate_without(one, gap.rate, table)
        if rest is not None:
            rates[EVERYONE_ELSE] = rest
    return rates


def _rate_without(name: str, rate: str, table: GroupTable) -> float | None:
    """Add the counts of all other compared groups up; `None` where they are not known."""
    rows = [row for row in table.compared if row.name != name]
    if any(row.withholds(rate) for row in rows):
        return None
    others = [row.rates.get(rate) for row in rows]
    counted = [
        (one.numerator, one.denominator)
        for one in others
        if one is not None and one.numerator is not None and one.denominator
    ]
    people = sum(denominator for _, denominator in counted)
    return sum(numerator for numerator, _ in counted) / people if people else None
