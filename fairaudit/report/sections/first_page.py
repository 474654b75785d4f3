"""The first page for a manager: verdict, requirement, differences, bill, the unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.bill import Bill
from fairaudit.core.requirements import NumberGate
from fairaudit.core.score_evidence import ScoreDisparity
from fairaudit.core.value import value
from fairaudit.core.verdict import Status
from fairaudit.report.model import Note
from fairaudit.report.numbers import NBSP, listed
from fairaudit.report.sections.combination import combinations_of, outcome
from fairaudit.report.sections.differences import Difference, differences
from fairaudit.report.sections.group_cells import GroupCells, group_cells
from fairaudit.report.sections.population import (
    criterion_title,
    gate_title,
    introduction,
)
from fairaudit.report.sections.tradeoffs import bills_of
from fairaudit.report.sections.verdicts import ORDER, VerdictText, verdict_text

if TYPE_CHECKING:
    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.requirements import CriterionGate
    from fairaudit.core.verdict import Verdict
    from fairaudit.report.model import DecisionAudit, Part

MOST_GROUPS = 12
"""Groups in the first page's table; the chapters show more."""

MOST_VERDICTS = 6
"""Verdicts in full; the others are counted here and told in the chapters."""

_STATES: dict[Status, tuple[str, str]] = {
    "fail": ("Not met", "does not hold"),
    "undecided": ("Not settled", "is not settled by these data"),
    "waived": ("Waived", "is waived: somebody answers for an exception"),
    "pass": ("Met", "holds"),
}
"""Each verdict in a manager's words: a badge and the end of a sentence."""


@value
class Told:
    """One verdict: its badge, its sentence, and what lies behind."""

    badge: str
    sentence: str
    text: VerdictText


@value
class Required:
    """What must hold, in the field's words and in plain ones."""

    title: str
    question: str
    tolerance: str


@value
class GroupsFound:
    """One table of the first page: what differs, the numbers, and the bills."""

    attribute: str
    differences: tuple[Difference, ...]
    cells: GroupCells
    bills: tuple[Bill, ...]


@value
class FirstPage:
    """Everything the first page says about one audit."""

    status: Status | None
    headline: str
    intro: tuple[tuple[str, str], ...]
    verdicts: tuple[Told, ...]
    more_verdicts: int
    required: tuple[Required, ...]
    why: str | None
    tables: tuple[GroupsFound, ...]
    unknown: tuple[Note, ...]
    contact: tuple[str, ...]


def first_page(part: DecisionAudit) -> FirstPage:
    """What must somebody know who reads one page?

    Parameters
    ----------
    part : DecisionAudit
        The audit.

    Returns
    -------
    FirstPage
        Texts in the order they are read.
    """
    told = told_in_order(part)
    return FirstPage(
        status=told[0].text.status if told else None,
        headline=_answers(part) or headline_of(part, told),
        intro=tuple(introduction(part)),
        verdicts=tuple(told),
        more_verdicts=len(part.verdicts) - len(told),
        required=tuple(_required(gate, part) for gate in part.requirements.criteria)
        + tuple(_number(gate.text) for gate in part.requirements.numbers)
        + _asked(part),
        why=part.requirements.why,
        tables=tuple(_table(table, part) for table in part.tables),
        unknown=tuple(
            sorted(
                (note for note in part.notes if note.kind in {"limit", "doubt"}),
                key=lambda note: note.kind != "limit",
            )
        ),
        contact=part.disclosure.contact,
    )


def told_in_order(part: Part) -> list[Told]:
    """Put the weightiest verdicts into sentences."""
    verdicts = sorted(part.verdicts, key=lambda verdict: ORDER.index(verdict.status))
    return [_told(verdict, part) for verdict in verdicts[:MOST_VERDICTS]]


def headline_of(part: Part, told: list[Told]) -> str:
    """Say in one sentence what the audit came to."""
    verdicts = part.verdicts
    if not verdicts:
        return "Nothing was required, so nothing here is called a pass or a failure."
    if len(verdicts) == 1:
        return told[0].sentence
    counts = [
        f"{times} {_STATES[status][0].lower()}"
        for status in ORDER
        if (times := sum(verdict.status == status for verdict in verdicts))
    ]
    return f"Of {len(verdicts)} requirements: {listed(counts)}."


def _answers(part: DecisionAudit) -> str:
    """Say whether what was asked to hold together can; empty where nothing was asked."""
    asked = combinations_of(part)
    if part.verdicts or not asked:
        return ""
    if len(asked) == 1:
        return asked[0][0].sentence
    answers = [
        f"by {found.attribute} {outcome(found).lower()}"
        + (f" for {listed(list(found.groups), most=4)}" if found.left_out else "")
        for _, found in asked
    ]
    return f"What was asked to hold together: {listed(answers)}."


def _asked(part: DecisionAudit) -> tuple[Required, ...]:
    """Explain every criterion that was asked to hold together with others, once."""
    asked = {
        (name, within): None
        for _, found in combinations_of(part)
        for name, within in found.required.items()
    }
    return tuple(
        Required(
            title=f"{criterion_title(name, part)} within {within:g}",
            question=part.glossary[name].plain if name in part.glossary else "",
            tolerance="Asked on the scores: can a rule keep it?",
        )
        for name, within in asked
    )


def _told(verdict: Verdict, part: Part) -> Told:
    """Put one verdict into a sentence."""
    text = verdict_text(verdict, part)
    badge, holds = _STATES[verdict.status]
    title = text.headline
    if not isinstance(verdict.gate, NumberGate):  # a number's text is as it was asked
        title = f"{title[:1].upper()}{title[1:]}"
    return Told(badge=badge, sentence=f"{title}, {holds}.", text=text)


def _required(gate: CriterionGate, part: DecisionAudit) -> Required:
    """Explain one criterion."""
    term = part.glossary.get(gate.criterion)
    return Required(
        title=gate_title(gate, part),
        question=term.plain if term else "",
        tolerance=_tolerance(gate, part),
    )


def _tolerance(gate: CriterionGate, part: DecisionAudit) -> str:
    """Say how far apart is acceptable, in the unit of what is compared."""
    on_scores = {
        finding.evidence.criterion
        for finding in part.findings
        if isinstance(finding.evidence, ScoreDisparity)
    }
    if gate.criterion in on_scores:
        return f"A gap of at most {gate.tolerance:g} is acceptable."
    if gate.measure == "ratio":
        return f"The lower rate must be at least {gate.tolerance:g} times the higher one."
    return (
        f"Rates of two groups may be at most {100 * gate.tolerance:g}{NBSP}percentage "
        "points apart."
    )


def _number(text: str) -> Required:
    """Explain a plain number, which is read as a rule would read it."""
    return Required(
        title=text,
        question="",
        tolerance="A plain number, held against its limit as it is.",
    )


def _table(table: GroupTable, part: DecisionAudit) -> GroupsFound:
    """Tell of one table."""
    return GroupsFound(
        attribute=table.attribute,
        differences=differences(part, table),
        cells=group_cells(part, table, most=MOST_GROUPS),
        bills=bills_of(part, table.attribute)[:1],
    )
