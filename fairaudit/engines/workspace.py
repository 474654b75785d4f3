"""A private directory for what is on disk while a table is open, gone when it closes."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable

_CHUNK = 1 << 20

# DuckDB takes a path with one of these for a pattern, and matches other files with it.
_PATTERN_CHARACTERS = frozenset("*?[")


class Workspace:
    """Where standard input is kept, other encodings are rewritten and DuckDB may spill."""

    def __init__(self) -> None:
        self._directory = TemporaryDirectory(
            prefix="fairaudit-", ignore_cleanup_errors=True
        )
        self.path = Path(self._directory.name).resolve()
        self._made = 0

    def new_file(self, suffix: str = "") -> Path:
        """Name a file that is not there yet."""
        self._made += 1
        return self.path / f"{self._made}{suffix}"

    def keep(self, stream: BinaryIO) -> Path:
        """Copy a stream that can be read only once."""
        path = self.new_file()
        with path.open("wb") as kept:
            for chunk in chunks(stream):
                kept.write(chunk)
        return path

    def plainly_named(self, path: Path) -> Path:
        """Give a path that no reader takes for a pattern, and that is UTF-8."""
        name = str(path)
        utf_8 = name.encode(errors="ignore").decode() == name
        if utf_8 and not _PATTERN_CHARACTERS.intersection(name):
            return path
        link = self.new_file(path.suffix if utf_8 else "")
        link.symlink_to(path)
        return link

    def close(self) -> None:
        """Remove everything."""
        self._directory.cleanup()


def chunks(stream: BinaryIO) -> Iterable[bytes]:
    """Read a stream to its end, a mebibyte at a time."""
    while chunk := stream.read(_CHUNK):
        yield chunk
