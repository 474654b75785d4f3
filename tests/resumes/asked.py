"""Small studies, and systems that behave as they are told, for tests of runs."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from functools import cache

from fairaudit.resumes import ResumeStudy, generate
from fairaudit.resumes.pair import Outcome
from fairaudit.resumes.systems.system import Busy, Reply, Request


@cache
def small_study(pairs: int = 10, arms: Sequence[str] = ("name", "quality")) -> ResumeStudy:
    return generate(jobs=["nurse"], pairs=pairs, arms=arms, seed=7)


class Stub:
    """Answers 1 to everything, fails as often as it is told, counts what it is asked."""

    name = "stub"
    framings = ("plain", "persona")
    parser = "stub 1"

    def __init__(
        self,
        *,
        failures: Sequence[Busy] = (),
        every_third: bool = False,
        tokens: tuple[int, int] | None = None,
        most: tuple[int, int] = (0, 0),
        seconds: float = 0.0,
        batch: int = 1,
        salt: str = "",
    ) -> None:
        self.failures = list(failures)
        self.every_third, self.tokens, self.most = every_third, tokens, most
        self.seconds, self.batch, self.salt = seconds, batch, salt
        self.asked: list[str] = []
        self.at_once = self.most_at_once = self.calls = 0
        self.lock = threading.Lock()

    def request(self, text: str, job: str, framing: str) -> Request:  # noqa: ARG002
        return Request(
            content={"text": text, "framing": framing, "salt": self.salt},
            most_tokens_in=self.most[0],
            most_tokens_out=self.most[1],
        )

    def ask(self, requests: Sequence[Request]) -> list[Reply]:
        with self.lock:
            self.calls += 1
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            time.sleep(self.seconds)
            with self.lock:
                if self.failures:
                    raise self.failures.pop(0)
                if self.every_third and self.calls % 3 == 0:
                    raise Busy("429 Too Many Requests")
                self.asked += [str(one.content["text"]) for one in requests]
            return [self.reply() for _ in requests]
        finally:
            with self.lock:
                self.at_once -= 1

    def reply(self) -> Reply:
        sent, received = self.tokens or (None, None)
        return Reply(
            outcome=Outcome(state="ok", kind="score", value=1.0, raw="1"),
            tokens_in=sent,
            tokens_out=received,
            model="stub-2026",
        )
