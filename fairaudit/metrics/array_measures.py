"""What can be asked of arrays: a rate, or how far the rates of the groups are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fairaudit.core.errors import InputError, UndefinedMetricError, did_you_mean, shown
from fairaudit.core.value import value
from fairaudit.core.words import worded
from fairaudit.criteria.catalogue import catalogue, known_rates
from fairaudit.tally.rates import (
    ACCURACY,
    POSITIVE_PREDICTIVE_VALUE,
    TRUE_POSITIVE_RATE,
    Rate,
)

if TYPE_CHECKING:
    from fairaudit.criteria.comparisons import Side
    from fairaudit.metrics.array_cells import ArrayCells

Transform = Literal["difference", "ratio", "group_min", "group_max"]
Method = Literal["between_groups", "to_overall"]
Aggregation = Literal["worst_case", "mean"]

_TRANSFORMS: tuple[Transform, ...] = ("difference", "ratio", "group_min", "group_max")
_ERROR_RATE = Rate(
    id="zero_one_loss",
    symbol="error rate",
    numerator=("fp", "fn"),
    denominator=ACCURACY.denominator,
    plain="of decisions were wrong",
    among=ACCURACY.among,
)
_BY_OTHER_NAMES = {
    "accuracy_score": ACCURACY,
    "precision_score": POSITIVE_PREDICTIVE_VALUE,
    "recall_score": TRUE_POSITIVE_RATE,
    "zero_one_loss": _ERROR_RATE,
}
"""What scikit-learn and fairlearn call these rates."""


@value
class ArrayMeasure:
    """One thing to measure; without a transform it is a rate of everybody."""

    name: str
    question: str
    rates: tuple[Rate, ...]
    transform: Transform | None = None
    references: tuple[str, ...] = ()

    @property
    def labelled(self) -> bool:
        """Whether it needs to know what happened."""
        return any(rate.uses_label for rate in self.rates)


def measures() -> dict[str, ArrayMeasure]:
    """List everything there is to ask, from the rates and the criteria."""
    rates = known_rates() | _BY_OTHER_NAMES
    found = [
        ArrayMeasure(name=name, question=_words(rate), rates=(rate,))
        for name, rate in rates.items()
    ]
    found += [
        ArrayMeasure(
            name=f"{name}_{transform}",
            question=f"{_HOW[transform]} in this rate? {_words(rate)}",
            rates=(rate,),
            transform=transform,
        )
        for name, rate in rates.items()
        for transform in _TRANSFORMS
    ]
    found += [
        ArrayMeasure(
            name=f"{criterion.id}_{transform}",
            question=f"{criterion.asks()} {_HOW[transform]}?",
            rates=criterion.rates,
            transform=transform,
            references=criterion.references,
        )
        for criterion in catalogue().values()
        if criterion.rates and not criterion.stratified
        for transform in _TRANSFORMS[:2]
    ]
    return {measure.name: measure for measure in found}


_HOW: dict[Transform, str] = {
    "difference": "How far are the groups apart (largest minus smallest)",
    "ratio": "What share of the largest is the smallest",
    "group_min": "What does the lowest group have",
    "group_max": "What does the highest group have",
}


def measure_named(name: str) -> ArrayMeasure:
    """Look a measure up.

    Raises
    ------
    InputError
        When there is none of that name.
    """
    known = measures()
    if name not in known:
        raise InputError(
            f"metrics: {name!r} is not known. Among others: {shown(known)}."
            f"{did_you_mean(name, known)}"
        )
    return known[name]


def check_options(method: str, agg: str) -> None:
    """Refuse options that are none of the choices.

    Raises
    ------
    InputError
        When `method` or `agg` is another word.
    """
    for option, given, allowed in (
        ("method", method, ("between_groups", "to_overall")),
        ("agg", agg, ("worst_case", "mean")),
    ):
        if given not in allowed:
            raise InputError(
                f"metrics: {option} must be {' or '.join(allowed)}; got {given!r}."
                f"{did_you_mean(given, allowed)}"
            )


def measured(
    measure: ArrayMeasure, cells: ArrayCells, method: Method, agg: Aggregation
) -> float:
    """Give the number.

    Raises
    ------
    UndefinedMetricError
        When a rate is 0/0 in some group, or there is only one group to compare.
    """
    if measure.transform is None:
        return rate_of(measure.rates[0], cells.overall, "anywhere")
    found = [_over_groups(rate, measure.transform, cells, method) for rate in measure.rates]
    if agg == "mean":
        return sum(found) / len(found)
    return min(found) if measure.transform == "ratio" else max(found)


def rate_of(rate: Rate, side: Side, where: str) -> float:
    """Give one rate of some people, or say of whom there are none."""
    found = side.proportion(rate).value
    if found is None:
        among = worded(rate.among, None)
        raise UndefinedMetricError(f"{rate.id}: no {among} {where}, so it is 0/0.")
    return found


def _over_groups(
    rate: Rate, transform: Transform, cells: ArrayCells, method: Method
) -> float:
    """Compare one rate over the groups."""
    rates = [rate_of(rate, side, f"in group {side.name}") for side in cells.groups]
    if transform == "group_min":
        return min(rates)
    if transform == "group_max":
        return max(rates)
    if len(rates) < 2:
        raise UndefinedMetricError(
            f"{rate.id} {transform}: there is only one group, {cells.groups[0].name}, and "
            "nothing to compare it with."
        )
    overall = rate_of(rate, cells.overall, "anywhere")
    if transform == "difference":
        if method == "between_groups":
            return max(rates) - min(rates)
        return max(abs(one - overall) for one in rates)
    if not max(rates):
        raise UndefinedMetricError(f"{rate.id} ratio: the rate is 0 in every group: 0/0.")
    if method == "between_groups":
        return min(rates) / max(rates)
    return min(min(one, overall) / max(one, overall) for one in rates)


def _words(rate: Rate) -> str:
    """Ask a rate's question."""
    return f"What share {worded(rate.plain, None)}?"
