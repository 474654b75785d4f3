from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar as theirs

from fairaudit.core.errors import InputError
from fairaudit.inference.paired import discordance_p
from fairaudit.resumes.effects.mcnemar import mcnemar


@given(st.integers(0, 40), st.integers(0, 40))
def test_the_exact_p_value_is_that_of_statsmodels(first: int, second: int) -> None:
    exact, mid = discordance_p(first, second)
    if first + second:
        assert exact == pytest.approx(theirs([[5, first], [second, 5]], exact=True).pvalue)
    assert mid <= exact


def test_the_mid_p_value_of_fagerland_and_others() -> None:
    # Airway hyper-responsiveness before and after stem cell transplantation, 21 children,
    # 1 and 7 discordant (Fagerland, Lydersen and Laake 2013, tables 1 and 4).
    exact, mid = discordance_p(1, 7)
    assert exact == pytest.approx(0.0703, abs=5e-5)
    assert mid == pytest.approx(0.0391, abs=5e-5)


def test_seventeen_to_none_of_102() -> None:
    found = mcnemar([1] * 17 + [0] * 85, [0] * 102)
    assert found.exact_p == pytest.approx(1.5e-5, abs=5e-7)
    assert found.difference.value == pytest.approx(17 / 102)


def test_pairs_without_two_answers_are_left_out() -> None:
    found = mcnemar([1, 0, math.nan, 1], [0, 0, 1, math.nan])
    assert found.pairs == 2


def test_no_pairs_have_no_difference() -> None:
    assert mcnemar([], []).difference.undefined_because == "no pair has two answers"


def test_other_answers_than_yes_and_no_are_refused() -> None:
    with pytest.raises(InputError, match="1 for yes"):
        mcnemar([2], [0])


def test_the_interval_holds_the_difference_and_stays_within_one() -> None:
    found = mcnemar([1] * 30, [0] * 30).difference
    assert found.interval is not None
    assert found.interval.low is not None
    assert found.interval.high is not None
    assert 0.7 < found.interval.low < 1 == found.interval.high
