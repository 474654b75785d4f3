"""A plain gate on the impact ratio fails most fair processes, and says how many."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.verdicts.case import Case, Watched
from benchmarks.verdicts.drawing import DAY, decided, table
from benchmarks.verdicts.section import Section, View
from fairaudit.core.requirements import NumberGate, Requirements
from fairaudit.policy.judging import judge

if TYPE_CHECKING:
    import numpy as np

ID = "plain_gate"
GATE = NumberGate(number="impact_ratio", relation=">=", limit="0.8")
KNOWN = 0.97
"""Six groups of 100 at a rate of 0.2, by the same reckoning elsewhere."""


def section() -> Section:
    """Give the cases."""
    return Section(
        id=ID,
        title="A plain gate: impact ratio ≥ 0.8 on fair data",
        text=(
            "A plain gate reads a number as a rule would and knows no sampling error. "
            "Beside the share of fair data that it fails stands the mean of what the "
            'verdicts print about themselves: "of perfectly fair processes of this size, … '
            "would break it\". That is reckoned from each sample's own rates, and so "
            "scatters around the truth."
        ),
        views=(View(rows=("groups", "people in each", "rate"), across="seen", where={}),),
        cases=(
            _case(6, 100, 0.2, KNOWN),
            _case(2, 100, 0.5, None),
            _case(6, 1000, 0.2, None),
            _case(2, 5000, 0.5, None),
        ),
    )


def _case(groups: int, people: int, rate: float, known: float | None) -> Case:
    """Put a case together."""

    def trial(rng: np.random.Generator) -> list[float]:
        drawn = table(decided(rng, [people] * groups, [rate] * groups))
        seed = int(rng.integers(2**31))
        asked = Requirements(numbers=(GATE,))
        (verdict,) = judge([drawn], asked, favourable="selected", seed=seed, today=DAY)
        assert verdict.fair_failure_share is not None
        fails = float(verdict.status == "fail")
        return [fails, verdict.fair_failure_share, verdict.fair_failure_share - fails]

    return Case(
        section=ID,
        settings={
            "groups": str(groups),
            "people in each": f"{people:,}",
            "rate": f"{rate:g}",
        },
        watched=(
            Watched(
                settings={"seen": "fails"},
                what="fails",
                side="about",
                bound=known,
                within=0.005,
            ),
            Watched(settings={"seen": "printed"}, what="prints as its share"),
            Watched(
                settings={"seen": "printed − fails"},
                what="printed less seen",
                side="about",
                bound=0.0,
                within=0.02,
            ),
        ),
        trial=trial,
    )
