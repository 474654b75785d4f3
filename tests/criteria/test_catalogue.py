from __future__ import annotations

from pathlib import Path

import pytest

from fairaudit.core.errors import InputError
from fairaudit.criteria import catalogue as room
from fairaudit.criteria.catalogue import catalogue, criterion_named, known_rates
from fairaudit.criteria.criterion import Criterion
from fairaudit.tally.rates import RATES

FILES = sorted(
    path.stem for path in Path(room.__path__[0]).glob("*.py") if path.stem != "__init__"
)


def test_every_file_holds_the_criterion_it_is_named_after() -> None:
    assert sorted(catalogue()) == FILES


def test_the_criteria_on_decisions_are_all_there() -> None:
    assert set(catalogue()) >= {
        "demographic_parity",
        "equal_opportunity",
        "predictive_equality",
        "equalized_odds",
        "predictive_parity",
        "conditional_use_accuracy_equality",
        "overall_accuracy_equality",
        "treatment_equality",
        "conditional_demographic_parity",
        "calibration_within_groups",
        "test_fairness",
        "balance_for_the_positive_class",
        "balance_for_the_negative_class",
    }


def test_the_three_that_every_report_shows_come_first() -> None:
    first = list(catalogue())[:3]
    assert first == ["demographic_parity", "equalized_odds", "predictive_parity"]
    assert [name for name, one in catalogue().items() if one.main] == first


@pytest.mark.parametrize("criterion", catalogue().values(), ids=lambda one: one.id)
def test_a_criterion_says_what_it_asks_when_to_mean_it_and_what_it_misses(
    criterion: Criterion,
) -> None:
    assert criterion.question.endswith("?")
    assert bool(criterion.rates) != (criterion.scores is not None)
    assert criterion.references
    assert criterion.right_when
    assert criterion.blind_to
    assert criterion.title == criterion.id.replace("_", " ")


def test_only_selection_needs_no_label() -> None:
    without = {name for name, one in catalogue().items() if not one.uses_label}
    assert without == {"demographic_parity", "conditional_demographic_parity"}


@pytest.mark.parametrize(
    "written",
    ["equalized_odds", "Equalized Odds", "equalized-odds", "  EQUALIZED odds "],
)
def test_a_criterion_is_found_however_its_words_are_joined(written: str) -> None:
    assert criterion_named(written).id == "equalized_odds"


def test_an_unknown_criterion_is_met_with_the_likely_one() -> None:
    with pytest.raises(
        InputError, match=r"'equalised_odds' is not known.*Did you mean 'equalized_odds'\?"
    ):
        criterion_named("equalised_odds")


def test_known_rates_are_the_common_ones_and_those_of_the_criteria() -> None:
    rates = known_rates()
    assert rates.items() >= RATES.items()
    for criterion in catalogue().values():
        for rate in criterion.rates:
            assert rates[rate.id] == rate


@pytest.mark.parametrize("name", [None, 1, ("equalized_odds",)])
def test_a_criterion_that_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="a criterion must be named"):
        criterion_named(name)
