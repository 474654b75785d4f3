"""Whole processes: the CPU time and the peak memory that the system charges them with."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[2]
_KIB = 1 if sys.platform != "darwin" else 1 / 1024  # ru_maxrss: KiB, on macOS bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What one process cost, and what it wrote to standard output."""

    cpu: float
    peak_mib: float
    output: bytes


def run(arguments: Sequence[str], *, folder: Path) -> Usage:
    """Run this Python with arguments and wait for it.

    The caller must be a small process: a child begins with the peak of its parent.

    Raises
    ------
    RuntimeError
        When the process fails; its numbers would mean nothing.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        child = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
        )
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if child.returncode:
            said = err.read().decode(errors="replace")[-2000:]
            raise RuntimeError(f"{arguments} ended with {child.returncode}: {said}")
        return Usage(
            cpu=used.ru_utime + used.ru_stime,
            peak_mib=used.ru_maxrss * _KIB / 1024,
            output=out.read(),
        )


def process(*arguments: str, folder: Path) -> Callable[[], Usage]:
    """Make a contender of a process."""
    return lambda: run(arguments, folder=folder)


def fairaudit(*arguments: str, folder: Path) -> Callable[[], Usage]:
    """Make a contender of the command."""
    return process("-m", "fairaudit", *arguments, folder=folder)


def _environment() -> dict[str, str]:
    """Measure this tree, with modules compiled as an installation has them."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
