"""Results written whole or not at all."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fairaudit.core.errors import OutputError
from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@value
class _Staged:
    """A text that lies on the disk beside the place it is to be moved to."""

    asked: Path
    beside: Path
    target: Path


def write_whole(path: str | os.PathLike[str], text: str) -> None:
    """Write a text to a file, so that at every moment there is the old file or the new one.

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

    See Also
    --------
    write_all : How it is done.
    """
    write_all([(path, text)])


def write_all(texts: Iterable[tuple[str | os.PathLike[str], str]]) -> None:
    """Write several files, each whole, and none of them before all are on the disk.

    Every text goes to a new file in its target's directory and reaches the disk; only then
    is the first one moved into place. A disk that fills up so leaves every old file. The
    old file's permissions are kept and a symbolic link goes on pointing where it did. What
    is not a regular file, such as a pipe, is written to directly, before any move.

    Parameters
    ----------
    texts : iterable of (path, str)
        Where to, and what: UTF-8, line ends as they are.

    Raises
    ------
    OutputError
        When one cannot be written; the old files then stand as they were. A process that is
        killed may leave a hidden ``.part`` file beside them.
    """
    staged: list[_Staged] = []
    try:
        for path, text in texts:
            _stage_or_write(Path(path), text.encode(errors="backslashreplace"), staged)
        for one in staged:
            with _told(one.asked):
                one.beside.replace(one.target)
    finally:  # an interrupt as well must leave nothing behind
        for one in staged:
            with suppress(OSError):  # moved by now, or its disk is gone
                one.beside.unlink()


def _stage_or_write(target: Path, content: bytes, staged: list[_Staged]) -> None:
    """Write beside the target; or to a pipe or device, onto which nothing can be moved."""
    with _told(target):
        mode = _mode_of(target)
        if mode is not None and not stat.S_ISREG(mode):
            with target.open("wb") as stream:
                stream.write(content)
            return
        real = Path(os.path.realpath(target))
        beside = real.with_name(f".fairaudit-{secrets.token_hex(8)}.part")
        staged.append(_Staged(asked=target, beside=beside, target=real))
        # Exclusive: never through somebody else's link. Permissions as the umask says.
        with beside.open("xb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            beside.chmod(stat.S_IMODE(mode))


@contextmanager
def _told(target: Path) -> Iterator[None]:
    """Turn an error of the system into a sentence about a path."""
    try:
        yield
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


def _sentence(target: Path, error: OSError) -> str:
    """Say what went wrong and what to do."""
    if isinstance(error, FileNotFoundError) and not target.parent.is_dir():
        return f"{target}: there is no directory {str(target.parent)!r}. Make it first."
    if isinstance(error, PermissionError):
        return f"{target}: permission to write there is denied. Name another place."
    if isinstance(error, FileNotFoundError):  # as a directory without files says, /proc
        return f"{target}: no file can be made in that directory. Name another place."
    return f"{target}: the report cannot be written there: {error.strerror}."
