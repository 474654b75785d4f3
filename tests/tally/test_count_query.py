from __future__ import annotations

from typing import Any, Literal

import pytest

from fairaudit.core.cells import CELL_NAMES, Cells
from fairaudit.core.columns import Bin, Roles
from fairaudit.core.errors import InputError
from fairaudit.engines import open_table
from fairaudit.tally.count_query import REASONS, Tallied, ledger_of, query_for, tally
from fairaudit.tally.counts import Counts, Key
from fairaudit.tally.suppression import ALL, LABELS, Suppressed


def roles(**other: Any) -> Roles:  # noqa: ANN401
    """Give the usual roles of the columns g, y and p, or others."""
    usual: dict[str, Any] = {
        "label": "y",
        "prediction": "p",
        "positive": {},
        "favourable": None,
        "tables": (("g",),),
    }
    return Roles(**{**usual, **other})


def tallied(data: dict[str, list[Any]], **other: Any) -> Tallied:  # noqa: ANN401
    with open_table(data) as table:
        return tally(table, roles(**other))


def test_every_row_is_in_the_cell_its_values_say() -> None:
    values = [(label, decision) for label in (1, 0, None) for decision in (1, 0, None)]
    found = tallied(
        {
            "g": ["a"] * 9,
            "y": [label for label, _ in values],
            "p": [decision for _, decision in values],
        }
    )
    (cells,) = found.counts.cells.values()
    assert cells == Cells(**dict.fromkeys(CELL_NAMES, 1))
    assert found.ledger == {
        "used": (4, 4),
        "missing label and prediction": (1, 1),
        "missing label": (2, 2),
        "missing prediction": (2, 2),
    }
    assert list(found.ledger) == [place for place in REASONS if place in found.ledger]


def test_a_missing_group_goes_before_what_else_is_missing() -> None:
    found = tallied({"g": [None, None, "a"], "y": [None, 1, 1], "p": [1, 1, 1]})
    assert found.ledger == {"used": (1, 1), "missing group": (2, 2)}


def test_without_a_label_column_no_label_is_missing() -> None:
    found = tallied({"g": ["a", "b"], "p": [1, None]}, label=None)
    assert found.ledger == {"used": (1, 1), "missing prediction": (1, 1)}
    assert found.counts.by(("g",))["a"] == Cells(unlabelled_selected=1)


@pytest.mark.parametrize("kind", ["count", "weight"])
def test_rows_without_a_count_or_weight_are_refused(
    kind: Literal["count", "weight"],
) -> None:
    # As nobody they could hide a whole group that was turned down.
    data = {"g": ["a", "b", "b"], "y": [1, 1, 1], "p": [1, 1, 0], "n": [5, 5, None]}
    with pytest.raises(InputError, match=f"{kind} column 'n' is empty in 1 of 3 rows"):
        tallied(data, amount="n", amount_kind=kind)


def test_weights_whose_squares_vanish_are_refused() -> None:
    data = {"g": ["a", "b"], "y": [1, 1], "p": [1, 0], "n": [1e-300, 1e-300]}
    with pytest.raises(
        InputError, match="column 'n' holds weights too small to be squared"
    ):
        tallied(data, amount="n", amount_kind="weight")


def test_weights_bring_their_squares_and_both_ledger_and_cells_twelve_digits() -> None:
    found = tallied(
        {"g": ["a", "a", "a"], "y": [1, 1, 0], "p": [1, 1, 0], "w": [0.1, 0.2, 1.0]},
        amount="w",
        amount_kind="weight",
    )
    cells = found.counts.by(("g",))["a"]
    assert (cells.tp, cells.tn) == (0.3, 1.0)
    assert found.counts.weights_by(("g",))["a"].squares.tp == 0.05
    assert found.ledger == {"used": (3, 1.3)}


def test_what_each_text_was_taken_for_is_kept() -> None:
    found = tallied(
        {"g": ["a", "a"], "y": ["good", "bad"], "p": [True, False]},
        positive={"y": "good"},
    )
    assert found.meaning == {"y": (("good",), ("bad",)), "p": (("true",), ("false",))}


def test_a_score_is_cut_at_the_threshold_and_needs_no_meaning() -> None:
    found = tallied(
        {"g": ["a", "a"], "y": [1, 0], "s": [5, 4.99]},
        prediction=None,
        score="s",
        threshold=5.0,
    )
    assert found.counts.by(("g",))["a"] == Cells(tp=1, tn=1)
    assert set(found.meaning) == {"y"}


def test_the_query_asks_for_every_column_once() -> None:
    query = query_for(
        roles(
            tables=(("g",), ("g", "h")),
            strata=("job",),
            bins=(Bin(column="h", edges=(1.0,)),),
            score="s",
            amount="n",
            amount_kind="count",
        ),
        max_groups=7,
    )
    assert query.columns == ("g", "h", "job", "p", "y", "s", "n")
    assert (query.few, query.max_distinct, query.numeric) == (("g", "h", "job"), 7, ("s",))
    assert [key.edges for key in query.keys] == [None, (1.0,), None, None, None]


def test_values_that_are_not_two_are_refused_with_the_table_and_the_column() -> None:
    with pytest.raises(
        InputError, match=r"arrays: column 'y' holds .*positive=\{'y': 'VALUE'\}"
    ):
        tallied({"g": ["a", "b", "a"], "y": [1, 2, 3], "p": [1, 0, 1]})


def test_a_ledger_of_counts_alone_has_no_rows_and_the_same_people() -> None:
    counts = Counts(
        attributes=("g", "h"),
        cells={
            Key(groups=("a", "x")): Cells(tp=20, unlabelled_selected=15),
            Key(groups=("a", None)): Cells(tp=30),
        },
    )
    safe = Suppressed(counts=counts, withheld={})
    one = ledger_of(safe, (("h",),), labelled=True)
    assert one == {
        "used": (None, 20),
        "missing group": (None, 30),
        "missing label": (None, 15),
    }
    several = ledger_of(safe, (("h",), ("g",)), labelled=True)
    assert several == {"used": (None, 50), "missing label": (None, 15)}


@pytest.mark.parametrize("overall", [ALL, None])
def test_a_ledger_is_of_the_table_that_tells_most_and_counts_no_other_people(
    overall: str | None,
) -> None:
    counts = Counts(
        attributes=("g", "h"),
        cells={
            Key(groups=("a", "x")): Cells(tp=40),
            Key(groups=("b", "x")): Cells(tp=30),
            Key(groups=("c", "y")): Cells(tp=20),
        },
    )
    withheld = {("h",): {"x": ALL}, ("g",): {"c": ALL, "b": LABELS}}
    safe = Suppressed(counts=counts, withheld=withheld, overall=overall)
    ledger = ledger_of(safe, (("h",), ("g",)), labelled=True)
    assert ledger == {"used": (None, 40), "label withheld": (None, 30)} | (
        {} if overall == ALL else {"withheld": (None, 20)}
    )
