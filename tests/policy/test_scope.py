from __future__ import annotations

import pytest

from fairaudit.core.cells import Cells
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.criteria.comparisons import compare_rate
from fairaudit.policy.scope import reach, scope, smallest_denominator
from fairaudit.tally.rates import SELECTION_RATE
from tests.people import table_of

ODDS = criterion_named("equalized_odds")
PARITY = criterion_named("demographic_parity")


def test_a_group_is_as_large_as_its_rarest_denominator() -> None:
    (row,) = table_of({"a": Cells(tp=20, fn=9, fp=300, tn=700)}).groups
    # 29 actual positives, 1,000 actual negatives, 1,029 decisions.
    assert smallest_denominator(ODDS, row) == 29
    assert smallest_denominator(PARITY, row) == 1029


def test_under_survey_weights_the_size_is_the_effective_one() -> None:
    (row,) = table_of(
        {"a": Cells(tp=60.0, tn=40.0)}, squares={"a": Cells(tp=120.0, tn=80.0)}
    ).groups
    assert smallest_denominator(PARITY, row) == pytest.approx(50)


def test_groups_split_by_the_criterions_own_denominators() -> None:
    table = table_of(
        {
            "many": Cells(tp=50, fn=50, fp=50, tn=50),
            "few positives": Cells(tp=5, fn=5, fp=50, tn=50),
        }
    )
    assert reach(ODDS, table, 30).outside == (("few positives", 10),)
    assert reach(PARITY, table, 30).inside == ("many", "few positives")


def test_exactly_the_minimum_is_inside() -> None:
    table = table_of({"a": Cells(tp=30), "b": Cells(tp=29)})
    found = reach(PARITY, table, 30)
    assert (found.inside, found.outside) == (("a",), (("b", 29),))


def test_without_a_minimum_everybody_is_inside_and_nothing_is_declared() -> None:
    table = table_of({"a": Cells(tp=30), "b": Cells()})
    found = reach(PARITY, table, None)
    assert found.inside == ("a", "b")
    assert scope(found, table, None, ()) is None


def test_a_group_that_went_missing_is_never_scoped_out() -> None:
    table = table_of({"a": Cells(tp=30)}, expected=("a", "gone"))
    assert reach(PARITY, table, 30).inside == ("a", "gone")


def test_a_scope_counts_people_and_bounds_what_it_leaves_open() -> None:
    table = table_of(
        {
            "a": Cells(tp=50, fn=40),
            "b": Cells(tp=40, fn=50),
            "small": Cells(tp=10, fn=10),
            None: Cells(tp=1000),
        }
    )
    found = reach(PARITY, table, 30)
    comparisons = compare_rate(SELECTION_RATE, table, family_size=3, in_scope=found.inside)
    declared = scope(found, table, 30, comparisons)
    assert declared is not None
    assert (declared.min_group, declared.inside) == (30, ("a", "b"))
    # 180 of the 200 people whose group is known.
    assert declared.share_of_people == pytest.approx(0.9)
    (outside,) = declared.outside
    assert (outside.name, outside.size) == ("small", 20)
    of_small = [one.at_most for one in comparisons if "small" in {one.first, one.second}]
    assert len(of_small) == 2
    assert outside.not_excluded == max(limit or 0 for limit in of_small)


def test_of_a_group_without_a_rate_no_gap_is_excluded() -> None:
    table = table_of(
        {"a": Cells(tp=50, fn=40), "b": Cells(tp=40, fn=50), "c": Cells(blank=9)}
    )
    found = reach(PARITY, table, 30)
    comparisons = compare_rate(SELECTION_RATE, table, family_size=1, in_scope=found.inside)
    declared = scope(found, table, 30, comparisons)
    assert declared is not None
    assert [(one.name, one.not_excluded) for one in declared.outside] == [("c", 1.0)]


def test_nobody_at_all_is_no_share_of_people() -> None:
    table = table_of({"a": Cells(), "b": Cells()})
    declared = scope(reach(PARITY, table, 30), table, 30, ())
    assert declared is not None
    assert declared.share_of_people == 0
