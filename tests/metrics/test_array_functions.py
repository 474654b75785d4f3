from __future__ import annotations

import inspect
import math
import pickle
from typing import Any

import fairlearn.metrics as theirs
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.dummy import DummyClassifier
from sklearn.metrics import make_scorer
from sklearn.model_selection import cross_validate

import fairaudit.metrics as ours
from fairaudit.core.errors import InputError, UndefinedMetricError
from fairaudit.criteria.catalogue import catalogue, known_rates
from fairaudit.datasets.loaders import load

SHARED = sorted(set(dir(ours)) & set(theirs.__all__))
OVER_GROUPS = [
    name for name in SHARED if name.endswith(("_difference", "_ratio", "_min", "_max"))
]
COMPARED = [name for name in OVER_GROUPS if name.endswith(("_difference", "_ratio"))]


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    """Draw people of whom every group has every cell, so that all rates are defined."""
    groups = draw(st.integers(2, 4))
    rows = [(g, y, p) for g in range(groups) for y in (0, 1) for p in (0, 1)]
    row = st.tuples(st.integers(0, groups - 1), st.integers(0, 1), st.integers(0, 1))
    rows += draw(st.lists(row, max_size=60))
    weight = st.floats(0.25, 8)
    weights = draw(st.lists(weight, min_size=len(rows), max_size=len(rows)))
    group, label, prediction = (np.array(part) for part in zip(*rows, strict=True))
    return {
        "y_true": label,
        "y_pred": prediction,
        "group": np.array(list("abcd"))[group],
        "weight": np.array(weights),
    }


def both(name: str, data: dict[str, Any], **options: object) -> tuple[float, float]:
    """Ask us and fairlearn."""
    given_ = (data["y_true"], data["y_pred"])
    return (
        getattr(ours, name)(*given_, **options),
        getattr(theirs, name)(*given_, **options),
    )


def test_what_is_shared_with_fairlearn_has_not_shrunk() -> None:
    assert len(SHARED) == 29
    assert set(theirs._fairness) <= set(SHARED)


# fairlearn takes a second for every example.
@settings(max_examples=6, deadline=None)
@given(people())
def test_every_shared_function_agrees_with_fairlearn(data: dict[str, Any]) -> None:
    for name in SHARED:
        groups = {"sensitive_features": data["group"]} if name in OVER_GROUPS else {}
        for more in ({}, {"sample_weight": data["weight"]}):
            mine, peer = both(name, data, **groups, **more)
            assert mine == pytest.approx(peer, rel=1e-9, abs=1e-12), name


# fairlearn takes a second for every example.
@settings(max_examples=6, deadline=None)
@given(people())
def test_every_method_and_aggregation_agrees_with_fairlearn(data: dict[str, Any]) -> None:
    for name in COMPARED:
        aggs = ("worst_case", "mean") if name.startswith("equalized_odds") else (None,)
        for agg in aggs:
            options = {"agg": agg} if agg else {}
            mine, peer = both(
                name,
                data,
                sensitive_features=data["group"],
                method="to_overall",
                **options,
            )
            assert mine == pytest.approx(peer, rel=1e-9, abs=1e-12), (name, agg)


def bundled(name: str) -> pd.DataFrame:
    """Give one row per person, in groups of some size; COMPAS is selected from 5 on."""
    frame = load(name)
    if name == "compas":
        frame = frame.loc[frame.index.repeat(frame["count"])]
        frame = frame.assign(
            label=frame["two_year_recid"], prediction=(frame["decile_score"] >= 5) * 1
        )
    return frame[frame.groupby(["race", "sex"])["label"].transform("size") > 300]


@pytest.mark.parametrize("name", ["adult_predictions", "compas"])
def test_bundled_data_agree_with_fairlearn(name: str) -> None:
    frame = bundled(name)
    data = {"y_true": frame["label"], "y_pred": frame["prediction"]}
    for function in OVER_GROUPS:
        mine, peer = both(function, data, sensitive_features=frame[["race", "sex"]])
        assert mine == pytest.approx(peer, rel=1e-12), function


def test_no_name_is_that_of_a_module() -> None:
    from pkgutil import iter_modules

    assert not {module.name for module in iter_modules(ours.__path__)} & set(dir(ours))


def test_every_rate_and_criterion_has_its_functions() -> None:
    expected = {
        f"{rate}{end}"
        for rate in known_rates()
        for end in ("", "_difference", "_ratio", "_group_min", "_group_max")
    }
    expected |= {
        f"{one.id}_{end}"
        for one in catalogue().values()
        if one.rates and not one.stratified
        for end in ("difference", "ratio")
    }
    assert expected <= set(dir(ours))


def test_every_function_that_is_listed_gives_a_number() -> None:
    given_ = ([1, 0, 1, 0] * 2, [1, 0, 0, 1] * 2)
    for name in set(dir(ours)) - {"estimate"}:
        function = getattr(ours, name)
        takes = inspect.signature(function).parameters
        groups = {"sensitive_features": list("aaaabbbb")}
        found = function(*given_, **(groups if "sensitive_features" in takes else {}))
        assert 0 <= found <= 1
        assert ours.estimate(name, *given_, **groups).value == pytest.approx(found)


@pytest.mark.parametrize("name", [name for name in dir(ours) if name != "estimate"])
def test_a_function_is_pickled_by_its_name_and_documents_its_parameters(name: str) -> None:
    function = getattr(ours, name)
    assert pickle.loads(pickle.dumps(function)) is function  # noqa: S301 - our own
    for parameter in inspect.signature(function).parameters:
        assert parameter in function.__doc__


@pytest.mark.parametrize("name", SHARED)
def test_the_parameters_fairlearn_names_are_there(name: str) -> None:
    wanted = set(inspect.signature(getattr(theirs, name)).parameters) - {"other_params"}
    assert wanted <= set(inspect.signature(getattr(ours, name)).parameters)


def test_predictive_parity_of_two_groups_by_hand() -> None:
    # PPV of a: 1 of 2, of b: 2 of 2.
    given_ = ([1, 0, 1, 1, 0], [1, 1, 1, 1, 0])
    groups = list("aabbb")
    assert ours.predictive_parity_difference(*given_, sensitive_features=groups) == 0.5
    assert ours.predictive_parity_ratio(*given_, sensitive_features=groups) == 0.5


def test_unknown_names_are_attribute_errors() -> None:
    with pytest.raises(AttributeError, match="no attribute 'no_such_rate'"):
        ours.no_such_rate  # noqa: B018 - asking is the test


def test_unknown_options_are_refused() -> None:
    with pytest.raises(InputError, match="method must be between_groups or to_overall"):
        ours.selection_rate_difference(
            [1, 0], [1, 0], sensitive_features=["a", "b"], method="to_overal"
        )
    with pytest.raises(InputError, match="agg must be worst_case or mean"):
        ours.equalized_odds_ratio([1, 0], [1, 0], sensitive_features=["a", "b"], agg="x")


def test_difference_no_actual_positives() -> None:
    given_ = ([0, 0, 1, 0], [1, 0, 1, 0])
    groups = list("aabb")
    assert theirs.true_positive_rate(given_[0][:2], given_[1][:2]) == 0
    assert theirs.equal_opportunity_difference(*given_, sensitive_features=groups) == 1
    with pytest.raises(UndefinedMetricError, match="no actual positives in group a"):
        ours.equal_opportunity_difference(*given_, sensitive_features=groups)


def test_difference_nobody_selected() -> None:
    given_ = ([0, 1, 1, 0], [0, 0, 0, 0])
    groups = list("aabb")
    found = theirs.demographic_parity_ratio(*given_, sensitive_features=groups)
    assert math.isnan(found)
    with pytest.raises(UndefinedMetricError, match="the rate is 0 in every group"):
        ours.demographic_parity_ratio(*given_, sensitive_features=groups)


def test_difference_one_group() -> None:
    given_ = ([0, 1], [0, 1])
    groups = ["a", "a"]
    assert theirs.demographic_parity_difference(*given_, sensitive_features=groups) == 0
    with pytest.raises(UndefinedMetricError, match="only one group, a"):
        ours.demographic_parity_difference(*given_, sensitive_features=groups)


def test_difference_text_labels() -> None:
    given_ = (["yes", "no"], ["yes", "no"])
    assert theirs.selection_rate(*given_) == 0
    with pytest.raises(InputError, match=r"say which value is positive.*pos_label='yes'"):
        ours.selection_rate(*given_)
    assert ours.selection_rate(*given_, pos_label="yes") == 0.5


def test_difference_foreign_positive_label() -> None:
    given_ = ([1, 0], [1, 0])
    assert theirs.selection_rate(*given_, pos_label=2) == 0
    with pytest.raises(InputError, match="pos_label '2' does not occur in y_pred"):
        ours.selection_rate(*given_, pos_label=2)


def test_both_refuse_a_missing_group() -> None:
    given_ = ([0, 1, 1], [0, 1, 1])
    groups = np.array(["a", "b", None], dtype=object)
    with pytest.raises(ValueError, match="contains missing values"):
        theirs.selection_rate_difference(*given_, sensitive_features=groups)
    with pytest.raises(InputError, match="1 of 3 rows have a missing group"):
        ours.selection_rate_difference(*given_, sensitive_features=groups)


def test_difference_precision_without_selections() -> None:
    given_ = ([0, 1, 1, 0], [0, 0, 1, 0])
    groups = list("aabb")
    with pytest.warns(UserWarning, match="Precision is ill-defined"):
        found = theirs.precision_score_group_min(*given_, sensitive_features=groups)
    assert found == 0
    with pytest.raises(UndefinedMetricError, match="no selections in group a"):
        ours.precision_score_group_min(*given_, sensitive_features=groups)


def test_a_rate_can_score_a_model_in_cross_validation() -> None:
    X = np.arange(40.0).reshape(-1, 1)
    y = np.tile([0, 1], 20)
    scored = cross_validate(
        DummyClassifier(strategy="constant", constant=1),
        X,
        y,
        scoring=make_scorer(ours.selection_rate),
        error_score="raise",
    )
    assert scored["test_score"].tolist() == [1.0] * 5
