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
        ("direct_bias<=0.16", "fail"),
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


@pytest.mark.parametrize(
    ("gate", "because"),
    [
        ("direct_bias>=0.2", "with <=, .* fairer the smaller.* Write direct_bias<=0.2"),
        ("rnsb.race>=0.1", "fairer the smaller"),
        ("own.abs_effect_size>=0.5", "fairer the smaller"),
        ("residual.clustering>=0.8", "fairer the smaller"),
        ("residual.classifier>=0.8", "fairer the smaller"),
        ("ect.gender<=0.9", "with >=, .* better the larger"),
        ("utility.analogies<=0.1", "better the larger"),
        ("weat-6.effect_size>=1", r"is 0\. Write weat-6\.effect_size<=1, or weat-6\.abs_"),
        ("weat-6.effect_size<=-1", r"Write weat-6\.effect_size>=-1, or .*_size<=1 for"),
        ("occupations.correlation>=0.3", r"whose occupations\.correlation is 0"),
        ("residual.neighbours>=1/10", "would fail vectors without any bias"),
        ("rnd.gender<=-0.1", "Write rnd.gender>=-0.1"),
        ("ripa.gender>=0.1", "would fail vectors without any bias"),
        ("mac.race<=0.9", r"whose mac\.race is 1\. Write mac\.race>=0\.9"),
        ("mac.race>=1.1", "would fail vectors without any bias"),
        ("direct_bias<=-0.1", r"whose direct_bias is 0\.$"),
        ("residual.classifier<=0.4", r"is 0\.5\.$"),
        ("ect.gender>=1.5", r"is 1\.$"),
    ],
)
def test_a_gate_that_more_bias_would_pass_is_refused(gate: str, because: str) -> None:
    with pytest.raises(InputError, match=because):
        parse_study_gate(gate)


@pytest.mark.parametrize(
    "gate",
    [
        "weat-6.effect_size<=0",
        "weat-6.effect_size>=-0.5",
        "mac.race>=0.9",
        "mac.race<=1.1",
        "ect.race>=0.9",
        "utility.wordsim353>=0.5",
        "residual.neighbours<=0.2",
    ],
)
def test_a_gate_that_vectors_without_bias_pass_is_read(gate: str) -> None:
    assert parse_study_gate(gate).text == gate


@pytest.mark.parametrize(
    ("gate", "value", "told"),
    [
        ("weat-6.effect_size<=0.5", -0.6, "weat-6.effect_size>=-0.5 would fail"),
        ("weat-6.effect_size<=0.5", -0.5, None),
        ("weat-6.effect_size>=-1/2", 1.7, "weat-6.effect_size<=1/2 would fail"),
        ("weat-6.effect_size<=0", -0.1, "weat-6.effect_size>=0 would fail"),
        ("weat-6.abs_effect_size<=0.5", 0.4, None),
        ("mac.race>=0.9", 1.3, None),
    ],
)
def test_a_pass_tells_of_as_much_bias_on_the_other_side(
    gate: str, value: float, told: str | None
) -> None:
    required = parse_study_gate(gate)
    numbers = {required.number: Estimate(value=value)}
    (verdict,) = judge_numbers([required], numbers, where="vectors")
    assert verdict.status == "pass"
    assert ("One side of 0" in verdict.because) == (told is not None)
    assert (told or "") in verdict.because


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
        ("direct_bias <= 0.1", True),
        ("impact_ratio>=0.8", False),
        ("v1.race:impact_ratio>=0.8", False),
        ("impact_ration>=0.8", False),
        ("equalized_odds", False),
        ("", False),
    ],
)
def test_numbers_of_studies_are_told_from_those_of_tables(text: str, study: bool) -> None:
    assert about_study(text) is study
