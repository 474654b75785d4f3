"""Options that say which system is asked, and the system they name."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

from fairaudit.cli.help import Headed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from contextlib import AbstractContextManager

    from fairaudit.resumes.running.budget import Caps
    from fairaudit.resumes.running.records import RunStore
    from fairaudit.resumes.systems.system import System

_SYSTEM: Callable[..., Headed] = partial(Headed, heading="Which system")

_MODELS = "openai:"
_OF_MODELS = (
    "base_url",
    "question",
    "log_probabilities",
    "temperature",
    "max_answer",
    "timeout",
    "key_variable",
)
_WAITS = (1.0, 2.0, 4.0)
"""Seconds between the tries of the first call."""

SYSTEM = (
    _SYSTEM(
        ["--system"],
        required=True,
        metavar="NAME",
        help="module:attribute, a function or pipeline of your own; or openai:MODEL.",
    ),
    _SYSTEM(
        ["--base-url", "--endpoint", "base_url"],
        metavar="URL",
        help="Where the model is served, as OpenAI serves its own (there).",
    ),
    _SYSTEM(
        ["--question"],
        metavar="yes-no|rating|feedback",
        help="What the model is asked about an application (yes-no).",
    ),
    _SYSTEM(
        ["--log-probabilities/--no-log-probabilities"],
        default=None,
        help="Read the odds of yes against no, or one word of either (asked first).",
    ),
    _SYSTEM(["--temperature"], type=float, metavar="T", help="Of the model's answers."),
    _SYSTEM(["--max-answer"], type=int, metavar="N", help="Tokens of the longest answer."),
    _SYSTEM(["--timeout"], type=float, metavar="S", help="Seconds to wait (60)."),
    _SYSTEM(
        ["--key-variable"],
        metavar="NAME",
        help="The environment variable that holds the key (OPENAI_API_KEY).",
    ),
)


def named_system(options: Mapping[str, Any]) -> System:
    """Which system do the options name?

    Raises
    ------
    SystemUnusableError
        When there is none.
    InputError
        When an option does not fit it.
    """
    from fairaudit.core.errors import InputError
    from fairaudit.resumes.systems.function import system_at

    name = str(options["system"])
    given = {one: options[one] for one in _OF_MODELS if options[one] is not None}
    if not name.startswith(_MODELS):
        if given:
            option = next(iter(given)).replace("_", "-")
            raise InputError(
                f"--{option}: this is for a model; {name} is a function. Leave it out, or "
                "give --system openai:MODEL."
            )
        return system_at(name)
    from fairaudit.resumes.systems.http import OPENAI, ChatCompletions

    return ChatCompletions(
        name.removeprefix(_MODELS),
        base_url=given.get("base_url", OPENAI),
        question=given.get("question", "yes-no"),
        log_probabilities=given.get("log_probabilities", True),
        temperature=given.get("temperature"),
        max_tokens=given.get("max_answer"),
        seconds=given.get("timeout", 60.0),
        **({"key_variable": given["key_variable"]} if "key_variable" in given else {}),
    )


def closing_of(system: System) -> AbstractContextManager[object]:
    """Close the connections of a system that has some."""
    from contextlib import closing, nullcontext

    from fairaudit.resumes.systems.http import ChatCompletions

    return closing(system) if isinstance(system, ChatCompletions) else nullcontext()


def probed(system: System, store: RunStore, caps: Caps) -> System:
    """Find out how a model wants to be asked, at the cost of a call.

    Raises
    ------
    SystemUnusableError
        When it cannot be asked.
    InputError
        When a limit does not allow for that call.
    """
    from fairaudit.resumes.systems.http import ChatCompletions

    if not isinstance(system, ChatCompletions):
        return system
    from fairaudit.core.errors import InputError, SystemUnusableError
    from fairaudit.resumes.running.budget import Budget
    from fairaudit.resumes.running.spending import charge_of, spent_in
    from fairaudit.resumes.systems.system import Busy

    for wait in (*_WAITS, None):
        worst = Budget(caps, spent_in(store, caps)).reserve(system.probe_request())
        if worst is None:
            raise InputError(
                "The limits leave no room for the first call, which finds out how the "
                "model wants to be asked. Raise them, or say --log-probabilities or "
                "--no-log-probabilities."
            )
        try:
            found = system.probe()
        except Busy as busy:
            why = busy.because
            if busy.billed:
                store.charge(charge_of("first call", worst, caps, why))
        else:
            store.charge(charge_of("first call", worst, caps, "how to ask?"))
            return found
        if wait is not None:
            time.sleep(wait)
    raise SystemUnusableError(
        f"{system.name} does not answer after {len(_WAITS) + 1} tries: {why}. Run the "
        "same command again later."
    )
