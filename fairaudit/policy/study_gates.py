"""Plain numbers of a study with a limit, such as ``weat-6.effect_size<=0.5``."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.requirements import NumberGate
from fairaudit.core.verdict import Verdict
from fairaudit.policy.numbers import plain_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Literal

    from fairaudit.core.estimate import Estimate

_GATE = re.compile(
    r"\s*(?P<number>[\w-]+(?:\.[\w-]+)?)\s*(?P<relation>>=|<=)\s*(?P<limit>\S+)\s*"
)
_EXACT = re.compile(r"-?(?:\d{1,30}(?:\.\d{0,30})?|\.\d{1,30}|\d{1,30}/0*[1-9]\d{0,29})")


def parse_study_gate(text: str) -> NumberGate:
    """Which number of a study is gated, and where is the limit?

    Parameters
    ----------
    text : str
        ``NAME<=LIMIT`` or ``NAME>=LIMIT``; the limit is a decimal or a fraction and stays
        as written.

    Returns
    -------
    NumberGate
        Its `text` is the same gate without blanks.

    Raises
    ------
    InputError
        When the text is no gate, or one that more bias would pass and none would fail.

    Examples
    --------
    >>> parse_study_gate("weat-6.effect_size <= 0.5").text
    'weat-6.effect_size<=0.5'
    """
    found = _GATE.fullmatch(text)
    if found is None:
        raise InputError(
            f"gate: {text!r} cannot be read. Write a number of the study and its limit, "
            f"such as 'weat-6.effect_size<=0.5'."
        )
    if not _EXACT.fullmatch(found["limit"]):
        raise InputError(
            f"gate: the limit {found['limit']!r} of {text!r} is not a number such as 0.5 "
            f"or 1/2."
        )
    relation = cast("Literal['>=', '<=']", found["relation"])
    gate = NumberGate(number=found["number"], relation=relation, limit=found["limit"])
    _check_direction(gate)
    return gate


def _check_direction(gate: NumberGate) -> None:
    """Refuse a gate that worse vectors would pass, or that unbiased ones would fail."""
    from fairaudit.embeddings.study.better import better

    known = better(gate.number)
    if known is None:
        return
    if known.relation not in (None, gate.relation):
        which, size = (
            ("fairer", "smaller") if known.relation == "<=" else ("better", "larger")
        )
        raise InputError(
            f"gate: {gate.text!r} must be with {known.relation}, because {gate.number} is "
            f"{which} the {size} it is. Write {gate.number}{known.relation}{gate.limit}."
        )
    if known.unbiased is None or _keeps(gate, Fraction(known.unbiased)):
        return
    raise InputError(
        f"gate: {gate.text!r} would fail vectors without any bias, whose {gate.number} is "
        f"{known.unbiased:g}.{_instead(gate) if known.relation is None else ''}"
    )


def _instead(gate: NumberGate) -> str:
    """Write the gate that lets vectors without bias pass."""
    turned = "<=" if gate.relation == ">=" else ">="
    remedy = f"{gate.number}{turned}{gate.limit}"
    if gate.number.endswith(".effect_size"):
        either = gate.number.replace(".effect_size", ".abs_effect_size")
        remedy += f", or {either}<={gate.limit.removeprefix('-')} for either direction"
    return f" Write {remedy}."


def about_study(text: str) -> bool:
    """Is this gate, or the number it names, one of a study and not of a table?

    Parameters
    ----------
    text : str
        A gate as written, or what stands before its relation.

    Returns
    -------
    bool
        True where the number has a point in it, as no number of a table has, or is the
        name of a measure of word vectors.

    Examples
    --------
    >>> about_study("weat-6.effect_size<=0.5"), about_study("impact_ratio>=0.8")
    (True, False)
    """
    name = re.split("[<>=]", text, maxsplit=1)[0].strip()
    if ":" in name or name in plain_numbers():
        return False
    if "." in name:
        return True
    from fairaudit.embeddings.study.measures import MEASURES

    return name in MEASURES


def judge_numbers(
    gates: Iterable[NumberGate],
    numbers: Mapping[str, Estimate],
    *,
    where: str,
    chance: Mapping[str, Sequence[float]] | None = None,
) -> tuple[Verdict, ...]:
    """Do the numbers of a study keep to their limits?

    Parameters
    ----------
    gates : iterable of NumberGate
        What is required.
    numbers : mapping of str to Estimate
        The study's numbers by name.
    where : str
        What was studied, for the verdicts.
    chance : mapping of str to sequence of float, optional
        Draws of what a number would be if nothing were there, where that can be said.

    Returns
    -------
    tuple of Verdict
        One per gate, with the share of chance results that would fail it; an undefined
        number leaves its gate undecided.

    Raises
    ------
    InputError
        When the study has no number of that name.
    """
    return tuple(
        _judged(gate, numbers, where, (chance or {}).get(gate.number, ())) for gate in gates
    )


def _judged(
    gate: NumberGate, numbers: Mapping[str, Estimate], where: str, drawn: Sequence[float]
) -> Verdict:
    """Compare one number with its limit, as exact fractions."""
    if gate.number not in numbers:
        raise InputError(
            f"gate: {gate.text!r} asks for a number this study has not. It has "
            f"{shown(sorted(numbers), 40) or 'none'}."
            f"{did_you_mean(gate.number, numbers)}"
        )
    number = numbers[gate.number]
    if number.value is None:
        return Verdict(
            id=f"{gate.text}@{where}",
            gate=gate,
            attribute=where,
            status="undecided",
            because=f"{gate.number} is undefined: {number.undefined_because}.",
        )
    kept = _keeps(gate, _exact(number))
    failing = sum(not _keeps(gate, Fraction(repr(one))) for one in drawn)
    share = failing / len(drawn) if drawn else None
    told = (
        ""
        if share is None
        else f" Of random divisions of the same words {share:.0%} would fail this gate."
    )
    side = {True: "within", False: "beyond"}[kept]
    told += _one_sided(gate, number) if kept else ""
    return Verdict(
        id=f"{gate.text}@{where}",
        gate=gate,
        attribute=where,
        status="pass" if kept else "fail",
        because=(
            f"{gate.number} is {number.value:.4g}, {side} the limit {gate.limit}.{told}"
        ),
        value=number.value,
        fair_failure_share=share,
    )


def _one_sided(gate: NumberGate, number: Estimate) -> str:
    """Say of a number as far on the other side of 0 that this is not looked at."""
    from fairaudit.embeddings.study.better import better

    known = better(gate.number)
    if known is None or known.relation is not None or known.unbiased != 0:
        return ""
    turned: Literal["<=", ">="] = "<=" if gate.relation == ">=" else ">="
    limit = gate.limit.removeprefix("-")
    if gate.limit == limit and Fraction(limit):
        limit = f"-{limit}"
    other = NumberGate(number=gate.number, relation=turned, limit=limit)
    if _keeps(other, _exact(number)):
        return ""
    return f" One side of 0 alone is looked at: {other.text} would fail."


def _keeps(gate: NumberGate, number: Fraction) -> bool:
    """Compare with the limit exactly."""
    limit = Fraction(gate.limit)
    return number <= limit if gate.relation == "<=" else number >= limit


def _exact(number: Estimate) -> Fraction:
    """Read a number as it is written: a share of counts as such, 0.1 as one tenth."""
    parts = (number.numerator, number.denominator)
    if isinstance(parts[0], int) and isinstance(parts[1], int):
        return Fraction(parts[0], parts[1])
    return Fraction(repr(number.value))
