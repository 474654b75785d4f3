"""A real gap must be found: 0.3 between groups with a thousand people each."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from benchmarks.verdicts.case import Case, Watched
from benchmarks.verdicts.drawing import classified, decided, gate, table, verdicts
from benchmarks.verdicts.section import Section, View

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np

    from benchmarks.verdicts.case import Trial
    from fairaudit.core.cells import Cells

ID = "real_gaps"
FOUND = 0.99
PEOPLE = 1000


def section() -> Section:
    """Give the cases."""
    return Section(
        id=ID,
        title="Real gaps that fail",
        text=(
            "One group's rate is 0.3 above that of all others, with 1,000 people per group "
            "in the criterion's denominator and a tolerance of 0.1. A verdict of *fail* is "
            "right."
        ),
        views=(View(rows=("gated", "true rates"), across="groups", where={}),),
        cases=tuple(
            make(groups, low)
            for make, groups, low in product(
                (_parity, _odds), (2, 6, 12), (0.05, 0.35, 0.7)
            )
        ),
    )


def _parity(groups: int, low: float) -> Case:
    """Selection rates."""
    rates = [low + 0.3, *[low] * (groups - 1)]
    return _case(
        "demographic parity",
        f"{low:g}, one of them {low + 0.3:g}",
        groups,
        _failing(lambda rng: decided(rng, [PEOPLE] * groups, rates), "demographic_parity"),
    )


def _odds(groups: int, low: float) -> Case:
    """True positive rates, with equal false positive rates."""
    tpr = [low + 0.3, *[low] * (groups - 1)]
    people, half, fpr = [2 * PEOPLE] * groups, [0.5] * groups, [0.1] * groups
    return _case(
        "equalized odds",
        f"TPR {low:g}, one of them {low + 0.3:g}; FPR 0.1",
        groups,
        _failing(
            lambda rng: classified(rng, people, base=half, tpr=tpr, fpr=fpr),
            "equalized_odds",
        ),
    )


def _failing(
    draw: Callable[[np.random.Generator], Sequence[Cells]], criterion: str
) -> Trial:
    """See whether what is drawn fails."""

    def trial(rng: np.random.Generator) -> list[float]:
        (verdict,) = verdicts([table(draw(rng))], gate(criterion, 0.1))
        return [float(verdict.status == "fail")]

    return trial


def _case(gated: str, rates: str, groups: int, trial: Trial) -> Case:
    """Put a case together."""
    return Case(
        section=ID,
        settings={"gated": gated, "true rates": rates, "groups": str(groups)},
        watched=(Watched(settings={}, what="fails", side="at least", bound=FOUND),),
        trial=trial,
    )
