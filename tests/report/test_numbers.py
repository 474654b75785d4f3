from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fairaudit.core.estimate import Interval
from fairaudit.report.numbers import NBSP, count, decimal, interval, listed, percent, share


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0.0, "0.00"),
        (0.0384, "0.04"),
        (0.0034, "0.003"),
        (0.00004, "0.00"),
        (-0.00004, "-0.00"),
        (-0.0034, "-0.003"),
        (1.0, "1.00"),
    ],
)
def test_a_gap_has_two_decimals_and_three_where_two_say_nothing(
    number: float, written: str
) -> None:
    assert decimal(number) == written


@given(st.floats(0, 1), st.sampled_from([0.02, 0.05, 0.1, 0.2, 0.8]))
def test_a_limit_never_rounds_onto_the_tolerance(number: float, tolerance: float) -> None:
    assume(abs(number - tolerance) > 1e-6)
    assert float(decimal(number, against=tolerance)) != tolerance


def test_a_limit_that_is_the_tolerance_is_written_as_it() -> None:
    assert decimal(0.1, against=0.1) == "0.10"


@given(st.floats(0, 1))
def test_only_none_and_all_are_0_and_100_percent(part: float) -> None:
    assert (percent(part) == "0") == (part == 0)
    assert (percent(part) == "100") == (part == 1)


def test_a_share_is_a_percentage_whose_sign_stays_with_it() -> None:
    assert share(0.852) == f"85{NBSP}%"


@pytest.mark.parametrize(
    ("amount", "written"),
    [(7214, "7,214"), (0, "0"), (12.5, "12.5"), (1654.3, "1,654"), (3.0, "3")],
)
def test_people_are_grouped_in_thousands_and_small_weights_have_a_decimal(
    amount: float, written: str
) -> None:
    assert count(amount) == written


def test_an_interval_without_a_bound_says_none() -> None:
    limits = Interval(low=0.5, high=None, level=0.95, method="logit")
    assert interval(limits) == f"[0.50,{NBSP}none]"
    assert interval(None) == ""


@pytest.mark.parametrize(
    ("words", "most", "written"),
    [
        (["a"], None, "a"),
        (["a", "b"], None, "a and b"),
        (["a", "b", "c"], 3, "a, b and c"),
        (["a", "b", "c", "d"], 2, "a, b and 2 more"),
        ([], None, ""),
    ],
)
def test_lists_read_as_sentences_do(
    words: list[str], most: int | None, written: str
) -> None:
    assert listed(words, most=most) == written
