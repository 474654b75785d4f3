from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import sklearn
from sklearn.base import clone
from sklearn.calibration import CalibratedClassifierCV
from sklearn.ensemble import AdaBoostClassifier, VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import FixedThresholdClassifier, GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from fairaudit import FairReductionClassifier, Reweigher
from fairaudit.core.errors import InputError
from fairaudit.mitigation.weights import fit_weighted, weight_argument
from tests.mitigation.people_by_chance import drawn

PEOPLE = drawn(400)
WEIGHTS = np.where(PEOPLE.y == 1, 6.0, 1.0)
PLAIN = make_pipeline(StandardScaler(), LogisticRegression())


def asking() -> tuple[StandardScaler, LogisticRegression]:
    with sklearn.config_context(enable_metadata_routing=True):
        return (
            StandardScaler().set_fit_request(sample_weight=False),
            LogisticRegression().set_fit_request(sample_weight=True),
        )


SCALED = make_pipeline(*asking())


def selected(base: Any) -> tuple[float, float]:
    """Give the share that is selected with weights, and without."""
    weighted = fit_weighted(clone(base), PEOPLE.X, PEOPLE.y, WEIGHTS)
    plain = clone(base).fit(PEOPLE.X, PEOPLE.y)
    return weighted.predict(PEOPLE.X).mean(), plain.predict(PEOPLE.X).mean()


@pytest.mark.parametrize("routing", [False, True])
@pytest.mark.parametrize(
    "base",
    [
        LogisticRegression(),
        PLAIN,
        SCALED,
        CalibratedClassifierCV(LogisticRegression(), cv=3),
        make_pipeline(StandardScaler(), CalibratedClassifierCV(LogisticRegression(), cv=3)),
        AdaBoostClassifier(LogisticRegression(), n_estimators=1),
    ],
    ids=["plain", "pipeline", "asking", "calibrated", "calibrated last", "boosted"],
)
def test_weights_arrive_with_routing_and_without(base: Any, *, routing: bool) -> None:
    with sklearn.config_context(enable_metadata_routing=routing):
        weighted, plain = selected(base)
    assert weighted > plain + 0.1


@pytest.mark.parametrize(
    "base",
    [
        CalibratedClassifierCV(SCALED, cv=3),
        VotingClassifier([("one", SCALED)]),
        FixedThresholdClassifier(SCALED),
    ],
    ids=lambda one: type(one).__name__,
)
def test_requests_bring_weights_further_in(base: Any) -> None:
    with sklearn.config_context(enable_metadata_routing=True):
        weighted, plain = selected(base)
    assert weighted > plain + 0.1


@pytest.mark.parametrize("routing", [False, True])
@pytest.mark.parametrize(
    "base",
    [
        CalibratedClassifierCV(PLAIN),
        VotingClassifier([("one", LogisticRegression())]),
        FixedThresholdClassifier(LogisticRegression()),
        GridSearchCV(LogisticRegression(), {}),
        make_pipeline(StandardScaler(), GridSearchCV(LogisticRegression(), {})),
    ],
    ids=lambda one: type(one).__name__,
)
def test_without_requests_it_is_said_what_to_set(base: Any, *, routing: bool) -> None:
    with (
        sklearn.config_context(enable_metadata_routing=routing),
        pytest.raises(
            InputError, match=r"enable_metadata_routing=True\), and set_fit_requ"
        ),
    ):
        fit_weighted(clone(base), PEOPLE.X, PEOPLE.y, WEIGHTS)


def test_a_request_that_is_still_open_is_named() -> None:
    half = make_pipeline(StandardScaler(), asking()[1])
    with (
        sklearn.config_context(enable_metadata_routing=True),
        pytest.raises(
            InputError, match=r"^Pipeline: weights of rows .*StandardScaler\.fit"
        ),
    ):
        fit_weighted(half, PEOPLE.X, PEOPLE.y, WEIGHTS)


def test_requests_decide_who_gets_weights() -> None:
    scaler, model = asking()
    with sklearn.config_context(enable_metadata_routing=True):
        scaler = scaler.set_fit_request(sample_weight=True)
        model = model.set_fit_request(sample_weight=False)
        found = fit_weighted(make_pipeline(scaler, model), PEOPLE.X, PEOPLE.y, WEIGHTS)
    assert found[0].mean_ == pytest.approx(np.average(PEOPLE.X, axis=0, weights=WEIGHTS))


@pytest.mark.parametrize(
    "fair",
    [
        Reweigher(PLAIN),
        FairReductionClassifier(PLAIN, {"demographic_parity": 0.1}, max_iter=3),
    ],
    ids=lambda one: type(one).__name__,
)
def test_a_pipeline_learns_the_same_with_routing_and_without(fair: Any) -> None:
    decided = []
    for routing in (False, True):
        with sklearn.config_context(enable_metadata_routing=routing):
            one = clone(fair).fit(PEOPLE.X, PEOPLE.y, sensitive_features=PEOPLE.group)
            decided.append(one.predict_proba(PEOPLE.X))
    assert (decided[0] == decided[1]).all()


def test_the_weights_of_a_pipeline_go_to_its_last_step() -> None:
    assert weight_argument(PLAIN) == "logisticregression__sample_weight"
