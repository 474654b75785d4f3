"""The peer for rates by group: fairlearn's MetricFrame, asked for the same numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from fairlearn.metrics import (
    MetricFrame,
    false_negative_rate,
    false_positive_rate,
    selection_rate,
    true_negative_rate,
    true_positive_rate,
)
from sklearn.metrics import accuracy_score, precision_score

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


def _base_rate(y_true: Any, y_pred: Any) -> float:  # noqa: ARG001 - its signature
    return float(np.mean(y_true))


def _negative_predictive_value(y_true: Any, y_pred: Any) -> float:
    return float(precision_score(y_true, y_pred, pos_label=0))


# By the ids of fairaudit's rates.
METRICS = {
    "base_rate": _base_rate,
    "selection_rate": selection_rate,
    "true_positive_rate": true_positive_rate,
    "false_positive_rate": false_positive_rate,
    "false_negative_rate": false_negative_rate,
    "true_negative_rate": true_negative_rate,
    "positive_predictive_value": precision_score,
    "negative_predictive_value": _negative_predictive_value,
    "accuracy": accuracy_score,
}


def rates_by_group(frame: pd.DataFrame, *, draws: int = 0) -> pd.DataFrame:
    """Give nine rates by gender; with draws, bootstrap their 95 % intervals as well."""
    bootstrap: dict[str, Any] = {}
    if draws:
        bootstrap = {"n_boot": draws, "ci_quantiles": [0.025, 0.975], "random_state": 0}
    measured = MetricFrame(
        metrics=METRICS,
        y_true=_numbers(frame, "y_true"),
        y_pred=_numbers(frame, "y_pred"),
        sensitive_features=frame["gender"],
        **bootstrap,
    )
    if draws:
        assert len(measured.by_group_ci) == 2
    by_group: pd.DataFrame = measured.by_group
    return by_group


def _numbers(frame: pd.DataFrame, column: str) -> NDArray[np.int64]:
    """Hand labels over as numbers, which costs the peer nothing."""
    numbers: NDArray[np.int64] = frame[column].to_numpy()
    return numbers
