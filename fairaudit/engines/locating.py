"""Which files were meant: a path, a pattern, several of them, or standard input."""

from __future__ import annotations

import glob
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from fairaudit.core.errors import InputError, did_you_mean
from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.engines.workspace import Workspace

STANDARD_INPUT = "-"


@value
class Located:
    """A file that is there and can be read more than once; `name` is how it was given."""

    name: str
    path: Path
    kept: bool = False


def locate(given: Sequence[str | os.PathLike[str]], workspace: Workspace) -> list[Located]:
    """Find the files that were meant.

    Parameters
    ----------
    given : sequence of str or path
        Paths, glob patterns, or "-" for standard input.
    workspace : Workspace
        Keeps what can be read only once.

    Returns
    -------
    list of Located
        At least one file, in the order given; those of a pattern in order of name.

    Raises
    ------
    InputError
        When a file is not there, is a directory or cannot be read.
    """
    found = []
    for one in given:
        name = os.fspath(one)
        if name == STANDARD_INPUT:
            found.append(_standard_input(workspace))
            continue
        found += [_located(match, workspace) for match in _matches(name)]
    if not found:
        raise InputError("no file was given; name one, or - for standard input.")
    return found


def _standard_input(workspace: Workspace) -> Located:
    if sys.stdin is None or sys.stdin.closed:
        raise InputError("standard input: there is none; pipe a table into the command.")
    kept = workspace.keep(sys.stdin.buffer)
    return Located(name="standard input", path=kept, kept=True)


def _matches(name: str) -> list[str]:
    """Give a name as it is if such a file is there, or what it matches as a pattern."""
    if os.path.lexists(name) or not glob.has_magic(name):
        return [name]
    matches = sorted(glob.glob(name, recursive=True))  # noqa: PTH207
    if not matches:
        raise InputError(f"{name}: no such file, and no file matches the pattern.")
    return matches


def _located(name: str, workspace: Workspace) -> Located:
    path = Path(name)
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise InputError(
                f"{name}: this is a directory; name the file in it, or a pattern such as "
                f"'{path / '*.csv'}'."
            )
        with path.open("rb") as opened:
            if not stat.S_ISREG(mode):
                # A pipe, such as a shell's <(…): it can be read only once.
                return Located(name=name, path=workspace.keep(opened), kept=True)
    except OSError as error:
        _refuse(name, path, error)
    return Located(name=name, path=path.resolve())


def _refuse(name: str, path: Path, error: OSError) -> NoReturn:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        if "://" in name:
            raise InputError(
                f"{name}: no such file; addresses are not fetched, so download it first."
            ) from None
        beside = [entry.name for entry in _entries(path.parent)]
        hint = did_you_mean(path.name, beside)
        raise InputError(f"{name}: no such file.{hint}") from None
    if isinstance(error, PermissionError):
        raise InputError(
            f"{name}: permission denied; it must be readable for the user who runs this."
        ) from None
    raise InputError(f"{name}: it cannot be read ({error.strerror}).") from None


def _entries(directory: Path) -> list[Path]:
    try:
        return list(directory.iterdir())
    except OSError:
        return []
