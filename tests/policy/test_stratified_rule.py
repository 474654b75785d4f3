from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from fairaudit.core.cells import Cells
from fairaudit.core.errors import InputError
from fairaudit.core.requirements import CriterionGate, Requirements
from fairaudit.policy.judging import gated_family, judge
from tests.people import strata_of

if TYPE_CHECKING:
    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.verdict import Verdict


def people(selected: int, of: int) -> Cells:
    return Cells(unlabelled_selected=selected, unlabelled_rejected=of - selected)


def verdict_on(
    table: GroupTable,
    tolerance: float = 0.1,
    *,
    min_group: int | None = None,
    measure: str = "difference",
) -> Verdict:
    gate = CriterionGate(
        criterion="conditional_demographic_parity",
        tolerance=tolerance,
        measure=measure,  # type: ignore[arg-type]
    )
    (verdict,) = judge(
        [table],
        Requirements(criteria=(gate,), min_group=min_group),
        favourable=None,
        seed=0,
        today=date(2026, 6, 1),
    )
    return verdict


def test_a_reversal_by_unequal_strata_passes_among_people_alike() -> None:
    # Over all, a is selected three times as often as b; within strata alike.
    table = strata_of(
        {
            ("a", "easy"): people(4000, 5000),
            ("b", "easy"): people(400, 500),
            ("a", "hard"): people(100, 500),
            ("b", "hard"): people(1000, 5000),
        }
    )
    verdict = verdict_on(table)
    assert verdict.status == "pass"
    assert verdict.value == pytest.approx(0, abs=1e-9)
    assert verdict.because.startswith("among people alike every pair is within 0.1:")
    assert "(a v b, 2 strata)" in verdict.because
    assert verdict.family_size == 3


def test_a_gap_that_totals_hide_fails_among_people_alike() -> None:
    # Simpson's reversal: the totals are equal, within both strata b is worse off.
    table = strata_of(
        {
            ("a", "easy"): people(900, 1000),
            ("b", "easy"): people(2100, 3000),
            ("a", "hard"): people(1200, 3000),
            ("b", "hard"): people(0, 1000),
        }
    )
    overall = {row.name: row.rates["selection_rate"].value for row in table.groups}
    assert overall == {"a": 0.525, "b": 0.525}
    verdict = verdict_on(table)
    assert verdict.status == "fail"
    assert verdict.because.startswith(
        "among people alike a v b differ by 0.30, at least 0.2"
    )
    assert "shown to be above 0.1" in verdict.because


def test_one_stratum_shown_above_the_tolerance_fails_and_is_named() -> None:
    table = strata_of(
        {
            ("a", "x"): people(500, 1000),
            ("b", "x"): people(200, 1000),
            ("a", "y"): people(5000, 10000),
            ("b", "y"): people(5000, 10000),
        }
    )
    verdict = verdict_on(table)
    assert verdict.status == "fail"
    assert verdict.because.startswith("in stratum x a v b differ by at least 0.2")


def test_opposite_differences_within_the_tolerance_do_not_pass() -> None:
    table = strata_of(
        {
            ("a", "x"): people(5400, 10000),
            ("b", "x"): people(4600, 10000),
            ("a", "y"): people(4600, 10000),
            ("b", "y"): people(5400, 10000),
        }
    )
    verdict = verdict_on(table)
    assert verdict.value == pytest.approx(0, abs=1e-9)
    assert verdict.status == "undecided"
    assert "differences vary over strata (a v b, heterogeneity p = " in verdict.because


def test_too_few_people_are_undecided_and_the_gap_not_excluded_is_told() -> None:
    table = strata_of(
        {(group, stratum): people(5, 10) for group in "ab" for stratum in "xy"}
    )
    verdict = verdict_on(table)
    assert verdict.status == "undecided"
    assert "no gap above 0.1 is shown, but a common one of up to 0." in verdict.because


def test_groups_that_never_meet_are_undecided() -> None:
    table = strata_of({("a", "x"): people(50, 100), ("b", "y"): people(50, 100)})
    verdict = verdict_on(table)
    assert verdict.status == "undecided"
    assert verdict.because == "no stratum has both a and b, so it is not decided."


def test_one_group_is_never_a_pass() -> None:
    verdict = verdict_on(strata_of({("a", "x"): people(500, 1000)}))
    assert verdict.status == "undecided"
    assert "fewer than two groups" in verdict.because


def test_strata_with_one_group_are_told() -> None:
    table = strata_of(
        {
            ("a", "x"): people(5000, 10000),
            ("b", "x"): people(5000, 10000),
            ("a", "y"): people(5, 10),
        }
    )
    verdict = verdict_on(table)
    assert verdict.status == "pass"
    assert "1 strata, 1 with one group only" in verdict.because


def test_missing_decisions_block_a_pass_among_people_alike() -> None:
    half = people(4500, 9000) + Cells(blank=1000)
    table = strata_of({(group, "x"): half for group in "ab"})
    verdict = verdict_on(table)
    assert verdict.status == "undecided"
    assert "10 % of people miss a value" in verdict.because


def test_many_people_without_a_stratum_block_a_pass() -> None:
    # They are in the groups, and in none of the comparisons.
    known: dict[tuple[str, str | None], Cells] = {
        (group, "x"): people(5000, 10000) for group in "ab"
    }
    assert verdict_on(strata_of(known)).status == "pass"
    unknown = {**known, ("a", None): people(4000, 4000), ("b", None): people(0, 4000)}
    assert verdict_on(strata_of(unknown)).status == "undecided"


def test_a_scope_leaves_small_groups_undecided_and_the_others_passed() -> None:
    cells: dict[tuple[str, str | None], Cells] = {
        (group, stratum): people(5000, 10000) for group in "ab" for stratum in "xy"
    }
    cells["tiny", "x"] = people(4, 8)
    assert verdict_on(strata_of(cells)).status == "undecided"
    verdict = verdict_on(strata_of(cells), min_group=30)
    assert verdict.status == "pass"
    assert verdict.scope is not None
    assert [one.name for one in verdict.scope.outside] == ["tiny"]
    assert verdict.because.startswith("passes for 2 of 3 groups")
    assert "undecided for tiny (8)" in verdict.because


def test_a_ratio_is_refused() -> None:
    table = strata_of({(group, "x"): people(5, 10) for group in "ab"})
    with pytest.raises(InputError, match=r"a ratio is not defined for it.*measure='ratio'"):
        verdict_on(table, 0.8, measure="ratio")


def test_the_family_of_a_failure_is_every_pair_over_all_strata_and_within_each() -> None:
    table = strata_of(
        {(group, stratum): people(5, 10) for group in "abc" for stratum in "xy"}
    )
    gates = (
        CriterionGate(criterion="conditional_demographic_parity", tolerance=0.1),
        CriterionGate(criterion="demographic_parity", tolerance=0.1),
    )
    assert gated_family(gates, [table]) == 3 * (1 + 2) + 3


def test_each_group_can_be_held_against_everyone_else_alike() -> None:
    cells: dict[tuple[str, str | None], Cells] = {
        (group, stratum): people(5000, 10000) for group in "abc" for stratum in "xy"
    }
    cells["c", "x"] = people(9000, 10000)
    table = strata_of(cells, compare="rest")
    verdict = verdict_on(table)
    assert [(one.first, one.second) for one in verdict.stratified] == [
        (group, "everyone else") for group in "abc"
    ]
    assert verdict.status == "fail"
    assert "c v everyone else" in verdict.because
