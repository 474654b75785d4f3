"""What every system under audit can do, and what passes between it and a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairaudit.resumes.pair import Kind, Outcome


@value
class Request:
    """What is put to a system once: everything that decides its reply but chance.

    Attributes
    ----------
    content : mapping
        As it is sent, in JSON; without any key or secret. Calls are known again by it.
    most_tokens_in, most_tokens_out : int
        Above which neither can come to lie, so that its cost can be reserved; 0 where
        nothing is paid for.
    """

    content: Mapping[str, Any]
    most_tokens_in: int = 0
    most_tokens_out: int = 0


@value
class Reply:
    """What came back.

    Attributes
    ----------
    outcome : Outcome
        Parsed, the raw reply kept.
    tokens_in, tokens_out : int or None
        As the system counted them; `None` where it does not say.
    model : str or None
        What the system says it is, such as a dated model or its fingerprint.
    """

    outcome: Outcome
    tokens_in: int | None = None
    tokens_out: int | None = None
    model: str | None = None


class Busy(Exception):
    """A system asks to be left alone for a while; the same request is tried again.

    Parameters
    ----------
    because : str
        Such as "429 Too Many Requests".
    seconds : float, optional
        How long, where it says so.
    billed : bool
        Whether the call may have been charged all the same, as after a time-out.
    """

    def __init__(
        self, because: str, seconds: float | None = None, *, billed: bool = False
    ) -> None:
        super().__init__(because)
        self.because = because
        self.seconds = seconds
        self.billed = billed


class System(Protocol):
    """A system under audit.

    What will never work (a wrong key, no such model) raises
    `fairaudit.core.errors.SystemUnusableError`; what may work later raises `Busy`; anything
    else that a call brings is an outcome.
    """

    @property
    def name(self) -> str:
        """What it is called in a report, without any secret."""

    @property
    def kind(self) -> Kind:
        """Of its answers."""

    @property
    def framings(self) -> tuple[str, ...]:
        """Which framings it can be put under, "plain" among them."""

    @property
    def batch(self) -> int:
        """How many requests it takes at once."""

    @property
    def parser(self) -> str:
        """Which version of what reads its replies."""

    def request(self, text: str, job: str, framing: str) -> Request:
        """Make the request for one application to a job family, under a framing."""

    def ask(self, requests: Sequence[Request]) -> Sequence[Reply]:
        """Put up to `batch` requests to it and give as many replies, in order."""

    def read(self, raw: str) -> Outcome:
        """Parse a raw reply that was kept."""
