"""A fair model passes once there are as many people as an undecided verdict asks for."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from benchmarks.verdicts.case import Case, Watched
from benchmarks.verdicts.drawing import decided, gate, table, verdicts
from benchmarks.verdicts.section import Section, View
from fairaudit.core.cells import Cells

if TYPE_CHECKING:
    import numpy as np

ID = "enough_rows"
POWER = 0.8
FOUR_TIMES = 0.99
ASKED = ((0.05, 0.02), (0.05, 0.2), (0.05, 0.5), (0.1, 0.1), (0.1, 0.2), (0.1, 0.5))
FIRST_LOOK = 50
"""Each group's size in the undecided audit that says how many would settle it."""


def section() -> Section:
    """Give the cases."""
    return Section(
        id=ID,
        title="Fair data that pass",
        text=(
            "An audit of 50 people per group, exactly equal and undecided, says how many "
            "people in each group would settle it. So many are drawn with equal true "
            "rates, then four times as many. A verdict of *pass* is right."
        ),
        views=(
            View(
                rows=("tolerance", "true rate", "groups", "rows needed"),
                across="people in each group",
                where={},
            ),
        ),
        cases=tuple(
            _case(groups, rate, tolerance, times)
            for (tolerance, rate), groups, times in product(ASKED, (2, 6, 12), (1, 4))
        ),
    )


def needed(groups: int, rate: float, tolerance: float) -> int:
    """Ask an undecided audit how many people in each group would settle it."""
    hits = round(rate * FIRST_LOOK)
    seen = Cells(unlabelled_selected=hits, unlabelled_rejected=FIRST_LOOK - hits)
    asked = gate("demographic_parity", tolerance)
    (verdict,) = verdicts([table([seen] * groups)], asked)
    assert verdict.status == "undecided", verdict.because
    assert verdict.rows_needed is not None, verdict.because
    return verdict.rows_needed


def _case(groups: int, rate: float, tolerance: float, times: int) -> Case:
    """Put a case together."""
    rows = needed(groups, rate, tolerance)
    bound = POWER if times == 1 else FOUR_TIMES

    def trial(rng: np.random.Generator) -> list[float]:
        cells = decided(rng, [times * rows] * groups, [rate] * groups)
        (verdict,) = verdicts([table(cells)], gate("demographic_parity", tolerance))
        return [float(verdict.status == "pass")]

    return Case(
        section=ID,
        settings={
            "tolerance": f"{tolerance:g}",
            "true rate": f"{rate:g}",
            "groups": str(groups),
            "rows needed": f"{rows:,}",
            "people in each group": "as said" if times == 1 else "four times that",
        },
        watched=(Watched(settings={}, what="passes", side="at least", bound=bound),),
        trial=trial,
    )
