"""Three million vectors, as large as published ones: 3.6 GB read and 3.6 GB written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.ratios.vector_streams import streamed

if TYPE_CHECKING:
    from benchmarks.ratios.line import Line
    from benchmarks.ratios.rounds import Effort


def measure(effort: Effort) -> list[Line]:
    """Debias them; only when asked for, as writing the file takes a while."""
    return streamed(effort, effort.rows(3_000_000, 1_000_000))
