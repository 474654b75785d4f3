"""Contenders measured in turn (A B A B), so that a busy moment meets all of them."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Sample = TypeVar("Sample")


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How much a run measures: rounds of every contender, and on how much data."""

    rounds: int
    quick: bool

    def rows(self, full: int, quick: int) -> int:
        """Choose the size of the data."""
        return quick if self.quick else full


def in_turn(
    contenders: Mapping[str, Callable[[], Sample]], rounds: int, *, warm: bool = True
) -> dict[str, list[Sample]]:
    """Measure every contender once per round, after one round that is thrown away.

    The first round compiles modules, fills caches and lets the processor speed up.
    """
    samples: dict[str, list[Sample]] = {name: [] for name in contenders}
    for number in range(rounds + warm):
        for name, contender in contenders.items():
            sample = contender()
            if number >= warm:
                samples[name].append(sample)
    return samples


def cpu_seconds(function: Callable[[], object], *, repeat: int = 1) -> Callable[[], float]:
    """Make a contender of a function: its CPU time in all threads, per call."""

    def contender() -> float:
        started = time.process_time()
        for _ in range(repeat):
            function()
        return (time.process_time() - started) / repeat

    return contender
