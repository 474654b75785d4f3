from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from fairaudit.core.errors import InputError
from fairaudit.mitigation.people import Attributes, _names_of, people, split_columns

GROUPS = ["m", "f", "f", "m"]
SEX_AND_RACE = Attributes(names=("sex", "race"))


@pytest.mark.parametrize(
    "features",
    [
        GROUPS,
        tuple(GROUPS),
        np.array(GROUPS),
        np.array(GROUPS, dtype=object),
        pd.Series(GROUPS),
        pd.Series(GROUPS, dtype="category"),
        pl.Series(GROUPS),
        pd.DataFrame({"sex": GROUPS}),
        pl.DataFrame({"sex": GROUPS}),
        {"sex": GROUPS},
        pa.array(GROUPS),
        pa.array(GROUPS).dictionary_encode(),
        pa.table({"sex": GROUPS}),
        pa.record_batch({"sex": pa.array(GROUPS)}),
        pa.table({"column_names": GROUPS}),
        pd.DataFrame({"column_names": GROUPS}),
    ],
)
def test_groups_are_the_same_whatever_holds_them(features: Any) -> None:
    found = people(features, rows=4, where="fit")
    assert found.names == ("f", "m")
    assert found.labels.tolist() == GROUPS


def test_several_attributes_are_crossed_and_only_what_occurs_is_a_group() -> None:
    features = pd.DataFrame({"sex": ["f", "m", "m"], "old": [1, 0, 0]})
    found = people(features, rows=3, where="fit")
    assert found.names == ("f × 1", "m × 0")


def test_numbers_are_named_as_an_audit_names_them() -> None:
    assert people(np.array([1.0, 0.0]), rows=2, where="fit").names == ("0", "1")


@pytest.mark.parametrize("missing", [None, "", np.nan])
def test_missing_groups_are_refused_and_counted(missing: object) -> None:
    with pytest.raises(InputError, match="missing in 2 rows"):
        people(["f", missing, missing], rows=3, where="fit")


@pytest.mark.parametrize(
    "features",
    [
        pa.table({"sex": ["f", None, None]}),
        np.ma.array(["f", "m", "m"], mask=[0, 1, 1]),
        np.ma.array([1, 0, 0], mask=[0, 1, 1]),
        np.ma.array([[1, 2], [0, 2], [0, 2]], mask=[[0, 0], [1, 0], [1, 0]]),
    ],
    ids=["arrow", "masked texts", "masked numbers", "masked table"],
)
def test_what_arrow_and_masks_leave_out_is_missing(features: Any) -> None:
    with pytest.raises(InputError, match="missing in 2 rows"):
        people(features, rows=3, where="fit")


def test_masked_arrays_that_leave_nothing_out_are_read() -> None:
    assert people(np.ma.array([1, 0]), rows=2, where="fit").names == ("0", "1")


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, dict])
def test_crossings_that_come_to_one_name_are_refused(make: Any) -> None:
    features = make({"area": ["a × b", "a"], "sort": ["c", "b × c"]})
    with pytest.raises(InputError, match="fit: two different groups of area × sort would"):
        people(features, rows=2, where="fit")


def test_a_crossing_that_comes_to_the_name_of_one_known_before_is_refused() -> None:
    before = people({"area": ["a × b"], "sort": ["c"]}, rows=1, where="fit")
    assert before.names == ("a × b × c",)
    other = {"area": ["a"], "sort": ["b × c"]}
    with pytest.raises(InputError, match=r"predict: two different groups .* 'a × b × c'"):
        people(other, rows=1, where="predict", attributes=before.attributes)


def test_another_length_is_refused_with_both_lengths() -> None:
    with pytest.raises(InputError, match="has 2 rows and X has 3"):
        people(["f", "m"], rows=3, where="fit")


def test_no_groups_at_all_is_refused_with_both_ways_to_give_them() -> None:
    with pytest.raises(InputError, match="sensitive_features=, or name sensitive_columns="):
        people(None, rows=3, where="fit")


def test_places_among_other_groups_are_by_name() -> None:
    found = people(["c", "a", "b"], rows=3, where="fit")
    assert found.among(("a", "c")).tolist() == [1, 0, -1]


@pytest.mark.parametrize("make", [pd.DataFrame, pl.DataFrame, pa.table])
def test_sensitive_columns_are_taken_out_by_name_or_position(make: Any) -> None:
    X = make({"a": [1, 2], "sex": ["f", "m"], "b": [3, 4]})
    for columns in ("sex", ["sex"], 1, [1]):
        rest, sensitive = split_columns(X, columns, keep=False, where="fit")
        assert rest.shape == (2, 2)
        assert _names_of(rest) == ["a", "b"]
        assert _names_of(sensitive) == ["sex"]
    kept, _ = split_columns(X, "sex", keep=True, where="fit")
    assert kept is X


@pytest.mark.parametrize("wanted", [5, 2, "0", np.int64(5), [5], ["5"]])
def test_columns_named_by_numbers_are_found_by_their_names(wanted: Any) -> None:
    X = pd.DataFrame([[1, 2, 3]], columns=[5, 1, 0])
    _, sensitive = split_columns(X, wanted, keep=True, where="fit")
    assert list(sensitive.columns) == [5 if "5" in str(wanted) else 0]


def test_a_number_that_names_one_column_and_places_another_is_refused() -> None:
    X = pd.DataFrame([[1, 2, 3]], columns=[5, 1, 0])
    with pytest.raises(InputError, match="Write '0' for the name, or '5' for the column"):
        split_columns(X, 0, keep=True, where="fit")
    _, sensitive = split_columns(X, 1, keep=True, where="fit")
    assert list(sensitive.columns) == [1]


def test_two_columns_of_the_name_are_refused() -> None:
    X = pd.DataFrame([[1, 2, 3]], columns=["sex", "age", "sex"])
    with pytest.raises(InputError, match="2 columns of X are named 'sex'"):
        split_columns(X, "sex", keep=True, where="fit")


def test_sensitive_columns_of_an_array_go_by_position() -> None:
    rest, sensitive = split_columns(
        np.arange(6).reshape(2, 3), [2, 0], keep=False, where="fit"
    )
    assert rest.tolist() == [[1], [4]]
    assert sensitive.tolist() == [[2, 0], [5, 3]]


def test_a_misspelt_sensitive_column_is_answered_with_the_right_one() -> None:
    X = pd.DataFrame({"gender": [1], "age": [2]})
    with pytest.raises(InputError, match="Did you mean 'gender'"):
        split_columns(X, "gendr", keep=False, where="fit")


def test_nothing_beside_the_sensitive_columns_is_refused() -> None:
    with pytest.raises(InputError, match="nothing to learn from"):
        split_columns(np.ones((3, 1)), 0, keep=False, where="fit")


@pytest.mark.parametrize("make", [dict, pd.DataFrame, pl.DataFrame])
def test_attributes_known_by_name_are_matched_by_name(make: Any) -> None:
    before = people(make({"sex": ["f", "m"], "race": ["b", "w"]}), rows=2, where="fit")
    turned = make({"race": ["w", "b"], "sex": ["f", "f"]})
    found = people(turned, rows=2, where="predict", attributes=before.attributes)
    assert found.labels.tolist() == ["f × w", "f × b"]


@pytest.mark.parametrize(
    ("features", "told"),
    [
        ({"sex": ["f"]}, "sensitive features is 1, and was 2 while"),
        (np.array(["f"]), "sensitive features is 1, and was 2 while"),
        (
            {"sex": ["f"], "race": ["b"], "age": ["old"]},
            "sensitive features is 3, and was 2",
        ),
        ({"sex": ["f"], "colour": ["b"]}, "are sex, colour, .* they were sex, race"),
    ],
)
def test_other_attributes_than_before_are_refused(features: Any, told: str) -> None:
    with pytest.raises(InputError, match=told):
        people(features, rows=1, where="predict", attributes=SEX_AND_RACE)


def test_attributes_without_names_are_matched_by_position() -> None:
    before = people(np.array([["f", "b"]]), rows=1, where="fit")
    named = pd.DataFrame({"race": ["f"], "sex": ["b"]})
    for first, second in (
        (before.attributes, named),
        (Attributes(names=("race", "sex")), np.array([["f", "b"]])),
    ):
        found = people(second, rows=1, where="predict", attributes=first)
        assert found.names == ("f × b",)


def test_an_attribute_that_looks_like_a_number_is_refused() -> None:
    with pytest.raises(InputError, match="60 distinct values in 60 rows, more than the 50"):
        people({"sex": ["f", "m"] * 30, "age": range(60)}, rows=60, where="fit", most=50)


@pytest.mark.parametrize(
    ("features", "told"),
    [
        (pd.DataFrame(index=range(2)), "have no column"),
        (pd.DataFrame([["f", "m"]] * 2, columns=["sex", "sex"]), "have one name"),
    ],
)
def test_frames_that_name_no_attribute_or_one_twice_are_refused(
    features: Any, told: str
) -> None:
    with pytest.raises(InputError, match=told):
        people(features, rows=2, where="fit")


@pytest.mark.parametrize("columns", [[], ["sex", "sex"], ["sex", 0], ()])
def test_no_sensitive_column_or_one_named_twice_is_refused(columns: Any) -> None:
    X = pd.DataFrame({"sex": ["f"], "age": [2]})
    with pytest.raises(InputError, match="one column or several, each once"):
        split_columns(X, columns, keep=True, where="fit")


@pytest.mark.parametrize("columns", [[True], True, slice(0, 1), -1, 2, 0.0, [None]])
def test_what_is_no_name_or_position_of_a_column_is_refused(columns: Any) -> None:
    X = pd.DataFrame({"sex": ["f"], "age": [2]})
    with pytest.raises(InputError, match=r"is not in X.*: sex, age"):
        split_columns(X, columns, keep=True, where="fit")
