"""The scores that thresholds are put on: of rows the model did not learn from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fairaudit.core.errors import InputError

if TYPE_CHECKING:
    from fairaudit.engines.codes import Array
    from fairaudit.mitigation.people import People


def score_method(estimator: Any) -> str:
    """Name the method that scores rows.

    Raises
    ------
    InputError
        When there is none.
    """
    for method in ("predict_proba", "decision_function"):
        if hasattr(estimator, method):
            return method
    raise InputError(
        f"{type(estimator).__name__} has neither predict_proba nor decision_function, so "
        f"there is no score to put thresholds on. Choose another base estimator."
    )


def positive_scores(estimator: Any, method: str, features: Any) -> Array:
    """Score rows: the higher, the rather positive."""
    found = np.asarray(getattr(estimator, method)(features), dtype=float)
    return _positive(found, method)


def out_of_fold_scores(
    estimator: Any,
    features: Any,
    y: Array,
    found: People,
    folds: int,
    random_state: Any,
) -> Array:
    """Score every row by a model that did not see it, folds alike in group and label."""
    from sklearn.base import clone
    from sklearn.model_selection import StratifiedKFold, cross_val_predict

    positive = np.unique(y, return_inverse=True)[1]
    cells = 2 * found.codes + positive
    if np.bincount(cells)[np.unique(cells)].min() < folds:
        cells = positive
    fewest = int(np.bincount(positive).min())
    if fewest < folds:
        raise InputError(
            f"the rarer label is in {fewest} of the rows, too few for {folds} folds. Give "
            f"more rows, or calibration={fewest if fewest > 1 else None}."
        )
    splits = StratifiedKFold(folds, shuffle=True, random_state=random_state)
    method = score_method(estimator)
    scored = cross_val_predict(
        clone(estimator),
        features,
        y,
        cv=list(splits.split(np.zeros(len(y)), cells)),
        method=method,
    )
    return _positive(np.asarray(scored, dtype=float), method)


def _positive(found: Array, method: str) -> Array:
    """Take the column of the positive class."""
    scores: Array = found[:, 1].copy() if method == "predict_proba" else found.ravel()
    if not np.isfinite(scores).all():
        raise InputError(
            f"the base estimator's {method} gives values that are not finite, so that they "
            f"cannot be compared with a threshold."
        )
    return scores
