"""What every system under audit can do, and what passes between it and a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from fairaudit.core.value import value
from fairaudit.resumes.pair import Outcome

if TYPE_CHECKING:
    from collections.abc import Sequence


@value
class Request:
    """What is put to a system once: everything that decides its reply but chance.

    Attributes
    ----------
    content : dict
        As it is sent, in JSON; without any key or secret. Calls are known again by it.
    most_tokens_in, most_tokens_out : int
        Above which neither can come to lie, so that its cost can be reserved; 0 where
        nothing is paid for.
    """

    content: dict[str, Any]
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


class Busy(Exception):  # noqa: N818 - no error: the same request is tried again
    """A system asks to be left alone for a while; the same request is tried again.

    Parameters
    ----------
    because : str
        Such as "429 Too Many Requests".
    seconds : float, optional
        How long, where it says so.
    billed : bool
        Whether the call may have been charged all the same, as after a time-out.
    nobody : bool
        Whether nobody was there to answer.
    """

    def __init__(
        self,
        because: str,
        seconds: float | None = None,
        *,
        billed: bool = False,
        nobody: bool = False,
    ) -> None:
        super().__init__(because)
        self.because = because
        self.seconds = seconds
        self.billed = billed
        self.nobody = nobody


@runtime_checkable
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
    def framings(self) -> tuple[str, ...]:
        """Which framings it can be put under, "plain" among them.

        And "reversed" where it can be asked the reverse of its question.
        """

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
