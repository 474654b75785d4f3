from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

from fairaudit import fairness_scorer
from fairaudit.core.errors import InputError
from tests.mitigation.people_by_chance import drawn

PEOPLE = drawn(1000)
FRAME = pd.DataFrame(PEOPLE.X).assign(sex=PEOPLE.group).rename(columns=str)


def without_sex(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.drop(columns="sex")


def test_the_score_is_the_gap_with_its_sign_turned() -> None:
    model = LogisticRegression().fit(PEOPLE.X, PEOPLE.y)
    decided = model.predict(PEOPLE.X)
    shares = [decided[PEOPLE.group == name].mean() for name in ("group 0", "group 1")]
    score = fairness_scorer("demographic_parity")
    found = score(model, PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert found == pytest.approx(-abs(shares[0] - shares[1]))


def test_groups_in_x_give_the_same_score() -> None:
    model = DummyClassifier(strategy="stratified", random_state=0).fit(FRAME, PEOPLE.y)
    among = fairness_scorer("equalized_odds", sensitive_columns="sex")
    beside = fairness_scorer("equalized_odds")
    assert among(model, FRAME, PEOPLE.y) == beside(
        model, FRAME, PEOPLE.y, sensitive_features=PEOPLE.group
    )


def test_an_undefined_rate_has_no_score() -> None:
    model = DummyClassifier(strategy="constant", constant=0).fit(PEOPLE.X, PEOPLE.y)
    score = fairness_scorer("predictive_parity")
    assert math.isnan(score(model, PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group))


def test_a_stratified_criterion_has_no_scorer() -> None:
    with pytest.raises(InputError, match="not a gap of rates over groups"):
        fairness_scorer("conditional_demographic_parity")


def test_a_criterion_that_is_not_known_is_refused() -> None:
    with pytest.raises(InputError, match="is not known"):
        fairness_scorer("fairness")


def test_more_than_two_classes_are_refused() -> None:
    y = np.arange(1000) % 3
    model = DummyClassifier().fit(PEOPLE.X, y)
    with pytest.raises(InputError, match="two classes are needed; got 3"):
        fairness_scorer("demographic_parity")(
            model, PEOPLE.X, y, sensitive_features=PEOPLE.group
        )


@pytest.mark.parametrize("columns", [None, "sex"])
def test_labels_that_the_estimator_does_not_know_are_refused(columns: str | None) -> None:
    score = fairness_scorer("equalized_odds", sensitive_columns=columns)
    given = {} if columns else {"sensitive_features": PEOPLE.group}
    model = make_pipeline(FunctionTransformer(without_sex), LogisticRegression())
    model.fit(FRAME, PEOPLE.y)
    with pytest.raises(InputError, match=r"know the labels '0', '1'\..* with: 0, 1\."):
        score(model, FRAME, PEOPLE.y.astype(str), **given)


def test_a_single_group_is_refused() -> None:
    model = LogisticRegression().fit(PEOPLE.X, PEOPLE.y)
    with pytest.raises(InputError, match="there is only one group, 0"):
        fairness_scorer("equalized_odds")(
            model, PEOPLE.X, PEOPLE.y, sensitive_features=np.zeros(1000)
        )


@pytest.mark.parametrize("classes", [(0, 1), (1, 2), ("no", "yes")])
def test_the_positive_class_is_the_estimators_where_everybody_is_positive(
    classes: tuple[object, object],
) -> None:
    y = np.array(classes)[PEOPLE.y]
    model = LogisticRegression().fit(PEOPLE.X, y)
    score = fairness_scorer("equal_opportunity")
    positives = PEOPLE.y == 1
    found = score(
        model, PEOPLE.X[positives], y[positives], sensitive_features=PEOPLE.group[positives]
    )
    everybody = score(model, PEOPLE.X, y, sensitive_features=PEOPLE.group)
    assert found == everybody < 0


def test_without_classes_those_that_occur_are_meant() -> None:
    class Half:
        def predict(self, X: np.ndarray) -> np.ndarray:
            return np.where(X[:, 0] > 0, "yes", "no")

    y = np.where(PEOPLE.y == 1, "yes", "no")
    score = fairness_scorer("equal_opportunity")
    assert score(Half(), PEOPLE.X, y, sensitive_features=PEOPLE.group) < 0
