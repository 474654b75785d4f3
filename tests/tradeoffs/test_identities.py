from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.bill import BillSide
from fairaudit.core.cells import Cells
from fairaudit.tradeoffs.identities import (
    even_split_factor,
    log_odds_ratio,
    negative_side,
    positive_side,
)

REFERENCE = Path(__file__).parents[1] / "reference" / "incompatibility.json"
CASES = json.loads(REFERENCE.read_text())["exchange"]
NAMES = ("a", "b")

people = st.integers(1, 10_000)
full_cells = st.builds(Cells, tp=people, fp=people, fn=people, tn=people)


def both_groups(case: dict[str, Any]) -> tuple[Cells, Cells]:
    first, second = (
        Cells(**dict(zip(("tp", "fp", "fn", "tn"), cells, strict=True)))
        for cells in (
            case["cells_tp_fp_fn_tn"][case["first"]],
            case["cells_tp_fp_fn_tn"][case["second"]],
        )
    )
    return first, second


def split(side: BillSide | str) -> BillSide:
    assert isinstance(side, BillSide)
    return side


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_bill_is_the_one_of_the_reference(case: dict[str, Any]) -> None:
    expected = case["bill"]
    side = split(positive_side(*both_groups(case), NAMES))
    assert side.total == pytest.approx(expected["total_log_odds_ratio"], abs=1e-8)
    assert side.terms == pytest.approx(
        {
            "positive_predictive_value": expected["paid_by_ppv"],
            "false_positive_rate": expected["paid_by_fpr"],
            "true_positive_rate": expected["paid_by_tpr"],
        },
        abs=1e-8,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_negative_side_is_the_one_of_the_reference(case: dict[str, Any]) -> None:
    expected = case["bill_negative_side"]
    side = split(negative_side(*both_groups(case), NAMES))
    assert side.total == pytest.approx(expected["total_log_odds_ratio"], abs=1e-8)
    assert side.terms == pytest.approx(
        {
            "false_omission_rate": expected["paid_by_for"],
            "false_negative_rate": expected["paid_by_fnr"],
            "true_negative_rate": expected["paid_by_tnr"],
        },
        abs=1e-8,
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_even_split_is_the_one_of_the_reference(case: dict[str, Any]) -> None:
    total = log_odds_ratio(*both_groups(case))
    assert even_split_factor(total) == pytest.approx(case["even_split_factor"], abs=1e-8)


@given(full_cells, full_cells)
def test_both_sides_sum_to_the_log_odds_ratio_of_base_rates(a: Cells, b: Cells) -> None:
    rates = [(cells.tp + cells.fn) / cells.total for cells in (a, b)]
    total = math.log(rates[0] / (1 - rates[0])) - math.log(rates[1] / (1 - rates[1]))
    for side in (positive_side(a, b, NAMES), negative_side(a, b, NAMES)):
        assert split(side).total == pytest.approx(total, abs=1e-9)
        assert sum(split(side).terms.values()) == pytest.approx(total, abs=1e-9)


@given(full_cells, full_cells)
def test_at_least_one_ratio_is_off_by_the_even_split(a: Cells, b: Cells) -> None:
    side = split(positive_side(a, b, NAMES))
    largest = max(abs(term) for term in side.terms.values())
    assert math.exp(largest) >= even_split_factor(side.total) * (1 - 1e-12)


@given(full_cells, full_cells)
def test_exchanging_the_groups_flips_every_sign(a: Cells, b: Cells) -> None:
    forth, back = split(positive_side(a, b, NAMES)), split(positive_side(b, a, NAMES))
    assert back.terms == pytest.approx({rate: -term for rate, term in forth.terms.items()})
    forth, back = split(negative_side(a, b, NAMES)), split(negative_side(b, a, NAMES))
    assert back.terms == pytest.approx({rate: -term for rate, term in forth.terms.items()})


@given(full_cells, st.integers(1, 50))
def test_equal_base_rates_leave_nothing_to_pay(cells: Cells, times: int) -> None:
    # As many positives and as many negatives, times over, decided the other way round.
    other = Cells(
        tp=cells.fn * times, fp=cells.tn * times, fn=cells.tp * times, tn=cells.fp * times
    )
    assert split(positive_side(cells, other, NAMES)).total == 0
    assert even_split_factor(log_odds_ratio(cells, other)) == 1


def test_a_group_without_false_positives_has_no_positive_side_and_says_so() -> None:
    first = Cells(tp=5, fp=5, fn=5, tn=5)
    second = Cells(tp=5, fp=0, fn=5, tn=5)
    assert positive_side(first, second, NAMES) == "no false positives in group b"
    assert split(negative_side(first, second, NAMES)).total != 0


def test_every_empty_cell_is_named() -> None:
    first = Cells(tp=5, fp=5, fn=5, tn=0)
    second = Cells(tp=5, fp=0, fn=0, tn=5)
    assert negative_side(first, second, NAMES) == (
        "no true negatives in group a, no false negatives in group b"
    )
