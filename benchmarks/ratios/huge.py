"""A hundred million people in a Parquet file: does the memory stay where it was?"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.ratios.files import bare, same_counts
from benchmarks.ratios.line import Line, at_most, at_most_times
from benchmarks.ratios.people import write_people
from benchmarks.ratios.processes import fairaudit, process
from benchmarks.ratios.rounds import in_turn

if TYPE_CHECKING:
    from benchmarks.ratios.rounds import Effort


def measure(effort: Effort) -> list[Line]:
    """Check them by decision; only when asked for, as writing the file takes a while."""
    rows = effort.rows(100_000_000, 20_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_people(folder / "huge.parquet", rows)
        used = in_turn(
            {
                "bare": process(*bare("huge.parquet"), folder=folder),
                "ours": fairaudit(
                    "check", "huge.parquet", "--group", "gender", "--label", "y_true",
                    "--prediction", "y_pred", "--format", "json",
                    folder=folder,
                ),
            },
            effort.rounds,
        )  # fmt: skip
    same_counts(used["ours"][0], used["bare"][0])
    what, peer = f"`check` Parquet, {rows:,} rows", "DuckDB's bare GROUP BY"
    return [
        at_most(
            1024,
            f"{what}: peak memory",
            unit="MiB",
            ours=[usage.peak_mib for usage in used["ours"]],
            peer=peer,
            peers=[usage.peak_mib for usage in used["bare"]],
        ),
        at_most_times(
            2,
            f"{what}: CPU",
            peer,
            ours=[usage.cpu for usage in used["ours"]],
            peers=[usage.cpu for usage in used["bare"]],
        ),
    ]
