"""A system's answers to a study of résumés, one per application."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.resumes.pair import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairaudit.resumes.pair import Pair

    System = Callable[[list[str]], Sequence[Any]]


@value
class Answer:
    """The outcomes of one pair, one per half."""

    pair: str
    outcomes: tuple[Outcome, ...]

    @property
    def complete(self) -> bool:
        """Tell whether every half got a number."""
        return all(one.value is not None for one in self.outcomes)


def answers_of(
    system: System, pairs: Sequence[Pair], *, batch: int = 256
) -> tuple[Answer, ...]:
    """What does a system answer to every application?

    Parameters
    ----------
    system : callable
        Takes a list of texts and gives as many answers: numbers, booleans, or `None` where
        it refuses. The method of a pipeline, such as ``pipeline.predict_proba``, may give
        two columns; the second is taken.
    pairs : sequence of Pair
        The study's pairs. Halves are shown in the order that the study drew.
    batch : int
        Texts handed over at once.

    Returns
    -------
    tuple of Answer
        One per pair, outcomes in the order of its halves.

    Raises
    ------
    InputError
        When the system gives another number of answers, or something that is none.
    """
    order = [
        (place, half) for place, pair in enumerate(pairs) for half in _shown_order(pair)
    ]
    found: dict[tuple[int, int], Outcome] = {}
    for start in range(0, len(order), batch):
        here = order[start : start + batch]
        texts = [pairs[place].halves[half].text for place, half in here]
        given = _as_column(system(texts))
        if len(given) != len(texts):
            raise InputError(
                f"system: it was given {len(texts)} texts and answered {len(given)} times; "
                "it must give one answer for each."
            )
        for key, one in zip(here, given, strict=True):
            found[key] = _outcome(one)
    return tuple(
        Answer(
            pair=pair.id,
            outcomes=tuple(found[place, half] for half in range(len(pair.halves))),
        )
        for place, pair in enumerate(pairs)
    )


def _shown_order(pair: Pair) -> list[int]:
    """Begin with the half that the study drew to come first."""
    halves = list(range(len(pair.halves)))
    return halves[pair.first :] + halves[: pair.first]


def _as_column(given: Any) -> list[Any]:  # noqa: ANN401 - whatever a system gives
    """Take the last column of a table, and a plain list of anything else."""
    shape = getattr(given, "shape", ())
    if len(shape) == 2:
        given = given[:, -1]
    return list(given)


def _outcome(one: Any) -> Outcome:  # noqa: ANN401 - whatever a system gives
    """Read one answer."""
    if one is None:
        return Outcome(state="refused", kind="score", value=None, raw="")
    try:
        number = float(one)
    except (TypeError, ValueError):
        raise InputError(
            f"system: {one!r} is no number. Give a score, a rating, 0 or 1, or None where "
            "it refuses."
        ) from None
    if math.isnan(number):
        return Outcome(state="unparsable", kind="score", value=None, raw=str(one))
    if math.isinf(number):
        raise InputError("system: it answered infinity, which is no score.")
    return Outcome(state="ok", kind="score", value=number, raw=str(one))
