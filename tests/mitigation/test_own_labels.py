from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.dummy import DummyClassifier
from sklearn.linear_model import LogisticRegression

from fairaudit.mitigation.own_labels import OwnLabels, own
from tests.mitigation.people_by_chance import drawn

PEOPLE = drawn(300)
CLASSES = [np.array([1, 2]), np.array(["no", "yes"]), np.array([False, True])]


@pytest.mark.parametrize("classes", CLASSES, ids=str)
def test_the_users_labels_are_learnt_and_0_or_1_is_decided(classes: np.ndarray) -> None:
    fitted = clone(OwnLabels(LogisticRegression(), classes)).fit(
        PEOPLE.X, pd.Series(PEOPLE.y), sample_weight=pd.Series(np.ones(300))
    )
    plain = LogisticRegression().fit(PEOPLE.X, PEOPLE.y)
    assert fitted.estimator_.classes_.tolist() == classes.tolist()
    assert (fitted.predict(PEOPLE.X) == plain.predict(PEOPLE.X)).all()


@pytest.mark.parametrize("classes", CLASSES, ids=str)
@pytest.mark.parametrize("constant", [0, 1])
def test_one_decision_for_everybody_is_the_label_that_it_stands_for(
    classes: np.ndarray, constant: int
) -> None:
    same = np.full(300, constant)
    theirs = DummyClassifier(strategy="constant", constant=constant).fit(PEOPLE.X, same)
    found = own(theirs, PEOPLE.X, classes[PEOPLE.y], classes)
    assert set(found.predict(PEOPLE.X)) == {classes[constant]}
    assert (found.predict_proba(PEOPLE.X)[:, 1] == constant).all()
