"""What is minimised over the rows of a relaxation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.feasibility.relaxation import Program


def costing(rows: Program, of: Regions, asked: Question) -> Program:
    """Minimise what a rule's errors cost per person."""
    cost = rows.cost.copy()
    false_positive, false_negative = asked.costs
    cost[:, 1] = false_positive * of.portions
    cost[:, 2] = false_negative * of.portions
    return replace(rows, cost=cost)


def giving(rows: Program) -> Program:
    """Minimise by how much the rows give way."""
    unknown_cost = rows.unknown_cost.copy()
    unknown_cost[-1] = 1.0
    return replace(rows, unknown_cost=unknown_cost)
