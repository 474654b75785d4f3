from __future__ import annotations

from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.cells import Cells
from fairaudit.core.evidence import GroupRow, GroupTable
from fairaudit.core.weights import Weights
from fairaudit.tradeoffs.pairs import base_odds_ratio, headline_pair, wider_pair


def row(
    name: str, cells: Cells | None, kind: Literal["group", "missing", "withheld"] = "group"
) -> GroupRow:
    return GroupRow(name=name, kind=kind, cells=cells, rates={})


def table(*rows: GroupRow) -> GroupTable:
    overall = GroupRow(name="overall", kind="overall", cells=Cells(), rates={})
    return GroupTable(
        attribute="colour",
        columns=("colour",),
        compare="pairs",
        groups=rows,
        overall=overall,
    )


def people(positives: int, negatives: int) -> Cells:
    return Cells(tp=positives, tn=negatives)


def names(pair: tuple[GroupRow, GroupRow] | str) -> list[str]:
    assert not isinstance(pair, str)
    return [group.name for group in pair]


def test_the_two_largest_groups_are_taken_the_higher_base_rate_first() -> None:
    rows = (row("a", people(1, 9)), row("b", people(20, 60)), row("c", people(40, 30)))
    assert names(headline_pair(table(*rows))) == ["c", "b"]


def test_the_pair_is_chosen_by_size_even_where_a_smaller_group_differs_more() -> None:
    rows = (row("a", people(9, 1)), row("b", people(50, 50)), row("c", people(50, 51)))
    assert names(headline_pair(table(*rows))) == ["b", "c"]


def test_ties_in_size_go_by_name() -> None:
    rows = (row("c", people(5, 5)), row("b", people(5, 5)), row("a", people(5, 5)))
    assert names(headline_pair(table(*rows))) == ["a", "b"]


@given(st.permutations(["a", "b", "c", "d"]))
def test_the_order_of_the_table_does_not_matter(order: list[str]) -> None:
    cells = {
        "a": people(3, 9), "b": people(8, 4), "c": people(30, 70), "d": people(20, 80)
    }  # fmt: skip
    assert names(headline_pair(table(*(row(name, cells[name]) for name in order)))) == [
        "c",
        "d",
    ]


def test_missing_and_withheld_groups_are_never_in_the_pair() -> None:
    rows = (
        row("(missing)", people(500, 500), "missing"),
        row("d", None, "withheld"),
        row("a", people(10, 20)),
        row("b", people(10, 30)),
    )
    assert names(headline_pair(table(*rows))) == ["a", "b"]


def test_people_without_a_prediction_do_not_count_towards_the_base_rate() -> None:
    # With the undecided, a's base rate would be the higher one.
    a = row("a", Cells(tp=10, tn=30, undecided_positive=100))
    b = row("b", Cells(tp=10, tn=20))
    assert names(headline_pair(table(a, b))) == ["b", "a"]


@pytest.mark.parametrize(
    ("rows", "because"),
    [
        ((), "there are fewer than two groups to compare"),
        ((row("a", people(5, 5)),), "there are fewer than two groups to compare"),
        (
            (
                row("a", Cells(unlabelled_selected=5)),
                row("b", Cells(unlabelled_rejected=5)),
            ),
            "nobody has both a label and a prediction",
        ),
        (
            (row("a", people(5, 5)), row("b", people(0, 7))),
            "nobody in group b has a positive label",
        ),
        (
            (row("a", people(5, 5)), row("b", people(7, 0))),
            "nobody in group b has a negative label",
        ),
    ],
)
def test_where_there_is_no_pair_the_reason_is_given(
    rows: tuple[GroupRow, ...], because: str
) -> None:
    reason = headline_pair(table(*rows))
    assert isinstance(reason, str)
    assert reason.endswith(because)


def test_a_pair_shown_further_apart_is_found_over_all_pairs() -> None:
    rows = (
        row("a", people(500, 500)),
        row("b", people(450, 550)),
        row("c", people(90, 10)),
        row("d", people(10, 90)),
    )
    wider = wider_pair(table(*rows), beyond=11 / 9)
    assert wider is not None
    assert (wider.high, wider.low, wider.comparisons) == ("c", "d", 6)
    interval = base_odds_ratio(rows[2], rows[3], comparisons=6).interval
    assert interval is not None
    assert wider.at_least == interval.low
    single = base_odds_ratio(rows[2], rows[3]).interval
    assert single is not None
    assert single.low is not None
    assert wider.at_least < single.low


def test_a_large_but_unproven_difference_is_not_called_wider() -> None:
    rows = (row("a", people(500, 500)), row("b", people(450, 550)), row("c", people(3, 1)))
    assert wider_pair(table(*rows), beyond=11 / 9) is None


counts = st.integers(0, 60)


@given(st.lists(st.tuples(counts, counts), min_size=2, max_size=6), st.floats(1, 3))
def test_the_pair_found_is_the_best_of_all_pairs(
    cells: list[tuple[int, int]], beyond: float
) -> None:
    rows = [row(f"g{i}", people(*both)) for i, both in enumerate(cells)]
    some = [row for row, both in zip(rows, cells, strict=True) if all(both)]
    comparisons = len(some) * (len(some) - 1) // 2
    lows = [beyond]
    for a in some:
        for b in some:
            if a is not b:
                interval = base_odds_ratio(a, b, comparisons=comparisons).interval
                lows.append((interval.low or 0) if interval else 0)
    wider = wider_pair(table(*rows), beyond=beyond)
    assert (wider.at_least if wider else beyond) == pytest.approx(max(lows))


def test_weights_narrow_nothing_beyond_the_effective_size() -> None:
    # A thousand people of weight 3 say as much as a thousand people of weight 1.
    plain = base_odds_ratio(row("a", people(300, 700)), row("b", people(200, 800)))
    weighted = base_odds_ratio(
        GroupRow(
            name="a", kind="group", cells=Cells(tp=900.0, tn=2100.0),
            weights=Weights(squares=Cells(tp=2700.0, tn=6300.0)), rates={},
        ),
        GroupRow(
            name="b", kind="group", cells=Cells(tp=600.0, tn=2400.0),
            weights=Weights(squares=Cells(tp=1800.0, tn=7200.0)), rates={},
        ),
    )  # fmt: skip
    assert weighted.value == pytest.approx(plain.value)
    assert weighted.interval is not None
    assert plain.interval is not None
    assert weighted.interval.low == pytest.approx(plain.interval.low)
