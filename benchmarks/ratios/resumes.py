"""Résumés generated with every check, and our own part of a call to a model."""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path
from subprocess import PIPE, Popen
from sys import executable
from typing import TYPE_CHECKING

import httpx

from benchmarks.ratios.line import Line, at_most
from benchmarks.ratios.processes import ROOT
from benchmarks.ratios.rounds import in_turn
from fairaudit.resumes import ResumeStudy, generate
from fairaudit.resumes.running.calls import Call, calls_of
from fairaudit.resumes.running.records import RunStore
from fairaudit.resumes.running.runner import run
from fairaudit.resumes.systems.http import ChatCompletions

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.ratios.rounds import Effort

_SERVER = ROOT / "benchmarks" / "ratios" / "answering_server.py"


def measure(effort: Effort) -> list[Line]:
    """Generate pairs, and ask a server that answers at once."""
    pairs = effort.rows(10_000, 1_000)
    generating = in_turn(
        {"ours": _seconds(lambda: _study(pairs // 2))}, effort.rounds, warm=False
    )
    return [
        at_most(
            10.0 * pairs / 10_000,
            f"{pairs:,} pairs of résumés with every check",
            unit="s",
            ours=generating["ours"],
        ),
        _asking(effort),
    ]


def _asking(effort: Effort) -> Line:
    """Ask a server in another process, one call at a time, beside httpx alone."""
    with Popen([executable, str(_SERVER)], stdin=PIPE, stdout=PIPE, text=True) as server:
        assert server.stdin is not None
        assert server.stdout is not None
        url = server.stdout.readline().strip()
        with ChatCompletions("small", base_url=url) as system:
            calls = calls_of(_study(250), system)
            each = in_turn(
                {
                    "bare": lambda: _bare(calls, url) / len(calls),
                    "ours": lambda: _run(calls, system) / len(calls),
                },
                effort.rounds,
            )
        server.stdin.close()
    own = [ours - bare for ours, bare in zip(each["ours"], each["bare"], strict=True)]
    return at_most(
        0.0025,
        f"a call of a run beyond httpx's own time, of {len(calls):,} calls",
        unit="s",
        ours=own,
        peer="the same requests by httpx alone",
        peers=each["bare"],
        note="One call at a time, wall time.",
    )


def _study(pairs: int) -> ResumeStudy:
    """Make pairs of two arms."""
    return generate(pairs=pairs, arms=["name", "quality"], seed=7)


def _run(calls: list[Call], system: ChatCompletions) -> float:
    """Ask as a run does, every reply kept."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        with RunStore(Path(folder) / "runs.jsonl", "study") as store:
            run(calls, system, store, concurrency=1)
        return time.perf_counter() - started


def _bare(calls: list[Call], url: str) -> float:
    """Post the same bodies."""
    started = time.perf_counter()
    with httpx.Client() as client:
        for call in calls:
            body = json.dumps(call.request.content["body"])
            client.post(f"{url}/chat/completions", content=body).json()
    return time.perf_counter() - started


def _seconds(function: Callable[[], object]) -> Callable[[], float]:
    """Make a contender of a function: its wall time."""

    def contender() -> float:
        started = time.perf_counter()
        function()
        return time.perf_counter() - started

    return contender
