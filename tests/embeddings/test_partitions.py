from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import permutation_test

from fairaudit.embeddings import partitions
from fairaudit.embeddings.partitions import partition_test

SCORES = st.lists(st.integers(-20, 20), min_size=1, max_size=7)


@given(first=SCORES, second=SCORES)
def test_counts_are_those_of_writing_every_division_down(
    first: list[int], second: list[int]
) -> None:
    scores = np.array(first + second, dtype=float) / 7
    n = len(first)
    sums = [scores[list(chosen)].sum() for chosen in combinations(range(len(scores)), n)]
    seen = scores[:n].sum()
    found = partition_test(scores[:n], scores[n:])
    assert found.method == "exact"
    assert found.partitions == len(sums)
    assert found.at_least * len(sums) == pytest.approx(sum(s >= seen - 1e-9 for s in sums))
    assert (found.above or 0) * len(sums) == pytest.approx(
        sum(s > seen + 1e-9 for s in sums)
    )


@pytest.mark.parametrize(("n", "m"), [(5, 5), (3, 7), (8, 8)])
def test_scipy_agrees_when_it_counts_all(n: int, m: int) -> None:
    rng = np.random.default_rng(n)
    first, second = rng.normal(0.4, 1, n), rng.normal(0, 1, m)
    theirs = permutation_test(
        (first, second),
        lambda x, y, axis: x.mean(axis=axis) - y.mean(axis=axis),
        alternative="greater",
        n_resamples=np.inf,
        vectorized=True,
    )
    assert partition_test(first, second).at_least == pytest.approx(theirs.pvalue)


@pytest.mark.parametrize("seed", range(4))
def test_the_grid_encloses_the_exact_share(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(seed)
    first, second = rng.normal(0.5, 1, 9 + seed), rng.normal(0, 1, 12 - seed)
    exact = partition_test(first, second)
    monkeypatch.setattr(partitions, "EXACT_WORDS", 0)
    grid = partition_test(first, second)
    assert grid.method == "grid"
    assert grid.partitions == partition_test(second, first).partitions
    assert grid.low <= exact.at_least <= grid.high
    assert grid.high - grid.low < 0.01 * exact.at_least + 1e-4


def test_a_sample_encloses_the_exact_share_and_is_seeded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(5)
    first, second = rng.normal(0.5, 1, 8), rng.normal(0, 1, 8)
    exact = partition_test(first, second)
    monkeypatch.setattr(partitions, "EXACT_WORDS", 0)
    monkeypatch.setattr(partitions, "GRID_WORK", 0)
    monkeypatch.setattr(partitions, "SAMPLES", 5_000)
    sampled, again = (
        partition_test(first, second, np.random.default_rng(1)) for _ in range(2)
    )
    assert sampled == again
    assert sampled.method == "sampling"
    assert sampled.low <= exact.at_least <= sampled.high


def test_equal_scores_tie_everywhere() -> None:
    found = partition_test(np.full(4, 0.1), np.full(5, 0.1))
    assert (found.at_least, found.above) == (1.0, 0.0)
    assert partition_test(np.zeros(3), np.zeros(3)).at_least == 1.0
