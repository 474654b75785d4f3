"""What holding each main criterion would cost: the price list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.sections.prices import (
    caveats_of,
    price_heading,
    price_headings,
    price_introduction,
    price_lists_of,
    price_rows,
)
from fairaudit.report.terminal.layout import Column, grid, widest

if TYPE_CHECKING:
    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.prices import PriceList
    from fairaudit.report.model import DecisionAudit
    from fairaudit.report.terminal.look import Look

_INDENT, _GAP = 2, 2


def price_block(part: DecisionAudit, table: GroupTable, look: Look) -> list[str]:
    """Print what the main criteria would cost on the scores of a table's groups.

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
        Nothing where the audit has no scores.
    """
    lines = []
    for prices in price_lists_of(part, table.attribute):
        lines += look.heading(price_heading(prices))
        lines += look.text(price_introduction(prices))
        lines += _grid(prices, part, look.width - _INDENT)
        for caveat in caveats_of(part, prices):
            lines += look.text(caveat)
    return lines


def _grid(prices: PriceList, part: DecisionAudit, width: int) -> list[str]:
    """Set the prices in columns, wrapped where the page is narrow."""
    rows = [price_headings(prices)]
    for row in price_rows(prices, part):
        within = () if prices.tolerance is None else (row.within,)
        rows.append((row.criteria, row.exactly, *within, row.gap))
    texts = [[row[number] for row in rows] for number in range(len(rows[0]))]
    widths = [widest(column) for column in texts]
    least = [
        widest(word for text in column for word in text.split(" ")) for column in texts
    ]
    for number in range(len(widths)):
        if sum(widths) + _GAP * (len(widths) - 1) > width:
            widths[number] = least[number]
    columns = [Column(width=one) for one in widths]
    return [" " * _INDENT + line for line in grid(rows, columns, gap=_GAP)]
