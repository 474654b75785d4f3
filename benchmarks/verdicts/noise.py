"""The largest gap seen grows with noise alone; the corrected gap beside it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.verdicts.case import Case, Watched
from benchmarks.verdicts.drawing import decided, table
from benchmarks.verdicts.section import Section, View
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.criteria.disparity import measure

if TYPE_CHECKING:
    import numpy as np

ID = "noise"
KNOWN = 0.16
"""Twelve groups of 100 at a rate of 0.5: the mean range of twelve such shares."""


def section() -> Section:
    """Give the cases."""
    return Section(
        id=ID,
        title="Gaps seen in fair data",
        percent=False,
        text=(
            "The true gap is 0 throughout. Means over runs of the largest gap seen and of "
            "the noise-corrected gap that is printed beside it."
        ),
        views=(
            View(rows=("groups", "people in each", "rate"), across="mean of", where={}),
        ),
        cases=(
            _case(12, 100, 0.5, KNOWN),
            _case(12, 100, 0.2, None),
            _case(12, 1000, 0.5, None),
            _case(2, 100, 0.5, None),
        ),
    )


def _case(groups: int, people: int, rate: float, known: float | None) -> Case:
    """Put a case together."""

    def trial(rng: np.random.Generator) -> list[float]:
        drawn = table(decided(rng, [people] * groups, [rate] * groups))
        (gap,) = measure(criterion_named("demographic_parity"), drawn, family=1).gaps
        assert gap.largest is not None
        assert gap.noise_corrected is not None
        return [
            gap.largest.value,
            gap.noise_corrected,
            gap.noise_corrected - gap.largest.value,
        ]

    return Case(
        section=ID,
        settings={
            "groups": str(groups),
            "people in each": f"{people:,}",
            "rate": f"{rate:g}",
        },
        watched=(
            Watched(
                settings={"mean of": "largest seen"},
                what="largest gap seen",
                side="about",
                bound=known,
                within=0.005,
            ),
            Watched(settings={"mean of": "noise-corrected"}, what="noise-corrected gap"),
            Watched(
                settings={"mean of": "corrected − seen"},
                what="correction",
                bound=0.0,
            ),
        ),
        trial=trial,
    )
