"""Which values an argument of a Python door may have, checked in one place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from reprlib import repr as brief
from typing import TYPE_CHECKING, Any

from fairaudit.core.checks import COSTS, are_costs, is_number, is_whole
from fairaudit.core.errors import InputError, did_you_mean
from fairaudit.core.spelling import spelled
from fairaudit.criteria.catalogue import criterion_named

if TYPE_CHECKING:
    from collections.abc import Callable

Texts = str | Sequence[str] | None


def _is_text(given: object) -> bool:
    return isinstance(given, str)


ALLOWED: dict[str, tuple[str, Callable[[Any], bool]]] = {
    **dict.fromkeys(
        (
            *("label", "prediction", "score", "count", "weight", "compare", "why"),
            *("sex", "race", "encoding", "delimiter"),
        ),
        ("a text", _is_text),
    ),
    "threshold": ("a finite number", is_number),
    "min_group": ("a whole number of people, 1 or more", partial(is_whole, least=1)),
    "max_groups": ("a whole number, 1 or more", partial(is_whole, least=1)),
    "suppress_below": (
        "a whole number, 2 or more (11 is usual)",
        partial(is_whole, least=2),
    ),
    "today": ("a date", lambda given: isinstance(given, date)),
    "seed": ("a whole number, 0 or more", partial(is_whole, least=0)),
    "work": ("a whole number, 1 or more", partial(is_whole, least=1)),
    "costs": (COSTS, are_costs),
}
"""What an option of one value may be."""

_NEVER_NONE = {"seed", "work", "costs"}
"""Options that cannot be left out by giving None."""


def check_given(given: Mapping[str, object]) -> None:
    """Refuse an option of another type, or out of its range.

    Raises
    ------
    InputError
        Naming the option.
    """
    for option, one in given.items():
        allowed, holds = ALLOWED[option]
        left_out = one is None and option not in _NEVER_NONE
        if not left_out and not holds(one):
            raise InputError(f"{spelled(option)}: must be {allowed}; got {brief(one)}.")


def native(number: Any) -> Any:  # noqa: ANN401 - whatever number it is
    """Give a number of numpy's as one of Python's, which can be written as JSON."""
    return number.item() if hasattr(number, "item") else number


def texts(option: str, given: object) -> tuple[str, ...]:
    """Take one text or several.

    Raises
    ------
    InputError
        When it is anything else; a mapping is not its keys.
    """
    if given is None:
        return ()
    if isinstance(given, str):
        return (given,)
    several: tuple[Any, ...] = (given,)
    if isinstance(given, Iterable) and not isinstance(given, Mapping):
        several = tuple(given)
    if not all(isinstance(one, str) for one in several):
        crossing = " Write a crossing as 'sex×race'." if option == "groups" else ""
        raise InputError(
            f"{option}: must be one text or a list of texts; got {brief(given)}.{crossing}"
        )
    return several


def tolerances(option: str, given: object) -> dict[str, float]:
    """Read criteria, each with its tolerance.

    Raises
    ------
    InputError
        When it is no such mapping, or a criterion is not known or stands twice.
    """
    if not isinstance(given, Mapping):
        raise InputError(
            f"{option}: must map criteria to tolerances, such as "
            f"{{'demographic_parity': 0.05}}; got {brief(given)}."
        )
    made: dict[str, float] = {}
    for name, within in given.items():
        criterion = criterion_named(name).id
        if criterion in made:
            raise InputError(f"{option}: {criterion} stands twice; name it once.")
        if not is_number(within):
            raise InputError(
                f"{option}: the tolerance of {criterion} must be a number such as 0.05; "
                f"got {brief(within)}."
            )
        made[criterion] = float(within)
    return made


def check_choice(option: str, given: object, choices: Sequence[str]) -> None:
    """Refuse an option that is none of its choices; a typing error must not decide."""
    if given is not None and given not in choices:
        raise InputError(
            f"{spelled(option)}: must be {' or '.join(choices)}; got {given!r}."
            f"{did_you_mean(str(given), choices)}"
        )
