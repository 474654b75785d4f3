"""Calls put to a system by several workers, each reply kept as it comes."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter, deque
from contextvars import copy_context
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, SystemUnusableError
from fairaudit.core.spelling import option
from fairaudit.core.value import value
from fairaudit.resumes.running.budget import Budget, Caps, Spent
from fairaudit.resumes.running.pace import Pace, Patience
from fairaudit.resumes.running.records import RunStore, now, record_of
from fairaudit.resumes.running.spending import charge_of, spent_in
from fairaudit.resumes.systems.system import Busy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairaudit.resumes.running.calls import Call
    from fairaudit.resumes.systems.system import System

_SHOWN_EVERY = 0.2
_TRIES_OF_NOBODY = 4
"""Where nobody listens, waiting for long helps nobody."""

_TRIES_AT_ONCE = 2
"""A call that fails more often lets the others go first."""


@value
class Standing:
    """How far a run is.

    Attributes
    ----------
    total, done, before : int
        Calls of the run, those finished, and how many of them earlier runs had made.
    states : dict of str to int
        How the finished ones ended.
    spent : Fraction
        What all of them cost, in the currency of the prices.
    tokens : int
        Sent and received.
    seconds_left : float or None
        At the speed of this run so far.
    at_once : int
        How many calls may be under way.
    waiting : str or None
        What the system said when it last asked to be left alone, while that lasts.
    stopped_by : str or None
        The cap that ended the run.
    """

    total: int
    done: int
    before: int
    states: dict[str, int]
    spent: Fraction
    tokens: int
    seconds_left: float | None
    at_once: int
    waiting: str | None
    stopped_by: str | None


def run(
    calls: Sequence[Call],
    system: System,
    store: RunStore,
    *,
    concurrency: int = 4,
    caps: Caps | None = None,
    patience: Patience | None = None,
    show: Callable[[Standing], None] | None = None,
) -> Standing:
    """Put to a system what it was not yet asked.

    Parameters
    ----------
    calls : sequence of Call
        Of the whole run, in order.
    system : System
        To be asked.
    store : RunStore
        Where replies are kept, and those of earlier runs are.
    concurrency : int
        How many calls are under way at once, at most.
    caps : Caps, optional
        What the calls in the store, together, may come to.
    patience : Patience, optional
        How long to wait for a system that is busy.
    show : callable, optional
        Is told several times a second how far the run is.

    Returns
    -------
    Standing
        At the end.

    Raises
    ------
    InputError
        When the store holds calls of this system that were asked otherwise.
    SystemUnusableError
        When the system cannot be asked, or is busy for too long.
    OutputError
        When a reply cannot be kept.
    KeyboardInterrupt
        After the calls under way are finished and kept; at once at the second one.
    """
    if concurrency < 1:
        raise InputError(
            f"{option('concurrency', concurrency)}: at least one call must be made."
        )
    check_same_calls(calls, system, store)
    pace = Pace(concurrency, patience or Patience(), random.random)
    caps = caps or Caps()
    work = _Work(calls, system, store, Budget(caps, spent_in(store, caps)), pace)
    return work.through(show or (lambda _: None))


def check_same_calls(calls: Sequence[Call], system: System, store: RunStore) -> None:
    """Refuse a run whose calls the store knows with another content.

    Raises
    ------
    InputError
        Naming the first.
    """
    known = {
        (one.pair, one.half, one.framing, one.repeat): one.key
        for one in store.records.values()
        if one.system == system.name
    }
    for call in calls:
        key = known.get((call.pair, call.half, call.framing, call.repeat), call.key)
        if key != call.key:
            raise InputError(
                f"{store.path} holds calls to {system.name} that were asked otherwise "
                f"(pair {call.pair}, framing {call.framing}): an option was changed. Run "
                "with the former options, or move the file away."
            )


class _Work:
    """What the workers share; every change is made under one lock."""

    def __init__(
        self,
        calls: Sequence[Call],
        system: System,
        store: RunStore,
        budget: Budget,
        pace: Pace,
    ) -> None:
        self.system, self.store, self.budget, self.pace = system, store, budget, pace
        keys = {call.key for call in calls}
        earlier = [one for one in store.records.values() if one.key in keys]
        self.left = deque(call for call in calls if call.key not in store.records)
        self.total, self.before = len(calls), len(earlier)
        self.states: Counter[str] = Counter(one.state for one in earlier)
        self.tried: Counter[str] = Counter()
        self.under_way = self.working = 0
        self.finished = threading.Event()
        self.stopping = False
        self.stopped_by: str | None = None
        self.failure: BaseException | None = None
        self.waiting: str | None = None
        self.began = time.monotonic()
        self.changed = threading.Condition()

    def through(self, show: Callable[[Standing], None]) -> Standing:
        """Start the workers and wait until they are done."""
        self.working = self.pace.most
        for _ in range(self.working):
            # A new thread would forget how options are spelled.
            work = partial(copy_context().run, self._worker)
            threading.Thread(target=work, daemon=True).start()
        try:
            self._wait(show)
        except KeyboardInterrupt:
            self._stop()
            self._wait(show)
            raise
        if self.failure is not None:
            raise self.failure
        return self.standing()

    def standing(self) -> Standing:
        """Say how far the run is."""
        with self.changed:
            done = sum(self.states.values())
            made = done - self.before
            elapsed = time.monotonic() - self.began
            return Standing(
                total=self.total,
                done=done,
                before=self.before,
                states=dict(self.states),
                spent=self.budget.spent.cost,
                tokens=self.budget.spent.tokens,
                seconds_left=elapsed / made * (self.total - done) if made else None,
                at_once=self.pace.limit,
                waiting=self.waiting if time.monotonic() < self.pace.until else None,
                stopped_by=self.stopped_by,
            )

    def _wait(self, show: Callable[[Standing], None]) -> None:
        """Wait for the workers, telling how far they are.

        Not by `Thread.join`: interrupted, it takes a thread that works on for dead.
        """
        while not self.finished.wait(_SHOWN_EVERY):
            show(self.standing())

    def _stop(self, failure: BaseException | None = None) -> None:
        """Let no further call begin."""
        with self.changed:
            self.stopping = True
            self.failure = self.failure or failure
            self.changed.notify_all()

    def _worker(self) -> None:
        """Make calls until none is left."""
        try:
            while True:
                batch, aside = self._next()
                if not batch:
                    return
                self._make(batch, aside)
        except BaseException as error:  # noqa: BLE001 - raised again by the main thread
            self._stop(error)
        finally:
            with self.changed:
                self.working -= 1
                if not self.working:
                    self.finished.set()

    def _next(self) -> tuple[list[Call], list[Spent]]:
        """Take the next calls when they may begin; none when the run is over."""
        with self.changed:
            while True:
                if self.stopping or (not self.left and not self.under_way):
                    self.changed.notify_all()
                    return [], []
                delay = self.pace.until - time.monotonic()
                if self.left and delay <= 0 and self.under_way < self.pace.limit:
                    batch, aside = self._reserved()
                    if batch:
                        self.under_way += 1
                        return batch, aside
                    if not self.under_way:  # nothing can come back from what is set aside
                        self.stopped_by = self.budget.first_cap(self.left[0].request)
                        self.stopping = True
                        continue
                self.changed.wait(min(delay, _SHOWN_EVERY) if delay > 0 else _SHOWN_EVERY)

    def _reserved(self) -> tuple[list[Call], list[Spent]]:
        """Take as many calls as the system takes at once and the budget allows."""
        batch: list[Call] = []
        aside: list[Spent] = []
        while self.left and len(batch) < self.system.batch:
            worst = self.budget.reserve(self.left[0].request)
            if worst is None:
                break
            aside.append(worst)
            batch.append(self.left.popleft())
        return batch, aside

    def _make(self, batch: list[Call], aside: list[Spent]) -> None:
        """Ask, and keep what comes back."""
        began = time.monotonic()
        try:
            replies = self.system.ask([call.request for call in batch])
        except Busy as busy:
            self._again(batch, aside, busy)
            return
        took = (time.monotonic() - began) / len(batch)
        with self.changed:
            self.under_way -= 1
            self.pace.recover()
            for call, worst, reply in zip(batch, aside, replies, strict=True):
                cost = self.budget.settle(worst, reply.tokens_in, reply.tokens_out)
                record = record_of(
                    call,
                    self.system,
                    reply,
                    cost=self.budget.caps.written(cost),
                    seconds=took,
                    tries=self.tried[call.key] + 1,
                    at=now(),
                )
                self.store.append(record)
                self.states[reply.outcome.state] += 1
            self.changed.notify_all()

    def _again(self, batch: list[Call], aside: list[Spent], busy: Busy) -> None:
        """Put calls back and slow down, or give up."""
        with self.changed:
            self.under_way -= 1
            for call, worst in zip(reversed(batch), reversed(aside), strict=True):
                self.budget.release(worst, billed=busy.billed)
                if busy.billed:
                    self.store.charge(
                        charge_of(call.key, worst, self.budget.caps, busy.because)
                    )
                self.tried[call.key] += 1
                if self.tried[call.key] <= _TRIES_AT_ONCE:
                    self.left.appendleft(call)
                else:
                    self.left.append(call)
            seconds = self.pace.slow(time.monotonic(), busy.seconds)
            self.waiting = busy.because
            patience, tried = self.pace.patience, self.pace.turned_away
            most = min(patience.tries, _TRIES_OF_NOBODY) if busy.nobody else patience.tries
            if tried < most and seconds <= patience.longest_wait:
                self.changed.notify_all()
                return
            done = sum(self.states.values())
        wait = (
            f"asks to wait {seconds:,.0f} seconds"
            if seconds > patience.longest_wait
            else f"does not answer after {tried} tries"
        )
        raise SystemUnusableError(
            f"{self.system.name} {wait}: {busy.because}. {done:,} of {self.total:,} calls "
            "are kept: report on them, or run the same command again to go on."
        )
