"""A classifier whose score is given: what remains is to find thresholds."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin


class GivenScores(ClassifierMixin, BaseEstimator):
    """Takes the first column of X for the probability of the positive class."""

    def fit(self, X: Any, y: Any) -> GivenScores:  # noqa: ARG002
        """Learn nothing."""
        self.classes_ = np.array([0, 1])
        return self

    def predict_proba(self, X: Any) -> Any:
        """Give the first column."""
        positive = np.asarray(X, dtype=float)[:, 0]
        return np.column_stack([1 - positive, positive])

    def predict(self, X: Any) -> Any:
        """Decide at one half."""
        return (self.predict_proba(X)[:, 1] >= 0.5).astype(int)
