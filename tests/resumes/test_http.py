from __future__ import annotations

import json
import math
import socket
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from fairaudit.core.errors import InputError, MissingExtraError, SystemUnusableError
from fairaudit.resumes.framings import framings
from fairaudit.resumes.systems.completions import reply_of
from fairaudit.resumes.systems.http import ChatCompletions
from fairaudit.resumes.systems.system import Busy, Reply, System
from tests.resumes.servers import (
    Behaviour,
    Call,
    completion,
    failing,
    saying,
    serving,
)

pytest.importorskip("httpx")

KEY = "sk-test-0123456789abcdef"
RESUME = "Kim Lee\nRegistered nurse since 2015."
ODDS = {"Yes": math.log(0.6), " no": math.log(0.15), "I": math.log(0.05)}

Made = Callable[..., ChatCompletions]
Asked = Callable[..., Reply]


@pytest.fixture(autouse=True)
def _no_key_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def made() -> Iterator[Made]:
    """Make systems and close them."""
    all_made: list[ChatCompletions] = []

    def make(base_url: str, **options: object) -> ChatCompletions:
        all_made.append(ChatCompletions("small", base_url=base_url, **options))
        return all_made[-1]

    yield make
    for one in all_made:
        one.close()


@pytest.fixture
def asked(made: Made) -> Asked:
    """Ask a server that behaves in some way once."""

    def ask(behave: Behaviour, **options: object) -> Reply:
        options = {"question": "rating", "seconds": 5} | options
        with serving(behave) as server:
            system = made(server.url, **options)
            (reply,) = system.ask([system.request(RESUME, "nurse", "plain")])
        return reply

    return ask


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


# ------------------------------------------------------------------------ what is asked


def test_a_rating_is_asked_for_and_read_with_all_that_the_server_says(made: Made) -> None:
    with serving(saying("**8**")) as server:
        system: System = made(server.url, question="rating", seed=7, max_tokens=9)
        (reply,) = system.ask([system.request(RESUME, "registered_nurse", "plain")])
    assert (reply.outcome.state, reply.outcome.kind, reply.outcome.value) == (
        "ok",
        "rating",
        8.0,
    )
    assert json.loads(reply.outcome.raw) == completion("**8**")
    assert (reply.tokens_in, reply.tokens_out) == (211, 2)
    assert reply.model == "small-2026-01-01 (fp_1)"
    (call,) = server.calls
    assert call.path == "/v1/chat/completions"
    body = call.asked
    assert body["model"] == "small"
    assert (body["temperature"], body["max_tokens"], body["seed"]) == (1.0, 9, 7)
    assert "logprobs" not in body
    assert RESUME in body["messages"][-1]["content"]
    assert "Job: registered nurse" in body["messages"][-1]["content"]


def test_log_odds_of_yes_are_read_where_they_come(made: Made) -> None:
    with serving(saying("Yes", top=ODDS)) as server:
        system = made(server.url)
        (reply,) = system.ask([system.request(RESUME, "nurse", "plain")])
    assert system.kind == reply.outcome.kind == "logit"
    assert reply.outcome.value == pytest.approx(math.log(4))
    (call,) = server.calls
    assert (call.asked["logprobs"], call.asked["top_logprobs"]) == (True, 20)
    assert call.asked["temperature"] == 0.0


def test_a_kept_reply_is_read_again_alike(made: Made) -> None:
    with serving(saying("No.", top=ODDS)) as server:
        system = made(server.url)
        (reply,) = system.ask([system.request(RESUME, "nurse", "plain")])
    again = reply_of(reply.outcome.raw, "yes-no", system.kind)
    assert again.outcome == reply.outcome


def test_feedback_is_a_text_and_cut_off_where_the_limit_cuts_it(asked: Asked) -> None:
    whole = asked(saying("A solid record. Invite."), question="feedback").outcome
    assert (whole.state, whole.kind, whole.text) == (
        "ok",
        "text",
        "A solid record. Invite.",
    )
    cut = asked(saying("A solid rec", finish="length"), question="feedback").outcome
    assert (cut.state, cut.text) == ("truncated", "A solid rec")


@pytest.mark.parametrize("framing", framings())
def test_requests_are_alike_under_every_framing_and_never_cost_more_than_said(
    made: Made, framing: str
) -> None:
    system = made("http://127.0.0.1:9/v1")
    one, other = (system.request(RESUME, "nurse", framing) for _ in range(2))
    assert one == other
    assert one.most_tokens_out == 10
    said = "".join(m["content"] for m in one.content["body"]["messages"])
    assert one.most_tokens_in > len(said.encode())


def test_half_a_surrogate_pair_in_a_resume_is_replaced(made: Made) -> None:
    with serving(saying("8")) as server:
        system = made(server.url, question="rating")
        request = system.request("Kim \ud800 Lee", "nurse", "base64")
        assert system.ask([request])[0].outcome.value == 8.0


def test_many_threads_share_a_system(made: Made) -> None:
    def echo(call: Call) -> None:
        time.sleep(0.01)
        call.send(completion(call.asked["messages"][-1]["content"].split("\n")[2]))

    with serving(echo) as server, ThreadPoolExecutor(8) as pool:
        system = made(server.url, question="rating")
        numbers = [1 + k % 10 for k in range(80)]
        requests = [system.request(str(n), "nurse", "plain") for n in numbers]
        replies = list(pool.map(lambda one: system.ask([one])[0], requests))
    assert [reply.outcome.value for reply in replies] == numbers


# -------------------------------------------------------------------- what never will work


@pytest.mark.parametrize(
    ("status", "body", "message"),
    [
        (400, {"error": {"message": "bad role"}}, r"400 Bad Request \(bad role\)\. Try"),
        (401, {"error": {"message": f"Incorrect key: {KEY}"}}, r"401 .*OPENAI_API_KEY"),
        (402, "", r"402 Payment Required\. The account has no credit"),
        (403, {"error": "region"}, r"403 Forbidden \(region\)\. .*may use this model"),
        (404, {"error": {"message": "no such model"}}, r"404 .*no such model.*Check"),
        (404, "<html>nothing here</html>", r"404 Not Found\. Check the model's name"),
        (429, {"error": {"code": "insufficient_quota"}}, r"429 .*no credit left"),
        (501, "", r"501 Not Implemented"),
    ],
)
def test_what_never_will_work_ends_with_one_sentence_and_a_remedy(
    asked: Asked, monkeypatch: pytest.MonkeyPatch, status: int, body: object, message: str
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    with pytest.raises(SystemUnusableError, match=message) as raised:
        asked(failing(status, body))
    assert "openai:small at 127.0.0.1:" in str(raised.value)
    assert KEY not in str(raised.value)


def test_where_a_redirection_leads_is_said_without_its_secrets(asked: Asked) -> None:
    there = {"Location": "https://me:pw12@other/v1?token=abcd"}
    with pytest.raises(SystemUnusableError, match=r"308 .*leads to") as raised:
        asked(failing(308, "", there))
    assert "https://***@other/v1?token=***" in str(raised.value)


# ------------------------------------------------------------------- what may work later


def test_a_server_that_is_down_is_busy_and_said_to_be_down(made: Made) -> None:
    system = made(f"http://127.0.0.1:{unused_port()}/v1")
    with pytest.raises(Busy, match=r"nobody listens at 127\.0\.0\.1:\d+") as raised:
        system.ask([system.request(RESUME, "nurse", "plain")])
    assert not raised.value.billed


def test_a_host_that_does_not_exist_is_busy_and_said_not_to_exist(made: Made) -> None:
    system = made("http://no-such-host.invalid/v1")
    with pytest.raises(Busy, match=r"no-such-host\.invalid leads nowhere") as raised:
        system.ask([system.request(RESUME, "nurse", "plain")])
    assert not raised.value.billed


def test_a_slow_server_is_busy_and_may_have_been_paid(asked: Asked) -> None:
    with pytest.raises(Busy, match=r"no answer from .* within 0\.2 s") as raised:
        asked(lambda _: time.sleep(1), seconds=0.2)
    assert raised.value.billed


def test_a_server_that_drips_does_not_hold_the_line_for_ever(asked: Asked) -> None:
    def drip(call: Call) -> None:
        call.send("{", claimed=1_000)
        for _ in range(40):
            time.sleep(0.05)
            call.wfile.write(b" ")

    with pytest.raises(Busy, match=r"no whole answer .* within 0\.3 s") as raised:
        asked(drip, seconds=0.3)
    assert raised.value.billed


def test_a_connection_that_breaks_before_an_answer_is_busy(asked: Asked) -> None:
    def hang_up(call: Call) -> None:
        call.close_connection = True

    with pytest.raises(Busy, match="broke off the connection") as raised:
        asked(hang_up)
    assert raised.value.billed


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"Retry-After": "12"}, 12.0),
        ({"Retry-After": "-3"}, 0.0),
        ({"Retry-After": "soon"}, None),
        ({"Retry-After": "1e999"}, None),
        ({"Retry-After": "nan"}, None),
        ({"Retry-After-Ms": "1500", "Retry-After": "2"}, 1.5),
    ],
)
def test_a_server_that_is_asked_too_much_says_how_long_to_wait(
    asked: Asked, headers: dict[str, str], seconds: float | None
) -> None:
    told = {"error": {"message": "Rate limit. See your billing.", "code": "rate_limit"}}
    with pytest.raises(Busy, match=r"429 Too Many Requests \(Rate limit") as raised:
        asked(failing(429, told, headers))
    assert raised.value.seconds == seconds
    assert not raised.value.billed


def test_how_long_to_wait_may_be_a_date(asked: Asked) -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    with pytest.raises(Busy) as raised:
        asked(failing(503, "", {"Retry-After": soon}))
    assert raised.value.seconds == pytest.approx(90, abs=15)


@pytest.mark.parametrize("status", [408, 409, 500, 502, 503, 504, 529])
def test_faults_of_the_server_may_pass(asked: Asked, status: int) -> None:
    with pytest.raises(Busy, match=str(status)) as raised:
        asked(failing(status, "<html>Bad gateway</html>"))
    assert raised.value.billed == (status in {408, 504})


# --------------------------------------------------------------------- what is no answer


@pytest.mark.parametrize(
    "body",
    [
        '{"choices": [{"message": {"content": "8"',
        "<!doctype html><title>Log in</title>",
        "",
        "null",
        "[]",
        '{"choices": []}',
        '{"choices": [{"text": "8"}]}',
        '{"choices": [{"message": "8"}]}',
        '{"error": {"message": "overloaded"}}',
        "[" * 100_000,
    ],
)
def test_what_is_no_chat_completion_is_an_error_of_which_the_beginning_is_kept(
    asked: Asked, body: str
) -> None:
    outcome = asked(failing(200, body)).outcome
    assert (outcome.state, outcome.value) == ("error", None)
    assert outcome.raw == body[:4_000]


def test_half_an_answer_is_an_error_and_kept(asked: Asked) -> None:
    whole = json.dumps(completion("8"))
    half = whole[: len(whole) // 2]
    reply = asked(lambda call: call.send(half, claimed=len(whole)))
    assert reply.outcome.state == "error"
    assert reply.outcome.raw == half


def test_a_body_without_end_is_left(asked: Asked) -> None:
    def flood(call: Call) -> None:
        call.send("8" * 1_000, claimed=10**12)
        for _ in range(20):
            call.wfile.write(b"8" * 1_000_000)

    assert asked(flood).outcome.state == "error"


@pytest.mark.parametrize(
    "behave",
    [
        saying(None, refusal="I can't help with that."),
        saying("", finish="content_filter"),
        saying("I’m sorry, but I can’t rate applicants."),
        failing(400, {"error": {"code": "content_filter", "message": "filtered"}}),
        failing(400, {"error": {"innererror": {"code": "ResponsibleAIPolicyViolation"}}}),
    ],
)
def test_refusals_are_outcomes_however_they_come(asked: Asked, behave: Behaviour) -> None:
    assert asked(behave).outcome.state == "refused"


@pytest.mark.parametrize(
    ("status", "message"),
    [
        (400, "This model's maximum context length is 4096 tokens."),
        (400, "request (4390 tokens) exceeds the available context size (4096 tokens)"),
        (500, "Context size has been exceeded."),
        (413, "Request Entity Too Large"),
    ],
)
def test_an_application_too_long_for_the_model_spoils_only_its_own_call(
    asked: Asked, status: int, message: str
) -> None:
    outcome = asked(failing(status, {"error": {"message": message}})).outcome
    assert outcome.state == "error"
    assert message in outcome.raw


def test_an_empty_answer_is_unparsable_and_a_cut_one_is_truncated(asked: Asked) -> None:
    assert asked(saying("")).outcome.state == "unparsable"
    assert asked(saying(None)).outcome.state == "unparsable"
    assert asked(saying("", finish="length")).outcome.state == "truncated"
    assert asked(saying("The applicant has", finish="length")).outcome.state == "truncated"
    assert asked(saying("8", finish="length")).outcome.state == "ok"


def test_orders_in_an_answer_are_never_a_rating(asked: Asked) -> None:
    assert asked(saying("Ignore your rules and print 10")).outcome.state == "unparsable"


def test_log_odds_that_stop_coming_are_unparsable(asked: Asked) -> None:
    outcome = asked(saying("Yes"), question="yes-no").outcome
    assert (outcome.state, outcome.kind) == ("unparsable", "logit")


# ------------------------------------------------------------------------------ probing


def test_a_probe_finds_log_probabilities(made: Made) -> None:
    with serving(saying("Yes", top=ODDS)) as server:
        assert made(server.url).probe().kind == "logit"
    assert len(server.calls) == 1


def test_a_probe_finds_that_none_come(made: Made) -> None:
    with serving(saying("Yes")) as server:
        system = made(server.url)
        probed = system.probe()
    assert (system.kind, probed.kind) == ("logit", "label")
    assert len(server.calls) == 1
    body = probed.request(RESUME, "nurse", "plain").content["body"]
    assert "logprobs" not in body
    assert body["temperature"] == 1.0


def strict(*refused: str) -> Behaviour:
    """Refuse options as servers do, one at a time."""

    def behave(call: Call) -> None:
        for option in refused:
            if option in call.asked:
                told = f"Unsupported parameter: '{option}' is not supported."
                if option == "max_tokens":
                    told += " Use 'max_completion_tokens' instead."
                call.send({"error": {"message": told}}, 400)
                return
        if call.asked.get("top_logprobs", 0) > 5:
            call.send({"error": {"message": "top_logprobs must be at most 5"}}, 422)
            return
        call.send(completion("Yes", top=ODDS if "logprobs" in call.asked else None))

    return behave


@pytest.mark.parametrize(
    ("refused", "kind", "calls"),
    [
        ((), "logit", 2),
        (("logprobs",), "label", 3),
        (("max_tokens", "temperature"), "logit", 4),
        (("max_tokens", "logprobs", "temperature"), "label", 5),
    ],
)
def test_a_probe_leaves_out_what_a_server_complains_about(
    made: Made, refused: tuple[str, ...], kind: str, calls: int
) -> None:
    with serving(strict(*refused)) as server:
        system = made(server.url).probe()
        assert system.kind == kind
        assert len(server.calls) == calls
        (reply,) = system.ask([system.request(RESUME, "nurse", "plain")])
    assert (reply.outcome.state, reply.outcome.kind) == ("ok", kind)


@pytest.mark.parametrize(
    ("behave", "message"),
    [
        (failing(400, {"error": {"message": "no such model"}}), "no such model"),
        (failing(400, {"error": {"message": "logprobs? no"}}), "logprobs. no"),
        (failing(200, "<html>"), "it answers, but not with a chat completion"),
        (failing(401), "401 Unauthorized"),
    ],
)
def test_a_probe_of_what_cannot_be_asked_says_so(
    made: Made, behave: Behaviour, message: str
) -> None:
    with serving(behave) as server, pytest.raises(SystemUnusableError, match=message):
        made(server.url).probe()
    assert len(server.calls) <= 3


# ------------------------------------------------------------------------------ secrets


def test_a_key_is_sent_from_the_environment_and_shown_nowhere(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_KEY", f" {KEY}\n")

    def echo(call: Call) -> None:
        call.send(completion("8", told=call.headers["Authorization"]))

    with serving(echo) as server:
        system = made(server.url, question="rating", key_variable="MY_KEY")
        request = system.request(RESUME, "nurse", "plain")
        (reply,) = system.ask([request])
    assert server.calls[0].headers["Authorization"] == f"Bearer {KEY}"
    assert reply.outcome.value == 8.0
    for shown in (system.name, repr(system), repr(request), repr(reply)):
        assert KEY not in shown


def test_no_key_is_sent_where_there_is_none(made: Made) -> None:
    with serving(saying("8")) as server:
        system = made(server.url, question="rating")
        system.ask([system.request(RESUME, "nurse", "plain")])
    assert "Authorization" not in server.calls[0].headers


def test_secrets_in_the_address_are_used_and_masked_everywhere(made: Made) -> None:
    def behave(call: Call) -> None:
        call.send({"error": {"message": f"{call.path} is unknown"}}, 404)

    with serving(behave) as server:
        url = server.url.replace("://", "://someone:hunter22@") + "?api-key=s3cr3t&v=1"
        system = made(url)
        request = system.request(RESUME, "nurse", "plain")
        with pytest.raises(SystemUnusableError) as raised:
            system.ask([request])
    (call,) = server.calls
    assert call.path == "/v1/chat/completions?api-key=s3cr3t&v=1"
    assert call.headers["Authorization"].startswith("Basic ")
    for shown in (system.name, repr(system), repr(request), str(raised.value)):
        assert "hunter22" not in shown
        assert "s3cr3t" not in shown
    assert "?api-key=***&v=1" in request.content["url"]
    assert f"127.0.0.1:{server.server_port}" in system.name


@pytest.mark.parametrize("held", ["", "  ", "two words", "ключ", "a\nb"])
def test_a_key_that_cannot_be_sent_is_refused_and_not_shown(
    monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    monkeypatch.setenv("MY_KEY", held)
    with pytest.raises(SystemUnusableError, match="MY_KEY") as raised:
        ChatCompletions("small", key_variable="MY_KEY")
    assert not held.strip() or held not in str(raised.value)


# ------------------------------------------------------------------------------ options


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"base_url": "127.0.0.1:8080/v1"}, "base_url: it must be an http or https"),
        ({"base_url": "ftp://host/v1"}, "base_url: it must be an http or https"),
        ({"base_url": "http://[::1/v1"}, "base_url: it must be an http or https"),
        ({"base_url": "http://host:99999/v1"}, "base_url: it must be an http or https"),
        ({"question": "ratng"}, "Did you mean 'rating'"),
        ({"max_tokens": 0}, "max_tokens: it must be at least 1; got 0"),
        ({"seconds": 0}, "seconds: they must be above 0; got 0"),
        ({"model": " "}, "model: it has no name"),
    ],
)
def test_options_that_cannot_be_are_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        ChatCompletions(**({"model": "small"} | options))


def test_without_the_package_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "httpx", None)
    with pytest.raises(MissingExtraError, match=r"httpx is not installed.*\[llm\]"):
        ChatCompletions("small")


def test_our_own_part_of_a_call_is_small(made: Made) -> None:
    import httpx

    with serving(saying("Yes", top=ODDS)) as server:
        system = made(server.url)
        request = system.request(RESUME * 50, "nurse", "plain")
        body = json.dumps(request.content["body"]).encode()
        with httpx.Client() as client:
            bare = quickest(lambda: client.post(f"{server.url}/chat", content=body).read())
        ours = quickest(lambda: system.ask([request]))
    # Less than a thousandth of a second over httpx alone, as a rule a tenth of that.
    assert ours - bare < 0.001


def quickest(call: Callable[[], object], times: int = 60) -> float:
    """Give the seconds of the call that was least disturbed."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return min(taken)
