"""A large file through the command, against DuckDB's bare GROUP BY of the same file."""

from __future__ import annotations

import json
import tempfile
from ast import literal_eval
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.ratios.line import Line, at_most, at_most_times
from benchmarks.ratios.people import write_people
from benchmarks.ratios.processes import Usage, fairaudit, process
from benchmarks.ratios.rounds import in_turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.ratios.rounds import Effort

_ROLES = ("--group", "gender", "--label", "y_true")
_DECIDED = ("--prediction", "y_pred")
_SCORED = ("--score", "score", "--threshold", "0.5")
_BARE = "select gender, y_true, y_pred, count(*) from '{name}' group by all"
CELLS = {(1, 1): "tp", (0, 1): "fp", (1, 0): "fn", (0, 0): "tn"}


def bare(name: str) -> tuple[str, str]:
    """Give the Python that only counts: types guessed, threads as many as there are."""
    sql = _BARE.format(name=name)
    # DuckDB writes a progress bar to standard output; the answer has a line of its own.
    return (
        "-c",
        f"import duckdb; rows = duckdb.sql({sql!r}).fetchall(); print(); print(rows)",
    )


def measure(effort: Effort) -> list[Line]:
    """Check ten million people in a CSV and in a Parquet file."""
    rows = effort.rows(10_000_000, 2_000_000)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for suffix in ("csv", "parquet"):
            write_people(folder / f"big.{suffix}", rows)
        size = (folder / "big.csv").stat().st_size
        check = ("check", "big.csv", *_ROLES)
        used = in_turn(
            {
                "bare CSV": process(*bare("big.csv"), folder=folder),
                "JSON": fairaudit(*check, *_DECIDED, "--format", "json", folder=folder),
                "console": fairaudit(*check, *_DECIDED, folder=folder),
                "score": fairaudit(*check, *_SCORED, "--format", "json", folder=folder),
                "bare Parquet": process(*bare("big.parquet"), folder=folder),
                "Parquet": fairaudit(
                    "check", "big.parquet", *_ROLES, *_DECIDED, "--format", "json",
                    folder=folder,
                ),
            },
            effort.rounds,
        )  # fmt: skip
    for ours in ("JSON", "score", "Parquet"):
        same_counts(used[ours][0], used["bare CSV"][0])
    about = f"{rows:,} rows, {size / 2**20:,.0f} MiB as CSV"
    return [
        *_lines("`check` CSV, JSON out", used["JSON"], used["bare CSV"], 1.5, note=about),
        *_lines("`check` CSV, console out", used["console"], used["bare CSV"], 1.5),
        *_lines("`check` CSV, score ≥ 0.5", used["score"], used["bare CSV"], 2),
        *_lines("`check` Parquet", used["Parquet"], used["bare Parquet"], 2),
    ]


def same_counts(ours: Usage, peer: Usage) -> None:
    """Refuse to compare two answers that differ."""
    table = json.loads(ours.output)["parts"][0]["tables"][0]
    counted = {
        (row["name"], cell): row["cells"][cell]
        for row in table["groups"]
        for cell in CELLS.values()
    }
    bare_counts = {
        (gender, CELLS[int(y_true), int(y_pred)]): n
        for gender, y_true, y_pred, n in literal_eval(peer.output.decode().splitlines()[-1])
    }
    if counted != bare_counts:
        raise RuntimeError(f"the counts differ: {counted} and {bare_counts}")


def _lines(
    what: str, ours: Sequence[Usage], peer: Sequence[Usage], times: float, *, note: str = ""
) -> list[Line]:
    """Compare CPU time and peak memory of two kinds of process."""
    name = "DuckDB's bare GROUP BY"
    peaks = [usage.peak_mib for usage in peer]
    return [
        at_most_times(
            times,
            f"{what}: CPU",
            name,
            ours=[usage.cpu for usage in ours],
            peers=[usage.cpu for usage in peer],
            note=note,
        ),
        at_most(
            1.25 * median(peaks) + 64,
            f"{what}: peak memory",
            unit="MiB",
            ours=[usage.peak_mib for usage in ours],
            peer=name,
            peers=peaks,
            note="target: 1.25 × the peer's + 64 MiB",
        ),
    ]
