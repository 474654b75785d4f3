"""A function for every measure of arrays, made from the table of measures."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from fairaudit.metrics.array_cells import count_arrays
from fairaudit.metrics.array_measures import (
    Aggregation,
    ArrayMeasure,
    Method,
    check_options,
    measured,
    measures,
)

if TYPE_CHECKING:
    from collections.abc import Callable

_ARRAYS = """\
    y_true : array-like of shape (n_rows,)
        What happened.{unread}
    y_pred : array-like of shape (n_rows,)
        What the system decided.
"""
_FEATURES = """\
    sensitive_features : array-like of shape (n_rows,) or (n_rows, k), frame or dict
        Who people are; several columns make their crossing.
"""
_METHOD = """\
    method : {"between_groups", "to_overall"}
        Whether groups are compared with one another or with everybody.
"""
_AGG = """\
    agg : {"worst_case", "mean"}
        Whether several rates give the worst of their values, or their mean.
"""
_REST = """\
    sample_weight : array-like of shape (n_rows,), optional
        Survey weights.
    pos_label : object, optional
        The positive value; 0/1, −1/1 and booleans are understood without it.
"""


@cache
def functions() -> dict[str, Callable[..., float]]:
    """Make every function, once, by name."""
    return {name: _function(measure) for name, measure in measures().items()}


def _function(measure: ArrayMeasure) -> Callable[..., float]:
    """Make the function of a measure: it has a name, a signature and a docstring."""
    if measure.transform is None:
        made = _rate(measure)
    elif measure.transform in {"group_min", "group_max"}:
        made = _extreme(measure)
    elif len(measure.rates) > 1:
        made = _composite(measure)
    else:
        made = _comparison(measure)
    made.__name__ = made.__qualname__ = measure.name
    made.__module__ = "fairaudit.metrics"  # where it is looked up, by pickle as well
    made.__doc__ = _docstring(measure)
    return made


def _rate(measure: ArrayMeasure) -> Callable[..., float]:
    def function(
        y_true: Any,  # noqa: ANN401 - any array
        y_pred: Any,  # noqa: ANN401
        sample_weight: Any = None,  # noqa: ANN401
        pos_label: Any = None,  # noqa: ANN401
    ) -> float:
        return _measured(measure, y_true, y_pred, None, sample_weight, pos_label)

    return function


def _extreme(measure: ArrayMeasure) -> Callable[..., float]:
    def function(
        y_true: Any,  # noqa: ANN401 - any array
        y_pred: Any,  # noqa: ANN401
        *,
        sensitive_features: Any,  # noqa: ANN401
        sample_weight: Any = None,  # noqa: ANN401
        pos_label: Any = None,  # noqa: ANN401
    ) -> float:
        given = (y_true, y_pred, sensitive_features, sample_weight, pos_label)
        return _measured(measure, *given)

    return function


def _comparison(measure: ArrayMeasure) -> Callable[..., float]:
    def function(
        y_true: Any,  # noqa: ANN401 - any array
        y_pred: Any,  # noqa: ANN401
        *,
        sensitive_features: Any,  # noqa: ANN401
        method: Method = "between_groups",
        sample_weight: Any = None,  # noqa: ANN401
        pos_label: Any = None,  # noqa: ANN401
    ) -> float:
        given = (y_true, y_pred, sensitive_features, sample_weight, pos_label)
        return _measured(measure, *given, method=method)

    return function


def _composite(measure: ArrayMeasure) -> Callable[..., float]:
    def function(
        y_true: Any,  # noqa: ANN401 - any array
        y_pred: Any,  # noqa: ANN401
        *,
        sensitive_features: Any,  # noqa: ANN401
        method: Method = "between_groups",
        sample_weight: Any = None,  # noqa: ANN401
        agg: Aggregation = "worst_case",
        pos_label: Any = None,  # noqa: ANN401
    ) -> float:
        given = (y_true, y_pred, sensitive_features, sample_weight, pos_label)
        return _measured(measure, *given, method=method, agg=agg)

    return function


def _measured(
    measure: ArrayMeasure,
    y_true: Any,  # noqa: ANN401 - any array
    y_pred: Any,  # noqa: ANN401
    sensitive_features: Any,  # noqa: ANN401
    sample_weight: Any,  # noqa: ANN401
    pos_label: Any,  # noqa: ANN401
    *,
    method: Method = "between_groups",
    agg: Aggregation = "worst_case",
) -> float:
    """Count the arrays and measure."""
    check_options(method, agg)
    cells = count_arrays(
        y_true,
        y_pred,
        sensitive_features,
        sample_weight=sample_weight,
        pos_label=pos_label,
        labelled=measure.labelled,
    )
    return measured(measure, cells, method, agg)


def _docstring(measure: ArrayMeasure) -> str:
    """Write what `help` shows."""
    compares = measure.transform in {"difference", "ratio"}
    unread = "" if measure.labelled else " Only its length is read."
    parts = [
        f"{measure.question}\n\n    Parameters\n    ----------\n",
        _ARRAYS.format(unread=unread),
        _FEATURES if measure.transform else "",
        _METHOD if compares else "",
        _AGG if compares and len(measure.rates) > 1 else "",
        _REST,
        "\n    Returns\n    -------\n    float\n        The value.\n",
        "\n    Raises\n    ------\n    UndefinedMetricError\n        When it is 0/0",
        ", or there is one group only.\n" if compares else ".\n",
    ]
    if measure.references:
        cited = "; ".join(f"[{key}]" for key in measure.references)
        parts.append(f"\n    References\n    ----------\n    {cited}.\n")
    return "".join(parts) + "    "
