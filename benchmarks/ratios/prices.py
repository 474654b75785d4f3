"""Hulls, the price list with its joint gaps, and the intervals, from a million scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.ratios.line import Line, at_most
from benchmarks.ratios.rounds import cpu_seconds, in_turn
from fairaudit.feasibility.hull import steps
from fairaudit.tradeoffs.prices import price_list
from fairaudit.tradeoffs.scored import by_threshold

if TYPE_CHECKING:
    from benchmarks.ratios.rounds import Effort
    from fairaudit.core.prices import PriceList

GROUPS = 4


def measure(effort: Effort) -> list[Line]:
    """Price everything for four groups of unequal size, base rate and score quality."""
    rows = effort.rows(1_000_000, 100_000)
    rng = np.random.default_rng(4)
    people = []
    for group in range(GROUPS):
        size = rows * (GROUPS - group) // 10
        label = rng.random(size) < 0.25 + 0.08 * group
        score = rng.normal(size=size) + label * (1 + 0.1 * group)
        # Distinct scores with those who have them, as a profile holds them.
        distinct, where = np.unique(score, return_inverse=True)
        positives = np.bincount(where, weights=label).astype(np.int64)
        negatives = np.bincount(where, weights=~label).astype(np.int64)
        people.append((f"group {group}", distinct, positives, negatives))

    def ours() -> PriceList:
        of = by_threshold(
            [steps(*one) for one in people], 1.0, attribute="g", score="s", left_out={}
        )
        return price_list(of, tolerance=0.05, rng=np.random.default_rng(0))

    cpu = in_turn({"ours": cpu_seconds(ours)}, effort.rounds)
    return [
        at_most(
            2.0,
            f"hulls, price list, joint gaps and intervals, {rows:,} rows, {GROUPS} groups",
            unit="s",
            ours=cpu["ours"],
        )
    ]
