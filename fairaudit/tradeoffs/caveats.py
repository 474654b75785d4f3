"""What limits a bill, where something does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import shown
from fairaudit.tradeoffs.pairs import (
    by_size,
    complete,
    effective_people,
    one_sided,
    wider_pair,
)

if TYPE_CHECKING:
    from fairaudit.core.bill import Bill
    from fairaudit.core.evidence import GroupRow, GroupTable


def caveats(
    table: GroupTable, pair: tuple[GroupRow, GroupRow], evidence: Bill
) -> tuple[str, ...]:
    """Say what limits the bill, where it does."""
    return tuple(
        caveat
        for caveat in (
            _passed_over(table, pair),
            _incomplete(pair),
            _weighted(pair),
            _wider(table, evidence),
        )
        if caveat
    )


def _passed_over(table: GroupTable, pair: tuple[GroupRow, GroupRow]) -> str | None:
    """Name the larger groups that have no odds to compare."""
    smaller = min(row.people or 0 for row in pair)
    reasons = [
        reason
        for row in by_size(table)
        if (row.people or 0) >= smaller and (reason := one_sided(row))
    ]
    return f"Passed over, though larger: {shown(reasons, most=3)}." if reasons else None


def _incomplete(pair: tuple[GroupRow, GroupRow]) -> str | None:
    """Say how many people the bill leaves out."""
    everybody = sum(row.people or 0 for row in pair)
    counted = sum(complete(row).complete for row in pair)
    if counted == everybody:
        return None
    return (
        f"The bill counts the {counted:,.0f} of {everybody:,.0f} people who have both a "
        "label and a prediction."
    )


def _weighted(pair: tuple[GroupRow, GroupRow]) -> str | None:
    """Say what the intervals rest on under survey weights."""
    if all(row.weights is None for row in pair):
        return None
    sizes = " and ".join(f"{effective_people(row):,.0f}" for row in pair)
    return (
        "Survey weights: the bill's intervals take the two groups for simple samples of "
        f"their effective sizes, {sizes} people."
    )


def _wider(table: GroupTable, evidence: Bill) -> str | None:
    """Name a pair that is shown to be further apart."""
    assert evidence.odds_ratio.value is not None
    headline = evidence.odds_ratio.value
    wider = wider_pair(table, beyond=max(headline, 1 / headline))
    if wider is None:
        return None
    return (
        f"{wider.high} and {wider.low} are further apart: odds ratio of base rates at "
        f"least {wider.at_least:,.2f}, at 95 % over all {wider.comparisons} pairs."
    )
