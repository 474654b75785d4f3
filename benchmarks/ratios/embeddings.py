"""Word vectors: exact association tests, and analogies without a table of V × V."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.ratios.line import Line, at_most, at_most_times
from benchmarks.ratios.rounds import cpu_seconds, in_turn
from fairaudit import datasets, embeddings
from fairaudit.embeddings.partitions import partition_test

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.ratios.rounds import Effort

_DIMENSIONS = 300


def measure(effort: Effort) -> list[Line]:
    """Measure tests of association and analogies."""
    return [
        *_partitions(effort),
        *_analogies(effort),
    ]


def _partitions(effort: Effort) -> list[Line]:
    """Count all divisions, and make the whole battery."""
    rng = np.random.default_rng(0)
    vectors = embeddings.load(datasets.path("glove_50d_subset"))

    def counting(n: int) -> Callable[[], object]:
        first, second = rng.normal(0.3, 1, n), rng.normal(0, 1, n)
        return lambda: partition_test(first, second)

    cpu = in_turn(
        {
            "8": cpu_seconds(counting(8), repeat=100),
            "18": cpu_seconds(counting(18), repeat=5),
            "ten": cpu_seconds(lambda: embeddings.weat_battery(vectors)),
        },
        effort.rounds,
    )
    return [
        at_most(0.001, "exact p-value, 8 v 8 words", unit="s", ours=cpu["8"]),
        at_most(0.1, "exact p-value, 18 v 18 words", unit="s", ours=cpu["18"]),
        at_most(3, "ten association tests", unit="s", ours=cpu["ten"]),
    ]


def _analogies(effort: Effort) -> list[Line]:
    """Look at all pairs, beside the bare product of half of them."""
    n, tile = effort.rows(26_423, 8_000), 2_048
    rows = np.random.default_rng(0).normal(size=(n, _DIMENSIONS)).astype(np.float32)
    rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    vectors = embeddings.Embedding.make("random", [f"w{i}" for i in range(n)], rows)
    room = np.empty((tile, tile), dtype=np.float32)

    def half_product() -> None:
        for top in range(0, n, tile):
            for left in range(top, n, tile):
                one, other = rows[top : top + tile], rows[left : left + tile]
                np.matmul(one, other.T, out=room[: len(one), : len(other)])

    cpu = in_turn(
        {
            "ours": cpu_seconds(lambda: embeddings.analogy_pairs(vectors, "w0", "w1")),
            "bare": cpu_seconds(half_product),
        },
        effort.rounds,
    )
    return [
        at_most_times(
            1.5,
            f"all pairs of {n:,} words for analogies",
            "the bare half matrix product",
            ours=cpu["ours"],
            peers=cpu["bare"],
        )
    ]
