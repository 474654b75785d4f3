"""The user's estimator as fairlearn calls it: 0 and 1 outside, the user's labels inside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.base import BaseEstimator, clone
from sklearn.dummy import DummyClassifier

from fairaudit.mitigation.weights import fit_weighted

if TYPE_CHECKING:
    import pandas as pd

    from fairaudit.engines.codes import Array


class OwnLabels(BaseEstimator):  # type: ignore[misc]
    """An estimator that learns the user's labels, such as those its `class_weight` names.

    Parameters
    ----------
    estimator : classifier
        The base estimator.
    classes : ndarray of shape (2,)
        The user's labels; the second is positive.
    """

    def __init__(self, estimator: Any, classes: Array) -> None:
        self.estimator = estimator
        self.classes = classes

    def fit(self, X: Any, y: pd.Series, sample_weight: pd.Series) -> Self:
        """Learn from 0 and 1."""
        own = self.classes[np.asarray(y, dtype=np.intp)]
        weights = np.asarray(sample_weight, dtype=float)
        self.estimator_ = fit_weighted(clone(self.estimator), X, own, weights)
        return self

    def predict(self, X: Any) -> Array:
        """Decide 0 or 1."""
        decided: Array = (self.estimator_.predict(X) == self.classes[1]).astype(np.intp)
        return decided


def own(predictor: OwnLabels | DummyClassifier, X: Any, y: Array, classes: Array) -> Any:
    """Give the model in the user's labels; fairlearn decides alike for everybody itself."""
    if isinstance(predictor, OwnLabels):
        return predictor.estimator_
    constant = classes[[predictor.constant]]
    return DummyClassifier(strategy="constant", constant=constant).fit(X, y)
