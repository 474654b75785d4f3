"""What unequal base rates force: who pays, and what equality of two rates would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.bill import Bill
from fairaudit.report.numbers import NBSP, share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.bill import BillSide, ExchangeRate
    from fairaudit.report.model import DecisionAudit

HELD_EQUAL = "Two rates held equal, at the pooled level, would force on the two groups:"
"""Above the exchange rates."""


def bills_of(part: DecisionAudit, attribute: str) -> tuple[Bill, ...]:
    """Give the bills of one table."""
    return tuple(
        finding.evidence
        for finding in part.findings
        if isinstance(finding.evidence, Bill) and finding.evidence.attribute == attribute
    )


def bill_title(bill: Bill) -> str:
    """Name the two groups of a bill."""
    return f"What can hold together: {bill.first} and {bill.second}"


def split(side: BillSide, part: DecisionAudit) -> str:
    """Write how the log odds ratio of base rates is paid for.

    Returns
    -------
    str
        Such as "0.49 = 0.65 (FPR) + 0.16 (PPV) - 0.32 (TPR)", the largest payer first.
    """
    written = ""
    for rate, term in sorted(side.terms.items(), key=lambda term: (-term[1], term[0])):
        sign = "-" if term < 0 else "+" if written else ""
        written += f" {sign} " if written else sign
        written += f"{abs(term):.2f}{NBSP}({_symbol(rate, part)})"
    return f"{side.total:.2f}{NBSP}={NBSP}{written}"


def exchange_lines(bill: Bill, part: DecisionAudit) -> Iterator[tuple[str, str]]:
    """What would two equal rates force on the others?

    Yields
    ------
    tuple of str
        The two rates held equal, and the forced rates of both groups.
    """
    for exchange in bill.exchange_rates:
        equal = " and ".join(_symbol(rate, part) for rate in exchange.equal)
        yield equal, _forced(exchange, part)


def _forced(exchange: ExchangeRate, part: DecisionAudit) -> str:
    """Write forced rates, or why there are none."""
    if exchange.possible is None:
        return f"undefined: {exchange.undefined_because}"
    written = ", ".join(
        f"{_symbol(rate, part)}{NBSP}{share(first)}{NBSP}v{NBSP}{share(second)}"
        for rate, (first, second) in sorted(exchange.forced.items())
    )
    return written if exchange.possible else f"not possible: {written}"


def _symbol(rate: str, part: DecisionAudit) -> str:
    """Give the short name of a rate."""
    term = part.glossary.get(rate)
    return term.symbol if term else rate.replace("_", " ")
