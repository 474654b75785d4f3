"""The bill, the exchange rates and the smallest joint gap, without scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.ratios.line import Line, at_most
from benchmarks.ratios.people import counts
from benchmarks.ratios.rounds import cpu_seconds, in_turn
from fairaudit.metrics.by_group import TableSettings, group_table
from fairaudit.tradeoffs.findings import bill_finding

if TYPE_CHECKING:
    from benchmarks.ratios.rounds import Effort
    from fairaudit.core.finding import Finding


def measure(effort: Effort) -> list[Line]:
    """Present the bill of four groups, again and again."""
    table = group_table(
        counts(7_214), ("race",), TableSettings(compare="pairs", withheld={})
    )

    def ours() -> Finding | None:
        return bill_finding(table, tolerance=0.1, rng=np.random.default_rng(0))

    cpu = in_turn({"ours": cpu_seconds(ours, repeat=10)}, 3 * effort.rounds)
    return [
        at_most(
            0.010,
            "bill, exchange rates and smallest joint gap, B = 10,000",
            unit="s",
            ours=cpu["ours"],
        )
    ]
