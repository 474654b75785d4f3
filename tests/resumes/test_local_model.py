"""The whole way to a real language model and back; its answers are never pinned."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

import pytest

import fairaudit
from fairaudit.resumes.framings import framings
from fairaudit.resumes.systems.completions import reply_of
from fairaudit.resumes.systems.http import ChatCompletions

pytest.importorskip("httpx")
pytestmark = pytest.mark.local_model

SHORT = "Registered nurse since 2015."


@pytest.fixture
def system(local_model: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[ChatCompletions]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with ChatCompletions("local", base_url=local_model, seed=1) as made:
        yield made


def applications() -> list[tuple[str, str]]:
    study = fairaudit.resumes.generate(
        jobs=["nurse"], pairs=1, arms=["name"], attribute="gender", seed=7
    )
    return [(half.text, pair.job) for pair in study.pairs for half in pair.halves]


def test_a_model_decides_with_log_probabilities(system: ChatCompletions) -> None:
    probed = system.probe()
    assert probed.kind == "logit"
    for text, job in applications():
        request = probed.request(text, job, "plain")
        (reply,) = probed.ask([request])
        outcome = reply.outcome
        assert (outcome.state, outcome.kind) == ("ok", "logit")
        assert outcome.value is not None
        assert math.isfinite(outcome.value)
        assert reply_of(outcome.raw, "yes-no", probed.kind).outcome == outcome
        assert reply.tokens_in is not None
        assert reply.tokens_out is not None
        assert 0 < reply.tokens_in <= request.most_tokens_in
        assert 0 < reply.tokens_out <= request.most_tokens_out
        assert reply.model


def test_the_same_request_gets_the_same_log_odds(system: ChatCompletions) -> None:
    request = system.request(SHORT, "nurse", "plain")
    first, second = (system.ask([request])[0].outcome.value for _ in range(2))
    assert first is not None
    assert second == pytest.approx(first, abs=1e-3)


@pytest.mark.parametrize("framing", framings())
def test_every_framing_is_taken_and_costs_no_more_than_reserved(
    system: ChatCompletions, framing: str
) -> None:
    request = system.request(SHORT, "nurse", framing)
    (reply,) = system.ask([request])
    assert reply.outcome.state != "error"
    assert reply.tokens_in is not None
    assert reply.tokens_in <= request.most_tokens_in


@pytest.mark.parametrize("question", ["rating", "feedback"])
def test_other_questions_get_a_reply_that_is_sorted(
    local_model: str, question: str
) -> None:
    with ChatCompletions(
        "local", base_url=local_model, question=question, max_tokens=40, seed=1
    ) as asked:
        (reply,) = asked.ask([asked.request(SHORT, "nurse", "plain")])
    assert reply.outcome.state in {"ok", "refused", "unparsable", "truncated"}
    assert "choices" in json.loads(reply.outcome.raw)
