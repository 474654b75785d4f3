"""Limits of ratios and odds ratios against the reference."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.inference.ratios import odds_ratio, ratio_estimate, ratio_verdict_limits

REFERENCE = Path(__file__).parents[1] / "reference" / "incompatibility.json"
PAIRS = json.loads(REFERENCE.read_text())["intervals"]
COUNTS = st.integers(2, 400).flatmap(
    lambda people: st.tuples(st.integers(1, people - 1), st.just(people))
)


def _counts(pair: dict[str, float]) -> tuple[float, float, float, float]:
    return pair["x1"], pair["n1"], pair["x2"], pair["n2"]


@pytest.mark.parametrize(
    "pair",
    [pair for pair in PAIRS if "mover_wilson_ratio" in pair],
    ids=lambda pair: f"{pair['x1']}-{pair['n1']}",
)
def test_ratios_have_the_reference_interval(pair: dict[str, float]) -> None:
    found = ratio_estimate(*_counts(pair)).interval
    assert found is not None
    assert (found.low, found.high) == pytest.approx(pair["mover_wilson_ratio"], rel=1e-7)


@pytest.mark.parametrize(
    "pair",
    PAIRS,
    ids=lambda pair: f"{pair['x1']}-{pair['n1']}",
)
def test_odds_ratios_have_the_reference_interval(pair: dict[str, float]) -> None:
    found = odds_ratio(*_counts(pair)).interval
    assert found is not None
    assert (found.low, found.high) == pytest.approx(
        pair["odds_ratio_logit_half"], rel=1e-7, abs=5e-9
    )


@given(COUNTS, COUNTS)
def test_ratio_limits_turn_round_with_the_groups(
    first: tuple[int, int], second: tuple[int, int]
) -> None:
    there = ratio_verdict_limits(*first, *second, 0.05)
    back = ratio_verdict_limits(*second, *first, 0.05)
    assert there.upper is not None
    assert back.upper is not None
    assert there.lower * back.upper == pytest.approx(1, rel=1e-6)
    assert there.lower <= first[0] / first[1] / (second[0] / second[1]) <= there.upper


def test_a_ratio_to_a_rate_of_zero_has_no_value_and_no_upper_limit() -> None:
    assert ratio_estimate(3, 10, 0, 10).undefined_because == "the rate divided by is 0"
    assert ratio_verdict_limits(3, 10, 0, 10, 0.05).upper is None


def test_a_rate_of_zero_over_another_has_a_lower_limit_of_zero() -> None:
    found = ratio_verdict_limits(0, 10, 3, 10, 0.05)
    assert found.lower == 0
    assert found.upper is not None
    assert found.upper > 0


def test_an_odds_ratio_with_an_empty_cell_is_undefined() -> None:
    found = odds_ratio(0, 10, 3, 12)
    assert found.value is None
    assert found.undefined_because is not None
    assert found.interval is not None


def test_a_pair_chosen_from_many_has_a_wider_interval() -> None:
    alone, chosen = (
        odds_ratio(30, 100, 20, 100),
        odds_ratio(30, 100, 20, 100, comparisons=15),
    )
    assert alone.interval is not None
    assert chosen.interval is not None
    assert chosen.interval.low < alone.interval.low  # type: ignore[operator]
    assert chosen.interval.high > alone.interval.high  # type: ignore[operator]
    assert chosen.interval.method == "logit, Bonferroni over 15"
