"""Ask fairlearn's MetricFrame."""

from __future__ import annotations

import sys

from answering import RATES, answer, people
from fairlearn.metrics import (
    MetricFrame,
    false_positive_rate,
    selection_rate,
    true_positive_rate,
)
from sklearn.metrics import precision_score

y_true, y_pred, group = people(sys.argv[1])
METRICS = {
    "selection_rate": selection_rate,
    "true_positive_rate": true_positive_rate,
    "false_positive_rate": false_positive_rate,
    "precision": precision_score,
}


def rates() -> dict[str, list[float]]:
    """Make one frame of four metrics."""
    frame = MetricFrame(
        metrics=METRICS, y_true=y_true, y_pred=y_pred, sensitive_features=group
    )
    return {name: frame.by_group[name].tolist() for name in RATES}


answer(rates)
