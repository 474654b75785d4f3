"""How a server wants to be asked: which options it takes, found out from its complaints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fairaudit.core.value import replace, value
from fairaudit.resumes.systems.failures import message_of

if TYPE_CHECKING:
    from fairaudit.resumes.systems.connection import Answer


@value
class Manner:
    """Which options are sent; servers differ in what they take.

    Attributes
    ----------
    top : {20, 5, 0}
        How many of the likeliest tokens are asked for: as many as OpenAI gives, as many as
        others give, or none.
    limit : {"max_tokens", "max_completion_tokens"}
        What the longest answer is called: OpenAI's newer models refuse the older name.
    with_temperature : bool
        Some models have one temperature and refuse to be told.
    """

    top: Literal[20, 5, 0]
    limit: Literal["max_tokens", "max_completion_tokens"] = "max_tokens"
    with_temperature: bool = True


def simpler(manner: Manner, answer: Answer) -> Manner | None:
    """Which option does a server complain about, and how is it asked without?

    Parameters
    ----------
    manner : Manner
        How it was asked.
    answer : Answer
        What it said, not 2xx.

    Returns
    -------
    Manner or None
        `None` where the complaint is about none of the options.
    """
    if answer.status not in {400, 422}:
        return None
    told = message_of(answer.body).lower() or answer.body[:500].lower()
    if "max_completion_tokens" in told and manner.limit == "max_tokens":
        return replace(manner, limit="max_completion_tokens")
    if ("logprob" in told or "log prob" in told) and manner.top:
        return replace(manner, top=5 if manner.top > 5 else 0)
    if "temperature" in told and manner.with_temperature:
        return replace(manner, with_temperature=False)
    return None
