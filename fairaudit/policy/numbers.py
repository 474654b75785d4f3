"""The plain numbers a gate can be set on, derived from the rates and the criteria."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.value import value
from fairaudit.criteria.catalogue import catalogue, known_rates
from fairaudit.tally.rates import SELECTION_RATE, Rate


@value
class PlainNumber:
    """A number over all groups: max minus min, or min over max, of each of some rates.

    Several rates give the worst of them. `favourable` says that the rates are of the
    favourable decision, whichever that is.
    """

    name: str
    rates: tuple[Rate, ...]
    kind: Literal["difference", "ratio"]
    favourable: bool = False


def plain_numbers() -> dict[str, PlainNumber]:
    """Find every number a gate can be set on, by name.

    Returns
    -------
    dict of str to PlainNumber
        ``impact_ratio``, then ``<rate>_difference`` and ``<rate>_ratio`` of every rate and
        of every criterion on rates that is not measured within strata.
    """
    numbers = [
        PlainNumber(
            name="impact_ratio", rates=(SELECTION_RATE,), kind="ratio", favourable=True
        )
    ]
    sources: list[tuple[str, tuple[Rate, ...]]] = [
        (rate.id, (rate,)) for rate in known_rates().values()
    ]
    sources += [
        (criterion.id, criterion.rates)
        for criterion in catalogue().values()
        if criterion.rates and not criterion.stratified
    ]
    for name, rates in sources:
        numbers.append(
            PlainNumber(name=f"{name}_difference", rates=rates, kind="difference")
        )
        numbers.append(PlainNumber(name=f"{name}_ratio", rates=rates, kind="ratio"))
    return {number.name: number for number in numbers}


def number_named(name: str) -> PlainNumber:
    """Look a number up by its name.

    Raises
    ------
    InputError
        When there is no such number.
    """
    known = plain_numbers()
    if name not in known:
        raise InputError(
            f"gate: number {name!r} is not known. Numbers: {shown(known, most=6)}."
            f"{did_you_mean(name, known)}"
        )
    return known[name]
