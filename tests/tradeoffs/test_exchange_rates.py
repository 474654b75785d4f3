from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.cells import Cells
from fairaudit.core.estimate import Estimate, Interval
from fairaudit.tradeoffs.exchange_rates import exchange_rates
from fairaudit.tradeoffs.resampled import resample

if TYPE_CHECKING:
    from fairaudit.core.bill import ExchangeRate

REFERENCE = Path(__file__).parents[1] / "reference" / "incompatibility.json"
CASES = json.loads(REFERENCE.read_text())["exchange"]
RATE = {
    "sr": "selection_rate",
    "tpr": "true_positive_rate",
    "fpr": "false_positive_rate",
    "ppv": "positive_predictive_value",
    "npv": "negative_predictive_value",
}
UNKNOWN = Estimate(value=2.0, interval=Interval(low=1.6, high=2.5, level=0.95, method="x"))


def exchanged(
    first: Cells, second: Cells, *, draws: int = 0, ratio: Estimate = UNKNOWN
) -> dict[tuple[str, str], ExchangeRate]:
    people = resample(
        (first, second),
        sizes=(first.total, second.total),
        draws=draws,
        rng=np.random.default_rng(2),
    )
    return {exchange.equal: exchange for exchange in exchange_rates(people, ratio)}


def cells_of(case: dict[str, Any], group: str) -> Cells:
    numbers = case["cells_tp_fp_fn_tn"][case[group]]
    return Cells(**dict(zip(("tp", "fp", "fn", "tn"), numbers, strict=True)))


FORCED = [(case, pair) for case in CASES for pair in case["forced"]]


@pytest.mark.parametrize(
    ("case", "pair"), FORCED, ids=[f"{case['name']}-{pair}" for case, pair in FORCED]
)
def test_forced_rates_are_those_of_the_reference(case: dict[str, Any], pair: str) -> None:
    expected = case["forced"][pair]
    held = [RATE[name] for name in pair.split("+")]
    exchange = exchanged(cells_of(case, "first"), cells_of(case, "second"))[
        held[0], held[1]
    ]
    assert exchange.levels == pytest.approx(
        {RATE[name]: case["pooled_levels"][name] for name in pair.split("+")}, abs=1e-8
    )
    assert set(exchange.forced) == {RATE[name] for name in RATE if name in expected}
    for rate, both in exchange.forced.items():
        name = next(short for short, long in RATE.items() if long == rate)
        assert both == pytest.approx(expected[name], abs=1e-8)
        assert exchange.gaps[rate].value == pytest.approx(expected[f"{name}_gap"], abs=1e-8)
    assert exchange.possible is expected["possible"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_where_the_level_cancels_the_odds_ratio_itself_is_forced(
    case: dict[str, Any],
) -> None:
    low, high = case["base_rate_odds_ratio_ci95"]
    ratio = Estimate(
        value=case["base_rate_odds_ratio"],
        interval=Interval(low=low, high=high, level=0.95, method="logit"),
    )
    rates = exchanged(cells_of(case, "first"), cells_of(case, "second"), ratio=ratio)
    forced = {
        (*held, of.rate, str(of.measure)): of.estimate
        for held, exchange in rates.items()
        if (of := exchange.at_any_level) is not None
    }
    ppv, tpr, fpr = RATE["ppv"], RATE["tpr"], RATE["fpr"]
    expected = {
        (ppv, tpr, fpr, "ratio"): case["equal_ppv_and_tpr_forces_fpr_ratio"],
        (ppv, fpr, tpr, "ratio"): case["equal_ppv_and_fpr_forces_tpr_ratio"],
        (tpr, fpr, ppv, "odds ratio"): case["equal_odds_forces_ppv_odds_ratio"],
    }
    values = {key: of.value for key, of in forced.items()}
    assert values == pytest.approx(expected, abs=1e-8)
    inverse = forced[ppv, fpr, tpr, "ratio"].interval
    assert inverse is not None
    assert (inverse.low, inverse.high) == pytest.approx((1 / high, 1 / low))
    gaps = rates[tpr, fpr].gaps, rates[ppv, RATE["npv"]].gaps
    assert [gap[RATE["sr"]].value for gap in gaps] == pytest.approx(
        [case["equal_odds_forces_sr_gap"], case["equal_ppv_npv_forces_sr_gap"]], abs=1e-8
    )


people = st.integers(1, 2_000)
full_cells = st.builds(Cells, tp=people, fp=people, fn=people, tn=people)


@given(full_cells, full_cells)
def test_forced_ratios_at_the_pooled_level_are_the_odds_ratio(a: Cells, b: Cells) -> None:
    across = (a.tp + a.fn) * (b.fp + b.tn) / ((a.fp + a.tn) * (b.tp + b.fn))
    for exchange in exchanged(a, b, ratio=Estimate(value=across)).values():
        if (of := exchange.at_any_level) is None:
            continue
        first, second = exchange.forced[of.rate]
        ratio = first / second
        if of.measure == "odds ratio":
            ratio *= (1 - second) / (1 - first)
        assert ratio == pytest.approx(of.estimate.value, rel=1e-6)


@given(full_cells, full_cells)
def test_forced_rates_make_one_consistent_table_in_each_group(a: Cells, b: Cells) -> None:
    # Whatever is held and forced together must obey SR PPV = p TPR and
    # SR (1 - PPV) = (1 - p) FPR in both groups, possible or not.
    for exchange in exchanged(a, b).values():
        if exchange.possible is None:
            continue
        for group, cells in enumerate((a, b)):
            p = (cells.tp + cells.fn) / cells.total
            known = exchange.levels | {k: v[group] for k, v in exchange.forced.items()}
            sr = known[RATE["sr"]]
            if {RATE["ppv"], RATE["tpr"]} <= set(known):
                caught = p * known[RATE["tpr"]]
                assert sr * known[RATE["ppv"]] == pytest.approx(caught, rel=1e-6, abs=1e-6)
            if {RATE["tpr"], RATE["fpr"]} <= set(known):
                selected = p * known[RATE["tpr"]] + (1 - p) * known[RATE["fpr"]]
                assert sr == pytest.approx(selected, rel=1e-6, abs=1e-6)


def test_equal_base_rates_force_nothing_apart() -> None:
    rates = exchanged(Cells(tp=30, fp=20, fn=20, tn=30), Cells(tp=50, fp=30, fn=50, tn=70))
    for exchange in rates.values():
        assert exchange.possible is True
        assert [gap.value for gap in exchange.gaps.values()] == pytest.approx(
            [0] * len(exchange.gaps), abs=1e-12
        )


def test_the_draws_surround_every_gap() -> None:
    case = CASES[0]
    rates = exchanged(cells_of(case, "first"), cells_of(case, "second"), draws=2_000)
    for exchange in rates.values():
        for gap in exchange.gaps.values():
            assert gap.value is not None
            assert gap.interval is not None
            assert gap.interval.low is not None
            assert gap.interval.high is not None
            assert gap.interval.low < gap.value < gap.interval.high


@pytest.mark.parametrize(
    ("second", "undefined", "because"),
    [
        # In the first group too (see below): nobody selected, everybody selected, ...
        (Cells(fn=10, tn=10), ("sr", "tpr"), "no positive predictions in either group"),
        (Cells(tp=10, fp=10), ("ppv", "npv"), "no negative predictions in either group"),
        (Cells(fp=10, fn=10, tn=5), ("ppv", "tpr"), "no true positives in either group"),
        (Cells(tp=10, fn=10, tn=5), ("ppv", "fpr"), "no false positives in either group"),
        (
            Cells(tp=10, fp=10, fn=10, tn=10),
            ("ppv", "npv"),
            "precision equals the false omission rate",
        ),
    ],
)
def test_a_pair_without_values_says_why(
    second: Cells, undefined: tuple[str, str], because: str
) -> None:
    held = (RATE[undefined[0]], RATE[undefined[1]])
    exchange = exchanged(second + second, second, draws=50)[held]
    assert exchange.possible is None
    assert exchange.forced == {}
    assert exchange.undefined_because is not None
    assert exchange.undefined_because.startswith(because)
