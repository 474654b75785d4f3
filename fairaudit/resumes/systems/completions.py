"""Bodies of chat completions, read: an answer, a refusal, or something else entirely."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fairaudit.core.value import replace
from fairaudit.resumes.pair import Outcome
from fairaudit.resumes.systems.log_odds import log_odds
from fairaudit.resumes.systems.readers import read_reply
from fairaudit.resumes.systems.system import Reply

if TYPE_CHECKING:
    from fairaudit.resumes.pair import Kind, State
    from fairaudit.resumes.systems.questions import Asked

_FOREIGN = 4_000
"""How much is kept of a body that is no chat completion."""

_FILTERED = {"content_filter", "content_policy_violation", "ResponsibleAIPolicyViolation"}


def reply_of(raw: str, question: Asked, kind: Kind) -> Reply:
    """What does the body of an answer say?

    Parameters
    ----------
    raw : str
        The body as it came.
    question : {"yes-no", "rating", "feedback"}
        What was asked.
    kind : {"logit", "label", "rating", "text"}
        Of the outcomes wanted; "logit" reads log-probabilities.

    Returns
    -------
    Reply
        An error where the body is no chat completion: HTML, half an answer, no choices. The
        raw reply is the body.

    Examples
    --------
    >>> body = '{"choices": [{"message": {"content": "Yes."}, "finish_reason": "stop"}]}'
    >>> reply_of(body, "yes-no", "label").outcome.value
    1.0
    """
    body = _loaded(raw)
    choice = _first(body.get("choices"))
    message = choice.get("message")
    if not isinstance(message, dict):
        state: State = "refused" if is_filtered(raw) else "error"
        return Reply(
            outcome=Outcome(state=state, kind=kind, value=None, raw=raw[:_FOREIGN])
        )
    usage = _table(body.get("usage"))
    return Reply(
        outcome=_outcome(choice, message, raw, question, kind),
        tokens_in=_count(usage.get("prompt_tokens")),
        tokens_out=_count(usage.get("completion_tokens")),
        model=_model(body),
    )


def is_filtered(raw: str) -> bool:
    """Was a request declined by a filter before any model saw it?

    Parameters
    ----------
    raw : str
        The body of an error.

    Returns
    -------
    bool
        True where the code of the error, or the one inside it, says so.
    """
    error = _table(_loaded(raw).get("error"))
    inner = _table(error.get("innererror"))
    return any(
        isinstance(e.get("code"), str) and e["code"] in _FILTERED for e in (error, inner)
    )


def has_log_probabilities(raw: str) -> bool:
    """Do log-probabilities come with an answer?

    Parameters
    ----------
    raw : str
        The body as it came.

    Returns
    -------
    bool
        Whether the likeliest tokens are listed at any place.
    """
    content = _table(_first(_loaded(raw).get("choices")).get("logprobs")).get("content")
    return isinstance(content, list) and any(_table(t).get("top_logprobs") for t in content)


def _outcome(
    choice: dict[str, Any], message: dict[str, Any], raw: str, question: Asked, kind: Kind
) -> Outcome:
    """Read the message of a choice."""
    empty = Outcome(state="unparsable", kind=kind, value=None, raw=raw)
    ended = choice.get("finish_reason")
    if ended == "content_filter" or message.get("refusal"):
        return replace(empty, state="refused")
    said = read_reply(question, _content(message.get("content")))
    if said.state == "refused":
        return replace(empty, state="refused")
    cut = ended == "length"
    if question == "feedback" and said.state == "ok":
        return replace(empty, state="truncated" if cut else "ok", text=said.text)
    if kind == "logit":
        found = log_odds(_table(choice.get("logprobs")).get("content"))
    else:
        found = said.number
    if found is None:
        return replace(empty, state="truncated" if cut else "unparsable")
    return replace(empty, state="ok", value=found)


def _loaded(raw: str) -> dict[str, Any]:
    """Read JSON; anything else is an empty table."""
    try:
        return _table(json.loads(raw))
    except (ValueError, RecursionError):
        return {}


def _content(content: Any) -> str:  # noqa: ANN401 - whatever a server sends
    """Give the text of a message, also where it comes in parts."""
    if isinstance(content, list):
        parts = (_table(part).get("text") for part in content)
        content = "".join(part for part in parts if isinstance(part, str))
    # Half of a surrogate pair can stand in JSON and nowhere else.
    return content.encode("utf-8", "replace").decode() if isinstance(content, str) else ""


def _first(choices: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a server sends
    """Give the first choice, or an empty table."""
    return _table(choices[0]) if isinstance(choices, list) and choices else {}


def _table(given: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever a server sends
    """Take a table for one, and anything else for an empty one."""
    return given if isinstance(given, dict) else {}


def _count(given: Any) -> int | None:  # noqa: ANN401 - whatever a server sends
    """Take a number of tokens."""
    return given if type(given) is int and given >= 0 else None


def _model(body: dict[str, Any]) -> str | None:
    """Say which model answered, with its fingerprint."""
    model, mark = body.get("model"), body.get("system_fingerprint")
    if not isinstance(model, str):
        return None
    return f"{model} ({mark})" if isinstance(mark, str) and mark else model
