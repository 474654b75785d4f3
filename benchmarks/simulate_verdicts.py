"""Simulate audits with known truth and write how often their verdicts are right.

From the root of the tree, about twenty minutes on two cores::

    python benchmarks/simulate_verdicts.py

writes `docs/statistics/verdict_simulation.md` and the numbers behind it as JSON. A part of
it, printed and not written::

    python benchmarks/simulate_verdicts.py --only scope --runs 200

or written as a page of its own, with `--page NAME`.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.verdicts.exact import exact_parts
from benchmarks.verdicts.page import page
from benchmarks.verdicts.running import run
from benchmarks.verdicts.suite import suite
from fairaudit import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).parents[1] / "docs" / "statistics"
EXACT = "exact"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what is asked for; 1 when a bound is missed."""
    asked = _parser().parse_args(arguments)
    record = simulate(asked)
    name = asked.page or (None if asked.only else "verdict_simulation")
    if name is None:
        print(page(record))
    else:
        write(record, FOLDER, name)
        print(f"written: {FOLDER}/{name}.md and .json")
    missed = [one for one in record["results"] if one["met"] is False]
    for one in missed:
        print("MISSED", json.dumps(one, ensure_ascii=False), file=sys.stderr)
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    """Describe the options."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=2000, help="runs per case")
    parser.add_argument("--jobs", type=int, default=2, help="processes at once")
    parser.add_argument("--seed", type=int, default=1, help="decides every random number")
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        choices=[*(section.id for section in suite()), EXACT],
        help="print this part; repeat for several",
    )
    parser.add_argument("--page", help="write under this name, whatever is simulated")
    return parser


def simulate(asked: argparse.Namespace) -> dict[str, Any]:
    """Run the cases and collect everything the page is made from."""
    started = time.process_time()
    found = run(
        runs=asked.runs,
        seed=asked.seed,
        processes=asked.jobs,
        only=asked.only,
        told=lambda line: print(line, file=sys.stderr, flush=True),
    )
    parts = exact_parts() if EXACT in asked.only or not asked.only else []
    here = time.process_time() - started
    return {
        "made": {
            "command": _command(asked),
            **({"page": asked.page} if asked.page else {}),
            "on": datetime.now(tz=UTC).date().isoformat(),
            "versions": _versions(),
            "seed": asked.seed,
            "runs": asked.runs,
            "cpu_seconds": round(sum(found.cpu.values()) + here),
            "cpu_seconds_by_section": {name: round(s) for name, s in found.cpu.items()},
        },
        "results": [asdict(one) for one in found.results],
        "exact": parts,
    }


def _command(asked: argparse.Namespace) -> str:
    """Write the command that gives the same numbers again."""
    parts = [f"--only {name} " for name in asked.only]
    parts += [f"--page {asked.page} "] if asked.page else []
    return (
        f"python benchmarks/simulate_verdicts.py {''.join(parts)}"
        f"--runs {asked.runs} --seed {asked.seed}"
    )


def _versions() -> dict[str, str]:
    """Say what it was made with; numpy's generators decide the draws."""
    return {
        "fairaudit": __version__,
        "Python": platform.python_version(),
        "numpy": version("numpy"),
    }


def write(record: dict[str, Any], folder: Path, name: str) -> None:
    """Write the numbers, one result per line, and the page made from them."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.json").write_text(as_json(record), encoding="utf-8")
    (folder / f"{name}.md").write_text(page(record), encoding="utf-8")


def as_json(record: dict[str, Any]) -> str:
    """Write one result per line, so that a change can be read in a diff."""
    lines = {
        name: json.dumps(record[name], ensure_ascii=False) for name in ("made", "exact")
    }
    results = ",\n    ".join(
        json.dumps(one, ensure_ascii=False) for one in record["results"]
    )
    return (
        f'{{\n  "made": {lines["made"]},\n  "results": [\n    {results}\n  ],\n'
        f'  "exact": {lines["exact"]}\n}}\n'
    )


if __name__ == "__main__":
    sys.exit(main())
