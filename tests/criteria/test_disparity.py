from __future__ import annotations

import pytest
from hypothesis import given

from fairaudit.core.cells import Cells
from fairaudit.core.evidence import EVERYONE_ELSE
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.criteria.disparity import family_size, measure
from tests.people import strata_of, table_of
from tests.strategies import FULL_GROUPS

ODDS = criterion_named("equalized_odds")
PARITY = criterion_named("demographic_parity")
PRECISION = criterion_named("predictive_parity")
ALIKE = criterion_named("conditional_demographic_parity")

PEOPLE = {
    "a": Cells(tp=80, fp=20, fn=20, tn=80),
    "b": Cells(tp=50, fp=30, fn=50, tn=70),
    "c": Cells(tp=60, fp=10, fn=40, tn=90),
}


def test_the_largest_gap_is_max_minus_min_and_names_both_groups() -> None:
    tpr, fpr = measure(ODDS, table_of(PEOPLE), family=6).gaps
    assert tpr.largest is not None
    assert (tpr.largest.high, tpr.largest.low) == ("a", "b")
    assert tpr.largest.value == pytest.approx(0.3)
    assert tpr.ratio == pytest.approx(5 / 8)
    assert fpr.largest is not None
    assert (fpr.largest.high, fpr.largest.low) == ("b", "c")
    assert fpr.largest.value == pytest.approx(0.2)


def test_no_gap_is_between_two_groups_all_the_same() -> None:
    alike = dict.fromkeys("ab", Cells(tp=5, fp=5, fn=5, tn=5))
    (parity,) = measure(PARITY, table_of(alike), family=1).gaps
    assert parity.largest is not None
    assert (parity.largest.value, parity.largest.high, parity.largest.low) == (0, "a", "b")


def test_a_gap_is_shown_between_the_groups_that_most_surely_differ() -> None:
    # The tiny group differs most to the eye, the large ones most surely.
    people = {
        "a": Cells(tp=6000, fn=4000),
        "b": Cells(tp=5000, fn=5000),
        "tiny": Cells(tp=1, fn=3),
    }
    (gap,) = measure(criterion_named("equal_opportunity"), table_of(people), family=3).gaps
    assert gap.largest is not None
    assert (gap.largest.high, gap.largest.low) == ("a", "tiny")
    assert gap.shown is not None
    assert (gap.shown.high, gap.shown.low) == ("a", "b")
    assert 0.07 < gap.shown.value < 0.1
    assert gap.not_excluded is not None
    assert gap.not_excluded.low == "tiny"


def test_what_is_shown_is_never_noise() -> None:
    # Groups that scatter less than noise would explain how far a and b are apart.
    people = dict.fromkeys("cdefghijklmnopqrstuvwxyz", Cells(tp=5, fn=5))
    people |= {"a": Cells(tp=2000, fn=2000), "b": Cells(tp=2210, fn=1790)}
    (gap,) = measure(
        criterion_named("equal_opportunity"), table_of({**people}), family=325
    ).gaps
    assert gap.shown is not None
    assert gap.noise_corrected == pytest.approx(gap.shown.value)


def test_nothing_is_shown_where_limits_reach_zero() -> None:
    people = {"a": Cells(tp=6, fn=4), "b": Cells(tp=5, fn=5)}
    (gap,) = measure(criterion_named("equal_opportunity"), table_of(people), family=1).gaps
    assert gap.shown is None
    assert gap.largest is not None
    assert gap.largest.value == pytest.approx(0.1)


def test_a_group_without_a_rate_is_named_with_the_reason_and_left_out() -> None:
    people: dict[str, Cells] = {**PEOPLE, "nobody selected": Cells(fn=50, tn=50)}
    (gap,) = measure(PRECISION, table_of(people), family=3).gaps
    (without,) = measure(PRECISION, table_of(PEOPLE), family=3).gaps
    assert gap.undefined == {"nobody selected": "no selections in group nobody selected"}
    assert (gap.largest, gap.ratio) == (without.largest, without.ratio)


def test_one_group_with_a_rate_has_no_gap() -> None:
    people = {"a": Cells(tp=5, fp=5), "b": Cells(fn=5, tn=5)}
    (gap,) = measure(PRECISION, table_of(people), family=1).gaps
    assert (gap.largest, gap.noise_corrected, gap.ratio) == (None, None, None)
    assert (gap.shown, gap.not_excluded) == (None, None)


def test_a_ratio_of_nothing_to_nothing_has_no_value() -> None:
    people = {"a": Cells(fn=50, tn=50), "b": Cells(fn=50, tn=50)}
    (gap,) = measure(PARITY, table_of(people), family=1).gaps
    assert gap.largest is not None
    assert gap.largest.value == 0
    assert gap.ratio is None


def test_the_rest_is_named_where_groups_are_held_against_it() -> None:
    table = table_of(PEOPLE, compare="rest")
    tpr, _ = measure(ODDS, table, family=family_size(ODDS, [table])).gaps
    assert tpr.shown is not None
    assert (tpr.shown.high, tpr.shown.low) in {("a", EVERYONE_ELSE), (EVERYONE_ELSE, "b")}
    # The largest gap stays one between two groups, whatever they are held against.
    assert tpr.largest is not None
    assert (tpr.largest.high, tpr.largest.low) == ("a", "b")


def test_the_family_is_every_defined_comparison_of_every_rate_and_table() -> None:
    table = table_of(PEOPLE)
    assert family_size(PARITY, [table]) == 3
    assert family_size(ODDS, [table]) == 6
    assert family_size(ODDS, [table, table_of(PEOPLE, compare="rest")]) == 12
    undefined = table_of({**PEOPLE, "no positives": Cells(fp=5, tn=5)})
    # TPR of three groups, FPR of four.
    assert family_size(ODDS, [undefined]) == 3 + 6


def test_a_family_of_nothing_can_still_divide() -> None:
    table = table_of({"a": Cells(tp=1)})
    assert family_size(ODDS, [table]) == 1
    assert family_size(ALIKE, [table]) == 1


def test_a_stratified_criterion_brings_the_comparisons_of_people_alike() -> None:
    table = strata_of(
        {
            (group, stratum): Cells(unlabelled_selected=50, unlabelled_rejected=50)
            for group in "ab"
            for stratum in "xy"
        }
    )
    found = measure(ALIKE, table, family=family_size(ALIKE, [table]))
    assert found.family_size == 3
    assert [one.strata_used for one in found.stratified] == [2]
    assert measure(PARITY, table, family=1).stratified == ()


def test_a_disparity_knows_whether_every_report_shows_it() -> None:
    table = table_of(PEOPLE)
    assert measure(PARITY, table, family=3).main
    assert not measure(criterion_named("treatment_equality"), table, family=3).main


@given(FULL_GROUPS)
def test_what_is_left_after_noise_is_never_more_than_what_is_seen(
    people: dict[str | None, Cells],
) -> None:
    (gap,) = measure(PARITY, table_of(people), family=1).gaps
    assert gap.largest is not None
    assert gap.noise_corrected is not None
    shown = gap.shown.value if gap.shown else 0
    assert shown <= gap.noise_corrected <= gap.largest.value + 1e-12
    assert gap.shown is None or gap.shown.value <= gap.largest.value + 1e-12
    if gap.not_excluded is not None:
        assert gap.not_excluded.value >= gap.largest.value - 1e-12
