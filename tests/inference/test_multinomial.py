"""Resampled cells are the bootstrap of rows."""

from __future__ import annotations

import numpy as np
import pytest

from fairaudit.inference.multinomial import (
    dirichlet_cells,
    percentile_interval,
    resample_cells,
)

CELLS = [30, 0, 50, 120]


def test_every_sample_has_as_many_people_and_never_fills_an_empty_cell() -> None:
    drawn = resample_cells(CELLS, 500, np.random.default_rng(2))
    assert set(drawn.sum(axis=1)) == {200}
    assert set(drawn[:, 1]) == {0}


def test_the_spread_is_that_of_rows_drawn_with_replacement() -> None:
    rows = np.repeat(np.arange(4), CELLS)
    rng = np.random.default_rng(2)
    by_rows = np.array(
        [np.bincount(rng.choice(rows, rows.size), minlength=4) for _ in range(4000)]
    )
    by_cells = resample_cells(CELLS, 4000, rng)
    assert by_cells.mean(axis=0) == pytest.approx(by_rows.mean(axis=0), abs=0.5)
    assert by_cells.std(axis=0) == pytest.approx(by_rows.std(axis=0), rel=0.06)


def test_an_empty_cell_is_not_taken_for_impossible() -> None:
    shares = dirichlet_cells(CELLS, 2000, np.random.default_rng(2))
    assert shares.sum(axis=1) == pytest.approx(np.ones(2000))
    assert shares[:, 1].min() > 0
    assert shares.mean(axis=0) == pytest.approx((np.array(CELLS) + 0.5) / 202, abs=0.005)


def test_a_percentile_interval_leaves_out_as_much_on_either_side() -> None:
    found = percentile_interval(np.arange(1001) / 1000.0)
    assert (found.low, found.high) == pytest.approx((0.025, 0.975))


@pytest.mark.parametrize("size", [1, 2, 3, 39, 40, 1000])
@pytest.mark.parametrize("level", [0.5, 0.9, 0.95])
def test_its_limits_are_numpys_quantiles(size: int, level: float) -> None:
    samples = np.random.default_rng(size).normal(size=size)
    found = percentile_interval(samples, level)
    wanted = np.quantile(samples, [(1 - level) / 2, 1 - (1 - level) / 2])
    assert (found.low, found.high) == tuple(wanted)
