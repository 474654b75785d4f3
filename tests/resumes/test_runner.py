"""Runs against systems that fail: no call lost, none doubled, no cap exceeded."""

from __future__ import annotations

import _thread
import threading
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from fairaudit.core.errors import InputError, OutputError, SystemUnusableError
from fairaudit.core.spelling import as_flags, spelled
from fairaudit.resumes.running.budget import Caps
from fairaudit.resumes.running.calls import calls_of
from fairaudit.resumes.running.pace import Patience
from fairaudit.resumes.running.records import RunStore
from fairaudit.resumes.running.runner import Standing, run
from fairaudit.resumes.systems.system import Busy, Reply
from tests.resumes.asked import Stub, small_study

QUICK = Patience(first_wait=0.001, longest_wait=0.05)


def through(folder: Path, system: Stub, **options: Any) -> Standing:  # noqa: ANN401
    study = small_study()
    options = {"patience": QUICK} | options
    with RunStore(folder / "runs.jsonl", study.hash) as store:
        return run(calls_of(study, system), system, store, **options)


def keys(folder: Path) -> list[str]:
    with RunStore(folder / "runs.jsonl", small_study().hash) as store:
        lines = (folder / "runs.jsonl").read_text().splitlines()[1:]
        assert len([line for line in lines if '"charge"' not in line]) == len(store.records)
        return list(store.records)


def test_every_call_is_made_once_and_kept(tmp_path: Path) -> None:
    system = Stub(tokens=(7, 2))
    ended = through(tmp_path, system, concurrency=8)
    assert (ended.done, ended.total, ended.before) == (40, 40, 0)
    assert ended.states == {"ok": 40}
    assert ended.tokens == 40 * 9
    assert len(keys(tmp_path)) == len(system.asked) == len(set(system.asked)) == 40


def test_the_same_run_again_asks_nothing(tmp_path: Path) -> None:
    through(tmp_path, Stub())
    again = Stub()
    assert through(tmp_path, again).before == 40
    assert again.asked == []


def test_every_third_call_turned_away_is_made_again(tmp_path: Path) -> None:
    system = Stub(every_third=True)
    ended = through(tmp_path, system, concurrency=4)
    assert ended.done == 40
    assert len(system.asked) == len(set(system.asked)) == 40


def test_batches_are_as_large_as_the_system_takes(tmp_path: Path) -> None:
    system = Stub(batch=16)
    assert through(tmp_path, system, concurrency=1).done == 40
    assert system.calls == 3


def test_workers_spell_options_as_whoever_started_them(tmp_path: Path) -> None:
    told = set()

    class Telling(Stub):
        def ask(self, requests: Any) -> list[Reply]:  # noqa: ANN401
            told.add(spelled("max_groups"))
            return super().ask(requests)

    with as_flags():
        assert through(tmp_path, Telling(), concurrency=2).done == 40
    assert told == {"--max-groups"}


def test_never_more_calls_at_once_than_allowed(tmp_path: Path) -> None:
    system = Stub(seconds=0.005)
    through(tmp_path, system, concurrency=3)
    assert system.most_at_once == 3


@pytest.mark.parametrize("billed", [False, True])
def test_a_cost_is_never_exceeded_and_a_higher_one_goes_on(
    tmp_path: Path, billed: bool
) -> None:
    prices = {"price_in": Fraction(1000), "price_out": Fraction(1000)}
    # Each call is worth 0.02 at worst and 0.011 really; one fails and may be charged.
    system = Stub(
        tokens=(10, 1),
        most=(15, 5),
        seconds=0.002,
        failures=[Busy("timed out", billed=billed)],
    )
    low = Caps(cost=Fraction("0.2"), **prices)
    ended = through(tmp_path, system, concurrency=8, caps=low)
    assert ended.stopped_by == "--max-cost"
    real = len(system.asked) * Fraction("0.011") + (Fraction("0.02") if billed else 0)
    assert ended.spent == real
    assert Fraction("0.18") < real <= Fraction("0.2")
    high = Caps(cost=Fraction(1), **prices)
    ended = through(tmp_path, system, concurrency=8, caps=high)
    assert ended.stopped_by is None
    assert len(system.asked) == len(set(system.asked)) == len(keys(tmp_path)) == 40
    assert ended.spent == 40 * Fraction("0.011") + (Fraction("0.02") if billed else 0)


def test_calls_are_capped_over_all_runs(tmp_path: Path) -> None:
    for most in (5, 12):
        ended = through(tmp_path, Stub(), caps=Caps(calls=most))
        assert ended.done == most
        assert ended.stopped_by == "--max-calls"


def test_a_system_that_is_busy_for_too_long_ends_the_run_and_loses_nothing(
    tmp_path: Path,
) -> None:
    class Tired(Stub):
        def ask(self, requests: Any) -> list[Reply]:  # noqa: ANN401
            if len(self.asked) >= 6:
                raise Busy("503 Service Unavailable")
            return super().ask(requests)

    with pytest.raises(
        SystemUnusableError, match=r"8 tries: 503 .* 6 of 40 calls are kept"
    ):
        through(tmp_path, Tired(), concurrency=1)
    assert len(keys(tmp_path)) == 6
    rest = Stub()
    assert through(tmp_path, rest).done == 40
    assert len(rest.asked) == 34


def test_a_call_that_always_fails_does_not_hold_up_the_others(tmp_path: Path) -> None:
    poison = small_study().pairs[3].halves[1].text

    class Choking(Stub):
        def ask(self, requests: Any) -> list[Reply]:  # noqa: ANN401
            if requests[0].content["text"] == poison:
                raise Busy("500 Internal Server Error")
            return super().ask(requests)

    with pytest.raises(SystemUnusableError, match=r"500 .* 39 of 40 calls are kept"):
        through(tmp_path, Choking(), concurrency=2)
    assert len(keys(tmp_path)) == 39


def test_where_nobody_listens_it_gives_up_sooner(tmp_path: Path) -> None:
    system = Stub(failures=[Busy("nobody there", nobody=True)] * 99)
    with pytest.raises(SystemUnusableError, match="after 4 tries"):
        through(tmp_path, system, concurrency=1)


def test_a_wait_that_is_too_long_is_not_waited_for(tmp_path: Path) -> None:
    system = Stub(failures=[Busy("429 Too Many Requests", 3600.0)])
    with pytest.raises(SystemUnusableError, match="asks to wait 3,600 seconds"):
        through(tmp_path, system, concurrency=1)


def test_a_failure_of_the_system_ends_the_run(tmp_path: Path) -> None:
    class Broken(Stub):
        def reply(self) -> Reply:
            if len(self.asked) > 3:
                raise SystemUnusableError("stub: 401 Unauthorized.")
            return super().reply()

    with pytest.raises(SystemUnusableError, match="401"):
        through(tmp_path, Broken(), concurrency=1)
    assert len(keys(tmp_path)) == 3


def test_calls_asked_otherwise_are_refused(tmp_path: Path) -> None:
    through(tmp_path, Stub(), caps=Caps(calls=4))
    with pytest.raises(InputError, match="an option was changed"):
        through(tmp_path, Stub(salt="warmer"))


def test_a_run_needs_a_worker(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="concurrency=0"):
        through(tmp_path, Stub(), concurrency=0)


def test_an_interrupt_lets_calls_under_way_finish_and_keeps_them(tmp_path: Path) -> None:
    system = Stub(seconds=0.05)
    threading.Timer(0.12, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt):
        through(tmp_path, system, concurrency=2)
    assert 0 < len(keys(tmp_path)) == len(system.asked) < 40


def test_progress_is_told(tmp_path: Path) -> None:
    told: list[Standing] = []
    through(tmp_path, Stub(seconds=0.03), concurrency=1, show=told.append)
    assert told
    assert all(one.total == 40 for one in told)
    assert any(one.seconds_left for one in told)


def test_a_reply_that_cannot_be_kept_ends_the_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OutputError("runs.jsonl cannot be written: No space left on device.")

    monkeypatch.setattr(RunStore, "append", full)
    with pytest.raises(OutputError, match="No space left"):
        through(tmp_path, Stub())
