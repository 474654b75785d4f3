from __future__ import annotations

import subprocess
import sys
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.linear_model import LogisticRegression

from fairaudit import (
    FairReductionClassifier,
    FairThresholdClassifier,
    Reweigher,
    audit,
    fairness_scorer,
)
from fairaudit.core.errors import InputError
from fairaudit.engines.row_order import check_row_order
from fairaudit.metrics import demographic_parity_difference, estimate

ROWS = pd.DataFrame(
    {"x": [0, 1, 2, 3] * 3, "y": [0, 1, 0, 1] * 3, "g": ["f", "f", "m"] * 4}
)
X, Y, G = ROWS[["x"]], ROWS["y"], ROWS["g"]
TURNED = G[::-1]
MIXED = "has the row labels of '.*' in another order, .* give .to_numpy"


def model() -> LogisticRegression:
    return LogisticRegression()


@pytest.mark.parametrize(
    "call",
    [
        lambda: audit({"label": Y, "prediction": Y, "g": TURNED}, groups="g"),
        lambda: demographic_parity_difference(Y, Y, sensitive_features=TURNED),
        lambda: demographic_parity_difference(Y, Y, sensitive_features={"g": TURNED}),
        lambda: estimate("selection_rate", Y, Y, sample_weight=Y[::-1]),
        lambda: Reweigher(model()).fit(X, Y, sensitive_features=TURNED),
        lambda: Reweigher(model()).fit(X[::-1], Y, sensitive_features=G.to_numpy()),
        lambda: FairThresholdClassifier(model(), {"demographic_parity": 0.5}).fit(
            X, Y, sensitive_features=TURNED.to_frame()
        ),
        lambda: FairReductionClassifier(model(), {"demographic_parity": 0.5}).fit(
            X, Y, sensitive_features=TURNED
        ),
        lambda: fairness_scorer("demographic_parity")(
            model().fit(X, Y), X, Y, sensitive_features=TURNED
        ),
        lambda: fairness_scorer("demographic_parity", sensitive_columns="g")(
            model().fit(X, Y), ROWS[["x", "g"]], Y[::-1]
        ),
    ],
)
def test_the_same_rows_in_another_order_are_refused_wherever_rows_are_paired(
    call: Any,  # noqa: ANN401 - a function of nothing
) -> None:
    with pytest.raises(InputError, match=MIXED):
        call()


def test_a_decision_for_other_people_than_the_features_are_of_is_refused() -> None:
    rng = np.random.default_rng(0)
    some = pd.DataFrame({"x": rng.normal(size=200)})
    groups = pd.Series(rng.choice(["f", "m"], 200))
    fair = FairThresholdClassifier(
        model(), {"demographic_parity": 0.2}, randomised=True, random_state=0
    ).fit(some, (some["x"] > 0).astype(int), sensitive_features=groups)
    with pytest.raises(InputError, match=MIXED):
        fair.predict(some, sensitive_features=groups[::-1])


@pytest.mark.parametrize(
    "index",
    [
        ["a", "b", "b", "c"],
        ["a", 1, None, 2.5],
        [0.5, np.nan, 1.0, 2.0],
        pd.date_range("2020-01-01", periods=4),
        pd.MultiIndex.from_tuples([(1, "a"), (1, "b"), (2, "a"), (2, "b")]),
        pd.RangeIndex(4),
    ],
)
def test_labels_of_every_kind_are_compared_whatever_their_order(index: Any) -> None:  # noqa: ANN401
    one = pd.Series(range(4), index=index)
    check_row_order({"one": one, "other": one.copy()}, where="here")
    with pytest.raises(InputError, match=f"^here: 'other' {MIXED}"):
        check_row_order({"one": one, "other": one[::-1]}, where="here")


@pytest.mark.parametrize(
    "index", [["a", "b", "c", "d"], [1, 2, 3, 4], [0, 0, 1, 2], [4.5, 3.0, 2.0, 1.0]]
)
def test_other_labels_pair_by_position_as_in_scikit_learn(index: list[Any]) -> None:
    renumbered = pd.Series(range(4))
    check_row_order({"one": renumbered, "other": renumbered.set_axis(index)}, where="here")


def test_what_has_no_index_pairs_by_position() -> None:
    check_row_order(
        {"X": X, "y": Y[::-1].to_numpy(), "g": [*"ab"], "none": None}, where="here"
    )
    told = audit(
        {"label": Y.to_numpy(), "prediction": Y, "g": TURNED.to_numpy()}, groups="g"
    )
    assert told.parts


def test_pandas_is_not_loaded_to_compare_rows() -> None:
    code = (
        "import sys; from fairaudit.engines.row_order import check_row_order as c; "
        "c({'a': [1], 'b': [2]}, where='here'); print('pandas' in sys.modules)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, check=True, text=True
    )
    assert found.stdout.strip() == "False"
