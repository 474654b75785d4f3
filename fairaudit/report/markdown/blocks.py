"""The blocks of a page in Markdown, from the heading to the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.markdown.inline import inline
from fairaudit.report.markdown.price_blocks import combination_blocks, price_blocks
from fairaudit.report.markdown.score_blocks import score_blocks
from fairaudit.report.markdown.study_blocks import nothing_required, study_blocks
from fairaudit.report.markdown.table import table as set_table
from fairaudit.report.model import Study
from fairaudit.report.numbers import count, decimal, percent
from fairaudit.report.sections.combination import combinations_of
from fairaudit.report.sections.disclosure import (
    NOT_FILLED_IN,
    anything_disclosed,
    disclosed,
    signed,
)
from fairaudit.report.sections.footnotes import footnotes
from fairaudit.report.sections.gaps import (
    disparities_of,
    gap_notes,
    gap_texts,
    gaps_title,
)
from fairaudit.report.sections.groups import (
    IMPACT_RATIO,
    cell_texts,
    chosen_rows,
    groups_title,
    rate_columns,
)
from fairaudit.report.sections.notes import MOST_NOTES, labelled_notes
from fairaudit.report.sections.population import introduction
from fairaudit.report.sections.prices import price_lists_of
from fairaudit.report.sections.studies import study_introduction
from fairaudit.report.sections.tradeoffs import (
    HELD_EQUAL,
    bill_title,
    bills_of,
    exchange_lines,
    split,
)
from fairaudit.report.sections.verdicts import (
    HOW_TO_ASK,
    NO_GATE,
    ORDER,
    counted,
    how_decided,
    main_sentences,
    verdict_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairaudit.core.bill import Bill
    from fairaudit.core.evidence import GroupRow, GroupTable
    from fairaudit.core.verdict import Verdict
    from fairaudit.report.model import DecisionAudit, Part
    from fairaudit.report.sections.groups import RateColumn

MOST_ROWS = 60
"""Groups of one table; how many are not shown is said."""

MOST_VERDICTS = 60
"""Verdicts of one audit; further ones are counted."""


def blocks_of(part: Part, title: str) -> Iterator[str]:
    """Write one audit, safe to print, block by block under a title.

    Parameters
    ----------
    part : DecisionAudit or Study
        The audit; names are short, and nothing in it acts on a terminal.
    title : str
        The first heading; not escaped yet.

    Yields
    ------
    str
        Markdown that stands between empty lines.
    """
    yield f"# {inline(title)}"
    yield _introduction(part)
    if isinstance(part, Study):
        yield "## Verdicts"
        yield from _verdicts(part) if part.requirements.anything else [nothing_required()]
        yield from study_blocks(part)
        yield "## Notes"
        yield _notes(part)
    else:
        yield from _decisions(part)


def _decisions(part: DecisionAudit) -> Iterator[str]:
    """Write the audit of a table of decisions."""
    asked = combinations_of(part)
    if asked:
        for finding, found in asked:
            yield from combination_blocks(finding, found, part)
        yield "## Notes"
        yield _notes(part)
        return
    yield "## Verdicts"
    yield from _verdicts(part) if part.requirements.anything else _no_gate(part)
    for one in part.tables:
        yield from _groups(part, one)
        yield from _gaps(part, one)
        yield from score_blocks(part, one)
        for bill in bills_of(part, one.attribute)[:1]:
            yield from _bill(bill, part)
        for prices in price_lists_of(part, one.attribute):
            yield from price_blocks(prices, part)
    yield "## Notes"
    yield _notes(part)
    if anything_disclosed(part):
        yield "## Safety disclosure and signature"
        yield _labelled(
            [
                *(
                    (label, "; ".join(texts) or NOT_FILLED_IN)
                    for label, texts in disclosed(part)
                ),
                *((label, text or NOT_FILLED_IN) for label, text in signed(part)),
            ]
        )


def _labelled(pairs: Iterable[tuple[str, str]]) -> str:
    """List texts behind their labels."""
    return "\n".join(f"- **{inline(label)}:** {inline(text)}" for label, text in pairs)


def _introduction(part: Part) -> str:
    """Say who was audited, what was decided about them, and what is required and why."""
    pairs = list(
        study_introduction(part) if isinstance(part, Study) else introduction(part)
    )
    if part.requirements.why is not None:
        pairs.append(("Why", part.requirements.why))
    elif part.requirements.anything:
        pairs.append(("Why", "no reason was given (--why TEXT)"))
    return _labelled(pairs)


def _no_gate(part: DecisionAudit) -> Iterator[str]:
    """Say that nothing was required, and what was found."""
    yield f"**{NO_GATE}** {inline(HOW_TO_ASK)}"
    yield _listed("Found", main_sentences(part))


def _verdicts(part: Part) -> Iterator[str]:
    """Give what every gate came to, the weightiest first."""
    ordered = sorted(part.verdicts, key=lambda verdict: ORDER.index(verdict.status))
    if len(ordered) > 1:
        yield f"{len(ordered)} verdicts: {counted(ordered)}"
    if ordered:
        lines = [_verdict(verdict, part) for verdict in ordered[:MOST_VERDICTS]]
        yield "\n".join(lines)
    if len(ordered) > MOST_VERDICTS:
        yield f"Not shown here: {counted(ordered[MOST_VERDICTS:])}; the JSON has every one."


def _verdict(verdict: Verdict, part: Part) -> str:
    """Give one verdict, its reason, and who it is about."""
    text = verdict_text(verdict, part)
    lead = f"- **{text.status.upper()}** {inline(text.headline)}: {inline(text.because)}"
    lines = [f"  - {line.label}: {inline(line.text)}" for line in text.lines]
    return "\n".join([lead, *lines])


def _groups(part: DecisionAudit, table: GroupTable) -> Iterator[str]:
    """Give people and rates of every group."""
    chosen = chosen_rows(table, disparities_of(part, table.attribute), MOST_ROWS)
    columns = rate_columns(part, table)
    yield f"## {inline(groups_title(table))}"
    rows = [
        [row.name, _people(row), *(_cell(row, column) for column in columns)]
        for row in (*chosen, table.overall)
    ]
    yield set_table(
        [table.attribute, "people", *(column.symbol for column in columns)], rows
    )
    yield _labelled((one.symbol, one.plain) for one in columns if one.plain)
    yield _listed("Note", footnotes(part, table, chosen, columns))


def _listed(label: str, texts: Iterable[str]) -> str:
    """List texts behind one label, because a mark or a name may not begin a block."""
    return "\n".join(f"- {label}: {inline(text)}" for text in texts)


def _people(row: GroupRow) -> str:
    """Count a group's people."""
    return "withheld" if row.people is None else count(row.people)


def _cell(row: GroupRow, column: RateColumn) -> str:
    """Write a rate with its interval."""
    write = decimal if column.id == IMPACT_RATIO else percent
    texts = cell_texts(row, column, write)
    if len(texts) == 1:
        return texts[0]
    number, mark, low, high = texts
    limits = f" [{low}–{high}]" if high else ""
    return f"{number}{mark.strip()}{limits}"


def _gaps(part: DecisionAudit, table: GroupTable) -> Iterator[str]:
    """Give how far apart groups are by every criterion."""
    texts = gap_texts(part, table.attribute)
    if not texts:
        return
    yield f"## {inline(gaps_title(table))}"
    rows = [
        [
            f"{text.title}{' ◀' if text.gated else ''}",
            text.seen_between,
            text.shown_or_not_excluded,
            text.seen,
            text.corrected,
            text.shown,
        ]
        for text in texts
    ]
    headings = ["criterion", "seen between", "shown between", "seen", "less noise", "shown"]
    yield set_table(headings, rows, left=3)
    yield _listed("Note", gap_notes(texts, ()))


def _bill(bill: Bill, part: DecisionAudit) -> Iterator[str]:
    """Give what can hold together for two groups of a table."""
    yield f"## {inline(bill_title(bill))}"
    pairs = [
        ("Exactly", bill.lines.exactly),
        ("Within the tolerance", bill.lines.within_tolerance),
        ("As far as the data tell", bill.lines.supported),
    ]
    if bill.positive_side is not None:
        pairs.append(("Who pays, in log odds", split(bill.positive_side, part)))
    yield _labelled(pairs)
    forced = list(exchange_lines(bill, part))
    if forced:
        yield HELD_EQUAL
        yield _labelled(forced)
    others = len(bills_of(part, bill.attribute)) - 1
    if others:
        yield f"{others} more pairs: in the JSON."


def _notes(part: Part) -> str:
    """Give doubts, limits, assumptions and facts, and which limits decide."""
    notes = labelled_notes(part)
    pairs = notes[:MOST_NOTES]
    if len(notes) > MOST_NOTES:
        pairs.append(("More", f"{len(notes) - MOST_NOTES} notes: in the JSON."))
    decided = None if isinstance(part, Study) else how_decided(part.verdicts)
    return _labelled([*pairs, *([("Limits", decided)] if decided else [])])
