"""The real command, run as a shell would run it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "fairaudit")
# Beyond it something hangs: an error of the program and not of the machine.
PATIENCE = 120


class Command(Protocol):
    """Run `fairaudit` with arguments and wait for its end."""

    def __call__(
        self,
        *arguments: str | bytes,
        given: bytes = b"",
        env: Mapping[str, str] | None = None,
        before: Sequence[str] = (),
    ) -> subprocess.CompletedProcess[bytes]: ...


@pytest.fixture
def python_command() -> tuple[str, ...]:
    """How the command is called, whether it is installed or not."""
    return COMMAND


@pytest.fixture
def environment() -> dict[str, str]:
    """An environment without what would change the output, where the package is found."""
    dropped = {"NO_COLOR", "COLUMNS", "FAIRAUDIT_DEBUG", "PYTHONIOENCODING", "TERM"}
    kept = {name: text for name, text in os.environ.items() if name not in dropped}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


@pytest.fixture
def command(tmp_path: Path, environment: dict[str, str]) -> Command:
    """The command, run in the test's own directory."""

    def run(
        *arguments: str | bytes,
        given: bytes = b"",
        env: Mapping[str, str] | None = None,
        before: Sequence[str] = (),
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [*before, *COMMAND, *arguments],
            input=given,
            capture_output=True,
            cwd=tmp_path,
            env={**environment, **(env or {})},
            timeout=PATIENCE,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def bound_by_permissions(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, ...]:
    """What to put before a command so that file permissions bind it: nothing, or setpriv.

    Root may read everything; without its capabilities it may not.
    """
    locked = tmp_path_factory.mktemp("locked") / "file"
    locked.write_text("x")
    locked.chmod(0o000)
    without = ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    for before in ((), without):
        try:
            tried = subprocess.run(
                [*before, "cat", str(locked)], capture_output=True, check=False
            )
        except FileNotFoundError:
            continue
        if tried.returncode and b"denied" in tried.stderr:
            return before
    pytest.skip("this user may read every file, and setpriv cannot take that away")
