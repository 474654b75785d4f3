"""Whole runs against a real server that turns calls away, counts, and is killed for."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from fairaudit.resumes import write
from fairaudit.resumes.running.budget import Caps
from fairaudit.resumes.running.calls import calls_of
from fairaudit.resumes.running.pace import Patience
from fairaudit.resumes.running.records import RunStore
from fairaudit.resumes.running.runner import Standing, run
from fairaudit.resumes.systems.http import ChatCompletions
from tests.resumes.asked import small_study
from tests.resumes.servers import Behaviour, Call, completion, serving

pytest.importorskip("httpx")

ROOT = Path(__file__).parents[2]
TOP = {"Yes": -0.2, "No": -1.8}


def asked_of(
    folder: Path,
    behave: Behaviour,
    *,
    pairs: int = 25,
    **options: Any,  # noqa: ANN401
) -> tuple[Standing, list[Call]]:
    study = small_study(pairs, ("name", "placebo"))
    with (
        serving(behave) as server,
        ChatCompletions("small", base_url=server.url) as system,
        RunStore(folder / "runs.jsonl", study.hash) as store,
    ):
        quick = Patience(first_wait=0.01, longest_wait=1.0)
        ended = run(calls_of(study, system), system, store, patience=quick, **options)
        return ended, server.calls


def kept(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "runs.jsonl").read_text().splitlines()[1:]
    return [json.loads(line) for line in lines]


def third_turned_away(seconds: str | None) -> Behaviour:
    lock, counted = threading.Lock(), [0]

    def behave(call: Call) -> None:
        with lock:
            counted[0] += 1
            turned_away = counted[0] % 3 == 0
        if turned_away:
            call.send("", 429, {} if seconds is None else {"Retry-After": seconds})
        else:
            call.send(completion("Yes", top=TOP))

    return behave


@pytest.mark.parametrize("seconds", [None, "0.02"])
def test_a_hundred_calls_of_which_every_third_is_turned_away_are_complete(
    tmp_path: Path, seconds: str | None
) -> None:
    ended, calls = asked_of(tmp_path, third_turned_away(seconds), concurrency=4)
    assert ended.done == ended.total == 100
    assert len({line["key"] for line in kept(tmp_path)}) == len(kept(tmp_path)) == 100
    # Exactly those that were turned away were asked a second time.
    assert len(calls) == 100 + len(calls) // 3
    assert sum(line["tries"] - 1 for line in kept(tmp_path)) == len(calls) // 3


def test_a_cost_cap_holds_at_eight_calls_at_once_by_the_server_s_own_count(
    tmp_path: Path,
) -> None:
    lock = threading.Lock()
    billed: list[Fraction] = []
    prices = {"price_in": Fraction(2), "price_out": Fraction(8)}

    def behave(call: Call) -> None:
        tokens = sum(len(one["content"]) for one in call.asked["messages"]) // 3
        with lock:
            billed.append((tokens * Fraction(2) + 10 * Fraction(8)) / 1_000_000)
        time.sleep(0.005)
        answer = completion("Yes", top=TOP)
        answer["usage"] = {"prompt_tokens": tokens, "completion_tokens": 10}
        call.send(answer)

    cap = Fraction("0.05")
    ended, calls = asked_of(tmp_path, behave, concurrency=8, caps=Caps(cost=cap, **prices))
    assert ended.stopped_by == "--max-cost"
    assert sum(billed) == ended.spent <= cap
    assert 10 < len(calls) == len(kept(tmp_path)) < 100
    # It stops only where the worst of one more call would not fit.
    assert cap - ended.spent < Fraction("0.006")


def test_a_run_that_is_killed_and_started_again_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    write(small_study(25, ("name", "placebo")), tmp_path)

    def behave(call: Call) -> None:
        time.sleep(0.02)
        call.send(completion("Yes", top=TOP))

    with serving(behave) as server:
        command = [
            *(sys.executable, "-m", "fairaudit", "resumes", "run", str(tmp_path)),
            *("--system", "openai:small", "--base-url", server.url),
            *("--concurrency", "4", "--log-probabilities"),
        ]
        environment = os.environ | {"PYTHONPATH": str(ROOT), "NO_PROXY": "127.0.0.1"}
        for most in (15, 50):
            with subprocess.Popen(command, env=environment) as killed:
                while len(server.calls) < most:
                    time.sleep(0.005)
                killed.send_signal(signal.SIGKILL)
        before = kept_whole(tmp_path)
        assert 15 - 4 <= len(before) < 100
        ended = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=True
        )
        asked = len(server.calls)
    assert f"100 of 100 calls, {100 - len(before)} of them now" in ended.stdout
    after = kept(tmp_path)
    assert [line["key"] for line in after[: len(before)]] == before
    assert len({line["key"] for line in after}) == len(after) == 100
    # Only what was under way when it was killed was asked again: four calls at each kill.
    assert asked <= 100 + 2 * 4


def kept_whole(folder: Path) -> list[str]:
    """Keys of the lines that are whole, as a run finds them."""
    content = (folder / "runs.jsonl").read_bytes()
    lines = content[: content.rfind(b"\n") + 1].splitlines()[1:]
    return [json.loads(line)["key"] for line in lines]
