"""Every estimator goes through scikit-learn's own checks, with two groups to compare."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
import sklearn
from sklearn.base import BaseEstimator, clone
from sklearn.ensemble import IsolationForest
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_validate
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

from fairaudit import (
    FairReductionClassifier,
    FairThresholdClassifier,
    Reweigher,
    fairness_scorer,
)
from fairaudit.core.errors import InputError
from fairaudit.mitigation.estimator import GroupAwareClassifier
from tests.mitigation.people_by_chance import drawn

PEOPLE = drawn(1500)
FRAME = pd.DataFrame(PEOPLE.X, columns=list("abc")).assign(sex=PEOPLE.group)


def two_groups(X: Any) -> Any:
    """Part rows into two groups by themselves, so that a subset is parted alike."""
    table = X.toarray() if hasattr(X, "toarray") else np.asarray(X)
    if table.ndim != 2 or not table.size:
        return None
    digits = np.abs(table[:, 0].real.astype(float)) * 1000
    return np.floor(np.where(np.isfinite(digits), digits, 0)) % 2


class GroupsByRow(FairThresholdClassifier):
    """Thresholds for groups that the features themselves make."""

    def fit(self, X: Any, y: Any, *, sensitive_features: Any = None) -> Any:
        return super().fit(X, y, sensitive_features=two_groups(X))

    def predict(self, X: Any, *, sensitive_features: Any = None) -> Any:
        return super().predict(X, sensitive_features=two_groups(X))

    def decision_function(self, X: Any, *, sensitive_features: Any = None) -> Any:
        return super().decision_function(X, sensitive_features=two_groups(X))


class InTurn:
    """Every other row is in the other group; nothing but fitting needs to know."""

    def fit(self, X: Any, y: Any, *, sensitive_features: Any = None) -> Any:
        rows = 0 if y is None else len(np.asarray(y))
        return super().fit(X, y, sensitive_features=np.arange(rows) % 2)  # type: ignore[misc]


class ReducedInTurn(InTurn, FairReductionClassifier):
    """In training."""


class ReweighedInTurn(InTurn, Reweigher):
    """Before training."""


def expected_failures(estimator: BaseEstimator) -> dict[str, str]:
    """Say which checks cannot hold for a classifier that compares groups, and why."""
    if isinstance(estimator, GroupsByRow):
        whole = "its features are whole numbers, so that all rows are one group"
        return {
            "check_estimators_dtypes": whole,
            "check_classifier_data_not_an_array": whole,
            "check_positive_only_tag_during_fit": whole,
        }
    return {}


@parametrize_with_checks(
    [
        GroupsByRow(
            LogisticRegression(),
            {"demographic_parity": 0.3},
            calibration=None,
            unseen="pooled",
            random_state=0,
        ),
        ReducedInTurn(LogisticRegression(), {"demographic_parity": 0.1}),
        ReweighedInTurn(LogisticRegression()),
    ],
    expected_failed_checks=expected_failures,
)
@pytest.mark.filterwarnings("ignore:invalid value encountered in cast:RuntimeWarning")
# A handful of rows leaves few rates to choose from.
@pytest.mark.filterwarnings("ignore:.*the worst constraint is exceeded by:UserWarning")
@pytest.mark.filterwarnings("ignore:.* the rule selects:UserWarning")  # of ten rows
def test_scikit_learns_checks(estimator: Any, check: Any) -> None:
    check(estimator)


DP = {"demographic_parity": 0.1}
FAIR: list[GroupAwareClassifier] = [
    FairThresholdClassifier(LogisticRegression(), {"equalized_odds": 0.15}, random_state=0),
    FairReductionClassifier(LogisticRegression(), {"equalized_odds": 0.15}),
    Reweigher(LogisticRegression()),
]


@pytest.mark.parametrize("fair", FAIR, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize("frame", [FRAME, pl.from_pandas(FRAME)], ids=["pandas", "polars"])
def test_groups_in_a_frame_go_through_cross_validation(fair: Any, frame: Any) -> None:
    fair = clone(fair).set_params(sensitive_columns="sex")
    scoring = {"gap": fairness_scorer("equalized_odds", sensitive_columns="sex")}
    found = cross_validate(
        fair, frame, PEOPLE.y, scoring=scoring | {"right": "accuracy"}, cv=3
    )
    assert (found["test_right"] > 0.75).all()
    assert (found["test_gap"] <= 0).all()


@pytest.mark.parametrize("fair", FAIR, ids=lambda one: type(one).__name__)
def test_groups_are_routed_through_a_search_over_a_pipeline(fair: Any) -> None:
    with sklearn.config_context(enable_metadata_routing=True):
        fair = clone(fair).set_fit_request(sensitive_features=True)
        if hasattr(fair, "set_predict_request"):
            fair.set_predict_request(sensitive_features=True)
        search = GridSearchCV(
            Pipeline([("scale", StandardScaler()), ("fair", fair)]),
            {"fair__estimator__C": [0.01, 1.0]},
            scoring=fairness_scorer("equalized_odds").set_score_request(
                sensitive_features=True
            ),
            cv=2,
        )
        search.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert -0.3 < search.best_score_ <= 0


@pytest.mark.parametrize("fair", FAIR, ids=lambda one: type(one).__name__)
def test_the_base_estimator_does_not_see_sensitive_columns_unless_told(fair: Any) -> None:
    numbers = FRAME.assign(sex=(FRAME["sex"] == "group 1").astype(int))
    for keep, seen in ((False, 3), (True, 4)):
        one = clone(fair).set_params(sensitive_columns="sex", keep_sensitive=keep)
        one.fit(numbers, PEOPLE.y)
        base = one.predictors_[0] if hasattr(one, "predictors_") else one.estimator_
        assert base.n_features_in_ == seen


@pytest.mark.parametrize("fair", FAIR, ids=lambda one: type(one).__name__)
def test_labels_may_be_texts(fair: Any) -> None:
    y = np.where(PEOPLE.y == 1, "yes", "no")
    fair = clone(fair).set_params(sensitive_columns="sex").fit(FRAME, y)
    assert set(fair.predict(FRAME)) == {"no", "yes"}


@pytest.mark.parametrize(
    "values", [(0, 1), (-1, 1), (-2, -1), (3, 200), (False, True)], ids=str
)
def test_labels_may_be_any_two_numbers(values: tuple[int, int]) -> None:
    y = np.array(values)[PEOPLE.y]
    fair = clone(FAIR[2]).fit(PEOPLE.X, y, sensitive_features=PEOPLE.group)
    assert fair.classes_.tolist() == list(values)
    assert fair.classes_.dtype == y.dtype


@pytest.mark.parametrize("third", [-3, 0, 1, 7])
def test_labels_of_three_numbers_are_refused(third: int) -> None:
    y = np.where(PEOPLE.y == 1, 5, -1)
    y[100] = third
    with pytest.raises(InputError, match="Only binary classification"):
        clone(FAIR[2]).fit(PEOPLE.X, y, sensitive_features=PEOPLE.group)


def test_names_of_columns_are_forgotten_with_an_array_without() -> None:
    fair = clone(FAIR[2]).set_params(sensitive_columns=None)
    fair.fit(
        pd.DataFrame(PEOPLE.X).add_prefix("x"), PEOPLE.y, sensitive_features=PEOPLE.group
    )
    assert fair.feature_names_in_.tolist() == [
        f"x{place}" for place in range(PEOPLE.X.shape[1])
    ]
    fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert not hasattr(fair, "feature_names_in_")
    assert fair.n_features_in_ == PEOPLE.X.shape[1]


NOTES = [f"{'good' if one else 'poor'} work {row % 9}" for row, one in enumerate(PEOPLE.y)]
NOTES[::4] = ["fair work"] * len(NOTES[::4])
READING = make_pipeline(TfidfVectorizer(), LogisticRegression())


@pytest.mark.parametrize("fair", FAIR, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize(
    "texts",
    [
        NOTES,
        tuple(NOTES),
        np.array(NOTES),
        np.array(NOTES, dtype=object),
        pd.Series(NOTES),
        pl.Series(NOTES),
    ],
    ids=["list", "tuple", "array", "objects", "pandas", "polars"],
)
@pytest.mark.filterwarnings("ignore:.*the worst constraint is exceeded by:UserWarning")
def test_texts_are_features_where_the_base_estimator_reads_them(
    fair: Any, texts: Any
) -> None:
    fair = clone(fair).set_params(estimator=READING)
    fair.fit(texts, PEOPLE.y, sensitive_features=PEOPLE.group)
    of = {"sensitive_features": PEOPLE.group} if hasattr(fair, "rule_") else {}
    assert (fair.predict(texts, **of) == PEOPLE.y).mean() > 0.75


def test_texts_are_also_kept_apart_for_a_promise() -> None:
    fair = FairThresholdClassifier(
        READING, {"demographic_parity": 0.5}, confidence=0.9, random_state=0
    )
    assert fair.fit(NOTES, PEOPLE.y, sensitive_features=PEOPLE.group).promised_


def test_texts_after_columns_and_columns_after_texts_are_refused() -> None:
    fair = Reweigher(LogisticRegression())
    fair.fit(FRAME[["a", "b"]], PEOPLE.y, sensitive_features=PEOPLE.group)
    with pytest.raises(InputError, match="X holds texts, and held columns while fitting"):
        fair.predict(NOTES)
    fair.set_params(estimator=READING)
    fair.fit(NOTES, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert not hasattr(fair, "n_features_in_")
    assert not hasattr(fair, "feature_names_in_")
    with pytest.raises(InputError, match="X holds columns, and held texts while fitting"):
        fair.predict(FRAME[["a", "b"]])


@pytest.mark.parametrize("X", [PEOPLE.X[:, 0], PEOPLE.X[:, 0].tolist(), "abc"])
def test_one_dimension_of_anything_else_is_refused(X: Any) -> None:
    with pytest.raises(InputError, match="Reshape your data"):
        clone(FAIR[2]).fit(X, PEOPLE.y, sensitive_features=PEOPLE.group)


@pytest.mark.parametrize("fair", FAIR, ids=lambda one: type(one).__name__)
def test_objects_that_are_all_booleans_are_labels(fair: Any) -> None:
    fair = clone(fair).set_params(sensitive_columns="sex")
    fair.fit(FRAME, PEOPLE.y.astype(bool).astype(object))
    assert fair.predict(FRAME).dtype == bool


@pytest.mark.parametrize("fair", FAIR, ids=lambda one: type(one).__name__)
def test_groups_in_an_arrow_table_are_found(fair: Any) -> None:
    table = pa.Table.from_pandas(FRAME)
    fair = clone(fair).set_params(sensitive_columns="sex").fit(table, PEOPLE.y)
    assert fair.groups_ == ("group 0", "group 1")
    assert (fair.predict(table) == PEOPLE.y).mean() > 0.75


def test_another_number_of_labels_is_refused() -> None:
    with pytest.raises(InputError, match="y has 10 labels and X has 1,500 rows"):
        clone(FAIR[2]).fit(PEOPLE.X, PEOPLE.y[:10], sensitive_features=PEOPLE.group)


@pytest.mark.parametrize("fair", FAIR, ids=lambda one: type(one).__name__)
@pytest.mark.parametrize(
    "base", [LinearRegression(), IsolationForest(), LogisticRegression, "logistic", None]
)
def test_a_base_estimator_that_is_no_classifier_is_refused(fair: Any, base: Any) -> None:
    fair = type(fair)(base) if isinstance(fair, Reweigher) else type(fair)(base, DP)
    with pytest.raises(InputError, match="estimator must be a classifier"):
        fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)


@pytest.mark.parametrize(
    "labels",
    [
        pd.Series(PEOPLE.y).astype("Int64").where(PEOPLE.y == 1),
        pd.Series(PEOPLE.y).astype("boolean").where(PEOPLE.y == 1),
        pd.Series(np.where(PEOPLE.y == 1, "yes", None)),
        pd.Series(np.where(PEOPLE.y == 1, "yes", None), dtype="string"),
        pl.Series([1 if one else None for one in PEOPLE.y]),
        np.where(PEOPLE.y == 1, 1.0, np.nan),
        [1 if one else None for one in PEOPLE.y],
    ],
    ids=["Int64", "boolean", "object", "string", "polars", "float", "list"],
)
def test_missing_labels_are_refused_and_counted(labels: Any) -> None:
    with pytest.raises(InputError, match=f"y is missing in {(PEOPLE.y == 0).sum():,} rows"):
        clone(FAIR[2]).fit(PEOPLE.X, labels, sensitive_features=PEOPLE.group)


@pytest.mark.parametrize("fair", FAIR, ids=lambda one: type(one).__name__)
def test_a_number_as_attribute_is_refused(fair: Any) -> None:
    with pytest.raises(InputError, match="1,500 distinct values"):
        clone(fair).fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.X[:, 0])
