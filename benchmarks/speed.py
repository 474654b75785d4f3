"""Measure what is promised about speed, ours and the peers side by side in one run.

From the root of the tree, about a quarter of an hour on two cores::

    python benchmarks/speed.py

writes `docs/statistics/speed.md` and the samples behind it as JSON. With less data, or one
measure, printed and not written unless `--output` says where::

    python benchmarks/speed.py --quick --only files

Ends with 1 when a target is missed, and names it.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import shlex
import sys
from concurrent.futures import ProcessPoolExecutor
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.ratios.page import as_data, as_markdown, as_text, facts
from benchmarks.ratios.processes import ROOT
from benchmarks.ratios.rounds import Effort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.ratios.line import Line

MEASURES = (
    "starting",
    "files",
    "frames",
    "arrays",
    "scores",
    "resampling",
    "tradeoffs",
    "prices",
    "embeddings",
    "vector_streams",
    "resumes",
)
ON_DEMAND = ("huge", "huge_vectors")
FEWEST = 5
_PAGES = ROOT / "docs" / "statistics"


def main(arguments: Sequence[str]) -> int:
    """Measure, print, write; 1 when a target is missed."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.rounds < FEWEST:
        parser.error(f"--rounds: at least {FEWEST}, for a median; got {options.rounds}")
    effort = Effort(rounds=options.rounds, quick=options.quick)
    load = os.getloadavg()[0]
    names = options.only or (*MEASURES, *(ON_DEMAND if options.huge else ()))
    lines: dict[str, list[Line]] = {}
    for name in names:
        lines[name] = _in_fresh_process(name, effort)
        for line in lines[name]:
            print(as_text(name, line), flush=True)
    folder = options.output or (None if options.quick or options.only else _PAGES)
    if folder is not None:
        command = shlex.join(["python", "benchmarks/speed.py", *arguments])
        _write(folder, lines, facts(command, effort, load=load))
    missed = [(name, line) for name in lines for line in lines[name] if line.met is False]
    print(f"\n{len(missed)} missed", *(as_text(*one) for one in missed), sep="\n")
    return 1 if missed else 0


def measured(name: str, effort: Effort) -> list[Line]:
    """Run one measure, by the name of its file."""
    lines: list[Line] = import_module(f"benchmarks.ratios.{name}").measure(effort)
    return lines


def _in_fresh_process(name: str, effort: Effort) -> list[Line]:
    """Keep this process small, and one measure's memory away from the next."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=spawn) as pool:
        return pool.submit(measured, name, effort).result()


def _write(folder: Path, lines: dict[str, list[Line]], about: dict[str, object]) -> None:
    """Keep the page and the samples it came from."""
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(as_data(lines, about), indent=1, ensure_ascii=False)
    (folder / "speed.json").write_text(text + "\n", encoding="utf-8")
    (folder / "speed.md").write_text(as_markdown(lines, about), encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python benchmarks/speed.py",
        description="Measure what is promised about speed, beside the peers.",
    )
    parser.add_argument("--quick", action="store_true", help="smaller data")
    parser.add_argument(
        "--only",
        action="append",
        choices=(*MEASURES, *ON_DEMAND),
        help="one measure (may be repeated)",
    )
    parser.add_argument(
        "--huge",
        action="store_true",
        help="add 100 million rows of Parquet and 3 million vectors",
    )
    parser.add_argument(
        "--rounds", type=int, default=FEWEST, help="of every contender, at least"
    )
    parser.add_argument("--output", type=Path, help="folder for speed.md and speed.json")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
