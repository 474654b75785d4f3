from __future__ import annotations

import datetime as dt
import math
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.errors import InputError
from fairaudit.engines.canonical import Reader, canonical


@pytest.mark.parametrize(
    ("native", "text"),
    [
        (True, "true"),
        (np.False_, "false"),
        (7, "7"),
        (np.int8(-7), "-7"),
        (2**70, str(2**70)),
        (1.0, "1"),
        (-0.0, "0"),
        (0.1, "0.1"),
        (1e-7, "1e-07"),
        (np.float64(2.5), "2.5"),
        (np.float32(0.1), "0.1"),
        (Decimal("1.50"), "1.5"),
        (Decimal("1E+2"), "100"),
        (Decimal("-0.0"), "0"),
        (dt.date(2024, 1, 2), "2024-01-02"),
        (dt.datetime(2024, 1, 2), "2024-01-02"),  # noqa: DTZ001
        (dt.datetime(2024, 1, 2, 3, 4), "2024-01-02T03:04:00"),  # noqa: DTZ001
        (pd.Timestamp("2024-01-02"), "2024-01-02"),
        (np.datetime64("2024-01-02T00:00:00", "ns"), "2024-01-02"),
        ("NA", "NA"),
        ("None", "None"),
        ("01", "01"),
        (" x", " x"),
        (np.str_("é"), "é"),
    ],
)
def test_a_value_has_one_text(native: object, text: str) -> None:
    assert canonical(native) == text


@pytest.mark.parametrize(
    "native",
    [None, "", math.nan, np.float32("nan"), pd.NA, pd.NaT, np.datetime64("NaT")],
)
def test_what_is_empty_is_missing(native: object) -> None:
    assert canonical(native) is None


@pytest.mark.parametrize("native", [b"bytes", [1], {"a": 1}, 1j, object(), np.ones(2)])
def test_what_names_no_group_is_refused_with_its_column(native: object) -> None:
    read = Reader(column="g", where="people.csv")
    with pytest.raises(InputError, match=r"people\.csv: column 'g' holds .* values"):
        read(native)


def test_only_texts_that_were_named_mean_missing() -> None:
    read = Reader(column="g", where="people.csv", na=("NA", "9"))
    assert [read(native) for native in ("NA", 9, 9.0, "None")] == [None, None, None, "None"]


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_a_single_read_as_a_double_keeps_its_short_text(number: float) -> None:
    text = canonical(number, float32=True)
    assert text is not None
    assert np.float32(text) == np.float32(number)
    assert text == canonical(np.float32(number))


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_double_can_be_read_back_from_its_text(number: float) -> None:
    text = canonical(number)
    assert text is not None
    assert float(text) == number
