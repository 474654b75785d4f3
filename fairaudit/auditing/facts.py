"""What depends on a run and not on its data: when, how long, and with which versions."""

from __future__ import annotations

import platform
import sys
import time
from datetime import UTC, date, datetime

from fairaudit.core.version import __version__
from fairaudit.report.model import RunFacts

_LIBRARIES = (
    "duckdb",
    "numpy",
    "narwhals",
    "pandas",
    "polars",
    "pyarrow",
    "pyspark",
    "dask",
)


def run_facts(
    engine: str, command: str | None, started: float, today: date | None
) -> RunFacts:
    """Record what depends on this run."""
    versions = {"fairaudit": __version__, "python": platform.python_version()}
    for name in _LIBRARIES:
        if name in sys.modules:
            versions[name] = str(getattr(sys.modules[name], "__version__", "unknown"))
    now = datetime.now(UTC)
    return RunFacts(
        created=now.isoformat(timespec="seconds"),
        command=command,
        engine=engine,
        seconds=round(time.perf_counter() - started, 3),
        versions=versions,
        today=(today or now.date()).isoformat(),
    )
