from __future__ import annotations

import math

import pytest

from fairaudit.core.errors import InputError
from fairaudit.criteria.catalogue import catalogue
from fairaudit.mitigation.constraints import rate_constraints, require_people
from fairaudit.tally.rates import RATES

ABLE = frozenset({"selection_rate", "true_positive_rate", "false_positive_rate"})


def test_a_composite_constrains_each_of_its_rates() -> None:
    found = rate_constraints({"equalized_odds": 0.1}, able=ABLE, where="fit")
    assert {(one.rate.id, one.tolerance) for one in found} == {
        ("true_positive_rate", 0.1),
        ("false_positive_rate", 0.1),
    }


def test_a_rate_of_two_criteria_keeps_to_the_smaller_tolerance() -> None:
    asked = {"equalized_odds": 0.1, "equal_opportunity": 0.02}
    found = rate_constraints(asked, able=ABLE, where="fit")
    assert {one.rate.id: one.tolerance for one in found} == {
        "true_positive_rate": 0.02,
        "false_positive_rate": 0.1,
    }


@pytest.mark.parametrize("tolerance", [-0.1, 1.1, 5, math.nan, math.inf, "0.1", True, None])
def test_a_tolerance_outside_0_to_1_is_refused(tolerance: object) -> None:
    with pytest.raises(InputError, match="tolerance of demographic_parity must be"):
        rate_constraints({"demographic_parity": tolerance}, able=ABLE, where="fit")  # type: ignore[dict-item]


@pytest.mark.parametrize("given", [{}, None, "equalized_odds", ["equalized_odds"]])
def test_nothing_or_no_mapping_is_refused_with_an_example(given: object) -> None:
    with pytest.raises(InputError, match=r"such as \{'equalized_odds': 0.05\}"):
        rate_constraints(given, able=ABLE, where="fit")  # type: ignore[arg-type]


def test_an_unknown_criterion_is_answered_with_the_one_that_may_be_meant() -> None:
    with pytest.raises(InputError, match="Did you mean 'equalized_odds'"):
        rate_constraints({"equalised_odds": 0.1}, able=ABLE, where="fit")


def test_a_criterion_that_cannot_be_imposed_there_is_refused() -> None:
    with pytest.raises(InputError, match="predictive_parity cannot be a constraint here"):
        rate_constraints({"predictive_parity": 0.1}, able=ABLE, where="fit")


@pytest.mark.parametrize(
    "criterion",
    [one.id for one in catalogue().values() if one.stratified or not one.rates],
)
def test_a_criterion_that_is_no_gap_of_rates_is_refused(criterion: str) -> None:
    with pytest.raises(InputError, match=f"fit: {criterion} is not a gap of rates"):
        rate_constraints({criterion: 0.1}, able=frozenset(RATES), where="fit")


@pytest.mark.parametrize("criterion", ["demographic_parity", "predictive_parity"])
def test_a_group_without_people_is_refused_whatever_the_rate(criterion: str) -> None:
    asked = rate_constraints({criterion: 0.1}, able=frozenset(RATES), where="fit")
    with pytest.raises(InputError, match=r"fit: group a has no .* in the training rows"):
        require_people(asked, [("a", 0, 0)], "fit")


@pytest.mark.parametrize(
    ("criterion", "among"),
    [("equal_opportunity", "positives"), ("predictive_equality", "negatives")],
)
def test_a_rate_needs_people_of_its_own_label_only(criterion: str, among: str) -> None:
    asked = rate_constraints({criterion: 0.1}, able=frozenset(RATES), where="fit")
    one, other = [("a", 0, 5), ("b", 5, 0)], [("b", 5, 0), ("a", 0, 5)]
    enough, lacking = (one, other) if among == "positives" else (other, one)
    require_people(asked, enough[:1], "fit")
    with pytest.raises(InputError, match=f"has no actual {among}"):
        require_people(asked, lacking[:1], "fit")
