from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.resumes.systems.completions import has_log_probabilities, reply_of
from fairaudit.resumes.systems.system import Reply
from tests.resumes.servers import completion

BOTH = {"Yes": math.log(0.7), "No": math.log(0.2)}


def read(body: object, kind: str = "rating") -> Reply:
    asked = {"rating": "rating", "text": "feedback"}.get(kind, "yes-no")
    return reply_of(json.dumps(body), asked, kind)


def test_a_message_in_parts_is_put_together() -> None:
    parts = [{"type": "text", "text": "Rating: "}, {"type": "text", "text": "8"}, {"x": 1}]
    body = completion("")
    body["choices"][0]["message"]["content"] = parts
    assert read(body).outcome.value == 8


def test_usage_and_model_are_read_only_where_they_are_what_they_should_be() -> None:
    body = completion("8") | {"usage": {"prompt_tokens": "9", "completion_tokens": -1}}
    reply = read(body | {"model": 7})
    assert (reply.tokens_in, reply.tokens_out, reply.model) == (None, None, None)
    reply = read(completion("8") | {"system_fingerprint": None, "usage": None})
    assert (reply.tokens_in, reply.model) == (None, "small-2026-01-01")


def test_a_refusal_is_no_log_odds_even_where_they_could_be_read() -> None:
    body = completion("I can't help with that.", top=BOTH)
    assert read(body, "logit").outcome.state == "refused"


def test_log_odds_are_read_whatever_word_was_drawn() -> None:
    assert read(completion("Perhaps", top=BOTH), "logit").outcome.value == pytest.approx(
        math.log(3.5)
    )


def test_whether_log_probabilities_come_is_seen() -> None:
    assert has_log_probabilities(json.dumps(completion("Yes", top=BOTH)))
    assert not has_log_probabilities(json.dumps(completion("Yes")))
    assert not has_log_probabilities("<html>")


def test_half_a_surrogate_pair_can_be_written_to_a_file() -> None:
    outcome = read(completion("Fine \ud83d record."), "text").outcome
    assert outcome.state == "ok"
    assert outcome.text.encode()
    assert outcome.raw.encode()


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["choices", "message", "content", "logprobs", "error", "code"]),
            inner,
        )
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from(["logit", "label", "rating", "text"]))
def test_any_json_is_read_as_an_outcome(body: object, kind: str) -> None:
    outcome = read(body, kind).outcome
    assert outcome.kind == kind
    assert (outcome.value is None) or math.isfinite(outcome.value)
