"""The five questions of `fairaudit init`, in plain words, asked on standard error."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError, did_you_mean
from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Mapping


@value
class Question:
    """A question, the option that answers it, and the answers it allows.

    Without `choices` any text will do. Each choice says in plain words what it means.
    """

    option: str
    text: str
    choices: dict[str, str]


QUESTIONS = (
    Question(
        option="decides",
        text="1 of 5. What is decided about people? For example: who is invited to an "
        "interview.",
        choices={},
    ),
    Question(
        option="favourable",
        text="      Does a positive decision help the person or harm them?",
        choices={
            "selected": "it helps: hired, admitted, granted",
            "not-selected": "it harms: flagged, refused, detained",
        },
    ),
    Question(
        option="worst",
        text="2 of 5. Which mistake does the worse harm to the people it happens to?",
        choices={
            "wrongly-selected": "a positive decision about somebody it should not be about",
            "wrongly-rejected": "no positive decision about somebody it should be about",
            "both": "neither is much worse than the other",
        },
    ),
    Question(
        option="labels",
        text="3 of 5. Can you believe what your data record as the right answer?",
        choices={
            "trusted": "yes, for every group alike",
            "biased": "perhaps not: it records earlier judgements, arrests, ratings",
            "none": "no right answer is recorded",
        },
    ),
    Question(
        option="shares_goal",
        text="4 of 5. Does a law or a goal of yours ask for similar shares of every group?",
        choices={"yes": "the shares themselves matter", "no": "only being right matters"},
    ),
    Question(
        option="acted_on",
        text="5 of 5. Will somebody act on a decision as a statement about the person, "
        "such as a risk?",
        choices={
            "selections": "on positive decisions",
            "both": "on positive and on negative ones",
            "no": "no, the decision simply takes effect",
        },
    ),
)
"""In the order asked; the first question has two parts."""


def ask_all(given: Mapping[str, str | None]) -> dict[str, str]:
    """Ask what was not given as an option.

    Raises
    ------
    InputError
        When the answers end too early; the options that would answer are named.
    """
    answers: dict[str, str] = {}
    for question in QUESTIONS:
        already = given.get(question.option)
        answers[question.option] = _ask(question) if already is None else already
    return answers


def option_name(question: Question) -> str:
    """Name the option that answers a question."""
    return f"--{question.option.replace('_', '-')}"


def _ask(question: Question) -> str:
    """Ask until there is an answer."""
    _tell(question.text)
    for number, (choice, meaning) in enumerate(question.choices.items(), start=1):
        _tell(f"          {number}  {choice}: {meaning}")
    while True:
        print("      > ", end="", file=sys.stderr, flush=True)
        line: Any = sys.stdin.readline() if sys.stdin is not None else ""
        if not line:
            _tell("")
            raise InputError(
                f"init: the answers ended before all questions were answered, so nothing "
                f"was written. This one is answered by {option_name(question)} too."
            )
        answer = _understood(question, line.strip())
        if answer is not None:
            return answer


def _understood(question: Question, answer: str) -> str | None:
    """Take a text, a choice or its number; otherwise say what can be answered."""
    if not question.choices:
        return answer or None
    names = list(question.choices)
    if answer.isdecimal() and 0 < int(answer) <= len(names):
        return names[int(answer) - 1]
    if answer.casefold() in names:
        return answer.casefold()
    _tell(f"      Answer {' or '.join(names)}.{did_you_mean(answer, names)}")
    return None


def _tell(text: str) -> None:
    """Write a line of the conversation."""
    print(text, file=sys.stderr)
