"""Trials in processes of their own, kept as they end, so that a run can go on."""

from __future__ import annotations

import json
import sys
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence
    from pathlib import Path


def resumed(
    trial: Callable[[Any], list[dict[str, Any]]],
    jobs: Sequence[Hashable],
    kept: Path,
    processes: int,
) -> list[dict[str, Any]]:
    """Give the rows of all jobs; those in the file are not run again."""
    done = _read(kept)
    left = [job for job in jobs if json.dumps(job) not in done]
    kept.parent.mkdir(parents=True, exist_ok=True)
    print(f"{len(jobs) - len(left)} of {len(jobs)} are there", file=sys.stderr)
    with (
        kept.open("a", encoding="utf-8") as file,
        get_context("spawn").Pool(processes, maxtasksperchild=20) as pool,
    ):
        pairs = pool.imap_unordered(_named, [(trial, job) for job in left])
        for number, (name, rows) in enumerate(pairs, start=1):
            done[name] = rows
            file.write(json.dumps({"job": name, "rows": rows}) + "\n")
            file.flush()
            print(f"{number} of {len(left)}: {name}", file=sys.stderr, flush=True)
    return [row for job in jobs for row in done[json.dumps(job)]]


def _named(work: tuple[Callable[[Any], Any], Any]) -> tuple[str, Any]:
    """Run one job, and say which."""
    trial, job = work
    return json.dumps(job), trial(job)


def _read(kept: Path) -> dict[str, list[dict[str, Any]]]:
    """Read what earlier runs left; a line cut off half-way is run again."""
    found = {}
    for line in kept.read_text(encoding="utf-8").splitlines() if kept.exists() else ():
        try:
            one = json.loads(line)
        except json.JSONDecodeError:
            continue
        found[one["job"]] = one["rows"]
    return found
