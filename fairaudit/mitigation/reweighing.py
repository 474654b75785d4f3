"""Reweighing: make group and label independent in the training data, before learning."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import numpy as np
from sklearn.base import clone
from sklearn.utils.metaestimators import available_if

from fairaudit.mitigation.estimator import GroupAwareClassifier
from fairaudit.mitigation.weights import fit_weighted

if TYPE_CHECKING:
    from fairaudit.engines.codes import Array
    from fairaudit.mitigation.people import People


def _base_has(name: str) -> Any:
    """Offer a method only where the base estimator has it."""

    def has(wrapper: Any) -> bool:
        return hasattr(getattr(wrapper, "estimator_", wrapper.estimator), name)

    return available_if(has)


class Reweigher(GroupAwareClassifier):
    """Does a model still prefer a group once the labels it learns from do not?

    Rows are weighted so that, by weight, every group has the overall base rate
    [kamiran2012]: a row of group g with label y gets P(g) P(y) / P(g, y). The base
    estimator learns with these weights and decides without knowing the group. This removes
    what unequal base rates teach; it promises no gap on new data, which only an audit of
    held-out decisions can tell.
    `fit` takes no weights of rows (`sample_weight`) beside these.

    Parameters
    ----------
    estimator : classifier
        Its `fit` takes `sample_weight`; of a pipeline, that of the last step. Requests of
        `sample_weight` are followed where metadata routing is on.
    sensitive_columns : str, int or sequence of either, optional
        The columns of X that make groups, by name or position; otherwise `fit` takes
        ``sensitive_features=``.
    keep_sensitive : bool
        Whether the base estimator sees these columns.

    Attributes
    ----------
    classes_ : ndarray of shape (2,)
        The labels; the second is positive.
    groups_ : tuple of str
        The groups seen while fitting.
    weights_ : dict of tuple to float
        The weight of a row by group and label.
    estimator_ : classifier
        The fitted base estimator.

    References
    ----------
    .. [kamiran2012] Kamiran and Calders 2012, section 5.2

    Examples
    --------
    >>> import numpy as np
    >>> from sklearn.linear_model import LogisticRegression
    >>> from fairaudit.mitigation.reweighing import Reweigher
    >>> X, y = np.array([[0.0], [1.0], [2.0], [3.0]]), [0, 1, 1, 1]
    >>> fair = Reweigher(LogisticRegression())
    >>> fair.fit(X, y, sensitive_features=["f", "f", "m", "m"]).weights_["f", 0]
    0.5
    """

    def __init__(
        self,
        estimator: Any,
        *,
        sensitive_columns: Any = None,
        keep_sensitive: bool = False,
    ) -> None:
        self.estimator = estimator
        self.sensitive_columns = sensitive_columns
        self.keep_sensitive = keep_sensitive

    def fit(self, X: Any, y: Any, *, sensitive_features: Any = None) -> Self:
        """Learn with weights.

        Parameters
        ----------
        X : array-like or frame of shape (n_rows, n_features), or texts of shape (n_rows,)
            Features.
        y : array-like of shape (n_rows,)
            Labels of two classes.
        sensitive_features : array-like of shape (n_rows,) or (n_rows, n_attributes)
            Groups, unless they stand in X.

        Returns
        -------
        Reweigher
            Itself.

        Raises
        ------
        InputError
            When groups are not known, missing, or only one, or the base estimator takes no
            weights. A group that lacks a label is no error: its rows weigh as they can, but
            no weight gives it the overall base rate.
        """
        features, labels, found = self._taken(X, y, sensitive_features)
        by_cell = independence_weights(labels, found)
        self.estimator_ = fit_weighted(
            clone(self.estimator),
            features,
            self._decided(labels),
            by_cell[found.codes, labels],
        )
        self.groups_ = found.names
        self.weights_ = {
            (name, label.item() if hasattr(label, "item") else label): float(weight)
            for name, row in zip(found.names, by_cell, strict=True)
            for label, weight in zip(self.classes_, row, strict=True)
        }
        return self

    def predict(self, X: Any) -> Array:
        """Decide; the group is not asked for."""
        features, _ = self._checked(X)
        decided: Array = self.estimator_.predict(features)
        return decided

    @_base_has("predict_proba")  # type: ignore[untyped-decorator]
    def predict_proba(self, X: Any) -> Array:
        """Give the probability of both classes."""
        features, _ = self._checked(X)
        probabilities: Array = self.estimator_.predict_proba(features)
        return probabilities

    @_base_has("decision_function")  # type: ignore[untyped-decorator]
    def decision_function(self, X: Any) -> Array:
        """Give the base estimator's score."""
        features, _ = self._checked(X)
        scores: Array = self.estimator_.decision_function(features)
        return scores


def independence_weights(labels: Array, found: People) -> Array:
    """Which weights make group and label independent?

    Parameters
    ----------
    labels : ndarray of shape (n_rows,)
        0 or 1.
    found : People
        Groups.

    Returns
    -------
    ndarray of shape (n_groups, 2)
        By group and label; 0 where a group has nobody of a label, so that no weight can
        help it.
    """
    cells = np.bincount(2 * found.codes + labels, minlength=2 * len(found.names))
    cells = cells.reshape(-1, 2).astype(np.float64)
    expected = np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum()
    weights: Array = np.divide(
        expected, cells, out=np.zeros_like(expected), where=cells > 0
    )
    return weights
