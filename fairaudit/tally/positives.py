"""Which texts of a label or prediction column are positive; nothing is coerced silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

_UNDERSTOOD = (
    {"1": True, "0": False},
    {"1.0": True, "0.0": False},
    {"true": True, "false": False},
    {"1": True, "-1": False},
    {"1.0": True, "-1.0": False},
)
"""Each a way to write yes and no; a column keeps to one of them."""


def parse_positives(
    column: str, people_by_text: Mapping[str, float], positive: str | None
) -> dict[str, bool]:
    """Say of each distinct text of a column whether it is positive.

    Parameters
    ----------
    column : str
        The column, for messages.
    people_by_text : mapping of str to float
        Each distinct text, not missing, with how often it occurs.
    positive : str, optional
        The positive text, where the user named one; everything else is then negative.

    Returns
    -------
    dict of str to bool
        Text to positive or not.

    Raises
    ------
    InputError
        When the texts are none of the understood pairs and no positive one was named.
    """
    if positive is not None and (positive in people_by_text or len(people_by_text) <= 1):
        return {text: text == positive for text in people_by_text}
    understood = _understood(people_by_text)
    if understood is not None:
        return understood
    if positive is not None:
        raise InputError(
            f"column {column!r}: the positive value {positive!r} does not occur in it. "
            f"Values: {_frequencies(people_by_text)}."
            f"{did_you_mean(positive, people_by_text)}"
        )
    raise InputError(_not_binary(column, people_by_text))


def _understood(people_by_text: Mapping[str, float]) -> dict[str, bool] | None:
    """Read 0/1, true/false and −1/1, whatever the case and the blanks around them."""
    folded = {text: text.strip().casefold() for text in people_by_text}
    for pair in _UNDERSTOOD:
        if set(folded.values()) <= set(pair):
            return {text: pair[plain] for text, plain in folded.items()}
    return None


def _not_binary(column: str, people_by_text: Mapping[str, float]) -> str:
    """Say what came and what would solve it."""
    numbers = [text for text in people_by_text if reads_as_number(text)]
    fractions = [text for text in numbers if float(text) % 1]
    if fractions:
        return (
            f"column {column!r} holds {fractions[0]!r} where 0/1 belongs: these look like "
            f"scores, not decisions. Give the column as --score {column} with "
            f"--threshold T "
            f"(selected at T or above), or name a column of 0/1."
        )
    values = _frequencies(people_by_text)
    if len(numbers) == len(people_by_text) and len(numbers) > 2:
        return (
            f"column {column!r} holds the numbers {values} where 0/1 belongs. If they are "
            f"scores, give --score {column} with --threshold T; if one of them means yes, "
            f"say which with --positive {column}=VALUE."
        )
    return (
        f"column {column!r} holds {values}: say which value is positive, "
        f"such as --positive {likely_positive(people_by_text)}."
    )


def likely_positive(people_by_text: Mapping[str, float]) -> str:
    """Guess the value for the example in a message, never for the audit."""
    for text in people_by_text:
        if text.strip().casefold() in {
            "yes",
            "y",
            "t",
            "positive",
            "hired",
            "approved",
            "1",
        }:
            return text
    return min(people_by_text)


def _frequencies(people_by_text: Mapping[str, float]) -> str:
    """List values with how often they occur, most frequent first."""
    ordered = sorted(people_by_text.items(), key=lambda item: (-item[1], item[0]))
    return shown([f"{text!r} ({people:,.0f})" for text, people in ordered], most=6)


def reads_as_number(text: str) -> bool:
    """Tell whether a text is a finite number."""
    try:
        return abs(float(text)) < float("inf")
    except ValueError:
        return False
