from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from fairaudit import Reweigher
from fairaudit.core.errors import InputError
from fairaudit.mitigation.people import people
from fairaudit.mitigation.reweighing import independence_weights
from tests.mitigation.people_by_chance import drawn


@given(
    st.lists(st.integers(1, 50), min_size=4, max_size=8).filter(lambda n: len(n) % 2 == 0)
)
def test_by_weight_group_and_label_are_independent(counts: list[int]) -> None:
    cells = [(number // 2, number % 2) for number, n in enumerate(counts) for _ in range(n)]
    group, y = np.array(cells).T
    found = people(group, rows=len(y), where="test")
    weights = independence_weights(y, found)[found.codes, y]
    base = (weights * y).sum() / weights.sum()
    assert np.isclose(base, y.mean())
    for place in range(len(found.names)):
        own = weights[found.codes == place]
        assert np.isclose((own * y[found.codes == place]).sum() / own.sum(), base)
        assert np.isclose(own.sum(), len(own))


def test_weights_are_those_of_kamiran_and_calders_example() -> None:
    # Kamiran and Calders 2012, the worked example of reweighing: ten applicants.
    sex = ["m", "m", "m", "m", "m", "f", "f", "f", "f", "f"]
    hired = np.array([1, 1, 1, 1, 0, 1, 1, 0, 0, 0])
    found = people(sex, rows=10, where="test")
    weights = independence_weights(hired, found)
    by_name = dict(zip(found.names, weights.round(2).tolist(), strict=True))
    assert by_name == {"f": [0.67, 1.5], "m": [2.0, 0.75]}


def test_a_reweighted_model_prefers_a_group_less() -> None:
    people_drawn = drawn(4000)
    X = np.column_stack([people_drawn.X, people_drawn.group == "group 1"])
    plain = LogisticRegression().fit(X, people_drawn.y)
    fair = Reweigher(LogisticRegression()).fit(
        X, people_drawn.y, sensitive_features=people_drawn.group
    )

    def gap(decided: np.ndarray) -> float:
        first = people_drawn.group == "group 0"
        return abs(decided[first].mean() - decided[~first].mean())

    assert gap(plain.predict(X)) > 0.2
    assert gap(fair.predict(X)) < 0.5 * gap(plain.predict(X))


def test_the_last_step_of_a_pipeline_gets_the_weights() -> None:
    people_drawn = drawn(500)
    base = make_pipeline(StandardScaler(), LogisticRegression())
    fair = Reweigher(base).fit(
        people_drawn.X, people_drawn.y, sensitive_features=people_drawn.group
    )
    assert fair.predict_proba(people_drawn.X).shape == (500, 2)


def test_an_estimator_without_weights_is_refused() -> None:
    people_drawn = drawn(50)
    with pytest.raises(InputError, match="KNeighborsClassifier takes no weights"):
        Reweigher(KNeighborsClassifier()).fit(
            people_drawn.X, people_drawn.y, sensitive_features=people_drawn.group
        )
