from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import mcnemar

from fairaudit.inference.paired import PairedCounts, mcnemar_mid_p, newcombe_paired

counts = st.builds(
    PairedCounts,
    both=st.integers(0, 60),
    first=st.integers(0, 60),
    second=st.integers(0, 60),
    neither=st.integers(0, 60),
).filter(lambda one: one.people > 0)


# Newcombe 1998 (Statistics in Medicine 17, 2635-2650), table III, method 10.
def test_method_10_reproduces_the_published_interval() -> None:
    found = newcombe_paired(PairedCounts(both=36, first=12, second=2, neither=0))
    assert found.low == pytest.approx(0.0569, abs=5e-5)
    assert found.high == pytest.approx(0.3404, abs=5e-5)


# Fagerland, Lydersen and Laake 2013, table 1: airway hyper-responsiveness before and after
# stem cell transplantation, 1, 1, 7 and 12 children.
def test_mcnemar_mid_p_reproduces_the_published_example() -> None:
    found = mcnemar_mid_p(PairedCounts(both=1, first=1, second=7, neither=12))
    assert found == pytest.approx(0.0391, abs=5e-5)


@given(counts)
def test_mid_p_is_the_exact_p_less_the_probability_of_what_was_seen(
    one: PairedCounts,
) -> None:
    exact = mcnemar([[one.both, one.first], [one.second, one.neither]], exact=True).pvalue
    assert mcnemar_mid_p(one) <= exact + 1e-12
    if one.first != one.second:
        again = mcnemar_mid_p(
            PairedCounts(
                both=one.both, first=one.second, second=one.first, neither=one.neither
            )
        )
        assert mcnemar_mid_p(one) == pytest.approx(again)


@given(counts)
def test_exchanging_the_systems_turns_the_interval_around(one: PairedCounts) -> None:
    turned = PairedCounts(
        both=one.both, first=one.second, second=one.first, neither=one.neither
    )
    here, there = newcombe_paired(one), newcombe_paired(turned)
    assert here.low == pytest.approx(-(there.high or 0.0))
    assert here.high == pytest.approx(-(there.low or 0.0))
    seen = (one.first - one.second) / one.people
    assert here.low is not None
    assert here.high is not None
    assert here.low - 1e-12 <= seen <= here.high + 1e-12


def test_many_people_decided_differently_need_no_huge_integers() -> None:
    found = mcnemar_mid_p(PairedCounts(both=0, first=5_000, second=5_200, neither=0))
    exact = mcnemar([[0, 5_000], [5_200, 0]], exact=True).pvalue
    assert found == pytest.approx(exact, rel=0.05)
