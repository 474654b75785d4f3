"""What every fairness-constrained classifier has in common as a scikit-learn citizen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn.base import (
    BaseEstimator,
    ClassifierMixin,
    MetaEstimatorMixin,
    is_classifier,
)
from sklearn.utils.validation import (
    _num_samples,
    check_is_fitted,
    validate_data,
)

from fairaudit.core.errors import InputError
from fairaudit.engines.row_order import check_row_order
from fairaudit.mitigation.labels import coded_labels
from fairaudit.mitigation.people import MOST_GROUPS, people, require_groups, split_columns

if TYPE_CHECKING:
    from sklearn.utils import Tags

    from fairaudit.engines.codes import Array
    from fairaudit.mitigation.people import People


class GroupAwareClassifier(ClassifierMixin, MetaEstimatorMixin, BaseEstimator):  # type: ignore[misc]
    """A classifier around another that knows who belongs to which group while fitting.

    Groups come as ``sensitive_features=`` (by metadata routing too), or stand in X as
    `sensitive_columns`; those are taken out before the base estimator sees X, unless
    `keep_sensitive`.
    """

    estimator: Any
    sensitive_columns: Any
    keep_sensitive: bool
    takes_sparse = True
    """Whether a base estimator that takes sparse features may be given them."""

    def __sklearn_tags__(self) -> Tags:
        """Say that two classes are the most, and take the rest from the base estimator."""
        from sklearn.utils import get_tags

        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        inner = get_tags(self.estimator)
        tags.input_tags.sparse = (
            self.takes_sparse and self.sensitive_columns is None and inner.input_tags.sparse
        )
        tags.input_tags.allow_nan = inner.input_tags.allow_nan
        return tags

    @property
    def _where(self) -> str:
        """Name the class in messages."""
        return type(self).__name__

    def _features_of(self, X: Any, sensitive_features: Any) -> tuple[Any, Any]:
        """Give what the base estimator sees, and the sensitive features."""
        if self.sensitive_columns is None:
            return X, sensitive_features
        if sensitive_features is not None:
            raise InputError(
                f"{self._where}: sensitive_columns= and sensitive_features= are both "
                f"there, and may disagree. Give one of them."
            )
        return split_columns(
            X, self.sensitive_columns, keep=self.keep_sensitive, where=self._where
        )

    def _taken(self, X: Any, y: Any, sensitive_features: Any) -> tuple[Any, Array, People]:
        """Check what comes into `fit`, and code labels as 0 and 1."""
        self._check_estimator()
        self._check_shape(X)
        given = {"X": X, "y": y, "sensitive_features": sensitive_features}
        check_row_order(given, where=self._where)
        self._see_columns(X)
        features, sensitive = self._features_of(X, sensitive_features)
        self.classes_, labels = coded_labels(y, self._where)
        rows = _num_samples(X)
        if len(labels) != rows:
            raise InputError(
                f"{self._where}: y has {len(labels):,} labels and X has {rows:,} rows; "
                f"there must be one label per row."
            )
        found = people(sensitive, rows=rows, where=self._where, most=MOST_GROUPS)
        require_groups(found, self._where)
        return features, labels, found

    def _check_estimator(self) -> None:
        """Refuse what decides between no classes."""
        given = self.estimator
        tagged = hasattr(given, "__sklearn_tags__") and not isinstance(given, type)
        if not tagged or not is_classifier(given):
            name = getattr(given, "__name__", type(given).__name__)
            raise InputError(
                f"{self._where}: estimator must be a classifier, such as "
                f"LogisticRegression(); got {name}."
            )

    def _check_shape(self, X: Any) -> None:
        """Refuse what is no table; what its cells hold the base estimator judges."""
        from scipy.sparse import issparse

        if issparse(X) and not (self.takes_sparse and self.sensitive_columns is None):
            raise InputError(
                f"{self._where}: sparse features are not taken here. Give X.toarray()."
            )
        if are_texts(X):
            return
        shape = X.shape if hasattr(X, "shape") else np.asarray(X).shape
        if len(shape) != 2:
            raise InputError(
                f"{self._where}: X must have two dimensions, rows and features; got "
                f"{len(shape)}. Reshape your data: X.reshape(-1, 1) for a single feature."
            )
        if 0 in shape:
            raise InputError(
                f"{self._where}: X has {shape[0]} sample(s) and {shape[1]} feature(s) "
                f"(shape={tuple(shape)}) while a minimum of 1 is required of both."
            )

    def _see_columns(self, X: Any) -> None:
        """Record how many columns X has, and how they are named; texts have none."""
        if are_texts(X):
            for seen in ("n_features_in_", "feature_names_in_"):
                self.__dict__.pop(seen, None)
        elif type(X) is np.ndarray and not hasattr(self, "feature_names_in_"):
            self.n_features_in_ = X.shape[1]  # all there is to record, and sooner
        else:
            validate_data(self, X, skip_check_array=True)

    def _checked(self, X: Any, sensitive_features: Any = None) -> tuple[Any, Any]:
        """Check what comes into `predict`."""
        check_is_fitted(self)
        self._check_shape(X)
        given = {"X": X, "sensitive_features": sensitive_features}
        check_row_order(given, where=self._where)
        texts = are_texts(X)
        if texts == hasattr(self, "n_features_in_"):
            now, before = ("texts", "columns") if texts else ("columns", "texts")
            raise InputError(
                f"{self._where}: X holds {now}, and held {before} while fitting. Give "
                f"features as they were."
            )
        if not texts:
            validate_data(self, X, skip_check_array=True, reset=False)
        return self._features_of(X, sensitive_features)

    def _decided(self, positive: Array) -> Array:
        """Turn 0 and 1 back into the classes."""
        decided: Array = self.classes_[positive.astype(np.intp)]
        return decided


def are_texts(X: Any) -> bool:
    """Tell whether X is one text per row; what is in them the base estimator judges."""
    one_each = len(X.shape) == 1 if hasattr(X, "shape") else isinstance(X, list | tuple)
    return one_each and any(isinstance(one, str) for one in X)
