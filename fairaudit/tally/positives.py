"""Which texts of a label or prediction column are positive; nothing is coerced silently."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.spelling import option

if TYPE_CHECKING:
    from collections.abc import Mapping

_ONE, _ZERO, _MINUS_ONE = "1", "0", "-1"

_SPELLINGS = {
    **dict.fromkeys(("1", "1.0", "true"), _ONE),
    **dict.fromkeys(("0", "0.0", "-0", "-0.0", "false"), _ZERO),
    **dict.fromkeys(("-1", "-1.0"), _MINUS_ONE),
}
"""What is one value, however a table writes it."""

_UNDERSTOOD = ({_ONE: True, _ZERO: False}, {_ONE: True, _MINUS_ONE: False})
"""Each a way to say yes and no; a column keeps to one of them."""

_WORDS = frozenset({"yes", "no", "y", "n", "t", "f"})


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
        The positive value, where the user named one; everything else is then negative.

    Returns
    -------
    dict of str to bool
        Text to positive or not.

    Raises
    ------
    InputError
        When the texts are none of the understood pairs and no positive one was named, or
        mix spellings that no value reconciles.
    """
    values = {text: _value(text) for text in people_by_text}
    if set(_SPELLINGS.values()) & set(values.values()) and _WORDS & set(values.values()):
        raise InputError(
            f"column {column!r} mixes ways to write yes and no: "
            f"{_frequencies(people_by_text)}. Write each value in one way."
        )
    if positive is not None:
        chosen = {text: one == _value(positive) for text, one in values.items()}
        if any(chosen.values()) or len(chosen) <= 1:
            return chosen
        _check_column_named(column, people_by_text, positive)
    for pair in _UNDERSTOOD:
        if set(values.values()) <= set(pair):
            return {text: pair[one] for text, one in values.items()}
    if positive is not None:
        raise InputError(
            f"column {column!r}: the positive value {positive!r} does not occur in it. "
            f"Values: {_frequencies(people_by_text)}."
            f"{did_you_mean(positive, people_by_text)}"
        )
    raise InputError(_not_binary(column, people_by_text))


def _value(text: str) -> str:
    """Read a text whatever the case and the blanks around it; 1, 1.0 and true are one."""
    folded = text.strip().casefold()
    return _SPELLINGS.get(folded, folded)


def _check_column_named(
    column: str, people_by_text: Mapping[str, float], positive: str
) -> None:
    """Refuse COLUMN=VALUE with a column that is neither of the two."""
    other, equals, text = positive.partition("=")
    if equals and _value(text) in map(_value, people_by_text):
        raise InputError(
            f"{option('positive', positive)}: {other!r} is neither the label nor the "
            f"prediction. Write {option('positive', {column: text})}."
        )


def _not_binary(column: str, people_by_text: Mapping[str, float]) -> str:
    """Say what came and what would solve it."""
    numbers = [text for text in people_by_text if reads_as_number(text)]
    fractions = [text for text in numbers if float(text) % 1]
    if fractions:
        return (
            f"column {column!r} holds {fractions[0]!r} where 0/1 belongs: these look like "
            f"scores, not decisions. Give the column as {option('score', column)} with "
            f"{option('threshold')} (selected there or above), or name a column of 0/1."
        )
    values = _frequencies(people_by_text)
    if len(numbers) == len(people_by_text) and len(numbers) > 2:
        return (
            f"column {column!r} holds the numbers {values} where 0/1 belongs. If they are "
            f"scores, give {option('score', column)} with {option('threshold')}; if one of "
            f"them means yes, say which with {option('positive', {column: 'VALUE'})}."
        )
    return (
        f"column {column!r} holds {values}: say which value is positive, "
        f"such as {option('positive', likely_positive(people_by_text))}."
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
