"""A system's answers to a study of résumés, one per application."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError
from fairaudit.resumes.effects.answers import PLAIN
from fairaudit.resumes.pair import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairaudit.resumes.pair import Pair

    System = Callable[[list[str]], Sequence[Any]]


def answered(
    system: System, pairs: Sequence[Pair], *, batch: int = 256
) -> dict[tuple[str, int, str, int], Outcome]:
    """What does a system answer to every application?

    Parameters
    ----------
    system : callable
        Takes a list of texts and gives as many answers: numbers, booleans, texts, or `None`
        where it refuses. The method of a pipeline, such as ``pipeline.predict_proba``, may
        give two columns; the last is taken.
    pairs : sequence of Pair
        The study's pairs. Halves are shown in the order that the study drew.
    batch : int
        Texts handed over at once.

    Returns
    -------
    dict of (str, int, str, int) to Outcome
        By pair, half, framing and repeat: here the plain question, asked once.

    Raises
    ------
    InputError
        When the system gives another number of answers, or something that is none.
    """
    order = [(pair, half) for pair in pairs for half in _shown_order(pair)]
    found: dict[tuple[str, int, str, int], Outcome] = {}
    for start in range(0, len(order), batch):
        here = order[start : start + batch]
        texts = [pair.halves[half].text for pair, half in here]
        given = _as_column(system(texts))
        if len(given) != len(texts):
            raise InputError(
                f"system: it was given {len(texts)} texts and answered {len(given)} times; "
                "it must give one answer for each."
            )
        for (pair, half), one in zip(here, given, strict=True):
            found[pair.id, half, PLAIN, 0] = _outcome(one)
    return _of_one_kind(found)


def _shown_order(pair: Pair) -> list[int]:
    """Begin with the half that the study drew to come first."""
    halves = list(range(len(pair.halves)))
    return halves[pair.first :] + halves[: pair.first]


def _as_column(given: Any) -> list[Any]:  # noqa: ANN401 - whatever a system gives
    """Take the last column of a table, and a plain list of anything else."""
    if len(getattr(given, "shape", ())) == 2:
        given = given[:, -1]
    return list(given)


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


def _of_one_kind(
    found: dict[tuple[str, int, str, int], Outcome],
) -> dict[tuple[str, int, str, int], Outcome]:
    """Let refusals be of the kind of the other answers."""
    from fairaudit.core.value import replace

    if not any(one.kind == "text" for one in found.values()):
        return found
    return {
        key: one if one.state == "ok" else replace(one, kind="text")
        for key, one in found.items()
    }
