from __future__ import annotations

import csv
import json
import math
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from fairaudit.core.bill import Bill
from fairaudit.core.cells import Cells
from fairaudit.core.errors import InputError
from fairaudit.core.evidence import GroupRow, GroupTable
from fairaudit.core.finding import Finding
from fairaudit.core.weights import Weights
from fairaudit.tradeoffs.findings import bill, bill_finding

ROOT = Path(__file__).parents[2]
EXCHANGE = json.loads((ROOT / "tests/reference/incompatibility.json").read_text())[
    "exchange"
]
FINDING = TypeAdapter(Finding)


def row(name: str, cells: Cells, squares: Cells | None = None) -> GroupRow:
    weights = None if squares is None else Weights(squares=squares)
    return GroupRow(name=name, kind="group", cells=cells, weights=weights, rates={})


def table(*rows: GroupRow) -> GroupTable:
    overall = GroupRow(name="overall", kind="overall", cells=Cells(), rates={})
    return GroupTable(
        attribute="race", columns=("race",), compare="pairs", groups=rows, overall=overall
    )


def found(*rows: GroupRow, tolerance: float | None = 0.1) -> Finding:
    finding = bill_finding(
        table(*rows), tolerance=tolerance, rng=np.random.default_rng(11), draws=1_000
    )
    assert finding is not None
    return finding


def billed(first: Cells, second: Cells, *, draws: int = 0) -> Bill:
    return bill(
        row("a", first),
        row("b", second),
        attribute="race",
        tolerance=0.1,
        rng=np.random.default_rng(5),
        draws=draws,
    )


def compas() -> list[GroupRow]:
    """Count the bundled table at a decile score of 5 and above."""
    counts: Counter[tuple[str, str]] = Counter()
    with (ROOT / "datasets" / "compas.csv").open(newline="") as file:
        for line in csv.DictReader(file):
            flagged = int(line["decile_score"]) >= 5
            again = line["two_year_recid"] == "1"
            cell = ("tp" if again else "fp") if flagged else ("fn" if again else "tn")
            counts[line["race"], cell] += int(line["count"])
    races = sorted({race for race, _ in counts})
    names = ("tp", "fp", "fn", "tn")
    return [
        row(race, Cells(**{name: counts[race, name] for name in names})) for race in races
    ]


def test_compas_differs_by_an_odds_ratio_of_1_63_and_pays_in_false_alarms() -> None:
    finding = bill_finding(
        table(*compas()),
        tolerance=0.1,
        rng=np.random.default_rng(0),
        favourable="not-selected",
    )
    assert finding is not None
    assert finding.id == "bill@race"
    assert finding.sentence == (
        "African-American and Caucasian base rates differ (odds ratio 1.63 [1.47, 1.81]). "
        "Any rule that makes false alarms must pay that in precision, false alarms or "
        "misses; this one pays mostly in false alarms (African-American 45 % v Caucasian "
        "23 %)."
    )
    assert finding.estimate.value == pytest.approx(1.63, abs=0.005)
    assert isinstance(finding.evidence, Bill)
    assert finding.evidence.lines.within_tolerance.startswith(
        "Within 0.10 all three (PPV, FPR and TPR) can hold"
    )
    assert "too little to rule out" in finding.evidence.lines.supported
    assert finding.caveats == ()


@pytest.mark.parametrize("case", EXCHANGE, ids=lambda case: case["name"])
def test_the_odds_ratio_and_base_rates_are_those_of_the_reference(
    case: dict[str, Any],
) -> None:
    first, second = (
        Cells(**dict(zip(("tp", "fp", "fn", "tn"), numbers, strict=True)))
        for numbers in case["cells_tp_fp_fn_tn"].values()
    )
    made = billed(first, second)
    assert [rate.value for rate in made.base_rates] == pytest.approx(
        case["base_rates"], abs=1e-8
    )
    assert made.odds_ratio.value == pytest.approx(case["base_rate_odds_ratio"], abs=1e-8)
    assert made.odds_ratio.interval is not None
    assert [made.odds_ratio.interval.low, made.odds_ratio.interval.high] == pytest.approx(
        case["base_rate_odds_ratio_ci95"], abs=1e-7
    )
    assert made.even_split_factor == pytest.approx(case["even_split_factor"], abs=1e-8)


people = st.integers(1, 3_000)
full_cells = st.builds(Cells, tp=people, fp=people, fn=people, tn=people)


@given(full_cells, full_cells)
def test_exchanging_the_groups_exchanges_the_answer(a: Cells, b: Cells) -> None:
    forth, back = billed(a, b), billed(b, a)
    assert forth.odds_ratio.value is not None
    assert back.odds_ratio.value == pytest.approx(1 / forth.odds_ratio.value)
    assert back.even_split_factor == pytest.approx(forth.even_split_factor)
    assert back.joint_gap.value == pytest.approx(forth.joint_gap.value, abs=1e-12)
    assert forth.positive_side is not None
    assert back.positive_side is not None
    assert back.positive_side.total == pytest.approx(-forth.positive_side.total)


@given(full_cells, st.integers(1, 20))
def test_at_equal_base_rates_the_impossibility_vanishes(cells: Cells, times: int) -> None:
    other = Cells(
        tp=cells.fn * times, fp=cells.tn * times, fn=cells.tp * times, tn=cells.fp * times
    )
    made = billed(cells, other)
    assert made.joint_gap.value == 0
    assert made.positive_side is not None
    assert made.positive_side.total == 0
    assert "nothing forces" in made.lines.exactly
    assert made.lines.within_tolerance.startswith("At equal base rates all three can hold")


def test_a_zero_cell_gives_its_reason_and_keeps_the_rest() -> None:
    made = billed(Cells(tp=30, fp=20, fn=20, tn=30), Cells(tp=5, fp=0, fn=10, tn=70))
    assert made.positive_side is None
    assert made.undefined_because == "no false positives in group b"
    assert made.negative_side is not None
    assert made.odds_ratio.value is not None
    assert made.joint_gap.value is not None
    assert "cannot be told: no false positives in group b" in made.lines.exactly


def test_without_true_positives_there_is_no_joint_gap() -> None:
    made = billed(Cells(tp=30, fp=20, fn=20, tn=30), Cells(tp=0, fp=5, fn=10, tn=70))
    assert made.joint_gap.value is None
    assert made.joint_gap.undefined_because == "no true positives in group b"
    assert made.joint_gap_levels == {}


def test_a_predictor_that_selects_nobody_still_gets_its_base_rates_compared() -> None:
    made = billed(Cells(fn=20, tn=30), Cells(fn=10, tn=70))
    assert made.odds_ratio.value == pytest.approx(20 * 70 / (30 * 10))
    assert made.undefined_because == (
        "no true positives in group a, no false positives in group a, "
        "no true positives in group b, no false positives in group b"
    )
    assert {exchange.possible for exchange in made.exchange_rates} == {None}


def test_base_rates_of_one_outcome_have_no_bill() -> None:
    with pytest.raises(InputError, match="nobody in group b has a positive label"):
        billed(Cells(tp=30, fp=20, fn=20, tn=30), Cells(fp=5, tn=10))


def test_a_table_without_a_pair_has_no_finding() -> None:
    only = table(row("a", Cells(tp=1, fp=1, fn=1, tn=1)))
    assert bill_finding(only, tolerance=None, rng=np.random.default_rng(1)) is None


@pytest.mark.parametrize(
    "second",
    [
        Cells(tp=5, fp=4, fn=10, tn=70),
        Cells(tp=5, fp=0, fn=10, tn=70),
        Cells(tp=0, fp=5, fn=10, tn=70),
        Cells(fn=10, tn=70),
        Cells(tp=30, fp=20, fn=20, tn=30),
    ],
)
def test_a_finding_reads_back_from_json_as_it_was(second: Cells) -> None:
    finding = found(row("a", Cells(tp=30, fp=20, fn=20, tn=30)), row("b", second))
    stored = FINDING.dump_json(finding)
    assert FINDING.validate_json(stored, strict=True) == finding
    assert b"NaN" not in stored


def test_the_same_seed_gives_the_same_finding() -> None:
    rows = (
        row("a", Cells(tp=30, fp=20, fn=20, tn=30)),
        row("b", Cells(tp=3, fp=5, fn=10, tn=70)),
    )
    assert found(*rows) == found(*rows)


def test_more_people_support_more() -> None:
    lines = []
    for times in (1, 100):
        a = Cells(tp=30 * times, fp=10 * times, fn=20 * times, tn=40 * times)
        b = Cells(tp=12 * times, fp=8 * times, fn=18 * times, tn=62 * times)
        evidence = found(row("a", a), row("b", b), tolerance=0.05).evidence
        assert isinstance(evidence, Bill)
        lines.append(evidence.lines.supported)
    assert "is undecided" in lines[0]
    assert "too much for all three within 0.05" in lines[1]


def test_people_left_out_are_counted_in_a_caveat() -> None:
    a = Cells(tp=30, fp=20, fn=20, tn=30, undecided_positive=10)
    finding = found(row("a", a), row("b", Cells(tp=30, fp=20, fn=30, tn=30)))
    assert finding.caveats == (
        "The bill counts the 210 of 220 people who have both a label and a prediction.",
    )


def test_a_larger_group_of_one_outcome_is_passed_over_by_name() -> None:
    finding = found(
        row("a", Cells(tp=30, fp=20, fn=20, tn=30)),
        row("b", Cells(tp=30, fp=20, fn=30, tn=30)),
        row("c", Cells(fp=2, tn=110)),
    )
    assert "Passed over, though larger: nobody in group c has a positive label." in (
        finding.caveats
    )


def test_another_pair_shown_further_apart_is_named_in_a_caveat() -> None:
    finding = found(
        row("a", Cells(tp=300, fp=200, fn=200, tn=300)),
        row("b", Cells(tp=300, fp=200, fn=250, tn=300)),
        row("c", Cells(tp=90, fp=3, fn=10, tn=7)),
        row("d", Cells(tp=6, fp=20, fn=4, tn=80)),
    )
    (caveat,) = finding.caveats
    assert caveat.startswith(
        "c and d are further apart: odds ratio of base rates at least "
    )
    assert caveat.endswith(", at 95 % over all 6 pairs.")


def test_survey_weights_widen_the_intervals_and_keep_the_values() -> None:
    a = Cells(tp=300, fp=200, fn=200, tn=300)
    b = Cells(tp=150, fp=100, fn=250, tn=500)
    # Uneven weights: the sum of squares is four times that of weights of 1.
    squares = [Cells(tp=4 * c.tp, fp=4 * c.fp, fn=4 * c.fn, tn=4 * c.tn) for c in (a, b)]
    plain = found(row("a", a), row("b", b))
    weighted = found(row("a", a, squares[0]), row("b", b, squares[1]))
    assert isinstance(plain.evidence, Bill)
    assert isinstance(weighted.evidence, Bill)
    assert weighted.evidence.positive_side == plain.evidence.positive_side
    assert weighted.evidence.joint_gap.value == plain.evidence.joint_gap.value
    widths = []
    for evidence in (plain.evidence, weighted.evidence):
        for estimate in (evidence.joint_gap, evidence.base_rates[0]):
            assert estimate.interval is not None
            assert estimate.interval.low is not None
            assert estimate.interval.high is not None
            widths.append(estimate.interval.high - estimate.interval.low)
        assert evidence.odds_ratio.interval is not None
        assert evidence.odds_ratio.interval.low
        assert evidence.odds_ratio.interval.high
        widths.append(
            math.log(evidence.odds_ratio.interval.high / evidence.odds_ratio.interval.low)
        )
    # A quarter of the people, twice the width.
    assert np.array(widths[3:]) / np.array(widths[:3]) == pytest.approx(2, rel=0.15)
    (caveat,) = weighted.caveats
    assert caveat.endswith("of their effective sizes, 250 and 250 people.")
