"""Calls that brought no answer: which never will work, and which may work later."""

from __future__ import annotations

import json
import math
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import SystemUnusableError
from fairaudit.resumes.systems.addresses import address_of, without_keys
from fairaudit.resumes.systems.system import Busy

if TYPE_CHECKING:
    from collections.abc import Mapping

    import httpx

_LATER = {408, 409, 425, 429}
_TOO_LONG = re.compile(
    r"(?i)context[ _-]?(?:length|size|window)|exceed_context|(?:prompt|input) is too long"
)
# Not "billing" or "quota" alone: providers put these words into passing rate limits too.
_SPENT = "insufficient_quota"

# As resolvers of Linux, macOS and Windows say it.
_NO_NAME = (
    "name or service not known",
    "name resolution",
    "no address associated",
    "nodename nor servname",
    "getaddrinfo failed",
)

_REMEDIES = {
    400: "Try a small call with this model and address by hand.",
    401: "Set the right key in the environment variable {variable}.",
    402: "The account has no credit left: add some, or use another key.",
    403: "Check that the key in {variable} may use this model.",
    404: "Check the model's name, and that {address} is the API's address.",
    405: "Check that {address} is the API's address.",
}
_OTHERWISE = "Check the model's name and the address, {address}."


def message_of(body: str) -> str:
    """What does the body of an error say, in one short line?

    Parameters
    ----------
    body : str
        JSON with an error in it, or anything.

    Returns
    -------
    str
        The message, or nothing where there is none; never more than 200 characters.

    Examples
    --------
    >>> message_of('{"error": {"message": "no such model"}}')
    'no such model'
    """
    try:
        read: Any = json.loads(body)
    except (ValueError, RecursionError):
        return ""
    error = read.get("error", read) if isinstance(read, dict) else None
    if isinstance(error, dict):
        error = error.get("message") or error.get("detail")
    if not isinstance(error, str):
        return ""
    printable = "".join(c if c.isprintable() else " " for c in error)
    return without_keys(" ".join(printable.split()))[:200]


def is_too_long(status: int, body: str) -> bool:
    """Did a request not fit into the model's context?

    Parameters
    ----------
    status : int
        Of the answer; llama.cpp gives 400 or 500.
    body : str
        Of the answer.

    Returns
    -------
    bool
        This one request fails for ever, others need not.
    """
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return True
    # https://github.com/ggml-org/llama.cpp/issues/19774
    return status in {400, 422, 500} and _TOO_LONG.search(body[:2_000]) is not None


def failure_of_status(
    status: int,
    headers: Mapping[str, str],
    body: str,
    *,
    name: str,
    address: str,
    variable: str,
) -> Busy | SystemUnusableError:
    """Is the system to be left alone for a while, or for good?

    Parameters
    ----------
    status : int
        Of the answer, not 2xx.
    headers : mapping of str to str
        In lower case.
    body : str
        Without secrets.
    name, address : str
        What was called, without secrets.
    variable : str
        Of the environment, where the key is read.

    Returns
    -------
    Busy or SystemUnusableError
        The former for what may pass (429, 5xx and the like), the latter for what will not:
        a wrong key, no such model, a quota used up.
    """
    said = _phrase(status)
    # The text of a 401 tends to quote the key.
    told = "" if status == HTTPStatus.UNAUTHORIZED else message_of(body).rstrip(".")
    if 300 <= status < 400:
        told = f"it leads to {_shown_address(headers.get('location', ''))}"
    said += told and f" ({told})"
    spent = status == HTTPStatus.TOO_MANY_REQUESTS and _SPENT in body
    never = spent or status == HTTPStatus.NOT_IMPLEMENTED
    if not never and (status in _LATER or status >= 500):
        billed = status in {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.GATEWAY_TIMEOUT}
        return Busy(said, seconds_to_wait(headers), billed=billed)
    remedy = _REMEDIES.get(402 if spent else status, _OTHERWISE)
    remedy = remedy.format(variable=variable, address=address)
    return SystemUnusableError(f"{name}: {said}. {remedy}")


def failure_of_call(
    error: httpx.RequestError, *, name: str, host: str, seconds: float
) -> Busy | SystemUnusableError:
    """What does it mean that no answer came at all?

    Parameters
    ----------
    error : httpx.RequestError
        As raised by the call.
    name, host : str
        What was called, without secrets.
    seconds : float
        How long an answer was waited for.

    Returns
    -------
    Busy or SystemUnusableError
        The latter only where a certificate is not trusted; whatever else may pass. It may
        have been billed where the request had been sent whole.
    """
    import httpx

    if isinstance(error, httpx.ConnectTimeout):
        return Busy(f"{host} does not take the connection")
    if isinstance(error, httpx.TimeoutException):
        sent = isinstance(error, httpx.ReadTimeout)
        return Busy(f"no answer from {host} within {seconds:g} s", billed=sent)
    if isinstance(error, httpx.ProxyError):
        return Busy(f"the proxy in front of {host} does not let the call through")
    if isinstance(error, httpx.ConnectError):
        return _unconnected(str(error).lower(), name, host)
    sent = isinstance(error, httpx.ReadError | httpx.RemoteProtocolError)
    return Busy(f"{host} broke off the connection", billed=sent)


def _unconnected(cause: str, name: str, host: str) -> Busy | SystemUnusableError:
    """Say why there is no connection: no trust, no such host, or nobody there."""
    if "certificate" in cause:
        return SystemUnusableError(
            f"{name}: the certificate of {host} is not trusted. Check the address, and "
            "that SSL_CERT_FILE names the authority that signed it."
        )
    if "[ssl" in cause:
        return SystemUnusableError(
            f"{name}: {host} cannot be reached by https. Check the address: it may be one "
            "of http."
        )
    if any(words in cause for words in _NO_NAME):
        why = f"the name {host} leads nowhere (no such host, or no network)"
        return Busy(why, nobody=True)
    return Busy(f"nobody listens at {host}: is the server running?", nobody=True)


def seconds_to_wait(
    headers: Mapping[str, str], now: datetime | None = None
) -> float | None:
    """How long does a server ask to be left alone?

    Parameters
    ----------
    headers : mapping of str to str
        In lower case; `retry-after` is a number of seconds or a date of HTTP,
        `retry-after-ms` a number of milliseconds.
    now : datetime, optional
        What a date is compared with; without it the clock.

    Returns
    -------
    float or None
        Seconds, never below 0; `None` where it does not say, or says nonsense.

    References
    ----------
    RFC 9110, section 10.2.3.

    Examples
    --------
    >>> seconds_to_wait({"retry-after": "7"})
    7.0
    """
    for name, unit in (("retry-after-ms", 1e-3), ("retry-after", 1.0)):
        number = _number(headers.get(name, ""))
        if number is not None:
            return max(0.0, number * unit)
    try:
        until = parsedate_to_datetime(headers.get("retry-after", ""))
    except (TypeError, ValueError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())


def _number(written: str) -> float | None:
    """Read a finite number."""
    try:
        number = float(written)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _phrase(status: int) -> str:
    """Name a status, such as "404 Not Found"."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"status {status}"


def _shown_address(location: str) -> str:
    """Write where a redirection leads, without secrets."""
    try:
        return address_of(location).masked[:200]
    except ValueError:
        return "no address"
