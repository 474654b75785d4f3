"""Hard debiasing from file to file, a block at a time: how much time, how much memory?

A child is charged with the peak of its parent, which is larger than what is measured here;
so the peak is what Linux says of the memory the process itself had. The time is the CPU
time the process counts once it has started, since the time of starting varies by as much.

What was written before is deleted just before: memory that has lain free for seconds is
taken back by the host of a virtual machine, and to get it again costs several times what is
measured here. So both find it as warm as the copy in memory does.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.ratios.line import Line, at_most, at_most_times
from benchmarks.ratios.processes import process
from benchmarks.ratios.rounds import cpu_seconds, in_turn
from fairaudit import embeddings

if TYPE_CHECKING:
    from benchmarks.ratios.rounds import Effort

_DIMENSIONS = 300
_BLOCK = 4_096
_REWRITE = """
import sys, time
from pathlib import Path
from fairaudit import embeddings
words = embeddings.gender_lists().about_gender
few = embeddings.pick("few.npy", words)
hard = embeddings.HardDebias.fit(few)
hard.transform(few).rows(["she"])
if sys.argv[1:]:
    Path("out.npy").unlink(missing_ok=True)
started = time.process_time()
if sys.argv[1:]:
    hard = embeddings.HardDebias.fit(embeddings.pick("many.npy", words))
    embeddings.rewrite("many.npy", "out.npy", [hard])
print(time.process_time() - started)
with open("/proc/self/status") as lines:
    print(next(line.split()[1] for line in lines if line.startswith("VmHWM")))
"""
_COPY = """
import time
from pathlib import Path
Path("copy.npy").unlink(missing_ok=True)
started = time.process_time()
with open("many.npy", "rb") as source, open("copy.npy", "wb") as target:
    room = memoryview(bytearray(1 << 20))
    while size := source.readinto(room):
        target.write(room[:size])
print(time.process_time() - started)
"""


def measure(effort: Effort) -> list[Line]:
    """Debias a synthetic file."""
    return streamed(effort, effort.rows(300_000, 50_000))


def streamed(effort: Effort, n: int) -> list[Line]:
    """Debias a synthetic file from disk to disk, beside copying the matrix in memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder / "few.npy", 3_000)
        _write(folder / "many.npy", n)
        (folder / "run.py").write_text(_REWRITE, encoding="utf-8")
        (folder / "copy_file.py").write_text(_COPY, encoding="utf-8")
        used = in_turn(
            {
                "ours": process("run.py", "all", folder=folder),
                "start": process("run.py", folder=folder),
                "copy": process("copy_file.py", folder=folder),
            },
            effort.rounds,
        )
        matrix = np.array(np.load(folder / "many.npy", mmap_mode="r"))
    copied = in_turn({"copy": cpu_seconds(matrix.copy)}, effort.rounds)["copy"]
    told = {
        name: [[float(one) for one in usage.output.split()] for usage in usages]
        for name, usages in used.items()
    }
    ours = [seconds for seconds, _ in told["ours"]]
    peaks = zip(told["ours"], told["start"], strict=True)
    what = f"hard debiasing of {n:,} × {_DIMENSIONS} from file to file"
    return [
        at_most_times(
            5,
            what,
            "copying the matrix in memory",
            ours=ours,
            peers=copied,
            note="with finding its words and fitting, without starting",
        ),
        at_most_times(
            None,
            what,
            "copying the file",
            ours=ours,
            peers=[seconds for (seconds,) in told["copy"]],
            note="most of the time goes into reading and writing",
        ),
        at_most(
            64,
            f"{what}: more memory than starting",
            unit="MiB",
            ours=[(whole - start) / 1024 for (_, whole), (_, start) in peaks],
        ),
    ]


def _write(path: Path, n: int) -> None:
    """Write real words with random rows, then made-up ones; the list of words beside."""
    rng = np.random.default_rng(0)
    lists = embeddings.gender_lists()
    real = sorted(lists.about_gender)
    header = {"descr": "<f4", "fortran_order": False, "shape": (n, _DIMENSIONS)}
    with path.open("wb") as numbers:
        np.lib.format.write_array_header_1_0(numbers, header)
        for start in range(0, n, _BLOCK):
            shape = (min(_BLOCK, n - start), _DIMENSIONS)
            numbers.write(rng.standard_normal(shape, dtype=np.float32).data)
    with path.with_suffix(".words.txt").open("w", encoding="utf-8") as lines:
        lines.writelines(f"{real[i] if i < len(real) else f'w_{i}'}\n" for i in range(n))
