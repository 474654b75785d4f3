from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from fairlearn.reductions import DemographicParity, EqualizedOdds, ExponentiatedGradient
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression, Perceptron
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from fairaudit import FairReductionClassifier
from fairaudit.core.errors import InputError
from fairaudit.mitigation.constraints import rate_constraints
from fairaudit.mitigation.gaps import cells_by_group, excess
from fairaudit.mitigation.moment import ABLE
from fairaudit.mitigation.people import people
from tests.mitigation.people_by_chance import Drawn, drawn

PEOPLE = drawn(3000)


def excess_of(decided: np.ndarray, of: Drawn, constraints: dict[str, float]) -> float:
    found = people(of.group, rows=len(of.y), where="test")
    asked = rate_constraints(constraints, able=ABLE, where="test")
    return excess(asked, cells_by_group(of.y, decided, found))


@pytest.mark.filterwarnings("ignore:.* the rule selects:UserWarning")  # of both at once
@pytest.mark.parametrize(
    "constraints",
    [
        {"demographic_parity": 0.05},
        {"equalized_odds": 0.05},
        {"equal_opportunity": 0.02},
        {"predictive_parity": 0.02},
        {"predictive_parity": 0.05, "demographic_parity": 0.15},
    ],
)
def test_constraints_that_the_plain_model_breaks_are_kept_in_training(
    constraints: dict[str, float],
) -> None:
    plain = LogisticRegression().fit(PEOPLE.X, PEOPLE.y)
    assert excess_of(plain.predict(PEOPLE.X), PEOPLE, constraints) > 0
    fair = FairReductionClassifier(LogisticRegression(), constraints)
    fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert fair.excess_ == 0
    decided = fair.predict(PEOPLE.X)
    assert excess_of(decided, PEOPLE, constraints) <= 1e-9
    assert 0.05 < decided.mean() < 0.95


@pytest.mark.parametrize(
    ("constraint", "moment"),
    [("demographic_parity", DemographicParity), ("equalized_odds", EqualizedOdds)],
)
def test_accuracy_is_that_of_fairlearns_mixture_with_no_more_fits(
    constraint: str, moment: type
) -> None:
    theirs = ExponentiatedGradient(LogisticRegression(), moment(difference_bound=0.025))
    with pytest.warns(pd.errors.Pandas4Warning):
        theirs.fit(
            PEOPLE.X, pd.Series(PEOPLE.y), sensitive_features=pd.Series(PEOPLE.group)
        )
    q = theirs._pmf_predict(PEOPLE.X)[:, 1]
    mixed = (q * PEOPLE.y + (1 - q) * (1 - PEOPLE.y)).mean()
    ours = FairReductionClassifier(LogisticRegression(), {constraint: 0.05})
    ours.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert ours.score(PEOPLE.X, PEOPLE.y) >= mixed - 0.003
    assert ours.n_fits_ <= theirs.n_oracle_calls_


@pytest.mark.parametrize(
    "constraints", [{"equalized_odds": 0.05}, {"predictive_parity": 0.05}]
)
def test_the_unconstrained_model_takes_part(constraints: dict[str, float]) -> None:
    fair = FairReductionClassifier(LogisticRegression(), constraints)
    fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    plain = LogisticRegression().fit(PEOPLE.X, PEOPLE.y)
    assert fair.predictors_[0].coef_ == pytest.approx(plain.coef_, abs=1e-6)
    assert len(fair.weights_) == len(fair.predictors_)
    assert fair.weights_.sum() == pytest.approx(1)


@pytest.mark.parametrize(("seed", "within"), [(0, 0.02), (3, 0.1), (3, 0.02)])
def test_on_few_people_it_does_no_worse_than_no_constraint(
    seed: int, within: float
) -> None:
    rng = np.random.default_rng(seed)
    codes = rng.integers(0, 3, 400)
    X = rng.normal(size=(400, 3)) + codes[:, None] * 0.8
    y = (X.sum(axis=1) + rng.normal(size=400) > 2).astype(int)
    of = Drawn(X=X, y=y, group=codes.astype(str))
    asked = {"predictive_parity": within}
    fair = FairReductionClassifier(LogisticRegression(), asked)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        fair.fit(of.X, of.y, sensitive_features=of.group)
    plain = LogisticRegression().fit(X, y)
    assert fair.excess_ < excess_of(plain.predict(X), of, asked)
    assert fair.score(X, y) > 0.75
    assert any("constraint is exceeded by" in str(one.message) for one in told) == (
        fair.excess_ > 0
    )


def test_the_same_person_always_gets_the_same_answer() -> None:
    fair = FairReductionClassifier(LogisticRegression(), {"demographic_parity": 0.05})
    fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    once, again = fair.predict(PEOPLE.X), fair.predict(PEOPLE.X[::-1])[::-1]
    assert (once == again).all()


def test_probabilities_turn_where_decisions_do() -> None:
    fair = FairReductionClassifier(LogisticRegression(), {"equalized_odds": 0.05})
    fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    probability = fair.predict_proba(PEOPLE.X)
    assert np.allclose(probability.sum(axis=1), 1)
    assert ((probability[:, 1] >= 0.5) == fair.predict(PEOPLE.X)).all()


def test_a_base_estimator_without_probabilities_votes() -> None:
    fair = FairReductionClassifier(Perceptron(random_state=0), {"demographic_parity": 0.1})
    fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert set(fair.predict(PEOPLE.X)) <= {0, 1}


def test_predictive_parity_holds_on_people_not_seen() -> None:
    both = drawn(20_000, seed=5, apart=1.5)
    learn, new = both.part(slice(0, 8000)), both.part(slice(8000, None))
    plain = LogisticRegression().fit(learn.X, learn.y)
    fair = FairReductionClassifier(LogisticRegression(), {"predictive_parity": 0.02})
    fair.fit(learn.X, learn.y, sensitive_features=learn.group)

    def gap(decided: np.ndarray) -> float:
        first = new.group == "group 0"
        return abs(
            new.y[(decided == 1) & first].mean() - new.y[(decided == 1) & ~first].mean()
        )

    assert gap(fair.predict(new.X)) < 0.5 * gap(plain.predict(new.X))


@pytest.mark.parametrize("kind", ["category", "Int64", "Float64", "boolean", "string"])
def test_columns_of_any_pandas_kind_reach_the_base_estimator(kind: str) -> None:
    numbers = (PEOPLE.X[:, 0] > 0).astype(int)
    frame = pd.DataFrame(PEOPLE.X, columns=list("abc")).astype({"b": "Float64"})
    frame["d"] = pd.Series(numbers if kind != "string" else numbers.astype(str)).astype(
        kind
    )
    frame["e"] = pd.Series(np.where(numbers == 1, "x", "y")).astype("category")
    columns = make_column_transformer(
        (OneHotEncoder(), ["d", "e"]), (StandardScaler(), ["a", "b", "c"])
    )
    fair = FairReductionClassifier(
        make_pipeline(columns, LogisticRegression()), {"demographic_parity": 0.1}
    )
    fair.fit(frame, PEOPLE.y, sensitive_features=PEOPLE.group)
    assert fair.excess_ == 0


@pytest.mark.parametrize("labels", [(1, 2), ("no", "yes"), (-1, 1), (False, True)], ids=str)
@pytest.mark.parametrize("heavy", [0, 1])
@pytest.mark.parametrize("constraint", ["demographic_parity", "predictive_parity"])
def test_class_weights_are_those_of_the_labels_as_given(
    labels: tuple[object, object], heavy: int, constraint: str
) -> None:
    base = LogisticRegression(class_weight={labels[heavy]: 4.0, labels[1 - heavy]: 1.0})
    y = np.array(labels)[PEOPLE.y]
    fair = FairReductionClassifier(base, {constraint: 0.5}, max_iter=2)
    fair.fit(PEOPLE.X, y, sensitive_features=PEOPLE.group)
    plain = LogisticRegression(class_weight={heavy: 4.0, 1 - heavy: 1.0})
    plain.fit(PEOPLE.X, PEOPLE.y)
    assert fair.predictors_[0].coef_ == pytest.approx(plain.coef_, abs=1e-3)
    assert fair.predictors_[0].classes_.tolist() == list(labels)


def test_labels_do_not_change_decisions() -> None:
    decided = []
    for labels in ((0, 1), (1, 2), ("no", "yes")):
        fair = FairReductionClassifier(Perceptron(random_state=0), {"equalized_odds": 0.1})
        fair.fit(PEOPLE.X, np.array(labels)[PEOPLE.y], sensitive_features=PEOPLE.group)
        decided.append(fair.predict(PEOPLE.X) == labels[1])
    assert (decided[0] == decided[1]).all()
    assert (decided[0] == decided[2]).all()


def test_a_group_without_positives_is_named() -> None:
    y = PEOPLE.y * (PEOPLE.group == "group 1")
    fair = FairReductionClassifier(LogisticRegression(), {"equal_opportunity": 0.1})
    with pytest.raises(InputError, match="group 0 has no actual positives"):
        fair.fit(PEOPLE.X, y, sensitive_features=PEOPLE.group)


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        *[({"max_iter": given}, "at least 1 round") for given in (0, -1, 1.5, True, "5")],
        *[({"eps": given}, "a number above 0") for given in (0, -1, np.nan, "a", None)],
    ],
)
def test_parameters_out_of_range_are_refused(
    settings: dict[str, object], told: str
) -> None:
    fair = FairReductionClassifier(
        LogisticRegression(), {"demographic_parity": 0.1}, **settings
    )
    with pytest.raises(InputError, match=told):
        fair.fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
