"""A true gap of exactly the tolerance must not pass: two groups, over rates and sizes."""

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
    from fairaudit.core.cells import Cells
    from fairaudit.core.requirements import CriterionGate

ID = "false_pass"
ALLOWED = 0.05
PAIRS = (
    (0.0, 0.05),
    (0.002, 0.052),
    (0.475, 0.525),
    (0.005, 0.105),
    (0.1, 0.2),
    (0.45, 0.55),
    (0.9, 1.0),
    (0.0, 0.3),
    (0.3, 0.6),
)
SIZES = {
    "100": (100, 100),
    "300": (300, 300),
    "1,000": (1000, 1000),
    "5,000": (5000, 5000),
    "5,000 and 50": (5000, 50),
    "50 and 5,000": (50, 5000),
}
PASSES = Watched(settings={}, what="passes", bound=ALLOWED)


def section() -> Section:
    """Give the grid."""
    return Section(
        id=ID,
        title="Unfair data that pass: two groups",
        text=(
            "The true gap is exactly the tolerance, the most difficult of the gaps that "
            "must not pass: a larger one passes less often. A verdict of *pass* is false."
        ),
        views=(
            View(
                rows=("true rates", "tolerance"),
                across="people",
                where={},
                title="Demographic parity, by people in each group",
            ),
        ),
        cases=tuple(_case(low, high, size) for (low, high), size in product(PAIRS, SIZES)),
    )


def _case(low: float, high: float, size: str) -> Case:
    """Make one cell of the grid."""
    tolerance = round(high - low, 9)
    return Case(
        section=ID,
        settings={
            "true rates": f"{low:g} and {high:g}",
            "tolerance": f"{tolerance:g}",
            "people": size,
        },
        watched=(PASSES,),
        trial=passing(
            lambda rng: decided(rng, SIZES[size], (low, high)),
            gate("demographic_parity", tolerance),
        ),
    )


def passing(
    draw: Callable[[np.random.Generator], Sequence[Cells]],
    asked: CriterionGate,
    *,
    compare: str = "pairs",
    min_group: int | None = None,
) -> Trial:
    """Judge what is drawn, and see whether it passes."""

    def trial(rng: np.random.Generator) -> list[float]:
        (verdict,) = verdicts(
            [table(draw(rng), compare=compare)], asked, min_group=min_group
        )
        return [float(verdict.status == "pass")]

    return trial
