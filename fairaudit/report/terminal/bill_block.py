"""What unequal base rates force: three lines, the bill and its exchange rates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.sections.tradeoffs import (
    HELD_EQUAL,
    bill_title,
    bills_of,
    exchange_lines,
    split,
)
from fairaudit.report.terminal.layout import Column, grid, widest

if TYPE_CHECKING:
    from fairaudit.core.bill import Bill
    from fairaudit.core.evidence import GroupTable
    from fairaudit.report.model import DecisionAudit
    from fairaudit.report.terminal.look import Look


def bill_block(part: DecisionAudit, table: GroupTable, look: Look) -> list[str]:
    """Print what can hold together for two groups of a table.

    Parameters
    ----------
    part : DecisionAudit
        The audit, safe to print.
    table : GroupTable
        One of its tables.
    look : Look
        Width and colour.

    Returns
    -------
    list of str
        Of the first bill; how many more there are is said.
    """
    bills = bills_of(part, table.attribute)
    if not bills:
        return []
    bill, *others = bills
    lines = look.heading(bill_title(bill))
    for text in (bill.lines.exactly, bill.lines.within_tolerance, bill.lines.supported):
        lines += look.text(f"- {text}", hang=2)
    lines += _exchange(bill, part, look)
    if others:
        lines += look.text(f"{len(others)} more pairs: in the JSON.")
    return lines


def _exchange(bill: Bill, part: DecisionAudit, look: Look) -> list[str]:
    """Print who pays the bill, and what two equal rates would force on the others."""
    lines = []
    if bill.positive_side is not None:
        lines += look.text(f"Who pays, in log odds: {split(bill.positive_side, part)}")
    rows = [list(row) for row in exchange_lines(bill, part)]
    if not rows:
        return lines
    title = widest(row[0] for row in rows)
    columns = [Column(width=title), Column(width=look.width - title - 4)]
    lines += look.text(HELD_EQUAL)
    return lines + [f"  {line}" for line in grid(rows, columns)]
