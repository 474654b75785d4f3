"""What holding each main criterion would cost on the scores, as words and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.prices import PriceList
from fairaudit.core.value import value
from fairaudit.report.numbers import NBSP, count, listed, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.prices import JointGap, Price, RulePrice
    from fairaudit.report.model import DecisionAudit

# A gap below this is 0: the search leaves as much.
_NO_GAP = 1e-5


@value
class PriceRow:
    """One line of the price list; `within` is empty without a tolerance."""

    criteria: str
    exactly: str
    within: str
    gap: str


def price_lists_of(part: DecisionAudit, attribute: str) -> tuple[PriceList, ...]:
    """Give the price lists of one table."""
    return tuple(
        finding.evidence
        for finding in part.findings
        if isinstance(finding.evidence, PriceList)
        and finding.evidence.attribute == attribute
    )


def caveats_of(part: DecisionAudit, prices: PriceList) -> tuple[str, ...]:
    """Give what limits a price list."""
    return next(finding.caveats for finding in part.findings if finding.evidence is prices)


def price_heading(prices: PriceList) -> str:
    """Say whose prices these are, on which score."""
    return (
        f"What it would cost, on {prices.score}: {listed(list(prices.groups), most=4)} "
        f"({count(prices.people)} people)"
    )


def price_introduction(prices: PriceList) -> str:
    """Say what the prices are against."""
    return (
        "Points of accuracy lost by the best rule that selects "
        f"{share(prices.selection_rate)} of these people, as today. Without any criterion "
        f"the best rule is right about {_percent(prices.best_accuracy)} of them, today's "
        f"about {_percent(prices.accuracy_today)}. In brackets 95{NBSP}% intervals."
    )


def price_headings(prices: PriceList) -> tuple[str, ...]:
    """Head the columns."""
    within = () if prices.tolerance is None else (f"within {prices.tolerance:g}",)
    return ("criterion", "exactly", *within, "smallest joint gap")


def price_rows(prices: PriceList, part: DecisionAudit) -> Iterator[PriceRow]:
    """Write the price of every combination.

    Yields
    ------
    PriceRow
        Criteria alone by their names, together by their initials.
    """
    for price in prices.prices:
        yield PriceRow(
            criteria=_named(price, part),
            exactly=_lost(price.exactly),
            within="" if price.within is None else _lost(price.within),
            gap=_gap(price.joint_gap),
        )


def _named(price: Price, part: DecisionAudit) -> str:
    """Name criteria; the initials are introduced where one stands alone."""
    titles = [
        part.glossary[name].title if name in part.glossary else name.replace("_", " ")
        for name in price.criteria
    ]
    initials = ["".join(word[0] for word in title.split()).upper() for title in titles]
    if len(titles) == 1:
        return f"{titles[0]} ({initials[0]})"
    return f"{NBSP}+{NBSP}".join(initials)


def _lost(price: RulePrice) -> str:
    """Write what a combination costs, or that it cannot be had."""
    lost = price.lost
    if lost.value is None:
        return "not possible" if price.status == "impossible" else "not known"
    limits = ""
    if lost.interval is not None:
        ends = [_points(end) for end in (lost.interval.low, lost.interval.high)]
        limits = f" [{ends[0]}–{ends[1]}]"
    unproven = "" if price.status == "proven" else "?"
    return f"{_points(lost.value)}{limits}{unproven}"


def _gap(joint: JointGap) -> str:
    """Write how near a combination can come."""
    gap = joint.gap
    if gap.value is None:
        return "not possible"
    if gap.value < _NO_GAP:
        return "0"
    limits = ""
    if gap.interval is not None and gap.interval.low is not None:
        assert gap.interval.high is not None
        limits = f" [{gap.interval.low:.3f}–{gap.interval.high:.3f}]"
    if joint.status == "not proven" and joint.at_least is not None:
        # A bracket of what is known, not of sampling.
        return f"{joint.at_least:.3f}{NBSP}to{NBSP}{gap.value:.3f}?"
    return f"{gap.value:.3f}{limits}"


def _points(lost: float | None) -> str:
    """Write accuracy lost in points."""
    return "none" if lost is None else f"{100 * lost:.1f}"


def _percent(part: float) -> str:
    """Write a share in percent with a decimal: prices are of that size."""
    return f"{100 * part:.1f}{NBSP}%"
