"""A result written whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from fairaudit.core.errors import OutputError


def write_whole(path: str | os.PathLike[str], text: str) -> None:
    """Write a text to a file, so that at every moment there is the old file or the new one.

    The text goes to a new file in the same directory, reaches the disk, and is moved into
    place; the old file's permissions are kept and a symbolic link goes on pointing where it
    did. What is not a regular file, such as a pipe, is written to directly.

    Parameters
    ----------
    path : str or path-like
        Where to.
    text : str
        Written as UTF-8, line ends as they are.

    Raises
    ------
    OutputError
        When it cannot be written; the old file then stands as it was.
    """
    target = Path(path)
    content = text.encode(errors="backslashreplace")
    try:
        mode = _mode_of(target)
        if mode is not None and not stat.S_ISREG(mode):
            _write_through(target, content)
        else:
            _replace(Path(os.path.realpath(target)), content, mode)
    except OSError as error:
        raise OutputError(_sentence(target, error)) from None


def _mode_of(target: Path) -> int | None:
    """Give kind and permissions of what is there, following links; `None` for nothing."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise OutputError(f"{target}: this is a directory. Name a file in it.")
    if not os.access(target, os.W_OK):
        raise OutputError(
            f"{target}: permission to write there is denied. Name another place."
        )
    return mode


def _write_through(target: Path, content: bytes) -> None:
    """Write to a pipe or a device, which nothing can be moved onto."""
    with target.open("wb") as stream:
        stream.write(content)


def _replace(target: Path, content: bytes, mode: int | None) -> None:
    """Write beside the target and move into place."""
    beside = target.with_name(f".fairaudit-{secrets.token_hex(8)}.part")
    try:
        # Exclusive: never through somebody else's link. Permissions as the umask says.
        with beside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))
        beside.replace(target)
    except BaseException:  # an interrupt as well must leave nothing behind
        beside.unlink(missing_ok=True)
        raise


def _sentence(target: Path, error: OSError) -> str:
    """Say what went wrong and what to do."""
    if isinstance(error, FileNotFoundError):
        return f"{target}: there is no directory {str(target.parent)!r}. Make it first."
    if isinstance(error, PermissionError):
        return f"{target}: permission to write there is denied. Name another place."
    return f"{target}: the report cannot be written there: {error.strerror}."
