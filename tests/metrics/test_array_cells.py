from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from fairaudit.core.errors import InputError
from fairaudit.metrics.array_cells import count_arrays

Y_TRUE, Y_PRED = [1, 0, 1, 0], [1, 1, 0, 0]
GROUPS, OTHER = ["a", "a", "b", "b"], ["x", "y", "x", "y"]


def names(features: object) -> list[str]:
    return [side.name for side in count_arrays(Y_TRUE, Y_PRED, features).groups]


@pytest.mark.parametrize(
    "make",
    [list, tuple, np.array, pd.Series, pl.Series, lambda x: np.array(x).reshape(-1, 1)],
)
def test_every_kind_of_array_gives_the_same_cells(make: Callable[[Any], Any]) -> None:
    found = count_arrays(make(Y_TRUE), make(Y_PRED), make(GROUPS))
    assert found == count_arrays(Y_TRUE, Y_PRED, GROUPS)
    first, second = found.groups
    assert (first.name, first.cells.tp, first.cells.fp) == ("a", 1, 1)
    assert (second.name, second.cells.fn, second.cells.tn) == ("b", 1, 1)
    assert found.overall.cells.complete == 4


@pytest.mark.parametrize(
    "features",
    [
        {"g": GROUPS, "o": OTHER},
        pd.DataFrame({"g": GROUPS, "o": OTHER}),
        pl.DataFrame({"g": GROUPS, "o": OTHER}),
        np.array([GROUPS, OTHER]).T,
        list(zip(GROUPS, OTHER, strict=True)),
    ],
)
def test_several_features_make_their_crossing(features: object) -> None:
    assert names(features) == ["a × x", "a × y", "b × x", "b × y"]


def test_a_feature_may_be_called_like_an_argument() -> None:
    assert names({"y_pred": GROUPS}) == ["a", "b"]


def test_booleans_are_zero_and_one() -> None:
    given = ([True, False], np.array([True, True]))
    found = count_arrays(*given, pos_label=1).overall.cells
    assert (found.tp, found.fp) == (1, 1)
    assert found == count_arrays(*given, pos_label=True).overall.cells


def test_a_positive_label_among_numbers_is_found() -> None:
    found = count_arrays([1, 2, 2], [2.0, 2.0, 1.0], pos_label=2).overall.cells
    assert (found.tp, found.fp, found.fn) == (1, 1, 1)


def test_labels_are_not_read_when_only_selections_count() -> None:
    found = count_arrays(["?", "?"], [1, 0], labelled=False).overall.cells
    assert (found.unlabelled_selected, found.unlabelled_rejected) == (1, 1)


def test_weights_keep_their_squares() -> None:
    found = count_arrays([1, 1], [1, 1], sample_weight=[0.5, 2.0]).overall
    assert found.cells.tp == 2.5
    assert found.weights is not None
    assert found.weights.squares.tp == 4.25


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (([1, 0], [1], None), "same length"),
        (([1, None], [1, 0], None), "1 of 2 rows have a missing label"),
        (([1, 0], [[1, 0], [0, 1]], None), r"y_pred must have one dimension"),
        (([1, 0], [1, 0], np.zeros((2, 1, 1))), r"shape \(n,\) or \(n, k\)"),
        (([1, 0], [1, 0], {}), "sensitive_features has no columns"),
        (
            ([1, 0], [0.2, 0.7], None),
            r"metrics: y_pred holds .*such as y_pred >= threshold",
        ),
        (([1, 0, 1], [1, 2, 3], None), "say which with pos_label"),
        (([*range(500)], [1] * 500, None), "metrics: y_true holds .*and 496 more"),
        ((["yes", "no"], [1, 0], None), "metrics: y_true holds .*pos_label='yes'"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    arguments: tuple[Any, Any, Any], message: str
) -> None:
    with pytest.raises(InputError, match=message):
        count_arrays(*arguments)


def test_labels_that_are_not_read_still_have_a_length() -> None:
    with pytest.raises(InputError, match="same length; got 1 and 2"):
        count_arrays([1], [1, 0], labelled=False)
