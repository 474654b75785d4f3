"""Who was audited, what a positive prediction is, and what was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.words import worded
from fairaudit.report.numbers import NBSP, count, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.requirements import CriterionGate
    from fairaudit.report.model import DecisionAudit

USED = "used"
"""The ledger line of rows that nothing is missing of."""


def introduction(part: DecisionAudit) -> Iterator[tuple[str, str]]:
    """Who was audited, what was decided about them, and what is required?

    Yields
    ------
    tuple of str
        A label and its text.
    """
    yield "Data", _people(part)
    yield "Decision", _decision(part)
    yield "Label", _label(part)
    requirements = part.requirements
    if requirements.anything:
        gates = [gate_title(gate, part) for gate in requirements.criteria]
        yield "Required", listed([*gates, *(gate.text for gate in requirements.numbers)])
    if requirements.criteria and requirements.min_group is not None:
        least = f"at least {requirements.min_group:,}"
        if part.population.weighted:
            least = f"an effective size of {least}"
        yield "Scope", f"a pass is claimed for groups of {least} in every denominator"


def _people(part: DecisionAudit) -> str:
    """Say who is counted, and where everybody went."""
    population = part.population
    who = "person" if population.people == 1 else "people"
    counted = f"{count(population.people)}{NBSP}{who}"
    if population.weighted:
        counted += " by survey weight"
    if population.rows is not None:
        rows = "row" if population.rows == 1 else "rows"
        counted += f" from {count(population.rows)}{NBSP}{rows}"
    if any(table.overall.people is None for table in part.tables):
        counted += " in the groups shown"
    lines = [line for line in population.ledger if line.people]
    left_out = "nobody left out"
    if population.withheld:
        left_out = (
            f"withheld in whole or in part: {listed(list(population.withheld), most=6)}"
        )
    if any(line.name != USED for line in lines):
        left_out = listed([f"{count(line.people)}{NBSP}{line.name}" for line in lines])
    return f"{part.source.name}: {counted}; {left_out}"


def _decision(part: DecisionAudit) -> str:
    """Say what a positive prediction is, what it is called, and whether it helps."""
    roles = part.roles
    when = f"{roles.prediction} is {roles.positive.get(roles.prediction or '', 'positive')}"
    if roles.threshold is not None and roles.score is not None:
        when = f"{roles.score} ≥{NBSP}{roles.threshold:g}"
    helps = {
        "selected": "favourable",
        "not-selected": "unfavourable",
        None: "taken to be favourable",
    }[roles.favourable]
    called = worded("{selected}", roles.favourable)
    return f'"{called}" (a positive prediction, {helps}): {when}'


def _label(part: DecisionAudit) -> str:
    """Say which column tells what happened."""
    label = part.roles.label
    if label is None:
        return "none, so that what happened is not known"
    return (
        f"{label} is {part.roles.positive[label]}"
        if label in part.roles.positive
        else label
    )


def gate_title(gate: CriterionGate, part: DecisionAudit) -> str:
    """Name a criterion and how far apart is still acceptable."""
    title = criterion_title(gate.criterion, part)
    if gate.measure == "ratio":
        return f"{title} with a ratio of at least {gate.tolerance:g}"
    return f"{title} within {gate.tolerance:g}"


def criterion_title(criterion: str, part: DecisionAudit) -> str:
    """Give the field's name for a criterion."""
    term = part.glossary.get(criterion)
    return criterion.replace("_", " ") if term is None else term.title
