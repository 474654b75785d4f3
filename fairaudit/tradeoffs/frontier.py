"""Joint gaps against the selection rate, costs against the tolerance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.prices import GapAt
from fairaudit.core.value import replace
from fairaudit.feasibility.linear_program import Solver
from fairaudit.feasibility.solve import best_rule, smallest_joint_gap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.feasibility.answers import Answer
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions

SELECTION_RATES = (0.1, 0.3, 0.5, 0.7, 0.9)
"""Where the joint gap is looked at, beside the present selection rate."""

_FINE_ENOUGH = 2e-3
# Linear programs for one selection rate, divided by the number of groups.
_WORK = 600


def gap_by_selection_rate(
    of: Regions,
    asked: Question,
    *,
    rates: Sequence[float] = SELECTION_RATES,
    solver: Solver | None = None,
    present: Answer | None = None,
) -> tuple[GapAt, ...]:
    """How small can the joint gap be, if another share of people were selected?

    Parameters
    ----------
    of : Regions
        What each group's scores can reach.
    asked : Question
        The rates to be equal, and the present selection rate, which is looked at too.
    rates : sequence of float
        Overall selection rates.
    solver : Solver, optional
        One that has solved other questions about `of`.
    present : Answer, optional
        That at the present selection rate, where it was asked for before.

    Returns
    -------
    tuple of GapAt
        By rising selection rate, each attained gap within 0.002 of its bound where the
        work allowed; empty gaps where floors leave no rule.
    """
    solver = solver or Solver(of)
    held = () if asked.selection_rate is None else (asked.selection_rate,)
    found = []
    for rate in sorted({*rates, *held}):
        answer = present if rate == asked.selection_rate else None
        answer = answer or smallest_joint_gap(
            of,
            replace(asked, selection_rate=rate),
            work=max(_WORK // len(of.steps), 1),
            tolerance=_FINE_ENOUGH,
            solver=solver,
        )
        gap = answer.attained
        found.append(
            GapAt(
                selection_rate=rate,
                gap=gap,
                at_least=None if gap is None else min(answer.bound, gap),
            )
        )
    return tuple(found)


def cost_by_tolerance(
    of: Regions,
    asked: Question,
    tolerances: Sequence[float],
    *,
    solver: Solver | None = None,
) -> tuple[tuple[float, Answer], ...]:
    """What do errors cost at best, at each of several tolerances for every gap?

    Parameters
    ----------
    of : Regions
        What each group's scores can reach.
    asked : Question
        The rates to be near equal, and what is held.
    tolerances : sequence of float
        Each is put in the place of every tolerance of `asked`.
    solver : Solver, optional
        One that has solved other questions about `of`.

    Returns
    -------
    tuple of (float, Answer)
        In the order asked for.
    """
    solver = solver or Solver(of)
    found = []
    for tolerance in tolerances:
        wanted = tuple(replace(parity, within=tolerance) for parity in asked.parities)
        about = replace(asked, parities=wanted)
        found.append((tolerance, best_rule(of, about, solver=solver)))
    return tuple(found)
