"""What unequal base rates force, what was asked to hold together, and every price."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.bill import Bill
from fairaudit.core.value import value
from fairaudit.report.pictures import Chart, pictures
from fairaudit.report.sections.combination import (
    combinations_of,
    facts,
    outcome,
    rule_of,
    rule_rows,
)
from fairaudit.report.sections.prices import (
    caveats_of,
    price_heading,
    price_headings,
    price_introduction,
    price_lists_of,
    price_rows,
)
from fairaudit.report.sections.tradeoffs import bills_of, exchange_lines, split

if TYPE_CHECKING:
    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.finding import Finding
    from fairaudit.core.prices import Combination, PriceList
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
class PricesText:
    """One price list in words and as a table."""

    heading: str
    introduction: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caveats: tuple[str, ...]


@value
class AnswerText:
    """One combination that was asked for; `rule` has its headings first, or is empty."""

    outcome: str
    sentence: str
    facts: tuple[tuple[str, str], ...]
    rule: tuple[tuple[str, ...], ...]
    nearest: bool
    caveats: tuple[str, ...]


@value
class TogetherText:
    """All answers, bills and prices of one table, and the pictures that belong to them."""

    attribute: str
    answers: tuple[AnswerText, ...]
    bills: tuple[BillText, ...]
    prices: tuple[PricesText, ...]
    charts: tuple[Chart, ...]


def content(part: DecisionAudit, run: RunFacts | None) -> tuple[TogetherText, ...] | None:
    """Give the answers, bills and prices of every table that has some."""
    del run
    found = tuple(_together(part, table) for table in part.tables)
    return tuple(one for one in found if one.answers or one.bills or one.prices) or None


def _together(part: DecisionAudit, table: GroupTable) -> TogetherText:
    """Gather what one table has."""
    return TogetherText(
        attribute=table.attribute,
        answers=tuple(
            _answer(finding, found, part)
            for finding, found in combinations_of(part)
            if found.attribute == table.attribute
        ),
        bills=tuple(_text(bill, part) for bill in bills_of(part, table.attribute)),
        prices=tuple(_prices(one, part) for one in price_lists_of(part, table.attribute)),
        charts=_charts(part, table),
    )


def _answer(finding: Finding, found: Combination, part: DecisionAudit) -> AnswerText:
    """Write the answer to one combination."""
    rule = rule_of(found)
    return AnswerText(
        outcome=outcome(found),
        sentence=finding.sentence,
        facts=tuple(facts(found, part)),
        rule=tuple(rule_rows(rule, part)) if rule else (),
        nearest=found.instead is not None,
        caveats=finding.caveats,
    )


def _text(bill: Bill, part: DecisionAudit) -> BillText:
    """Write one bill."""
    side = bill.positive_side
    return BillText(
        bill=bill,
        split=None if side is None else split(side, part),
        exchange=tuple(exchange_lines(bill, part)),
    )


def _charts(part: DecisionAudit, table: GroupTable) -> tuple[Chart, ...]:
    """Draw every picture of this chapter but the first bill, which the first page has."""
    return tuple(
        chart
        for name, picture in pictures().items()
        if picture.CHAPTER == "together"
        for chart in picture.charts(part, table)[1 if name == "bill" else 0 :]
    )


def _prices(prices: PriceList, part: DecisionAudit) -> PricesText:
    """Write one price list."""
    headings = price_headings(prices)
    wide = len(headings) > 3
    return PricesText(
        heading=price_heading(prices),
        introduction=price_introduction(prices),
        headings=headings,
        rows=tuple(
            (row.criteria, row.exactly, *((row.within,) if wide else ()), row.gap)
            for row in price_rows(prices, part)
        ),
        caveats=caveats_of(part, prices),
    )
