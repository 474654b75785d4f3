"""Gates as they are written: ``[attribute:]impact_ratio>=0.8``."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Literal

from fairaudit.core.errors import InputError
from fairaudit.core.requirements import NumberGate
from fairaudit.policy.numbers import number_named

_GATE = re.compile(
    r"\s*(?:(?P<attribute>.*\S)\s*:)?"
    r"\s*(?P<number>\w+)\s*(?P<relation>>=|<=|>|<|=)\s*(?P<limit>\S+)\s*",
    re.DOTALL,
)
_EXACT = re.compile(r"-?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30}|\d{1,30}/\d{1,30})")
_TOWARDS_EQUALITY: dict[str, Literal[">=", "<="]] = {"ratio": ">=", "difference": "<="}


def parse_number_gate(text: str) -> NumberGate:
    """Which number is gated, on which attribute, and where is the limit?

    Parameters
    ----------
    text : str
        ``[attribute:]ratio>=limit`` or ``[attribute:]difference<=limit``; the limit is a
        decimal such as 0.8 or a fraction such as 4/5, and stays exactly as written.

    Returns
    -------
    NumberGate
        Its `text` is the same gate without blanks.

    Raises
    ------
    InputError
        When the text is no gate, the number is not known, or the limit asks for nothing
        that a fair process could keep to.

    Examples
    --------
    >>> parse_number_gate("race: impact_ratio >= 4/5").text
    'race:impact_ratio>=4/5'
    """
    found = _GATE.fullmatch(text)
    if found is None:
        raise InputError(
            f"gate: {text!r} cannot be read. Write NUMBER>=LIMIT, after the attribute "
            f"where only one is meant, such as 'race:impact_ratio>=0.8'."
        )
    number = number_named(found["number"])
    _check_limit(text, found["limit"])
    relation = _TOWARDS_EQUALITY[number.kind]
    if found["relation"] != relation:
        raise InputError(
            f"gate: {text!r} must be with {relation}, because a {number.kind} is fairer "
            f"the {'larger' if number.kind == 'ratio' else 'smaller'} it is. "
            f"Write {number.name}{relation}{found['limit']}."
        )
    return NumberGate(
        number=number.name,
        relation=relation,
        limit=found["limit"],
        attribute=None if found["attribute"] is None else table_name(found["attribute"]),
    )


def table_name(written: str) -> str:
    """Name a table as reports do: a crossing's attributes with " × " between them.

    Examples
    --------
    >>> table_name("race*sex"), table_name("race")
    ('race × sex', 'race')
    """
    return " × ".join(part.strip() for part in written.replace("*", "×").split("×"))


def _check_limit(text: str, limit: str) -> None:
    """Refuse a limit that is not an exact number between 0 and 1."""
    if not _EXACT.fullmatch(limit) or re.search(r"/0+$", limit):
        remedy = " Write 0.8 for 80 %." if "%" in limit else ""
        raise InputError(
            f"gate: the limit {limit!r} of {text!r} is not a number such as 0.8 or 4/5."
            f"{remedy}"
        )
    if not 0 <= Fraction(limit) <= 1:
        raise InputError(
            f"gate: the limit {limit!r} of {text!r} must lie between 0 and 1, "
            f"where ratios and differences of rates lie. Write 0.8 for 80 %."
        )
