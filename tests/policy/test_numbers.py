from __future__ import annotations

import pytest

from fairaudit.core.errors import InputError
from fairaudit.criteria.catalogue import catalogue, known_rates
from fairaudit.policy.numbers import number_named, plain_numbers
from fairaudit.tally.rates import SELECTION_RATE


def test_every_rate_has_a_difference_and_a_ratio() -> None:
    for rate in known_rates().values():
        for kind in ("difference", "ratio"):
            number = number_named(f"{rate.id}_{kind}")
            assert (number.kind, number.rates, number.favourable) == (kind, (rate,), False)


def test_every_criterion_on_rates_of_all_people_has_a_difference_and_a_ratio() -> None:
    for criterion in catalogue().values():
        named = f"{criterion.id}_difference"
        if criterion.stratified or criterion.scores is not None:
            assert named not in plain_numbers()
        else:
            assert number_named(named).rates == criterion.rates


def test_the_impact_ratio_is_of_the_favourable_decision() -> None:
    number = number_named("impact_ratio")
    assert (number.rates, number.kind, number.favourable) == (
        (SELECTION_RATE,),
        "ratio",
        True,
    )


def test_an_unknown_number_is_met_with_the_likely_one() -> None:
    with pytest.raises(
        InputError, match=r"'impact_ration' is not known.*Did you mean 'impact_ratio'\?"
    ):
        number_named("impact_ration")
