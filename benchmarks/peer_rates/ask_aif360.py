"""Ask AIF360, a metric per group as the privileged one; its datasets are made before."""

from __future__ import annotations

import sys

import pandas as pd
from aif360.datasets import BinaryLabelDataset
from aif360.metrics import ClassificationMetric
from answering import answer, people

y_true, y_pred, group = people(sys.argv[1])
happened = BinaryLabelDataset(
    df=pd.DataFrame({"group": group, "label": y_true}, dtype=float),
    label_names=["label"],
    protected_attribute_names=["group"],
)
decided = happened.copy()
decided.labels = y_pred.reshape(-1, 1).astype(float)
GROUPS = sorted(set(group.tolist()))


def rates() -> dict[str, list[float]]:
    """Hold each group against the others."""
    found: dict[str, list[float]] = {}
    for one in GROUPS:
        metric = ClassificationMetric(
            happened,
            decided,
            privileged_groups=[{"group": one}],
            unprivileged_groups=[{"group": other} for other in GROUPS if other != one],
        )
        for name, value in (
            ("selection_rate", metric.selection_rate(privileged=True)),
            ("true_positive_rate", metric.true_positive_rate(privileged=True)),
            ("false_positive_rate", metric.false_positive_rate(privileged=True)),
            ("precision", metric.positive_predictive_value(privileged=True)),
        ):
            found.setdefault(name, []).append(float(value))
    return found


answer(rates)
