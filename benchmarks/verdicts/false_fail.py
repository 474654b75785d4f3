"""Exactly fair data must not fail: demographic parity over rates, sizes and groups."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from benchmarks.verdicts.case import Case, Watched
from benchmarks.verdicts.drawing import decided, gate, table, verdicts
from benchmarks.verdicts.section import Section, View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from benchmarks.verdicts.case import Trial
    from fairaudit.core.evidence import GroupTable

ID = "false_fail"
ALLOWED = 0.05
TOLERANCES = (0.0, 0.01, 0.05, 0.1)
RATES = (0.002, 0.005, 0.02, 0.1, 0.2, 0.5)
GROUPS = (2, 5, 6, 12, 30)
SIZES: dict[str, Callable[[int], list[int]]] = {
    "20 each": lambda groups: [20] * groups,
    "100 each": lambda groups: [100] * groups,
    "1,000 each": lambda groups: [1000] * groups,
    "5,000, others 50": lambda groups: [5000] + [50] * (groups - 1),
    "5,000, others 20": lambda groups: [5000] + [20] * (groups - 1),
}
DEAR = {30: 0.3}
"""The share of the runs that must do with so many groups (435 pairs)."""


def section() -> Section:
    """Give the grid."""
    cases = tuple(
        _case(groups, sizes, rate) for groups, sizes, rate in product(GROUPS, SIZES, RATES)
    )
    return Section(
        id=ID,
        title="Fair data that fail: demographic parity",
        text=(
            "Every group has exactly the same selection rate; a verdict of *fail* is "
            "false. The tolerance 0 is the hardest: any difference that is shown fails. "
            "The same runs are judged at larger tolerances below."
        ),
        views=(
            View(
                rows=("groups", "people"),
                across="rate",
                where={"tolerance": "0"},
                title="At tolerance 0, by true rate",
            ),
            View(
                rows=("groups",),
                across="tolerance",
                where={},
                title="By tolerance, the worst of all sizes and rates",
            ),
        ),
        cases=cases,
    )


def _case(groups: int, sizes: str, rate: float) -> Case:
    """Make one cell of the grid."""
    people = SIZES[sizes](groups)

    def draw(rng: np.random.Generator) -> list[GroupTable]:
        return [table(decided(rng, people, [rate] * groups))]

    return Case(
        section=ID,
        settings={"groups": str(groups), "people": sizes, "rate": f"{rate:g}"},
        watched=watched(TOLERANCES),
        trial=failing("demographic_parity", draw, TOLERANCES),
        weight=DEAR.get(groups, 1.0),
    )


def watched(tolerances: Sequence[float]) -> tuple[Watched, ...]:
    """Watch for failures at each tolerance."""
    return tuple(
        Watched(settings={"tolerance": f"{tolerance:g}"}, what="fails", bound=ALLOWED)
        for tolerance in tolerances
    )


def failing(
    criterion: str,
    draw: Callable[[np.random.Generator], Sequence[GroupTable]],
    tolerances: Sequence[float],
) -> Trial:
    """Judge at growing tolerances for as long as something fails.

    What passes a tolerance without failing cannot fail a larger one: the lower limits are
    the same.
    """

    def trial(rng: np.random.Generator) -> list[float]:
        tables, seen = draw(rng), [1.0]
        for tolerance in tolerances:
            judged = verdicts(tables, gate(criterion, tolerance)) if seen[-1] else ()
            seen.append(float(any(one.status == "fail" for one in judged)))
        return seen[1:]

    return trial
