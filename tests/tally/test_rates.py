"""Rates against published figures and plain arithmetic."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fairaudit.core.cells import Cells
from fairaudit.core.weights import Weights
from fairaudit.tally.rates import RATES, TRUE_POSITIVE_RATE, proportion

REFERENCE = Path(__file__).parents[1] / "reference" / "incompatibility.json"
IDS = {
    "base": "base_rate",
    "sr": "selection_rate",
    "tpr": "true_positive_rate",
    "fpr": "false_positive_rate",
    "fnr": "false_negative_rate",
    "tnr": "true_negative_rate",
    "ppv": "positive_predictive_value",
    "npv": "negative_predictive_value",
    "fomr": "false_omission_rate",
    "acc": "accuracy",
}
CASES = [
    pytest.param(cells, case["expected_rates"][group], id=f"{case['name']}-{group}")
    for case in json.loads(REFERENCE.read_text())["rates"]
    for group, cells in case["cells_tp_fp_fn_tn"].items()
]


@pytest.mark.parametrize(("cells", "expected"), CASES)
def test_every_rate_is_the_reference_value_or_undefined(
    cells: list[int], expected: dict[str, float | None]
) -> None:
    tp, fp, fn, tn = cells
    counted = Cells(tp=tp, fp=fp, fn=fn, tn=tn)
    for short, rate_id in IDS.items():
        value = proportion(RATES[rate_id], counted).value
        if expected[short] is None:
            assert value is None
        else:
            assert value == pytest.approx(expected[short], abs=5e-9)


def test_people_without_a_label_count_for_the_selection_rate_alone() -> None:
    cells = Cells(tp=1, fn=1, unlabelled_selected=3, unlabelled_rejected=5)
    selected = proportion(RATES["selection_rate"], cells)
    assert (selected.numerator, selected.denominator) == (4, 10)
    assert proportion(TRUE_POSITIVE_RATE, cells).denominator == 2
    assert proportion(RATES["base_rate"], cells).denominator == 2


def test_people_without_a_prediction_count_for_the_base_rate_alone() -> None:
    cells = Cells(tp=1, tn=1, undecided_positive=3, undecided_negative=1, blank=7)
    base = proportion(RATES["base_rate"], cells)
    assert (base.numerator, base.denominator) == (4, 6)
    assert proportion(RATES["selection_rate"], cells).denominator == 2


def test_equal_weights_are_worth_the_people_they_stand_for() -> None:
    # Kish: with equal weights the effective size is the number of rows.
    weights = Weights(squares=Cells(tp=12.0, fn=4.0), heaviest=2.0)
    read = proportion(TRUE_POSITIVE_RATE, Cells(tp=6.0, fn=2.0), weights)
    assert (read.size, read.successes) == (4, 3)


def test_unequal_weights_are_worth_fewer_people() -> None:
    # Two rows of weights 1 and 3: Kish's (1 + 3)² / (1 + 9) = 1.6 people, at most.
    weights = Weights(squares=Cells(tp=1.0, fn=9.0), heaviest=3.0)
    read = proportion(TRUE_POSITIVE_RATE, Cells(tp=1.0, fn=3.0), weights)
    assert 1 < read.size < 1.6
