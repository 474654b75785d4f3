from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.cells import Cells
from fairaudit.tradeoffs.resampled import Resampled, gap_estimate, resample

GROUPS = (Cells(tp=30, fp=10, fn=20, tn=40), Cells(tp=0, fp=5, fn=10, tn=35))


def resampled(sizes: tuple[float, float], draws: int, seed: int = 1) -> Resampled:
    return resample(GROUPS, sizes=sizes, draws=draws, rng=np.random.default_rng(seed))


def test_the_counted_cells_come_first_and_every_draw_keeps_the_people() -> None:
    people = resampled((100, 50), draws=200)
    assert people.tp[:, 0].tolist() == [30, 0]
    assert people.tn[:, 0].tolist() == [40, 35]
    totals = people.tp + people.fp + people.fn + people.tn
    assert totals == pytest.approx(np.array([[100.0], [50.0]]).repeat(201, axis=1))


def test_draws_are_dirichlet_with_half_a_person_in_each_cell() -> None:
    # Of the textbooks: mean a_i / a, variance a_i (a - a_i) / (a² (a + 1)).
    shares = resampled((100, 50), draws=40_000).fp[0, 1:] / 100
    alpha, total = 10.5, 102.0
    variance = alpha * (total - alpha) / (total**2 * (total + 1))
    # Five standard errors of a mean, and of a variance, of 40,000 draws.
    assert shares.mean() == pytest.approx(alpha / total, abs=5 * (variance / 40_000) ** 0.5)
    assert shares.var() == pytest.approx(variance, rel=5 * (2 / 40_000) ** 0.5)


def test_a_smaller_effective_size_spreads_the_draws_and_keeps_the_people() -> None:
    full, half = resampled((100, 50), draws=20_000), resampled((50, 25), draws=20_000)
    assert half.tp[:, 0].tolist() == [30, 0]
    ratio = half.base_rate[0, 1:].var() / full.base_rate[0, 1:].var()
    assert ratio == pytest.approx(102 / 52, rel=0.1)


def test_the_same_seed_gives_the_same_draws() -> None:
    again = [resampled((100, 50), draws=10, seed=5).fn.tolist() for _ in range(2)]
    assert again[0] == again[1]


def test_the_interval_of_a_gap_reaches_zero_when_its_sign_is_not_settled() -> None:
    gap = gap_estimate(np.array([0.02, *np.linspace(-0.03, 0.07, 1_001)]))
    assert gap.value == 0.02
    assert gap.interval is not None
    assert gap.interval.low == 0
    assert gap.interval.high == pytest.approx(0.0675, abs=1e-3)


def test_the_interval_of_a_negative_difference_is_turned_around() -> None:
    gap = gap_estimate(np.array([-0.5, *np.linspace(-0.6, -0.4, 1_001)]))
    assert gap.value == 0.5
    assert gap.interval is not None
    assert gap.interval.low == pytest.approx(0.405, abs=1e-3)
    assert gap.interval.high == pytest.approx(0.595, abs=1e-3)


def test_without_draws_there_is_no_interval() -> None:
    assert gap_estimate(np.array([0.25])).interval is None
