from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pytest

from fairaudit.core.errors import InputError
from fairaudit.mitigation.labels import coded_labels

CODES = np.array([0, 1, 1, 0, 1])


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (CODES.astype(bool).astype(object), "b"),
        (CODES.astype(object), "i"),
        (CODES.astype(float).astype(object), "f"),
        (np.array([*map(np.int64, CODES), None], dtype=object)[:-1], "i"),
        (pd.Series(CODES.astype(bool)).astype(object), "b"),
        (pl.Series(CODES.tolist(), dtype=pl.Object), "i"),
        (np.ma.array(CODES), "i"),
        (np.ma.array(CODES.astype(object)), "i"),
    ],
    ids=["bool", "int", "float", "int64", "pandas", "polars", "masked", "masked object"],
)
def test_objects_of_one_kind_are_labels_of_that_kind(labels: Any, kind: str) -> None:
    classes, codes = coded_labels(labels, "fit")
    assert (classes.dtype.kind, classes.tolist()) == (kind, [0, 1])
    assert codes.tolist() == CODES.tolist()


@pytest.mark.parametrize("of", [int, float, object])
def test_masked_labels_are_missing(of: type) -> None:
    labels = np.ma.array(CODES.astype(of), mask=[1, 0, 1, 0, 0])
    with pytest.raises(InputError, match="y is missing in 2 rows"):
        coded_labels(labels, "fit")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ([0, "a"], "fit: y holds number and text values. Give labels that are all texts"),
        ([True, 2], "boolean and number values"),
        ([Decimal(0), Decimal(1)], "y holds Decimal values"),
        ([date(2020, 1, 1), "later"], "date and text values"),
    ],
)
def test_labels_of_several_kinds_are_refused(values: list[object], told: str) -> None:
    with pytest.raises(InputError, match=told):
        coded_labels(np.array(values, dtype=object)[CODES], "fit")
