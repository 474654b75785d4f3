from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fairaudit.core.errors import SystemUnusableError
from fairaudit.resumes.systems.failures import failure_of_call, message_of, seconds_to_wait
from fairaudit.resumes.systems.http import ChatCompletions
from fairaudit.resumes.systems.system import Busy
from tests.resumes.servers import saying, serving

httpx = pytest.importorskip("httpx")


@pytest.mark.parametrize(
    ("date", "seconds"),
    [
        # The forms of RFC 9110, section 5.6.7, and one in the past.
        ("Sun, 06 Nov 1994 08:49:37 GMT", 37.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 37.0),
        ("Sun Nov  6 08:49:37 1994", 37.0),
        ("Sun, 06 Nov 1994 08:00:00 GMT", 0.0),
    ],
)
def test_dates_of_http_are_read(date: str, seconds: float) -> None:
    now = datetime(1994, 11, 6, 8, 49, tzinfo=UTC)
    assert seconds_to_wait({"retry-after": date}, now) == seconds


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('{"error": {"message": "too\\u001b[31m\\n red"}}', "too [31m red"),
        ('{"error": "plain"}', "plain"),
        ('{"detail": 7}', ""),
        ('{"message": "flat"}', "flat"),
        ("<html>", ""),
        ("[" * 100_000, ""),
        ('{"error": {"message": "key sk-abcdef123 is wrong"}}', "key *** is wrong"),
    ],
)
def test_messages_of_servers_are_shown_on_one_line_without_keys(
    body: str, message: str
) -> None:
    assert message_of(body) == message


def test_messages_of_servers_are_cut() -> None:
    assert len(message_of('{"error": "%s"}' % ("x" * 900))) == 200


def test_https_to_a_server_of_http_is_said_to_be_that() -> None:
    with serving(saying("8")) as server:
        url = server.url.replace("http:", "https:")
        with (
            ChatCompletions("small", base_url=url, seconds=5) as system,
            pytest.raises(SystemUnusableError, match="it may be one of http"),
        ):
            system.ask([system.request("Kim", "nurse", "plain")])


@pytest.mark.parametrize(
    ("error", "message", "billed"),
    [
        (httpx.ConnectTimeout(""), "host does not take the connection", False),
        (httpx.WriteTimeout(""), "no answer from host", False),
        (httpx.ReadTimeout(""), "no answer from host within 5 s", True),
        (httpx.ReadError("reset"), "host broke off", True),
        (httpx.WriteError("reset"), "host broke off", False),
        (httpx.ProxyError("407"), "the proxy in front of host", False),
    ],
)
def test_only_what_was_sent_whole_may_have_been_billed(
    error: httpx.RequestError, message: str, *, billed: bool
) -> None:
    found = failure_of_call(error, name="n", host="host", seconds=5)
    assert isinstance(found, Busy)
    assert message in found.because
    assert found.billed == billed


def test_a_certificate_that_is_not_trusted_never_will_be() -> None:
    error = httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")
    found = failure_of_call(error, name="openai:small at host", host="host", seconds=5)
    assert isinstance(found, SystemUnusableError)
    assert "the certificate of host is not trusted" in str(found)
