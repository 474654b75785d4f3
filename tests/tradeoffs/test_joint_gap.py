from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fairaudit.core.cells import Cells
from fairaudit.core.errors import InputError
from fairaudit.tradeoffs.joint_gap import joint_gap, smallest_joint_gap, smallest_joint_gaps
from fairaudit.tradeoffs.resampled import resample

REFERENCE = Path(__file__).parents[1] / "reference" / "incompatibility.json"
CASES = json.loads(REFERENCE.read_text())["score_free_joint_gap"]

inside = st.floats(0.01, 0.99)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_gap_is_the_one_of_the_reference(case: dict[str, float]) -> None:
    gap = smallest_joint_gap(
        p_low=case["p_low"], p_high=case["p_high"], tpr=case["tpr_min"], ppv=case["ppv_min"]
    )
    assert gap == pytest.approx(case["expected"], abs=1e-8)


def best_on_a_grid(*, p_low: float, p_high: float, tpr: float, ppv: float) -> float:
    """Try every pair of (TPR, PPV) on a grid, with one group at each of the two levels."""
    steps = np.linspace(0, 1, 241)
    tprs, ppvs = tpr + steps * (1 - tpr), ppv + steps * (1 - ppv)
    best = np.inf
    # Which group, low (0) or high (1), has the smaller TPR and which the smaller PPV.
    for found_less, less_precise in itertools.product((0, 1), repeat=2):
        t = [tprs[:, None], tprs[:, None]]
        v = [ppvs[None, :], ppvs[None, :]]
        t[found_less], v[less_precise] = np.array(tpr), np.array(ppv)
        fpr = [
            p / (1 - p) * t[g] * (1 - v[g]) / v[g] for g, p in enumerate((p_low, p_high))
        ]
        gaps = np.maximum(
            np.maximum(np.abs(t[0] - t[1]), np.abs(v[0] - v[1])), np.abs(fpr[0] - fpr[1])
        )
        possible = (fpr[0] <= 1) & (fpr[1] <= 1)
        best = min(best, np.where(possible, gaps, np.inf).min())
    return float(best)


@pytest.mark.parametrize(
    ("p_low", "p_high", "tpr", "ppv"),
    [
        (0.39, 0.51, 0.52, 0.59),
        (0.10, 0.40, 0.70, 0.50),
        (0.20, 0.60, 0.98, 0.90),  # the larger TPR is capped at 1
        (0.05, 0.90, 0.90, 0.10),  # the higher group's FPR is at 1
        (0.30, 0.30, 0.50, 0.50),
        (0.02, 0.80, 0.05, 0.30),
    ],
)
def test_no_rule_on_a_grid_does_better_and_some_rule_comes_near(
    p_low: float, p_high: float, tpr: float, ppv: float
) -> None:
    levels = {"p_low": p_low, "p_high": p_high, "tpr": tpr, "ppv": ppv}
    exact, tried = smallest_joint_gap(**levels), best_on_a_grid(**levels)
    assert exact <= tried + 1e-12
    assert tried <= exact + 0.02  # the grid's steps are 1/240 or less in each of two rates


@given(inside, inside, inside)
def test_equal_base_rates_allow_all_three(p: float, tpr: float, ppv: float) -> None:
    assume(ppv >= tpr * p / (tpr * p + 1 - p))
    assert smallest_joint_gap(p_low=p, p_high=p, tpr=tpr, ppv=ppv) == 0


@given(inside, inside, inside, inside, inside)
def test_finding_more_never_narrows_the_gap(
    p: float, q: float, t: float, u: float, ppv: float
) -> None:
    (p_low, p_high), (less, more) = sorted((p, q)), sorted((t, u))
    assume(ppv >= more * p_low / (more * p_low + 1 - p_low))
    gaps = [
        smallest_joint_gap(p_low=p_low, p_high=p_high, tpr=tpr, ppv=ppv)
        for tpr in (less, more)
    ]
    assert gaps[0] <= gaps[1] + 1e-12


def test_a_rule_without_false_alarms_has_no_gap() -> None:
    assert smallest_joint_gap(p_low=0.1, p_high=0.9, tpr=0.4, ppv=1.0) == 0


counts = st.integers(1, 500)
groups = st.builds(Cells, tp=counts, fp=counts, fn=counts, tn=counts)


@given(groups, groups)
def test_no_rule_beats_the_bound_at_its_own_levels(a: Cells, b: Cells) -> None:
    rates = [
        (c.tp / (c.tp + c.fn), c.tp / (c.tp + c.fp), c.fp / (c.fp + c.tn)) for c in (a, b)
    ]
    seen = max(abs(x - y) for x, y in zip(*rates, strict=True))
    people = resample(
        (a, b), sizes=(a.total, b.total), draws=0, rng=np.random.default_rng(1)
    )
    bound = joint_gap(people)
    assert bound.value is not None
    assert bound.value <= seen + 1e-9


def test_the_draws_surround_the_value_and_narrow_with_more_people() -> None:
    widths = []
    for times in (1, 100):
        cells = (
            Cells(tp=71 * times, fp=42 * times, fn=29 * times, tn=58 * times),
            Cells(tp=20 * times, fp=13 * times, fn=19 * times, tn=48 * times),
        )
        sizes = [group.total for group in cells]
        people = resample(cells, sizes=sizes, draws=4_000, rng=np.random.default_rng(7))
        gap = joint_gap(people)
        assert gap.value is not None
        assert gap.interval is not None
        assert gap.interval.low is not None
        assert gap.interval.high is not None
        assert gap.interval.low < gap.value < gap.interval.high
        widths.append(gap.interval.high - gap.interval.low)
    # A hundred times the people, a tenth of the width, give or take.
    assert widths[1] == pytest.approx(widths[0] / 10, rel=0.3)


def test_at_equal_base_rates_the_interval_reaches_zero() -> None:
    cells = (Cells(tp=30, fp=20, fn=20, tn=30), Cells(tp=25, fp=15, fn=25, tn=35))
    people = resample(cells, sizes=(100, 100), draws=2_000, rng=np.random.default_rng(3))
    gap = joint_gap(people)
    assert gap.value == 0
    assert gap.interval is not None
    assert gap.interval.low == 0


def test_many_levels_at_once_give_what_each_gives_alone() -> None:
    keys = ("p_low", "p_high", "tpr_min", "ppv_min")
    columns = [np.array([case[key] for case in CASES]) for key in keys]
    together = smallest_joint_gaps(
        p_low=columns[0], p_high=columns[1], tpr=columns[2], ppv=columns[3]
    )
    assert together == pytest.approx([case["expected"] for case in CASES], abs=1e-8)


@pytest.mark.parametrize(
    ("wrong", "because"),
    [
        ({"p_low": 0.0}, r"p_low must be between 0 and 1, exclusive; got 0\.0"),
        ({"p_high": 52.0}, r"p_high must be .* got 52\.0\. Write 0\.39 for 39 %"),
        ({"tpr": 0.0}, r"tpr must be above 0 and at most 1; got 0\.0"),
        ({"p_low": 0.6}, r"p_low must not be above p_high; got 0\.6 and 0\.52"),
        ({"ppv": 0.1}, r"ppv must be at least 0\.2773, .* got 0\.1"),
    ],
)
def test_levels_that_no_rule_has_are_refused(wrong: dict[str, float], because: str) -> None:
    levels = {"p_low": 0.39, "p_high": 0.52, "tpr": 0.6, "ppv": 0.63} | wrong
    with pytest.raises(InputError, match=because):
        smallest_joint_gap(**levels)
