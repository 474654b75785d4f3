"""Run cases in chunks over processes; the numbers do not depend on how many there are."""

from __future__ import annotations

import time
from functools import lru_cache
from multiprocessing import Pool
from typing import TYPE_CHECKING

from benchmarks.verdicts.case import Case, Result, result
from benchmarks.verdicts.suite import suite
from fairaudit.core.seeds import generator
from fairaudit.core.value import value
from fairaudit.criteria import comparisons
from fairaudit.inference.differences import difference_estimate

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

CHUNK = 100
"""Runs that share a random stream."""


@value
class Job:
    """A chunk of the runs of one case, named by its places so that it can be sent."""

    section: int
    case: int
    chunk: int
    runs: int
    seed: int


@value
class Chunk:
    """What was seen in a chunk: sums over runs, and the CPU seconds they took."""

    job: Job
    totals: tuple[float, ...]
    squares: tuple[float, ...]
    cpu: float


@value
class Run:
    """Everything that was seen, and the CPU seconds of each section."""

    results: tuple[Result, ...]
    cpu: dict[str, float]


def run(
    *,
    runs: int,
    seed: int,
    processes: int,
    only: Collection[str] = (),
    told: Callable[[str], None] = print,
) -> Run:
    """Simulate the suite, or the sections named in `only`.

    Parameters
    ----------
    runs : int
        Runs per case, before a case's own weight.
    seed : int
        Decides every random number.
    processes : int
        How many run at once.
    only : collection of str
        Sections to run; all when empty.
    told : callable
        Gets a line when a section is done.

    Returns
    -------
    Run
        Results in the order of the suite.
    """
    results: list[Result] = []
    cpu: dict[str, float] = {}
    with Pool(processes, initializer=remember) as pool:
        for place, section in enumerate(suite()):
            if only and section.id not in only:
                continue
            jobs = jobs_of(place, runs, seed)
            chunks = list(pool.imap_unordered(simulate, jobs, chunksize=4))
            for number, case in enumerate(section.cases):
                results += _joined(case, [one for one in chunks if one.job.case == number])
            cpu[section.id] = sum(one.cpu for one in chunks)
            told(f"{section.id}: {len(jobs) * CHUNK:,} audits, {cpu[section.id]:.0f} s CPU")
    return Run(results=tuple(results), cpu=cpu)


def remember() -> None:
    """Keep the printed interval of counts already met.

    It decides nothing and is the dearest part of comparing small groups: thirty groups of
    20 ask for 435 of them, and no more than 441 differ.
    """
    remembered = lru_cache(maxsize=1 << 17)(difference_estimate)
    vars(comparisons)[difference_estimate.__name__] = remembered


def jobs_of(place: int, runs: int, seed: int) -> list[Job]:
    """Cut a section into jobs; the last chunk of a case holds what is left."""
    jobs = []
    for number, case in enumerate(suite()[place].cases):
        wanted = runs_of(case, runs)
        jobs += [
            Job(
                section=place,
                case=number,
                chunk=start // CHUNK,
                runs=min(CHUNK, wanted - start),
                seed=seed,
            )
            for start in range(0, wanted, CHUNK)
        ]
    return jobs


def runs_of(case: Case, runs: int) -> int:
    """Say how many runs a case gets."""
    return max(1, round(runs * case.weight))


def simulate(job: Job) -> Chunk:
    """Run one chunk."""
    started = time.process_time()
    case = suite()[job.section].cases[job.case]
    rng = generator(job.seed, case.id, str(job.chunk))
    totals, squares = [0.0] * len(case.watched), [0.0] * len(case.watched)
    for _ in range(job.runs):
        for place, seen in enumerate(case.trial(rng)):
            totals[place] += seen
            squares[place] += seen * seen
    return Chunk(
        job=job,
        totals=tuple(totals),
        squares=tuple(squares),
        cpu=time.process_time() - started,
    )


def _joined(case: Case, chunks: Iterable[Chunk]) -> list[Result]:
    """Add the chunks of a case in their own order, whichever came back first."""
    ordered = sorted(chunks, key=lambda one: one.job.chunk)
    return [
        result(
            case,
            watched,
            runs=sum(one.job.runs for one in ordered),
            total=sum(one.totals[place] for one in ordered),
            squares=sum(one.squares[place] for one in ordered),
        )
        for place, watched in enumerate(case.watched)
    ]
