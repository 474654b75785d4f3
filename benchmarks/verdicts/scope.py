"""With a declared scope a fair model passes for whom it can, and says for whom not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.verdicts.case import Case, Watched
from benchmarks.verdicts.drawing import (
    classified,
    decided,
    gate,
    names,
    table,
    verdicts,
)
from benchmarks.verdicts.section import Section, View

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np

    from fairaudit.core.cells import Cells
    from fairaudit.core.verdict import Verdict

ID = "scope"
MIN_GROUP = 30
LARGE = (5000, 5000, 5000, 5000)
TINY = (20, 12)
PEOPLE = (*LARGE, *TINY)
IN_SCOPE = 0.95


def section() -> Section:
    """Give the cases."""
    return Section(
        id=ID,
        title="Fair data that pass in scope: four groups of 5,000, one of 20, one of 12",
        text=(
            "A pass is claimed for groups of at least 30. Every verdict is read: it must "
            "place the four large groups inside the scope and name both tiny ones as "
            "undecided, with a gap that is not excluded."
        ),
        views=(View(rows=("gated", "true rates", "tolerance"), across="seen", where={}),),
        cases=tuple(_cases()),
    )


def _cases() -> Iterator[Case]:
    """Demographic parity and equalized odds."""
    for rate, tolerance in ((0.02, 0.05), (0.2, 0.05), (0.5, 0.05), (0.2, 0.1), (0.5, 0.1)):

        def draw(rng: np.random.Generator, rate: float = rate) -> list[Cells]:
            return decided(rng, PEOPLE, [rate] * len(PEOPLE))

        yield _case("demographic_parity", f"selection rate {rate:g}", tolerance, draw)
    yield _case("equalized_odds", "base rate 0.4, TPR 0.7, FPR 0.1", 0.1, _odds)


def _odds(rng: np.random.Generator) -> list[Cells]:
    """Draw groups that are alike in everything."""
    groups = len(PEOPLE)
    return classified(
        rng, PEOPLE, base=[0.4] * groups, tpr=[0.7] * groups, fpr=[0.1] * groups
    )


def _case(
    criterion: str,
    rates: str,
    tolerance: float,
    draw: Callable[[np.random.Generator], Sequence[Cells]],
) -> Case:
    """Put a case together."""

    def trial(rng: np.random.Generator) -> list[float]:
        asked = gate(criterion, tolerance)
        (verdict,) = verdicts([table(draw(rng))], asked, min_group=MIN_GROUP)
        return [float(verdict.status == "pass"), float(says_for_whom(verdict))]

    return Case(
        section=ID,
        settings={
            "gated": criterion.replace("_", " "),
            "true rates": rates,
            "tolerance": f"{tolerance:g}",
        },
        watched=(
            Watched(
                settings={"seen": "passes in scope"},
                what="passes in scope",
                side="at least",
                bound=IN_SCOPE,
            ),
            Watched(
                settings={"seen": "names the others"},
                what="names those it is undecided for",
                side="at least",
                bound=1.0,
            ),
        ),
        trial=trial,
    )


def says_for_whom(verdict: Verdict) -> bool:
    """Tell whether a verdict places every group, and a pass names the undecided ones."""
    large, tiny = names(len(PEOPLE))[: len(LARGE)], names(len(PEOPLE))[len(LARGE) :]
    scope = verdict.scope
    if scope is None or sorted(scope.inside) != large:
        return False
    placed = sorted(one.name for one in scope.outside if one.not_excluded is not None)
    told = all(f"{name} (" in verdict.because for name in tiny)
    return placed == tiny and (told or verdict.status != "pass")
