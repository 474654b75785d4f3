"""Which rule keeps a combination of goals best, and how nearly can it be kept at all?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import replace
from fairaudit.feasibility.branch_and_bound import Search
from fairaudit.feasibility.level_search import LevelSearch
from fairaudit.feasibility.linear_program import Solver

if TYPE_CHECKING:
    from fairaudit.feasibility.answers import Answer
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions

WORK = 2_000
"""Linear programs after which a question is left open."""

TOLERANCE = 1e-5
"""How near the attained value and its bound must come to each other."""


def best_rule(
    of: Regions,
    asked: Question,
    *,
    work: int = WORK,
    tolerance: float = TOLERANCE,
    solver: Solver | None = None,
) -> Answer:
    """Which rule keeps every gap within its tolerance at the least cost of errors?

    Parameters
    ----------
    of : Regions
        What each group's scores can reach.
    asked : Question
        Gaps with their tolerances, what is held, what errors cost.
    work : int
        Linear programs after which the answer is "not proven".
    tolerance : float
        How near the attained cost and its bound must come to each other.
    solver : Solver, optional
        One that has solved other questions about `of` is faster.

    Returns
    -------
    Answer
        Costs per person: 1 minus accuracy when both errors cost 1. "impossible" where no
        rule keeps the gaps.

    References
    ----------
    [hardt2016], [mccormick1976]

    Examples
    --------
    >>> from fairaudit.feasibility.hull import steps
    >>> from fairaudit.feasibility.question import parities, question
    >>> from fairaudit.feasibility.regions import regions
    >>> from fairaudit.tally.rates import SELECTION_RATE
    >>> a = steps("a", [3, 2, 1], [60, 30, 10], [10, 30, 60])
    >>> b = steps("b", [3, 2, 1], [30, 12, 8], [5, 15, 80])
    >>> equal = question(parities([SELECTION_RATE], 0.0), selection_rate=0.4)
    >>> answer = best_rule(regions([a, b]), equal)
    >>> answer.status, 1 - answer.attained
    ('proven', 0.7778)
    """
    solver = solver or Solver(of)
    return _search(asked)(of, asked, solver, "cost", tolerance, work).run()


def smallest_excess(
    of: Regions,
    asked: Question,
    *,
    work: int = WORK,
    tolerance: float = TOLERANCE,
    solver: Solver | None = None,
) -> Answer:
    """By how much must every tolerance be widened before some rule keeps them all?

    Parameters
    ----------
    of : Regions
        What each group's scores can reach.
    asked : Question
        Gaps with their tolerances.
    work : int
        Linear programs after which the answer is "not proven".
    tolerance : float
        How near the attained excess and its bound must come to each other.
    solver : Solver, optional
        One that has solved other questions about `of` is faster.

    Returns
    -------
    Answer
        0 where the tolerances can be kept.
    """
    solver = solver or Solver(of)
    return _search(asked)(of, asked, solver, "excess", tolerance, work).run()


def smallest_joint_gap(
    of: Regions,
    asked: Question,
    *,
    work: int = WORK,
    tolerance: float = TOLERANCE,
    solver: Solver | None = None,
    known: float = 0.0,
) -> Answer:
    """How near can all the rates that were asked for come to equality at once?

    Parameters
    ----------
    of : Regions
        What each group's scores can reach.
    asked : Question
        The rates; their tolerances do not matter here.
    work : int
        Linear programs after which the answer is "not proven".
    tolerance : float
        How near the attained gap and its bound must come to each other.
    solver : Solver, optional
        One that has solved other questions about `of` is faster.
    known : float
        A bound shown before, such as that of fewer of these rates.

    Returns
    -------
    Answer
        The smallest e such that some rule has every gap at most e.
    """
    exact = tuple(replace(parity, within=0.0) for parity in asked.parities)
    about = replace(asked, parities=exact)
    return _search(about)(
        of, about, solver or Solver(of), "excess", tolerance, work, known=known
    ).run()


def _search(asked: Question) -> type[LevelSearch | Search]:
    """Choose how to search: along the level of one ratio, or over boxes of any number."""
    return LevelSearch if len(asked.ratios) == 1 else Search
