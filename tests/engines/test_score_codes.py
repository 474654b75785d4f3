"""Scores are coded in the quickest way that fits, and every way says the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.engines import open_table, score_codes
from fairaudit.engines.codes import Array, Numbers
from fairaudit.engines.query import CellTable, CountQuery, KeyColumn
from fairaudit.engines.score_grid import on_grid

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@st.composite
def decimals(draw: st.DrawFn) -> list[float]:
    """Scores of a few decimals that fill a stretch of the line."""
    scale = draw(st.sampled_from(score_codes._SCALES))
    first, many = draw(st.integers(-300, 10_000)), draw(st.integers(1, 30))
    steps = list(range(first, first + many))
    more = draw(st.lists(st.sampled_from(steps)))
    return draw(st.permutations([step / scale for step in (*steps, *more)]))


def given_back(array: Array, bits: int | None = None) -> Array:
    """Read the codes of scores."""
    codes = score_codes.score_codes(Numbers(array=array), bits)
    assert codes is not None
    assert list(codes.labels[:-1]) == sorted(set(codes.labels[:-1]))
    return np.array(codes.labels)[codes.array + codes.offset]


def by_counting(array: Array) -> tuple[Array, Array] | None:
    return score_codes._decimals(array, float(array.min()), float(array.max()))


def counted(scores: Array, missing: list[bool]) -> CellTable:
    scores = np.where(np.resize(missing, len(scores)), scores.dtype.type("nan"), scores)
    groups = np.arange(len(scores)) % 3
    keys = (KeyColumn(column="group"), KeyColumn(column="score", threshold=0.5))
    query = CountQuery(keys=keys, score="score", few=("group",))
    with open_table({"group": groups, "score": scores}) as table:
        return table.count(query)


@given(
    decimals(),
    st.lists(FINITE | st.just(-0.0), max_size=2),
    st.lists(st.booleans(), min_size=1, max_size=5),
    st.sampled_from((np.float64, np.float32)),
)
def test_scores_are_counted_as_if_they_had_been_sorted(
    few: list[float], odd: list[float], missing: list[bool], kind: type[np.floating]
) -> None:
    with np.errstate(over="ignore"):
        scores = np.array([*few, *odd]).astype(kind)
    scores = scores[np.isfinite(scores)]
    quick = counted(scores, missing)
    with pytest.MonkeyPatch.context() as patch:
        for way in ("_decimals", "_apart"):
            patch.setattr(score_codes, way, lambda *_: None)
        assert counted(scores, missing) == quick


@given(decimals())
def test_scores_of_a_few_decimals_need_no_list_of_those_that_occur(
    few: list[float],
) -> None:
    array = np.array(few)
    found = by_counting(array)
    assert found is not None
    distinct, codes = found
    assert distinct[codes].tolist() == few


@pytest.mark.parametrize("odd", [0.00005, 0.1 + 0.2, np.nextafter(0.5, 1), 1e308, -7.1e9])
@pytest.mark.parametrize("behind", [0, 3 * score_codes._STRETCH])
def test_one_score_of_more_decimals_is_not_rounded(odd: float, behind: int) -> None:
    array = np.append(np.resize(np.arange(101) / 100, 101 + behind), odd)
    assert by_counting(array) is None
    assert given_back(array).tolist() == array.tolist()


def test_few_scores_far_apart_get_few_codes() -> None:
    codes = score_codes.score_codes(Numbers(array=np.array([0.0001, 0.5, 1.0])), None)
    assert codes is not None
    assert codes.labels[:-1] == (0.0001, 0.5, 1.0)


@given(st.lists(FINITE | st.floats(-20, 20), min_size=1), st.sampled_from((13, 10, 7)))
def test_bins_are_those_of_the_grid(scores: list[float], bits: int) -> None:
    array = np.array(scores)
    wanted = on_grid(array, bits)
    found = given_back(array, bits)
    assert found.tolist() == wanted.tolist()


def test_bins_beyond_one_stretch_are_those_of_the_grid() -> None:
    array = np.random.default_rng(3).normal(0, 2, 2 * score_codes._STRETCH + 9)
    assert np.array_equal(given_back(array, 13), on_grid(array, 13))
