from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression

from fairaudit import fairness_scorer
from fairaudit.core.errors import InputError
from tests.mitigation.people_by_chance import drawn

PEOPLE = drawn(1000)
FRAME = pd.DataFrame(PEOPLE.X).assign(sex=PEOPLE.group).rename(columns=str)


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
