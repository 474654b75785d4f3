"""A function of one's own as a system: a callable, or a fitted pipeline."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError, SystemUnusableError, did_you_mean
from fairaudit.resumes.effects.answers import PLAIN
from fairaudit.resumes.pair import Outcome
from fairaudit.resumes.systems.system import Reply, Request, System

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Answering = Callable[[list[str]], Sequence[Any]]

_METHODS = ("predict_proba", "decision_function", "predict")
"""Of a fitted pipeline: the first that it has is asked."""


class Function:
    """A function from a list of texts to as many answers.

    Parameters
    ----------
    answering : callable
        Gives numbers, booleans, texts, or `None` where it refuses. The method of a
        pipeline, such as ``pipeline.predict_proba``, may give two columns, of which the
        second is taken.
    name : str, optional
        What to call it.
    batch : int
        Texts handed over at once.
    """

    framings = (PLAIN,)
    parser = "function 1"

    def __init__(
        self, answering: Answering, *, name: str | None = None, batch: int = 256
    ) -> None:
        self.answering = answering
        self.name = name or str(getattr(answering, "__name__", type(answering).__name__))
        self.batch = batch

    def request(self, text: str, job: str, framing: str) -> Request:  # noqa: ARG002
        """Hand the text over as it is; a function is put under no framing."""
        return Request(content={"text": text})

    def ask(self, requests: Sequence[Request]) -> list[Reply]:
        """Call the function on all texts at once.

        Raises
        ------
        SystemUnusableError
            When it raises.
        InputError
            When it gives another number of answers, more than two columns, or something
            that is no answer.
        """
        texts = [str(request.content["text"]) for request in requests]
        try:
            answered = self.answering(texts)
            given = answered if hasattr(answered, "shape") else list(answered)
        except Exception as error:
            raise SystemUnusableError(
                f"{self.name} raised {type(error).__name__}: {error}."
            ) from error
        given = _as_column(given)
        if len(given) != len(texts):
            raise InputError(
                f"system: it was given {len(texts)} texts and answered {len(given)} times; "
                "it must give one answer for each."
            )
        return [Reply(outcome=_outcome(one)) for one in given]


def system_at(place: str) -> System:
    """Which system does ``module:attribute`` name?

    Parameters
    ----------
    place : str
        The module is found from the current directory too; the attribute is a `System`, a
        callable, or a fitted pipeline, of which ``predict_proba``, ``decision_function`` or
        ``predict`` is asked.

    Returns
    -------
    System
        A function goes by that name.

    Raises
    ------
    SystemUnusableError
        When there is none.
    """
    import sys
    from importlib import import_module

    module, _, attribute = place.partition(":")
    if not module or not attribute:
        raise SystemUnusableError(
            f"--system {place}: write module:attribute, such as screening:score, or "
            "openai:MODEL."
        )
    if "" not in sys.path:
        sys.path.insert(0, "")
    try:
        found: Any = import_module(module)
    except Exception as error:
        raise SystemUnusableError(
            f"--system {place}: {module!r} cannot be imported: {error}."
        ) from error
    for part in attribute.split("."):
        if not hasattr(found, part):
            raise SystemUnusableError(
                f"--system {place}: {part!r} is not in it.{did_you_mean(part, dir(found))}"
            )
        found = getattr(found, part)
    if isinstance(found, System):
        return found
    for method in _METHODS:
        if hasattr(found, method):
            return Function(getattr(found, method), name=place)
    if not callable(found):
        raise SystemUnusableError(
            f"--system {place}: this is a {type(found).__name__}, which cannot be called."
        )
    return Function(found, name=place)


def _as_column(given: Any) -> list[Any]:  # noqa: ANN401 - whatever a system gives
    """Take the positive class's column of a table, and a plain list of anything else."""
    shape: tuple[int, ...] = getattr(given, "shape", ())
    if len(shape) != 2:
        return list(given)
    if shape[1] not in (1, 2):
        raise InputError(
            f"system: it answered in {shape[1]} columns, so it is not known which is the "
            "score. Give one number for each text."
        )
    return list(getattr(given, "iloc", given)[:, -1])


def _outcome(one: Any) -> Outcome:  # noqa: ANN401 - whatever a system gives
    """Read one answer."""
    if one is None:
        return Outcome(state="refused", kind="score", value=None, raw="")
    if isinstance(one, str):
        return Outcome(state="ok", kind="text", value=None, text=one, raw=one)
    try:
        number = float(one)
    except (TypeError, ValueError):
        raise InputError(
            f"system: {one!r} is no answer. Give a number, 0 or 1, a text, or None where "
            "it refuses."
        ) from None
    if math.isnan(number):
        return Outcome(state="unparsable", kind="score", value=None, raw=str(one))
    if math.isinf(number):
        raise InputError("system: it answered infinity, which is no score.")
    return Outcome(state="ok", kind="score", value=number, raw=str(one))
