"""True gaps are known here: scores are normal within every group and label."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pytest
from scipy.special import ndtr

from fairaudit import FairThresholdClassifier
from fairaudit.core.errors import NoFairRuleError
from tests.mitigation.test_thresholds import Given

SHARE = {"a": 0.35, "b": 0.2}
MEAN = {"a": 1.4, "b": 1.0}
"""Of positives; negatives have mean 0, and every spread is 1."""


def fitted(
    constraint: str, within: float, seed: int, people: int
) -> FairThresholdClassifier | None:
    rng = np.random.default_rng(seed)
    group = rng.choice(["a", "b"], people, p=[0.7, 0.3])
    y = (rng.random(people) < np.vectorize(SHARE.get)(group)).astype(int)
    X = (y * np.vectorize(MEAN.get)(group) + rng.normal(size=people))[:, None]
    fair = FairThresholdClassifier(
        Given().fit(X, y), {constraint: within}, confidence=0.95, prefit=True
    ).set_params(random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that it hardly selects is no matter here
        try:
            return fair.fit(X, y, sensitive_features=group)
        except NoFairRuleError:
            return None


def true_gap(constraint: str, fair: Any) -> float:
    tpr = {name: ndtr(MEAN[name] - cut) for name, cut in fair.thresholds_.items()}
    fpr = {name: ndtr(-cut) for name, cut in fair.thresholds_.items()}
    if constraint == "equalized_odds":
        return max(abs(tpr["a"] - tpr["b"]), abs(fpr["a"] - fpr["b"]))
    hits = {name: SHARE[name] * tpr[name] for name in tpr}
    selected = {name: hits[name] + (1 - SHARE[name]) * fpr[name] for name in tpr}
    if constraint == "demographic_parity":
        return abs(selected["a"] - selected["b"])
    return abs(hits["a"] / selected["a"] - hits["b"] / selected["b"])


def test_few_people_get_a_rule_that_selects_few() -> None:
    fair = fitted("equalized_odds", 0.1, 0, 4_000)
    assert fair is not None
    assert true_gap("equalized_odds", fair) <= 0.1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("constraint", "within", "people"),
    [
        ("demographic_parity", 0.05, 2_000),
        ("equalized_odds", 0.1, 4_000),
        ("predictive_parity", 0.15, 4_000),
    ],
)
def test_promises_are_broken_in_at_most_five_percent(
    constraint: str, within: float, people: int
) -> None:
    runs = 600
    rules = [fitted(constraint, within, seed, people) for seed in range(runs)]
    given = [fair for fair in rules if fair is not None]
    over = sum(true_gap(constraint, fair) > within for fair in given)
    print(constraint, len(given), over)  # noqa: T201 - for the one who runs it
    assert len(given) > runs / 10  # a promise that is never given proves nothing
    assert over <= 0.05 * runs + 2 * np.sqrt(runs * 0.05 * 0.95)
