"""The line to a server: one request, what came back, and no secret outside it."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import MissingExtraError, SystemUnusableError
from fairaudit.core.value import value
from fairaudit.resumes.systems.addresses import address_of, called, secrets_in, without
from fairaudit.resumes.systems.completions import is_filtered
from fairaudit.resumes.systems.failures import (
    failure_of_call,
    failure_of_status,
    is_too_long,
)
from fairaudit.resumes.systems.system import Busy

if TYPE_CHECKING:
    import httpx

USUAL_VARIABLE = "OPENAI_API_KEY"

# An answer of 300 tokens with its probabilities has not a tenth of it.
_MOST_BYTES = 4_000_000


@value
class Answer:
    """What came back over the line, without secrets.

    Attributes
    ----------
    status : int
        Of HTTP.
    headers : mapping of str to str
        In lower case.
    body : str
        All that came, even if the line broke before its end.
    """

    status: int
    headers: Mapping[str, str]
    body: str

    @property
    def is_success(self) -> bool:
        """Whether the server says that it went well."""
        return 200 <= self.status < 300

    @property
    def concerns_the_request(self) -> bool:
        """Whether this one request is declined, and not the system at fault."""
        return is_too_long(self.status, self.body) or is_filtered(self.body)


class Connection:
    """A line to one address, which many threads can share.

    Parameters
    ----------
    base_url : str
        Root of the API, or the whole address.
    name : str
        Of the system, for messages; the host is added.
    key_variable : str
        Of the environment, from which the key is read.
    seconds : float
        How long an answer is waited for.
    """

    def __init__(
        self, base_url: str, *, name: str, key_variable: str, seconds: float
    ) -> None:
        self._url = called(base_url)
        self.address = address_of(self._url)
        self.name = f"{name} at {self.address.host}"
        self._variable = key_variable
        self._seconds = seconds
        key = _key_in(key_variable)
        self._secrets = tuple(filter(None, (key, *secrets_in(self._url))))
        self._client = _client(key, seconds)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def post(self, body: Mapping[str, Any]) -> Answer:
        """What does the server say to a body?

        Parameters
        ----------
        body : mapping
            To be sent as JSON.

        Returns
        -------
        Answer
            Of any status.

        Raises
        ------
        Busy
            When no answer came.
        SystemUnusableError
            When its certificate is not trusted.
        """
        import httpx

        sent = json.dumps(body).encode()
        until = time.monotonic() + self._seconds
        parts: list[bytes] = []
        try:
            with self._client.stream("POST", self._url, content=sent) as response:
                # Once an answer has begun, what there is of it is the answer.
                with suppress(
                    httpx.ReadError, httpx.RemoteProtocolError, httpx.DecodingError
                ):
                    self._collect(response, parts, until)
                status, headers = response.status_code, dict(response.headers)
        except httpx.RequestError as error:
            raise failure_of_call(
                error, name=self.name, host=self.address.host, seconds=self._seconds
            ) from None
        text = without(b"".join(parts).decode("utf-8", "replace"), self._secrets)
        return Answer(status=status, headers=headers, body=text)

    def failure(self, answer: Answer) -> Busy | SystemUnusableError:
        """What does an answer mean that is none?

        Parameters
        ----------
        answer : Answer
            Not 2xx.

        Returns
        -------
        Busy or SystemUnusableError
            To be raised.
        """
        return failure_of_status(
            answer.status,
            answer.headers,
            answer.body,
            name=self.name,
            address=self.address.masked,
            variable=self._variable,
        )

    def _collect(self, response: httpx.Response, parts: list[bytes], until: float) -> None:
        """Take the parts of a body until it ends, is too long, or time is over."""
        size = 0
        for part in response.iter_bytes():
            parts.append(part)
            size += len(part)
            if size > _MOST_BYTES:
                return
            if time.monotonic() > until:
                raise Busy(
                    f"no whole answer from {self.address.host} within {self._seconds:g} s",
                    billed=True,
                )


def _key_in(variable: str) -> str:
    """Read a key from the environment; nothing where the usual variable is not set."""
    key = os.environ.get(variable, "").strip()
    if not key and variable != USUAL_VARIABLE:
        raise SystemUnusableError(
            f"key_variable: the environment variable {variable} is not set or empty."
        )
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise SystemUnusableError(
            f"key_variable: what {variable} holds is no key; it has spaces or signs in it "
            "that cannot be sent."
        )
    return key


def _client(key: str, seconds: float) -> httpx.Client:
    """Open a client."""
    try:
        import httpx
    except ImportError as missing:
        raise MissingExtraError(
            "openai: the package httpx is not installed; "
            "pip install 'fairaudit-toolkit[llm]'."
        ) from missing
    headers = {"Content-Type": "application/json"}
    if key:
        headers["Authorization"] = f"Bearer {key}"
    return httpx.Client(
        headers=headers,
        timeout=httpx.Timeout(seconds, connect=min(10.0, seconds), pool=None),
        # As many as there are threads: whoever runs them decides on their number.
        limits=httpx.Limits(max_connections=None, max_keepalive_connections=64),
    )
