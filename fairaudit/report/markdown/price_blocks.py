"""Prices and combinations of criteria in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.markdown.inline import inline
from fairaudit.report.markdown.table import table
from fairaudit.report.sections.combination import facts, outcome, rule_of, rule_rows
from fairaudit.report.sections.prices import (
    caveats_of,
    price_heading,
    price_headings,
    price_introduction,
    price_rows,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.finding import Finding
    from fairaudit.core.prices import Combination, PriceList
    from fairaudit.report.model import DecisionAudit


def price_blocks(prices: PriceList, part: DecisionAudit) -> Iterator[str]:
    """Give what each criterion would cost on the scores.

    Yields
    ------
    str
        Heading, introduction, table and caveats.
    """
    yield f"## {inline(price_heading(prices))}"
    yield inline(price_introduction(prices))
    headings = price_headings(prices)
    rows = [
        [row.criteria, row.exactly, *([row.within] if len(headings) > 3 else []), row.gap]
        for row in price_rows(prices, part)
    ]
    yield table(headings, rows)
    yield "\n".join(f"- Note: {inline(text)}" for text in caveats_of(part, prices))


def combination_blocks(
    finding: Finding, found: Combination, part: DecisionAudit
) -> Iterator[str]:
    """Give the answer to one combination of criteria.

    Yields
    ------
    str
        Heading, sentence, facts, the rule and what limits it.
    """
    yield f"## {inline(outcome(found))}"
    yield f"**Answer:** {inline(finding.sentence)}"
    yield "\n".join(
        f"- **{inline(label)}:** {inline(text)}" for label, text in facts(found, part)
    )
    rule = rule_of(found)
    if rule:
        headings, *rows = rule_rows(rule, part)
        # The thresholds are words: they stand after the group, before the rates.
        yield table(*_thresholds_second(headings, rows), left=2)
    yield "\n".join(f"- Note: {inline(text)}" for text in finding.caveats)


def _thresholds_second(
    headings: tuple[str, ...], rows: list[tuple[str, ...]]
) -> tuple[list[str], list[list[str]]]:
    """Move the last column behind the first."""
    moved = [[row[0] or "group", row[-1], *row[1:-1]] for row in (headings, *rows)]
    return moved[0], moved[1:]
