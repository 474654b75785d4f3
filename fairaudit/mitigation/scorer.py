"""A scorer for searches over parameters: how far apart does a model leave the groups?"""

from __future__ import annotations

from inspect import signature
from typing import TYPE_CHECKING, Any

import numpy as np
from sklearn import get_config
from sklearn.utils.metadata_routing import _MetadataRequester, get_routing_for_object

from fairaudit.core.errors import InputError, shown
from fairaudit.engines.row_order import check_row_order
from fairaudit.mitigation.constraints import gap_criterion
from fairaudit.mitigation.gaps import cells_by_group, rate_gap
from fairaudit.mitigation.people import MOST_GROUPS, people, require_groups, split_columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairaudit.criteria.criterion import Criterion


def fairness_scorer(
    criterion: str,
    *,
    sensitive_columns: Any = None,
) -> Callable[..., float]:
    """How can a search over parameters see how unequal a model is?

    Parameters
    ----------
    criterion : str
        Such as "equalized_odds". The score is its gap, the largest over its rates, with the
        sign turned: 0 is best, as greater is better.
    sensitive_columns : str, int or sequence of either, optional
        The columns of X that make groups. Left out, the scorer takes
        ``sensitive_features=`` by metadata routing
        (``.set_score_request(sensitive_features=True)``).

    Returns
    -------
    callable
        ``scorer(estimator, X, y)``, for `GridSearchCV` and its like. The larger of the
        estimator's `classes_` is positive. Where a rate is not defined in some group the
        score is NaN, which a search ranks last; labels that the estimator does not know,
        and a single group, are refused.

    Raises
    ------
    InputError
        When the criterion is not known, or is not about rates of all people.

    Examples
    --------
    >>> fairness_scorer("equalized_odds", sensitive_columns=["sex"])
    fairness_scorer('equalized_odds', sensitive_columns=['sex'])
    """
    found = gap_criterion(criterion, where="fairness_scorer")
    if sensitive_columns is None:
        return _RoutedScorer(found)
    return _ColumnScorer(found, sensitive_columns)


class _Gap:
    """The gap of a criterion between groups of decisions."""

    def __init__(self, criterion: Criterion) -> None:
        self.criterion = criterion

    def __call__(
        self,
        y_true: Any,
        y_pred: Any,
        *,
        sensitive_features: Any = None,
        classes: Any = None,
    ) -> float:
        """Give the largest gap over the criterion's rates, NaN where one is undefined."""
        truth, decided = np.asarray(y_true).ravel(), np.asarray(y_pred).ravel()
        if classes is None:
            classes = np.unique(np.concatenate([truth, decided]))
        if len(classes) != 2:
            raise InputError(
                f"fairness_scorer: two classes are needed; got {len(classes)}."
            )
        # As Python's own values: an array of texts and numbers makes texts of all.
        strange = set(truth.tolist()) - set(np.asarray(classes).tolist())
        if strange:
            raise InputError(
                f"fairness_scorer: the estimator does not know the labels "
                f"{shown(sorted(map(repr, strange)))}. Give labels as it was fitted with: "
                f"{shown(map(repr, np.asarray(classes).tolist()))}."
            )
        positive = classes[1]
        found = people(
            sensitive_features, rows=len(truth), where="fairness_scorer", most=MOST_GROUPS
        )
        require_groups(found, "fairness_scorer")
        cells = cells_by_group(
            (truth == positive).astype(np.intp),
            (decided == positive).astype(np.intp),
            found,
        )
        gaps = [rate_gap(rate, cells) for rate in self.criterion.rates]
        return float(np.max([np.nan if gap is None else gap for gap in gaps]))


class _RoutedScorer(_MetadataRequester):  # type: ignore[misc]
    """A scorer that hands the groups on to a model that decides by them.

    scikit-learn's own scorers hand metadata to the metric alone.
    """

    def __init__(self, criterion: Criterion) -> None:
        self._gap = _Gap(criterion)

    def score(
        self, estimator: Any, X: Any, y: Any, *, sensitive_features: Any = None
    ) -> float:
        """Score an estimator on rows of these groups; its name and form make it routed."""
        known = {"sensitive_features": sensitive_features}
        check_row_order({"X": X, "y": y, **known}, where="fairness_scorer")
        if get_config()["enable_metadata_routing"]:
            takes = get_routing_for_object(estimator).consumes("predict", known)
        else:
            takes = set(known) & set(signature(estimator.predict).parameters)
        decided = estimator.predict(X, **{name: known[name] for name in takes})
        return -self._gap(
            y,
            decided,
            sensitive_features=sensitive_features,
            classes=getattr(estimator, "classes_", None),
        )

    __call__ = score

    def __repr__(self) -> str:
        """Show how it was made."""
        return f"fairness_scorer({self._gap.criterion.id!r})"


class _ColumnScorer:
    """A scorer that finds the groups in X."""

    def __init__(self, criterion: Criterion, sensitive_columns: Any) -> None:
        self._gap = _Gap(criterion)
        self._columns = sensitive_columns

    def __call__(self, estimator: Any, X: Any, y: Any) -> float:
        """Score an estimator on rows whose groups stand in X."""
        check_row_order({"X": X, "y": y}, where="fairness_scorer")
        _, sensitive = split_columns(X, self._columns, keep=True, where="fairness_scorer")
        return -self._gap(
            y,
            estimator.predict(X),
            sensitive_features=sensitive,
            classes=getattr(estimator, "classes_", None),
        )

    def __repr__(self) -> str:
        """Show how it was made."""
        name = self._gap.criterion.id
        return f"fairness_scorer({name!r}, sensitive_columns={self._columns!r})"
