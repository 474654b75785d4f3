from __future__ import annotations

import pytest

from fairaudit.core.errors import InputError
from fairaudit.core.estimate import Estimate
from fairaudit.policy.study_gates import about_study, judge_numbers, parse_study_gate

NUMBERS = {
    "weat-6.effect_size": Estimate(value=0.5),
    "direct_bias": Estimate(value=0.17),
    "occupations.correlation": Estimate.undefined("the projections are rounding noise"),
}


@pytest.mark.parametrize(
    ("gate", "status"),
    [
        ("weat-6.effect_size<=0.5", "pass"),
        ("weat-6.effect_size <= 1/2", "pass"),
        ("weat-6.effect_size<=0.4999", "fail"),
        ("weat-6.effect_size>=-1", "pass"),
        ("direct_bias>=0.2", "fail"),
        ("occupations.correlation<=0.9", "undecided"),
    ],
)
def test_a_number_is_read_as_a_rule_would(gate: str, status: str) -> None:
    (verdict,) = judge_numbers([parse_study_gate(gate)], NUMBERS, where="vectors")
    assert verdict.status == status


def test_an_undefined_number_says_why_it_decides_nothing() -> None:
    gate = parse_study_gate("occupations.correlation<=0.9")
    (verdict,) = judge_numbers([gate], NUMBERS, where="vectors")
    assert "rounding noise" in verdict.because
    assert verdict.value is None


@pytest.mark.parametrize(
    "text", ["weat-6", "weat-6.effect_size<0.5", "<=0.5", "a b<=1", "x<=1<=2"]
)
def test_what_is_no_gate_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"cannot be read|is not a number"):
        parse_study_gate(text)


@pytest.mark.parametrize("limit", ["nan", "inf", "1e400", "1/0", "50%", "0x1"])
def test_what_is_no_exact_limit_is_refused(limit: str) -> None:
    with pytest.raises(InputError, match="is not a number"):
        parse_study_gate(f"direct_bias<={limit}")


def test_a_number_the_study_has_not_is_refused_with_the_nearest() -> None:
    gate = parse_study_gate("weat-6.effect-size<=0.5")
    with pytest.raises(InputError, match=r"Did you mean 'weat-6\.effect_size'"):
        judge_numbers([gate], NUMBERS, where="vectors")


def test_the_share_of_chance_results_that_would_fail_is_told() -> None:
    gate = parse_study_gate("direct_bias<=0.1")
    chance = {"direct_bias": (0.0, 0.1, 0.2, 0.3)}
    (verdict,) = judge_numbers([gate], NUMBERS, where="vectors", chance=chance)
    assert verdict.fair_failure_share == 0.5
    assert "50% would fail this gate" in verdict.because
    (silent,) = judge_numbers([gate], NUMBERS, where="vectors")
    assert silent.fair_failure_share is None


def test_four_fifths_of_counts_are_no_more_than_0_8() -> None:
    numbers = {
        "residual.classifier": Estimate(value=0.8, numerator=3_200, denominator=4_000),
        "utility.analogies": Estimate(value=2 / 3, numerator=2, denominator=3),
        "direct_bias": Estimate(value=0.1),
    }
    for text in ("residual.classifier<=0.8", "utility.analogies>=2/3", "direct_bias<=0.1"):
        (verdict,) = judge_numbers([parse_study_gate(text)], numbers, where="vectors")
        assert verdict.status == "pass"


@pytest.mark.parametrize(
    ("text", "study"),
    [
        ("weat-6.effect_size<=0.5", True),
        ("weat-6.effect_size", True),
        ("direct_bias >= 0.1", True),
        ("impact_ratio>=0.8", False),
        ("v1.race:impact_ratio>=0.8", False),
        ("impact_ration>=0.8", False),
        ("equalized_odds", False),
        ("", False),
    ],
)
def test_numbers_of_studies_are_told_from_those_of_tables(text: str, study: bool) -> None:
    assert about_study(text) is study
