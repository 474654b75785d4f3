"""The same measures of arrays with how sure they are."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import UndefinedMetricError
from fairaudit.core.estimate import Estimate, Interval
from fairaudit.inference.differences import verdict_limits
from fairaudit.inference.proportions import rate_estimate
from fairaudit.inference.ratios import ratio_verdict_limits
from fairaudit.metrics.array_cells import count_arrays
from fairaudit.metrics.array_measures import (
    Aggregation,
    ArrayMeasure,
    Method,
    check_options,
    measure_named,
    measured,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.metrics.array_cells import ArrayCells

_ALPHA = 0.05


def estimate(
    name: str,
    y_true: Any,  # noqa: ANN401 - any array
    y_pred: Any,  # noqa: ANN401
    *,
    sensitive_features: Any = None,  # noqa: ANN401
    method: Method = "between_groups",
    agg: Aggregation = "worst_case",
    sample_weight: Any = None,  # noqa: ANN401
    pos_label: Any = None,  # noqa: ANN401
) -> Estimate:
    """How sure is a metric of these arrays?

    Parameters
    ----------
    name : str
        The name of one of the functions of `fairaudit.metrics`.
    y_true, y_pred : array-like of shape (n_rows,)
        Labels and predictions of two values.
    sensitive_features : array-like of shape (n_rows,) or (n_rows, k), frame or dict
        Who people are; not needed for the rate of everybody.
    method : {"between_groups", "to_overall"}
        Whether groups are compared with one another or with everybody.
    agg : {"worst_case", "mean"}
        Whether several rates give the worst of their values, or their mean.
    sample_weight : array-like of shape (n_rows,), optional
        Survey weights.
    pos_label : object, optional
        The positive value; 0/1, −1/1 and booleans are understood without it.

    Returns
    -------
    Estimate
        The value that the function gives, or why there is none. Rates have Wilson's 95 %
        interval, differences and ratios between groups one from the limits of every pair.
        There is none for `group_min` and `group_max`, "to_overall" (a group is part of
        everybody) and "mean".

    Raises
    ------
    InputError
        When the name or an option is not known, or the arrays cannot be counted.

    Notes
    -----
    Of g groups the two furthest apart were not chosen beforehand. The end towards equality
    is the strictest over all m pairs (and rates), each at error .025/m; the other end is
    the widest over them, each at .025. So each end errs in at most 2.5 % of audits as far
    as the pairs' own limits keep to their error.

    References
    ----------
    [clopper1934]; [zou2008]; [donner2012]; [wilson1927].

    Examples
    --------
    >>> found = estimate(
    ...     "demographic_parity_difference",
    ...     [1] * 100,
    ...     [1] * 60 + [0] * 40,
    ...     sensitive_features=["a"] * 50 + ["b"] * 50,
    ... )
    >>> round(found.value, 2), round(found.interval.low, 2), round(found.interval.high, 2)
    (0.8, 0.65, 0.9)
    """
    check_options(method, agg)
    measure = measure_named(name)
    cells = count_arrays(
        y_true,
        y_pred,
        sensitive_features,
        sample_weight=sample_weight,
        pos_label=pos_label,
        labelled=measure.labelled,
    )
    try:
        found = measured(measure, cells, method, agg)
    except UndefinedMetricError as reason:
        return Estimate.undefined(str(reason))
    if measure.transform is None:
        read = cells.overall.proportion(measure.rates[0])
        return rate_estimate(read.numerator, read.denominator, size=read.size)
    if measure.transform in {"group_min", "group_max"} or method == "to_overall":
        return Estimate(value=found)
    if agg == "mean" and len(measure.rates) > 1:
        return Estimate(value=found)
    interval = _difference if measure.transform == "difference" else _ratio
    return Estimate(value=found, interval=interval(measure, cells))


def _pairs(
    measure: ArrayMeasure, cells: ArrayCells
) -> Iterator[tuple[float, float, float, float]]:
    """Give successes and trials of every pair of groups, in every rate."""
    for rate in measure.rates:
        read = [side.proportion(rate) for side in cells.groups]
        for one, other in combinations(read, 2):
            yield one.successes, one.size, other.successes, other.size


def _difference(measure: ArrayMeasure, cells: ArrayCells) -> Interval:
    """Bound the largest difference by those of all pairs."""
    pairs = list(_pairs(measure, cells))
    return Interval(
        low=max(verdict_limits(*pair, _ALPHA / len(pairs)).at_least for pair in pairs),
        high=max(verdict_limits(*pair, _ALPHA).at_most for pair in pairs),
        level=1 - _ALPHA,
        method="mover-clopper-pearson over all pairs",
    )


def _ratio(measure: ArrayMeasure, cells: ArrayCells) -> Interval:
    """Bound the smallest ratio by those of all pairs."""
    pairs = list(_pairs(measure, cells))
    return Interval(
        low=min(_least(*pair, alpha=_ALPHA) for pair in pairs),
        high=min(_most(*pair, alpha=_ALPHA / len(pairs)) for pair in pairs),
        level=1 - _ALPHA,
        method="mover-clopper-pearson over all pairs",
    )


def _least(x1: float, n1: float, x2: float, n2: float, *, alpha: float) -> float:
    """Give the lower limit of smaller over larger."""
    limits = ratio_verdict_limits(x1, n1, x2, n2, alpha)
    return min(limits.lower, 1 / limits.upper if limits.upper else 0.0)


def _most(x1: float, n1: float, x2: float, n2: float, *, alpha: float) -> float:
    """Give the upper limit of smaller over larger; 1 where either may be the larger."""
    limits = ratio_verdict_limits(x1, n1, x2, n2, alpha)
    if limits.upper is not None and limits.upper < 1:
        return limits.upper
    return 1 / limits.lower if limits.lower > 1 else 1.0
