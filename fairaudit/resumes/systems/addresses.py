"""Where a system is called, and how its address is written without a secret in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote, unquote, urlsplit, urlunsplit

from fairaudit.core.errors import InputError
from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable

MASK = "***"

_PATH = "/chat/completions"
_SECRET_NAME = re.compile(r"(?i)key|token|secret|sig|pass|pwd|auth|cred|code|session")
# Long, of one piece, with digits among the letters: not a word, a version or a date.
_SECRET_VALUE = re.compile(
    r"(?:sk|pk|key|gsk|hf)[-_][\w-]{8,}|(?=\D*\d)(?=.*[A-Za-z])[\w-]{24,}"
)
_TOKENS = re.compile(r"\b(?:sk|pk|gsk|hf)[-_][\w*.-]{6,}|\bBearer [\w.~+/=-]{6,}")


@value
class Address:
    """Where chat completions are asked for.

    Attributes
    ----------
    masked : str
        The whole address with every secret in it masked: this one is shown and stored.
    host : str
        The host, with its port where it has one.
    """

    masked: str
    host: str


def called(base_url: str) -> str:
    """Which address is called for chat completions, secrets and all?

    Parameters
    ----------
    base_url : str
        The root of an API, such as "https://api.openai.com/v1", or the whole address.

    Returns
    -------
    str
        With the path of chat completions, any query kept.

    Raises
    ------
    InputError
        For what is no address of the web.

    Examples
    --------
    >>> called("http://127.0.0.1:8080/v1/?v=2")
    'http://127.0.0.1:8080/v1/chat/completions?v=2'
    """
    try:
        parts = urlsplit(base_url.strip())
        sound = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        sound = None
    if not sound or re.search(r"[\s\x00-\x1f]", base_url.strip()):
        raise InputError(
            "base_url: it must be an http or https address, such as "
            "'http://127.0.0.1:8080/v1', with nothing but the root of the API in it."
        )
    path = parts.path.rstrip("/")
    if not path.endswith(_PATH):
        path += _PATH
    return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))


def address_of(url: str) -> Address:
    """How is an address written without a secret in it?

    Parameters
    ----------
    url : str
        Any address.

    Returns
    -------
    Address
        User, password, and whatever in the query or the path is called or looks like a key
        are masked.

    Examples
    --------
    >>> address_of("https://me:pw@host/v1?api-version=2024-06-01&api-key=abc").masked
    'https://***@host/v1?api-version=2024-06-01&api-key=***'
    """
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    path = "/".join(MASK if _looks_secret(one) else one for one in parts.path.split("/"))
    query = "&".join(
        f"{quote(name)}={MASK if _is_secret(name, held) else quote(held)}"
        for name, held in parse_qsl(parts.query, keep_blank_values=True)
    )
    netloc = f"{MASK}@{host}" if "@" in parts.netloc else host
    return Address(masked=urlunsplit((parts.scheme, netloc, path, query, "")), host=host)


def secrets_in(url: str) -> tuple[str, ...]:
    """Which parts of an address are secret?

    Parameters
    ----------
    url : str
        As it is called.

    Returns
    -------
    tuple of str
        As written and as meant, so that both can be kept out of texts.
    """
    parts = urlsplit(url)
    user = parts.netloc.rpartition("@")[0]
    held = [user, *user.split(":")]
    held += [v for n, v in parse_qsl(parts.query) if _is_secret(n, v)]
    held += [one for one in parts.path.split("/") if _looks_secret(one)]
    found = {form for one in held for form in (one, unquote(one), quote(one, safe=""))}
    return tuple(sorted(filter(None, found)))


def without(text: str, secrets: Iterable[str]) -> str:
    """How does a text read without secrets, also where a server sends them back?

    Parameters
    ----------
    text : str
        Such as the body of an error.
    secrets : iterable of str
        To be masked wherever they stand.

    Returns
    -------
    str
        The text, masked.
    """
    # The longest first: one may be part of another. Shorter ones are parts of words.
    for secret in sorted(secrets, key=len, reverse=True):
        if len(secret) >= 4:
            text = text.replace(secret, MASK)
    return text


def without_keys(text: str) -> str:
    """How does a text read without anything that looks like a key of the web?

    Parameters
    ----------
    text : str
        Such as the message of an error, which may quote a key in part.

    Returns
    -------
    str
        The text, masked.
    """
    return _TOKENS.sub(MASK, text)


def _is_secret(name: str, held: str) -> bool:
    """Tell by the name or the look of a parameter."""
    return _SECRET_NAME.search(name) is not None or _looks_secret(held)


def _looks_secret(held: str) -> bool:
    """Tell by the look alone."""
    return _SECRET_VALUE.fullmatch(held) is not None
