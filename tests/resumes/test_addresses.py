from __future__ import annotations

import pytest

from fairaudit.resumes.systems.addresses import (
    address_of,
    called,
    secrets_in,
    without,
    without_keys,
)

LONG = "a1b2c3d4e5f6a7b8c9d0e1f2a3"


@pytest.mark.parametrize(
    ("base_url", "url"),
    [
        ("https://host/v1", "https://host/v1/chat/completions"),
        ("https://host/v1/", "https://host/v1/chat/completions"),
        ("https://host", "https://host/chat/completions"),
        ("https://host/v1/chat/completions", "https://host/v1/chat/completions"),
        ("http://[::1]:8080/v1", "http://[::1]:8080/v1/chat/completions"),
        (
            "https://host/openai/deployments/d?api-version=2024-06-01#x",
            "https://host/openai/deployments/d/chat/completions?api-version=2024-06-01",
        ),
    ],
)
def test_the_path_of_chat_completions_is_added_once(base_url: str, url: str) -> None:
    assert called(base_url) == url


@pytest.mark.parametrize(
    ("url", "masked"),
    [
        ("https://host/v1", "https://host/v1"),
        ("https://host:8443/v1?v=2", "https://host:8443/v1?v=2"),
        ("https://user:pw@host/v1", "https://***@host/v1"),
        ("https://token@host/v1", "https://***@host/v1"),
        ("https://host/v1?key=a&model=b", "https://host/v1?key=***&model=b"),
        ("https://host/v1?API-Key=a", "https://host/v1?API-Key=***"),
        ("https://host/v1?access_token=a", "https://host/v1?access_token=***"),
        ("https://host/v1?sig=a&sv=2024", "https://host/v1?sig=***&sv=2024"),
        (f"https://host/v1?x={LONG}", "https://host/v1?x=***"),
        (f"https://host/{LONG}/v1", "https://host/***/v1"),
        ("https://host/sk-abcdefgh/v1", "https://host/***/v1"),
        ("https://host/deployments/gpt-4o-mini", "https://host/deployments/gpt-4o-mini"),
    ],
)
def test_secrets_in_an_address_are_masked_and_nothing_else(url: str, masked: str) -> None:
    assert address_of(url).masked == masked
    assert "@" not in address_of(url).host
    for secret in secrets_in(url):
        assert len(secret) < 4 or secret not in masked


def test_secrets_are_known_as_written_and_as_meant() -> None:
    found = secrets_in("https://me:p%40ss@host/v1?key=a%2Bb%3D")
    assert {"p%40ss", "p@ss", "a+b=", "a%2Bb%3D"} <= set(found)


def test_texts_are_shown_without_secrets() -> None:
    assert without("so abcd and abcdef", ("abcd", "abcdef")) == "so *** and ***"
    # A secret of three letters would mask parts of words.
    assert without("the method", ("the",)) == "the method"


@pytest.mark.parametrize(
    "text", ["Incorrect key: sk-abc12345", "sk-proj-ab***yz given", "Bearer abcdef12345"]
)
def test_what_looks_like_a_key_is_masked(text: str) -> None:
    assert "***" in without_keys(text)
    assert "ab" not in without_keys(text).replace("***", "")
