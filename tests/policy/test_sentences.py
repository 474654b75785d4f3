"""What a verdict says: both groups named, in whole percentages, with the way out."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fairaudit.core.cells import Cells
from fairaudit.core.requirements import CriterionGate, Requirements
from fairaudit.policy.judging import judge
from fairaudit.policy.sentences import percent, rounded_up
from tests.people import table_of


def because(
    people: dict[str, Cells],
    *,
    compare: str = "pairs",
    squares: dict[str, Cells] | None = None,
    **options: Any,  # noqa: ANN401
) -> str:
    """Judge a table on equal opportunity within 0.1, and say why."""
    gate = CriterionGate(
        criterion=options.pop("criterion", "equal_opportunity"),
        tolerance=options.pop("tolerance", 0.1),
        measure=options.pop("measure", "difference"),
    )
    (verdict,) = judge(
        [table_of(people, compare=compare, squares=squares)],
        Requirements(criteria=(gate,), min_group=options.pop("min_group", None)),
        favourable=options.pop("favourable", None),
        seed=0,
        today=date(2026, 6, 1),
    )
    return verdict.because


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.5, "50 %"),
        (0.004, "<1 %"),
        (0.996, ">99 %"),
        (0.0, "0 %"),
        (1.0, "100 %"),
        (None, "undefined"),
    ],
)
def test_a_percentage_is_whole_and_never_reads_as_nobody_or_everybody(
    share: float | None, text: str
) -> None:
    assert percent(share) == text


@pytest.mark.parametrize(
    ("number", "rounded"), [(7, 7), (99, 99), (101, 110), (791, 800), (12_345, 13_000)]
)
def test_people_needed_are_rounded_up_to_two_digits(number: int, rounded: int) -> None:
    assert rounded_up(number) == rounded


def test_a_failure_names_both_groups_rates_and_limit() -> None:
    people = {"a": Cells(tp=900, fn=100), "b": Cells(tp=400, fn=600)}
    told = because(people, favourable="not-selected")
    assert told.startswith(
        "90 % v 40 % of the actual positives were flagged (a v b, TPR): a gap of 0.50, at "
        "least 0.4"
    )
    assert told.endswith("shown to be above 0.1 (limits simultaneous over 1 comparison).")


def test_a_failure_against_everyone_else_gives_their_rate() -> None:
    people = {
        "a": Cells(tp=900, fn=100),
        "b": Cells(tp=400, fn=600),
        "c": Cells(tp=400, fn=600),
    }
    told = because(people, compare="rest")
    assert "90 % v 40 % of the actual positives were selected (a v everyone else" in told


def test_a_failure_by_ratio_speaks_of_the_ratio() -> None:
    people = {"a": Cells(tp=900, fn=100), "b": Cells(tp=400, fn=600)}
    told = because(people, measure="ratio", tolerance=0.8)
    assert "smaller over larger is at most 0.4" in told
    assert "below 0.8" in told


def test_a_pass_says_which_gap_is_not_excluded() -> None:
    people = {name: Cells(tp=5000, fn=5000) for name in "ab"}
    assert because(people) == (
        "every comparison is within 0.1: the largest gap not excluded is 0.01 (a v b)."
    )
    assert because(people, measure="ratio", tolerance=0.8) == (
        "every comparison is within a ratio of at least 0.8: the smallest ratio not "
        "excluded is 0.98 (a v b)."
    )


def test_an_undecided_gate_says_how_many_would_settle_it_and_of_whom() -> None:
    told = because({name: Cells(tp=50, fn=50) for name in "ab"})
    assert told.startswith("no gap above 0.1 is shown, but the largest gap not excluded is")
    assert told.endswith("actual positives in each group would settle it.")


def test_under_survey_weights_a_size_is_called_effective() -> None:
    # Everybody weighs 2: as many people by weight, and half as many rows.
    people = {"a": Cells(tp=500.0, fn=500.0), "b": Cells(tp=500.0, fn=500.0)}
    people["few"] = Cells(tp=10.0, fn=10.0)
    squares = {name: cells + cells for name, cells in people.items()}
    told = because(people, squares=squares, tolerance=0.2, min_group=50)
    assert "undecided for few (effective size 10): gaps up to" in told
    told = because(people, squares=squares, min_group=2000)
    assert told == (
        "nothing to compare between groups of an effective size of at least 2,000 people "
        "in every denominator; below that: a (effective size 500), b (effective size 500), "
        "few (effective size 10)."
    )
    told = because(people, squares=squares)
    assert "; an effective size of about " in told
    assert "effective" not in because(people, min_group=2000)
    assert "effective" not in because(people)


def test_an_undecided_ratio_is_spoken_of_as_one() -> None:
    few = {name: Cells(tp=50, fn=50) for name in "ab"}
    told = because(few, measure="ratio", tolerance=0.8)
    assert told.startswith(
        "no ratio below 0.8 is shown, but the smallest ratio not excluded"
    )


def test_what_missing_values_could_hide_is_told_in_the_gates_measure() -> None:
    people = {name: Cells(tp=4500, fn=4500, blank=1000) for name in "ab"}
    assert "a gap of 0.11 is not excluded" in because(people)
    # 4,500 of 10,000 against 5,500 of 10,000.
    told = because(people, measure="ratio", tolerance=0.9)
    assert told.startswith("10 % of people miss a value this needs (more than 5 %)")
    assert "a ratio of 0.80 is not excluded" in told


def test_one_group_or_none_is_said_to_be_so() -> None:
    assert because({"a": Cells(tp=5)}) == "only one group (a) in group: nothing to compare."
    assert because({}) == "no group is recorded in group: nothing to compare."


def test_a_scope_that_leaves_nothing_to_compare_passes_nobody() -> None:
    people = {"a": Cells(tp=500, fn=500), "b": Cells(tp=5, fn=5)}
    assert because(people, min_group=30) == (
        "nothing to compare between groups of at least 30 people in every denominator; "
        "below that: b (10)."
    )
    large = {**people, "c": Cells(tp=500, fn=500)}
    assert "below that: b (10)" in because(large, min_group=30, compare="reference:b")


def test_a_group_without_a_rate_gives_the_reason() -> None:
    people = {"a": Cells(tp=500, fn=500), "b": Cells(fp=5, tn=5)}
    assert because(people) == ("no actual positives in group b, so it cannot be compared.")
