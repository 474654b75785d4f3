"""What unequal base rates force: every bill, and what two equal rates would cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.bill import Bill
from fairaudit.core.value import value
from fairaudit.report.pictures import Chart, pictures
from fairaudit.report.sections.tradeoffs import bills_of, exchange_lines, split

if TYPE_CHECKING:
    from fairaudit.report.model import DecisionAudit, RunFacts

PLACE = 50
TITLE = "What can hold together"


@value
class BillText:
    """One bill in words; `exchange` says what two equal rates would force."""

    bill: Bill
    split: str | None
    exchange: tuple[tuple[str, str], ...]


@value
class TogetherText:
    """All bills of one table, and the pictures that belong to them."""

    attribute: str
    bills: tuple[BillText, ...]
    charts: tuple[Chart, ...]


def content(part: DecisionAudit, run: RunFacts | None) -> tuple[TogetherText, ...] | None:
    """Give the bills of every table that has some."""
    del run
    found = tuple(
        TogetherText(
            attribute=table.attribute,
            bills=tuple(_text(bill, part) for bill in bills_of(part, table.attribute)),
            charts=tuple(
                chart
                for picture in pictures().values()
                if picture.CHAPTER == "together"
                for chart in picture.charts(part, table)
            ),
        )
        for table in part.tables
        if bills_of(part, table.attribute)
    )
    return found or None


def _text(bill: Bill, part: DecisionAudit) -> BillText:
    """Write one bill."""
    side = bill.positive_side
    return BillText(
        bill=bill,
        split=None if side is None else split(side, part),
        exchange=tuple(exchange_lines(bill, part)),
    )
