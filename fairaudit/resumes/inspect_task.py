"""A study as a task of Inspect, so that every model it knows can be audited.

::

    inspect eval fairaudit/resumes -T study=study --model openai/gpt-4o

Inspect finds it by the entry point ``inspect_ai`` of this package. Its log is read back by
`fairaudit resumes import`; what the scorer says is for Inspect's own display.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from inspect_ai import Task
from inspect_ai import task as registered
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import (
    ChatMessage,
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageUser,
    GenerateConfig,
)
from inspect_ai.scorer import Score, Scorer, Target, mean, scorer
from inspect_ai.solver import TaskState, generate

from fairaudit.resumes.folder import read
from fairaudit.resumes.running.calls import calls_of
from fairaudit.resumes.systems.completions import has_log_probabilities, reply_of
from fairaudit.resumes.systems.inspect_model import InspectModel, completion_of
from fairaudit.resumes.systems.questions import question_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.resumes.pair import Kind, Outcome
    from fairaudit.resumes.running.calls import Call
    from fairaudit.resumes.systems.questions import Asked

_LEAST_TOKENS = 16
"""Some providers refuse to be asked for shorter answers."""

_ROLES = {
    "system": ChatMessageSystem,
    "user": ChatMessageUser,
    "assistant": ChatMessageAssistant,
}


def resumes(
    study: str,
    framings: str | list[str] = "plain",
    repeats: int = 1,
    question: str = "yes-no",
) -> Task:
    """Does a model answer the same application differently under another name?

    Parameters
    ----------
    study : str
        Folder of the study, as `fairaudit resumes generate` wrote it.
    framings : str or list of str
        As of `fairaudit resumes run`; "plain" is always among them.
    repeats : int
        How often each application is shown under each framing.
    question : {"yes-no", "rating", "feedback"}
        What is asked about every application.

    Returns
    -------
    Task
        A sample for each call, in the order of a run. A call that fails is an error and
        ends nothing.
    """
    made = read(study)
    wanted = framings.split(",") if isinstance(framings, str) else framings
    names = [name for word in wanted if (name := word.strip())]
    asked = question_of(question)
    calls = calls_of(made, InspectModel(question=question), framings=names, repeats=repeats)
    return Task(
        dataset=MemoryDataset([_sample(call) for call in calls], name=study),
        solver=generate(),
        scorer=reading(asked.name),
        config=GenerateConfig(max_tokens=max(asked.most_tokens, _LEAST_TOKENS)),
        fail_on_error=False,
        metadata={
            "fairaudit": {
                "study": made.hash,
                "question": asked.name,
                "framings": list(dict.fromkeys(call.framing for call in calls)),
                "repeats": repeats,
            }
        },
    )


# Inspect puts the name of the package before that of a task where the package is installed
# as a wheel, and does not where it is installed from a source tree.
for _name in ("resumes", "fairaudit/resumes"):
    registered(name=_name)(resumes)


@scorer(metrics={"*": [mean()]})
def reading(question: Asked) -> Scorer:
    """What does a reply say, and does it say anything?

    Parameters
    ----------
    question : {"yes-no", "rating", "feedback"}
        What was asked.

    Returns
    -------
    Scorer
        The answer (log-odds, 1 or 0, a rating, or the words of a text) and, as 1 or 0, each
        way to give none. Inspect leaves an answer that is not there out of its mean.
    """

    async def score(state: TaskState, target: Target) -> Score:  # noqa: ARG001 - Inspect's
        raw = completion_of(state.output)
        kinds: dict[Asked, Kind] = {
            "yes-no": "logit" if has_log_probabilities(raw) else "label",
            "rating": "rating",
            "feedback": "text",
        }
        outcome = reply_of(raw, question, kinds[question]).outcome
        answer = _number(outcome)
        return Score(
            value={
                "answer": float("nan") if answer is None else answer,
                "refused": int(outcome.state == "refused"),
                "unparsable": int(outcome.state == "unparsable"),
                "truncated": int(outcome.state == "truncated"),
            },
            answer=state.output.completion,
            explanation=outcome.state,
        )

    return score


def _sample(call: Call) -> Sample:
    """Make a sample of a call, known again by its key."""
    return Sample(
        id=call.key,
        input=_messages(call.request.content["messages"]),
        metadata={
            "pair": call.pair,
            "half": call.half,
            "framing": call.framing,
            "repeat": call.repeat,
            "position": call.position,
        },
    )


def _messages(said: Sequence[dict[str, str]]) -> list[ChatMessage]:
    """Put messages into Inspect's classes."""
    return [_ROLES[one["role"]](content=one["content"]) for one in said]


def _number(outcome: Outcome) -> float | None:
    """Give the answer, or how many words were written."""
    if outcome.state != "ok" or outcome.text is None:
        return outcome.value
    return float(len(outcome.text.split()))
