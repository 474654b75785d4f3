"""Whole-number arrays, against one `numpy.bincount`."""

from __future__ import annotations

import tracemalloc
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.ratios.line import Line, at_most, at_most_times
from benchmarks.ratios.people import arrays
from benchmarks.ratios.rounds import cpu_seconds, in_turn
from fairaudit.engines import open_table
from fairaudit.engines.query import CountQuery, KeyColumn

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from benchmarks.ratios.rounds import Effort
    from fairaudit.engines.query import CellTable


def measure(effort: Effort) -> list[Line]:
    """Count ten million people by three columns of 64-bit integers."""
    people = arrays(effort.rows(10_000_000, 2_000_000))

    def ours() -> CellTable:
        query = CountQuery(keys=tuple(KeyColumn(column=name) for name in people))
        with open_table(people) as table:
            return table.count(query)

    def combine() -> NDArray[np.int64]:
        return people["gender"] * 4 + people["y_true"] * 2 + people["y_pred"]

    ready = combine()
    _same_counts(ours(), np.bincount(ready))
    cpu = in_turn(
        {
            "ours": cpu_seconds(ours),
            "combined": cpu_seconds(lambda: np.bincount(combine())),
            "ready": cpu_seconds(lambda: np.bincount(ready)),
        },
        3 * effort.rounds,
    )
    rows = len(ready)
    what = f"three integer arrays, {rows:,} rows"
    return [
        at_most_times(
            2,
            f"{what}: CPU",
            "`bincount(4 * a + 2 * b + c)`, ranges known",
            ours=cpu["ours"],
            peers=cpu["combined"],
        ),
        at_most_times(
            None,
            f"{what}: CPU",
            "`bincount` of a code that is already combined",
            ours=cpu["ours"],
            peers=cpu["ready"],
            note="no target: the peer reads one array of the three",
        ),
        at_most(
            16,
            f"{what}: extra memory",
            unit="MiB",
            ours=[_traced_mib(ours)],
            peer="`bincount(4 * a + 2 * b + c)`",
            peers=[_traced_mib(lambda: np.bincount(combine()))],
        ),
    ]


def _same_counts(ours: CellTable, peer: NDArray[np.intp]) -> None:
    """Refuse to compare two answers that differ."""
    for cell in ours.cells:
        gender, y_true, y_pred = (int(part or -1) for part in cell.key)
        if peer[4 * gender + 2 * y_true + y_pred] != cell.rows:
            raise RuntimeError(f"the counts differ: {ours} and {peer}")


def _traced_mib(function: Callable[[], object]) -> float:
    """Give the most memory a function holds at once, beyond what was there."""
    tracemalloc.start()
    function()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20
