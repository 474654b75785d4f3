"""A DuckDB that can read the files it was given and do nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_PER_THREAD = 256 << 20
_LEAST = 1 << 30
_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    # Without it an SQL name can stand for a Python variable.
    "python_enable_replacements": False,
}
_UNITS = {"bytes": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30, "TiB": 1 << 40}


def connect(paths: Sequence[Path], *, spill: Path) -> duckdb.DuckDBPyConnection:
    """Open an in-memory database that may read `paths` and spill into `spill`."""
    session = duckdb.connect(":memory:", config={**_SETTINGS, "temp_directory": str(spill)})
    session.execute("SET enable_progress_bar = false")
    session.execute("SET memory_limit = ?", [f"{_memory(session) >> 20}MiB"])
    session.execute("SET allowed_paths = ?", [[str(path) for path in paths]])
    session.execute("SET enable_external_access = false")
    session.execute("SET lock_configuration = true")
    return session


def _memory(session: duckdb.DuckDBPyConnection) -> int:
    """Bound the memory by the threads, within what DuckDB would take of this machine."""
    threads, limit = _one_row(
        session, "SELECT current_setting('threads'), current_setting('memory_limit')"
    )
    wanted = max(_LEAST, int(threads) * _PER_THREAD)
    stated = re.fullmatch(r"([0-9.]+) (\w+)", str(limit))
    if stated is None or stated[2] not in _UNITS:
        return wanted
    return min(wanted, int(float(stated[1]) * _UNITS[stated[2]]))


def _one_row(session: duckdb.DuckDBPyConnection, sql: str) -> tuple[Any, ...]:
    row = session.execute(sql).fetchone()
    assert row is not None
    return row
