"""Ten thousand resamples: the same time for a thousand and for ten million people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.ratios.fairlearn_peer import METRICS, rates_by_group
from benchmarks.ratios.line import Line, at_least_times, at_most_times
from benchmarks.ratios.people import arrays, counts, frame
from benchmarks.ratios.rounds import cpu_seconds, in_turn
from fairaudit.auditing.evidence import TableRequest, make_findings, make_tables
from fairaudit.core.columns import Roles
from fairaudit.inference.multinomial import percentile_interval, resample_cells

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from benchmarks.ratios.rounds import Effort
    from fairaudit.core.estimate import Interval
    from fairaudit.core.finding import Finding

DRAWS = 10_000
_FEW, _MANY = 1_000, 10_000_000
_PEER_DRAWS = 3


def measure(effort: Effort) -> list[Line]:
    """Resample cells, and everything an audit does after counting."""
    return [*_independent_of_people(effort), _against_fairlearn(effort)]


def _independent_of_people(effort: Effort) -> list[Line]:
    """Compare few people with many, in the same shares."""
    cpu = in_turn(
        {
            **{
                f"cells {n}": cpu_seconds(_intervals(_race_cells(n))) for n in (_FEW, _MANY)
            },
            **{f"findings {n}": cpu_seconds(_findings(n)) for n in (_FEW, _MANY)},
        },
        3 * effort.rounds,
    )
    return [
        at_most_times(
            1.3,
            f"{what}, {_MANY:,} people",
            f"the same, {_FEW:,} people",
            ours=cpu[f"{kind} {_MANY}"],
            peers=cpu[f"{kind} {_FEW}"],
        )
        for kind, what in (
            (
                "cells",
                f"bootstrap intervals of {len(METRICS)} rates by group, B = {DRAWS:,}",
            ),
            ("findings", f"everything after the count, bill at B = {DRAWS:,}"),
        )
    ]


def _against_fairlearn(effort: Effort) -> Line:
    """Compare the cost of one draw of nine rates by group."""
    people = frame(10_000)
    coded = arrays(10_000)
    code = 4 * coded["gender"] + 2 * (1 - coded["y_pred"]) + (1 - coded["y_true"])
    cells = np.bincount(code, minlength=12).reshape(3, 4)
    cpu = in_turn(
        {
            "ours": cpu_seconds(_intervals(cells)),
            "drawn": cpu_seconds(lambda: rates_by_group(people, draws=_PEER_DRAWS)),
            "points": cpu_seconds(lambda: rates_by_group(people)),
        },
        effort.rounds,
    )
    pairs = zip(cpu["drawn"], cpu["points"], strict=True)
    return at_least_times(
        5_000,
        f"one draw of {len(METRICS)} rates by group, 10,000 rows",
        f"fairlearn `MetricFrame`, per draw of `n_boot={_PEER_DRAWS}`",
        ours=[seconds / DRAWS for seconds in cpu["ours"]],
        peers=[(drawn - points) / _PEER_DRAWS for drawn, points in pairs],
        note=f"ours: B = {DRAWS:,} with percentile intervals, divided by {DRAWS:,}",
    )


def _race_cells(people: int) -> NDArray[np.int64]:
    """Lay out the counts of people: one row per group, cells tp, fp, fn, tn."""
    return np.array(
        [[c.tp, c.fp, c.fn, c.tn] for c in counts(people).cells.values()], dtype=np.int64
    )


def _intervals(cells: NDArray[np.int64]) -> Callable[[], list[Interval]]:
    """Make the bootstrap of nine rates by group from counted cells."""

    def intervals() -> list[Interval]:
        drawn = resample_cells(cells.ravel().tolist(), DRAWS, np.random.default_rng(0))
        tp, fp, fn, tn = np.moveaxis(drawn.reshape(DRAWS, *cells.shape), 2, 0)
        people, positive, selected = tp + fp + fn + tn, tp + fn, tp + fp
        negative, rejected = fp + tn, fn + tn
        rates = (
            positive / people,
            selected / people,
            tp / positive,
            fp / negative,
            fn / positive,
            tn / negative,
            tp / selected,
            tn / rejected,
            (tp + tn) / people,
        )
        return [percentile_interval(group) for rate in rates for group in rate.T]

    return intervals


def _findings(people: int) -> Callable[[], tuple[Finding, ...]]:
    """Make tables and findings from counts, as an audit does."""
    counted = counts(people)
    roles = Roles(
        label="y_true",
        prediction="y_pred",
        positive={},
        favourable=None,
        tables=(("race",),),
    )
    request = TableRequest(
        compare=None, expected={}, order={}, withheld={}, withheld_below=None
    )

    def findings() -> tuple[Finding, ...]:
        tables = make_tables(counted, roles, request)
        return make_findings(tables, roles, tolerance=0.1, seed=0)

    return findings
