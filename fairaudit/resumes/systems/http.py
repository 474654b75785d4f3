"""Models behind an OpenAI-compatible address, asked over HTTP."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any, Self
from unicodedata import normalize

from fairaudit.core.errors import InputError, SystemUnusableError
from fairaudit.core.value import replace
from fairaudit.resumes.effects.answers import PLAIN
from fairaudit.resumes.framings import framed_messages, framings_for
from fairaudit.resumes.systems.completions import has_log_probabilities, reply_of
from fairaudit.resumes.systems.connection import USUAL_VARIABLE, Connection
from fairaudit.resumes.systems.manners import Manner, simpler
from fairaudit.resumes.systems.questions import question_of
from fairaudit.resumes.systems.readers import PARSER
from fairaudit.resumes.systems.system import Reply, Request

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairaudit.resumes.pair import Kind
    from fairaudit.resumes.systems.connection import Answer

OPENAI = "https://api.openai.com/v1"

# What chat templates put around a message, and before and after all of them: special
# tokens, names of roles, and the preamble with a date that some write.
_PER_MESSAGE = 16
_PER_REQUEST = 64

_SAMPLE = "Office assistant since 2019.\nCertificate in office administration."


class ChatCompletions:
    """Which answers does a model give that is served as OpenAI serves its own?

    Parameters
    ----------
    model : str
        As the server calls it.
    base_url : str
        Root of the API. What is secret in it (user, password, a key in the query) is used
        for the call and shown nowhere.
    question : {"yes-no", "rating", "feedback"}
        What is asked about every application.
    log_probabilities : bool
        Read the odds of yes against no instead of one word of either, which tells far more
        from as many calls. `probe` finds out whether the server offers them.
    temperature : float, optional
        Without it 0 where log-probabilities are read, and otherwise 1, as whoever does not
        set it gets: a system is audited as it is used.
    max_tokens : int, optional
        The longest answer. Models that think before they answer need more than the default.
    seed : int, optional
        Handed to the server with every request. It makes repeats alike.
    key_variable : str
        Of the environment. Without such a variable no key is sent, as to a server of one's
        own; it must be there where another one than the default is named.
    seconds : float
        How long an answer is waited for.

    Raises
    ------
    InputError
        For an address or option that cannot be.
    SystemUnusableError
        When the variable that is named holds no key.
    MissingExtraError
        Where the package httpx is not installed.

    Notes
    -----
    It satisfies `fairaudit.resumes.systems.system.System`; many threads can use it at once.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str = OPENAI,
        question: str = "yes-no",
        log_probabilities: bool = True,
        temperature: float | None = None,
        max_tokens: int | None = None,
        seed: int | None = None,
        key_variable: str = USUAL_VARIABLE,
        seconds: float = 60.0,
    ) -> None:
        if not model.strip():
            raise InputError("model: it has no name. Give it as the server calls it.")
        if not seconds > 0:
            raise InputError(f"seconds: they must be above 0; got {seconds}.")
        self._model = model
        self._question = question_of(question)
        self._temperature = temperature
        self._most = self._question.most_tokens if max_tokens is None else max_tokens
        if self._most < 1:
            raise InputError(f"max_tokens: it must be at least 1; got {self._most}.")
        self._seed = seed
        self._manner = Manner(top=20 if log_probabilities and question == "yes-no" else 0)
        self._line = Connection(
            base_url, name=f"openai:{model}", key_variable=key_variable, seconds=seconds
        )

    def __repr__(self) -> str:
        return f"<ChatCompletions {self.name}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections; those that `probe` gave have the same ones."""
        self._line.close()

    @property
    def name(self) -> str:
        """The model and where it is served, without any secret."""
        return self._line.name

    @property
    def kind(self) -> Kind:
        """Log-odds, yes or no, a rating, or a text."""
        if self._question.name == "yes-no":
            return "logit" if self._manner.top else "label"
        return "rating" if self._question.name == "rating" else "text"

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

    def probe(self) -> Self:
        """How does the server want to be asked; does it offer log-probabilities?

        One call about an application made up for it; another after each complaint about an
        option that can be done without. To be done before a run, so that all of it is asked
        in one way.

        Returns
        -------
        ChatCompletions
            With the same connections, and a kind that the server can give.

        Raises
        ------
        Busy
            When it should be tried again later.
        SystemUnusableError
            When it cannot be asked at all, or does not answer as OpenAI does.
        """
        system = self
        while True:
            answer = self._line.post(system.probe_request().content["body"])
            if answer.is_success:
                return system._settled(answer)
            manner = simpler(system._manner, answer)
            if manner is None:
                raise self._line.failure(answer)
            system = system._asking(manner)

    def probe_request(self) -> Request:
        """What does `probe` send, and what can it come to?

        Returns
        -------
        Request
            About an application made up for it.
        """
        return self.request(_SAMPLE, "office assistant", PLAIN)

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
            With the address, masked, and the body.
        """
        messages = framed_messages(framing, question=self._question, resume=text, job=job)
        body: dict[str, Any] = {"model": self._model, "messages": messages}
        if self._manner.with_temperature:
            usual = 0.0 if self.kind == "logit" else 1.0
            body["temperature"] = usual if self._temperature is None else self._temperature
        body[self._manner.limit] = self._most
        if self._manner.top:
            body |= {"logprobs": True, "top_logprobs": self._manner.top}
        if self._seed is not None:
            body["seed"] = self._seed
        return Request(
            content={"url": self._line.address.masked, "body": body},
            most_tokens_in=_most_tokens(messages),
            most_tokens_out=self._most,
        )

    def ask(self, requests: Sequence[Request]) -> Sequence[Reply]:
        """What does the model answer?

        Parameters
        ----------
        requests : sequence of Request
            As made by `request`.

        Returns
        -------
        list of Reply
            In the same order. What is no chat completion is an error, and so is a request
            too long for the model; what a filter declined is refused.

        Raises
        ------
        Busy
            For what may pass: 429, 5xx, time-outs, nobody there.
        SystemUnusableError
            For what will not: a wrong key, no such model.
        """
        return [self._reply(request) for request in requests]

    def _reply(self, request: Request) -> Reply:
        """Ask once."""
        answer = self._line.post(request.content["body"])
        if not answer.is_success and not answer.concerns_the_request:
            raise self._line.failure(answer)
        return reply_of(answer.body, self._question.name, self.kind)

    def _settled(self, answer: Answer) -> Self:
        """Do without log-probabilities where none came."""
        if reply_of(answer.body, self._question.name, self.kind).outcome.state == "error":
            raise SystemUnusableError(
                f"{self.name}: it answers, but not with a chat completion. Check that "
                f"{self._line.address.masked} is the API's address."
            )
        if self._manner.top and not has_log_probabilities(answer.body):
            return self._asking(replace(self._manner, top=0))
        return self

    def _asking(self, manner: Manner) -> Self:
        """Make a system that asks in another manner over the same connections."""
        other = copy(self)
        other._manner = manner  # noqa: SLF001 - a copy of one's own
        return other


def _most_tokens(messages: Sequence[Mapping[str, str]]) -> int:
    """Bound the tokens of messages: none is shorter than a byte of its text in UTF-8.

    Some tokenizers write characters in their compatible form first, which can be longer.
    """
    contents = [message["content"] for message in messages]
    size = sum(
        max(len(text.encode()), len(normalize("NFKC", text).encode())) for text in contents
    )
    return size + _PER_MESSAGE * len(contents) + _PER_REQUEST
