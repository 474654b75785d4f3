"""Word vectors: exact association tests, analogies without V × V, debiasing in a stream."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.ratios.line import Line, at_most, at_most_times
from benchmarks.ratios.processes import process
from benchmarks.ratios.rounds import cpu_seconds, in_turn
from fairaudit import datasets, embeddings
from fairaudit.embeddings.partitions import partition_test

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.ratios.rounds import Effort

_DIMENSIONS = 300
_REWRITE = """
import sys
from fairaudit import embeddings
words = embeddings.gender_lists().about_gender
few = embeddings.pick("few.npy", words)
hard = embeddings.HardDebias.fit(few)
hard.transform(few).rows(["she"])
if sys.argv[1:]:
    hard = embeddings.HardDebias.fit(embeddings.pick("many.npy", words))
    embeddings.rewrite("many.npy", "out.npy", [hard])
"""


def measure(effort: Effort) -> list[Line]:
    """Measure tests of association, analogies and hard debiasing."""
    return [
        *_partitions(effort),
        *_analogies(effort),
        *streamed(effort, effort.rows(300_000, 50_000)),
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


def streamed(effort: Effort, n: int) -> list[Line]:
    """Debias a synthetic file from disk to disk, beside copying the matrix in memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "few.npy", 3_000)
        _write(folder / "many.npy", n)
        (folder / "run.py").write_text(_REWRITE, encoding="utf-8")
        used = in_turn(
            {
                "ours": process("run.py", "all", folder=folder),
                "start": process("run.py", folder=folder),
            },
            effort.rounds,
        )
        matrix = np.array(np.load(folder / "many.npy", mmap_mode="r"))
    copied = in_turn({"copy": cpu_seconds(matrix.copy)}, effort.rounds)["copy"]
    pairs = list(zip(used["ours"], used["start"], strict=True))
    what = f"hard debiasing of {n:,} × {_DIMENSIONS} from file to file"
    return [
        at_most_times(
            5,
            what,
            "copying the matrix in memory",
            ours=[ours.cpu - start.cpu for ours, start in pairs],
            peers=copied,
            note="less the CPU time of starting and fitting",
        ),
        at_most(
            64,
            f"{what}: more memory than starting",
            unit="MiB",
            ours=[ours.peak_mib - start.peak_mib for ours, start in pairs],
        ),
    ]


def _write(path: Path, n: int) -> None:
    """Write real words with random rows, then made-up ones; the list of words beside."""
    rng = np.random.default_rng(0)
    lists = embeddings.gender_lists()
    real = sorted(lists.about_gender)
    matrix = np.lib.format.open_memmap(path, "w+", "<f4", (n, _DIMENSIONS))
    for start in range(0, n, 50_000):
        block = matrix[start : start + 50_000]
        block[:] = rng.standard_normal(block.shape, dtype=np.float32)
    matrix.flush()
    with path.with_suffix(".words.txt").open("w", encoding="utf-8") as lines:
        lines.writelines(f"{real[i] if i < len(real) else f'w_{i}'}\n" for i in range(n))
