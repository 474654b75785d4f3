"""A pandas frame: counted, against factorize and bincount; audited, against fairlearn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

import fairaudit
from benchmarks.ratios.fairlearn_peer import METRICS, rates_by_group
from benchmarks.ratios.line import Line, at_least_times, at_most_times
from benchmarks.ratios.people import frame
from benchmarks.ratios.rounds import cpu_seconds, in_turn
from fairaudit.core.columns import Roles
from fairaudit.engines import open_table
from fairaudit.metrics.by_group import TableSettings, group_table
from fairaudit.tally.count_query import query_for, tally

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.ratios.rounds import Effort
    from fairaudit.core.evidence import GroupTable
    from fairaudit.engines.query import CellTable
    from fairaudit.report.model import AuditReport

ROLES = Roles(
    label="y_true", prediction="y_pred", positive={}, favourable=None, tables=(("gender",),)
)


def measure(effort: Effort) -> list[Line]:
    """Take a million people."""
    people = frame(effort.rows(1_000_000, 100_000))
    return [*_counting(people, effort), *_auditing(people, effort)]


def _counting(people: pd.DataFrame, effort: Effort) -> list[Line]:
    """Count by three columns of text."""
    texts = people.astype({"y_true": str, "y_pred": str})[["gender", "y_true", "y_pred"]]

    def ours() -> CellTable:
        with open_table(texts) as table:
            return table.count(query_for(ROLES, max_groups=50))

    def peer() -> NDArray[np.intp]:
        code = np.zeros(len(texts), dtype=np.int64)
        for column in texts:
            codes, values = pd.factorize(texts[column])
            code = code * len(values) + codes
        return np.bincount(code)

    assert sorted(cell.rows for cell in ours().cells) == sorted(peer())
    cpu = in_turn({"ours": cpu_seconds(ours), "peer": cpu_seconds(peer)}, 3 * effort.rounds)
    return [
        at_most_times(
            1.5,
            f"counting a frame of strings, {len(texts):,} rows: CPU",
            "`pandas.factorize` per column and one `bincount`",
            ours=cpu["ours"],
            peers=cpu["peer"],
        )
    ]


def _auditing(people: pd.DataFrame, effort: Effort) -> list[Line]:
    """Ask for nine rates by gender: text for the groups, 0 and 1 for the rest."""

    def rates() -> GroupTable:
        with open_table(people) as table:
            counts = tally(table, ROLES).counts
        return group_table(counts, ("gender",), TableSettings(compare="pairs", withheld={}))

    def audit() -> AuditReport:
        return fairaudit.audit(people, groups="gender", label="y_true", prediction="y_pred")

    _same_rates(rates(), rates_by_group(people))
    cpu = in_turn(
        {
            "rates": cpu_seconds(rates),
            "audit": cpu_seconds(audit),
            "points": cpu_seconds(lambda: rates_by_group(people)),
            "one draw": cpu_seconds(lambda: rates_by_group(people, draws=1)),
        },
        effort.rounds,
        warm=False,
    )
    about = f"{len(METRICS)} rates by group, {len(people):,} rows"
    points, drawn = "fairlearn `MetricFrame`, no intervals", "the same with `n_boot=1`"
    return [
        at_least_times(
            300,
            f"{about}, with Wilson intervals",
            points,
            ours=cpu["rates"],
            peers=cpu["points"],
        ),
        at_least_times(
            300,
            f"{about}, with Wilson intervals",
            drawn,
            ours=cpu["rates"],
            peers=cpu["one draw"],
            note="one draw makes no interval yet; each further one costs about as much",
        ),
        at_least_times(
            None,
            f"the whole `audit()`, {len(people):,} rows",
            points,
            ours=cpu["audit"],
            peers=cpu["points"],
            note="no target: ours also has gaps, findings, the bill and its 10,000 draws",
        ),
        at_least_times(
            300,
            f"the whole `audit()`, {len(people):,} rows",
            drawn,
            ours=cpu["audit"],
            peers=cpu["one draw"],
        ),
    ]


def _same_rates(ours: GroupTable, peer: pd.DataFrame) -> None:
    """Refuse to compare two answers that differ."""
    for row in ours.groups:
        for rate in METRICS:
            value = row.rates[rate].value
            assert value is not None
            if not np.isclose(value, peer.loc[row.name, rate], rtol=1e-12):
                raise RuntimeError(f"{rate} of {row.name}: {value} and {peer}")
