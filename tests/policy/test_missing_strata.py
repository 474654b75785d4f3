from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.core.cells import Cells
from fairaudit.criteria.conditional import compare_within_strata
from fairaudit.policy.missing_strata import missing_within_strata
from tests.people import strata_of

People = dict[tuple[str, str | None], Cells]
HALF = Cells(unlabelled_selected=50, unlabelled_rejected=50)


def test_up_to_five_percent_is_stated_and_blocks_nothing() -> None:
    cells = Cells(unlabelled_selected=50, unlabelled_rejected=45, blank=5)
    table = strata_of({(group, "x"): cells for group in "ab"})
    told = missing_within_strata(table, allowed=0.1, in_scope=("a", "b"))
    assert (told.share, told.worst_case, told.blocks_pass) == (0.05, None, False)


def test_a_missing_decision_is_filled_in_as_badly_as_can_be() -> None:
    cells = Cells(
        unlabelled_selected=4000, unlabelled_rejected=4000, undecided_negative=2000
    )
    table = strata_of({(group, "x"): cells for group in "ab"})
    told = missing_within_strata(table, allowed=0.1, in_scope=("a", "b"))
    # 6,000 against 4,000 of 10,000.
    assert told.worst_case == pytest.approx(0.2 + 0.0115, abs=0.001)
    assert told.blocks_pass
    assert not missing_within_strata(table, allowed=0.3, in_scope=("a", "b")).blocks_pass


def test_people_without_a_stratum_or_a_group_could_be_anywhere() -> None:
    some = Cells(unlabelled_selected=20)
    anywhere = strata_of({("a", "x"): HALF, ("b", "x"): HALF, ("a", None): some})
    anybody = strata_of({("a", "x"): HALF, ("b", "x"): HALF, (None, "x"): some})
    for table, share in ((anywhere, 20 / 120), (anybody, 20 / 220)):
        told = missing_within_strata(table, allowed=0.9, in_scope=("a", "b"))
        assert told.share == pytest.approx(share)
        assert (told.worst_case, told.blocks_pass) == (1.0, True)


def test_a_group_out_of_scope_blocks_nothing() -> None:
    many = Cells(unlabelled_selected=5000, unlabelled_rejected=5000)
    people: People = {(group, "x"): many for group in "ab"}
    people["c", "x"] = Cells(blank=9, unlabelled_selected=1)
    table = strata_of(people)
    assert not missing_within_strata(table, allowed=0.1, in_scope=("a", "b")).blocks_pass
    told = missing_within_strata(table, allowed=0.1, in_scope=("a", "b", "c"))
    assert told.share == pytest.approx(0.9)
    assert told.blocks_pass


few = st.builds(
    Cells,
    unlabelled_selected=st.integers(0, 6),
    unlabelled_rejected=st.integers(1, 6),
    blank=st.integers(0, 2),
)


def decisions(cells: Cells) -> list[Cells]:
    """Decide about the undecided in every way."""
    return [
        Cells(
            unlabelled_selected=cells.unlabelled_selected + more,
            unlabelled_rejected=cells.unlabelled_rejected + cells.blank - more,
        )
        for more in range(int(cells.blank) + 1)
    ]


@settings(max_examples=25)
@given(people=st.lists(few, min_size=4, max_size=4))
def test_the_worst_case_is_the_worst_of_all_ways_to_decide(people: list[Cells]) -> None:
    keys: list[tuple[str, str | None]] = [
        ("a", "x"),
        ("b", "x"),
        ("a", "y"),
        ("b", "y"),
    ]
    table = strata_of(dict(zip(keys, people, strict=True)))
    told = missing_within_strata(table, allowed=0.1, in_scope=("a", "b"))
    if told.worst_case is None:
        return
    limits = []
    for filled in product(*map(decisions, people)):
        made = strata_of(dict(zip(keys, filled, strict=True)))
        (pair,) = compare_within_strata(made, family=1)
        assert pair.at_most is not None
        limits.append(pair.at_most)
    assert told.worst_case == pytest.approx(max(limits), abs=1e-9)
