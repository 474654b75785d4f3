"""Where the data came from, what was run, and how to run it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.report.model import DecisionAudit, RunFacts

PLACE = 90
TITLE = "Provenance"


def content(part: DecisionAudit, run: RunFacts | None) -> tuple[tuple[str, str], ...]:
    """Give labels and texts: of the data first, then of the run."""
    return (*_data(part), *(run_lines(run) if run is not None else ()))


def _data(part: DecisionAudit) -> Iterator[tuple[str, str]]:
    """Say what was read."""
    source = part.source
    yield "Data", source.name
    if source.read_as is not None:
        yield "Read as", source.read_as
    if source.sha256 is not None:
        yield "SHA-256", f"{source.sha256} ({source.sha256_covers})"
    yield "SHA-256 of the counts", part.cells_sha256
    yield "Seed", str(part.seed)


def run_lines(run: RunFacts) -> Iterator[tuple[str, str]]:
    """Say what was run."""
    if run.command is not None:
        yield "Command", run.command
    yield "Made", run.created
    yield "Engine", run.engine
    yield "Seconds", f"{run.seconds:.1f}"
    yield "Versions", ", ".join(f"{name} {it}" for name, it in sorted(run.versions.items()))
