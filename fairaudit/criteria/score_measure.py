"""What a criterion on scores compares, and how."""

from __future__ import annotations

from collections.abc import Callable

from fairaudit.core.score_evidence import ScoreComparison
from fairaudit.core.value import value
from fairaudit.criteria.scored_groups import ScoredGroups, ScoredSide


@value
class ScoreMeasure:
    """A quantity of scores that should be equal.

    `compare` gives every comparison of a table's groups, with lower limits at a two-sided
    error rate; `count` how many differences those rest on; `size` what a group's people are
    worth to it. `plain` says in a layman's words what is compared, `rate` how one side's
    number is called, `among` of whom.
    `probabilities` says that scores must lie between 0 and 1. `assumption` gives what the
    limits take for granted of a table's scores, `None` for nothing.
    """

    id: str
    symbol: str
    plain: str
    rate: str
    among: str
    compare: Callable[[ScoredGroups, float], tuple[ScoreComparison, ...]]
    count: Callable[[ScoredGroups], int]
    size: Callable[[ScoredSide], float]
    needed: Callable[[ScoredGroups, float], int | None]
    probabilities: bool = False
    assumption: Callable[[ScoredGroups], str | None] = lambda _: None
