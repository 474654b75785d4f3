"""Models that Inspect asks: the same messages, and its replies as chat completions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import SystemUnusableError
from fairaudit.resumes.framings import framed_messages, framings_for
from fairaudit.resumes.systems.questions import question_of
from fairaudit.resumes.systems.readers import PARSER
from fairaudit.resumes.systems.system import Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairaudit.resumes.systems.questions import Question
    from fairaudit.resumes.systems.system import Reply

# Inspect's reasons to stop, by the names that chat completions have for them.
_ENDED = {"max_tokens": "length", "model_length": "length"}


class InspectModel:
    """Which requests are made of a model that Inspect asks?

    Parameters
    ----------
    model : str, optional
        As Inspect calls it, such as "openai/gpt-4o"; without it the requests are those of
        the task, whichever model it is put to.
    question : {"yes-no", "rating", "feedback"}
        What is asked about every application.
    options : mapping, optional
        What else decides its replies, such as a temperature: calls are known again by it.

    Notes
    -----
    It satisfies `fairaudit.resumes.systems.system.System` but is not asked from here.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        question: str = "yes-no",
        options: Mapping[str, Any] | None = None,
    ) -> None:
        self._model = model
        self._question = question_of(question)
        self._options = dict(options or {})

    def __repr__(self) -> str:
        return f"<InspectModel {self.name}>"

    @property
    def name(self) -> str:
        """The model, as Inspect calls it."""
        return "inspect" if self._model is None else f"inspect:{self._model}"

    @property
    def question(self) -> Question:
        """What is asked."""
        return self._question

    @property
    def framings(self) -> tuple[str, ...]:
        """All of them, and the reverse of a question that has one."""
        return framings_for(self._question)

    @property
    def batch(self) -> int:
        """One request at once."""
        return 1

    @property
    def parser(self) -> str:
        """Version of what reads the replies."""
        return PARSER

    def request(self, text: str, job: str, framing: str) -> Request:
        """What is sent to ask about one application?

        Parameters
        ----------
        text : str
            The application.
        job : str
            Such as "data_analyst".
        framing : str
            One of `framings`.

        Returns
        -------
        Request
            With the messages that any other model is sent, and the options.
        """
        messages = framed_messages(framing, question=self._question, resume=text, job=job)
        return Request(content={"messages": messages, "options": self._options})

    def ask(self, requests: Sequence[Request]) -> Sequence[Reply]:
        """Refuse: Inspect asks, and its log is imported.

        Raises
        ------
        SystemUnusableError
            Always.
        """
        raise SystemUnusableError(
            f"{self.name}: {len(requests)} calls are to be made by Inspect. Run "
            "inspect eval fairaudit/resumes, then fairaudit resumes import."
        )


def completion_of(output: Any) -> str:  # noqa: ANN401 - of a package that may be missing
    """What Inspect keeps of a reply, as the body of a chat completion.

    Parameters
    ----------
    output : inspect_ai.model.ModelOutput
        Of any provider.

    Returns
    -------
    str
        JSON, for `fairaudit.resumes.systems.completions.reply_of`. Tokens read from a cache
        or written to one are among those sent.
    """
    body: dict[str, Any] = {"model": output.model or None, "choices": []}
    if output.choices:
        choice = output.choices[0]
        message: dict[str, Any] = {"role": "assistant", "content": choice.message.text}
        if _marked_as_refusal(choice.message.content):
            message["refusal"] = choice.message.text or "refused"
        reason = choice.stop_reason
        first = {"message": message, "finish_reason": _ENDED.get(reason, reason)}
        if choice.logprobs is not None:
            first["logprobs"] = choice.logprobs.model_dump(exclude_none=True)
        body["choices"].append(first)
    if output.error:
        body["error"] = output.error
    usage = output.usage
    if usage is not None:
        cached = (usage.input_tokens_cache_read or 0) + (
            usage.input_tokens_cache_write or 0
        )
        body["usage"] = {
            "prompt_tokens": usage.input_tokens + cached,
            "completion_tokens": usage.output_tokens,
        }
    return json.dumps(body, ensure_ascii=False)


def _marked_as_refusal(content: Any) -> bool:  # noqa: ANN401 - a text, or parts of many kinds
    """Look for a part that the provider itself calls a refusal."""
    return isinstance(content, list) and any(
        getattr(part, "refusal", None) for part in content
    )
