"""Vectors written a block at a time; a file is moved into place when it is whole."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from fairaudit.core.errors import OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairaudit.embeddings.files.streams import Block

TARGETS = (".bin", ".txt", ".vec", ".npy")

_BEHIND = 1 << 26
"""Bytes that may wait in the system's memory before the disk is told to take them."""


def write_blocks(target: Path, blocks: Iterable[Block], rows: int, dimensions: int) -> None:
    """Write vectors block by block; the file is moved into place when it is whole.

    Parameters
    ----------
    target : pathlib.Path
        Its suffix decides: .bin (word2vec binary), .txt and .vec (word2vec text), or .npy
        with its words beside it.
    blocks : iterable of words and rows
        All that there are.
    rows, dimensions : int
        For the header.

    Raises
    ------
    OutputError
        When the suffix has no format or the file cannot be written; an old file then
        stands as it was.
    """
    check_target(target)
    writer = {".bin": _write_binary, ".npy": _write_npy}.get(target.suffix, _write_text)
    with moved_into_place(target) as file:
        writer(file, _followed_by_the_disk(blocks, file), rows, dimensions, target)


def check_target(target: Path) -> None:
    """Refuse a path whose suffix names no format that vectors are written in."""
    if target.suffix not in TARGETS:
        raise OutputError(
            f"{target}: vectors are written as {', '.join(TARGETS)}; got "
            f"{target.suffix or 'no suffix'}."
        )


def files_written(target: Path) -> tuple[Path, ...]:
    """Name the files that vectors are written to: of a .npy, its list of words as well."""
    return (target, _list_of(target)) if target.suffix == ".npy" else (target,)


def _list_of(target: Path) -> Path:
    """Say where the words of a .npy go."""
    return target.with_suffix(".words.txt")


@contextmanager
def moved_into_place(target: Path) -> Iterator[IO[bytes]]:
    """Write beside a file, and replace it at the end; on failure the old file stands.

    The new file is on the disk before it takes the name: a file system may keep the move
    and lose what was written, if the machine stops in the seconds between the two.
    """
    real = Path(os.path.realpath(target))
    beside = real.with_name(f".{real.name}.{secrets.token_hex(4)}")
    try:
        with beside.open("xb") as file:
            yield file
            _bring_to_disk(file)
        beside.replace(real)
    except OSError as error:
        raise OutputError(f"{target}: cannot be written: {error.strerror}.") from None
    finally:
        with suppress(OSError):
            beside.unlink()


def _bring_to_disk(file: IO[bytes]) -> None:
    """Wait until what was written would outlast the machine's stopping now."""
    file.flush()
    os.fsync(file.fileno())


def _claim(file: IO[bytes], size: int) -> None:
    """Have room set aside for the whole file: at once is cheaper than page by page.

    A disk too full says so before any work is done. After a crash the file would have its
    size and read as zeros; but it has no name until it is on the disk.
    """
    if not hasattr(os, "posix_fallocate"):
        return
    try:
        os.posix_fallocate(file.fileno(), 0, size)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise  # others say that this file system cannot


def _followed_by_the_disk(blocks: Iterable[Block], file: IO[bytes]) -> Iterator[Block]:
    """Pass blocks on, and send what is written of them to the disk meanwhile.

    Left to itself, the system keeps all of it in memory: gigabytes that other programs
    lose, and that cost more to fetch page by page than the arithmetic does. The advice
    starts the writing without waiting for it, and gives back what is on the disk by now.
    """
    sent = 0
    for block in blocks:
        yield block
        if hasattr(os, "posix_fadvise") and (written := file.tell()) - sent >= _BEHIND:
            os.posix_fadvise(file.fileno(), 0, written, os.POSIX_FADV_DONTNEED)
            sent = written


def _write_npy(
    file: IO[bytes], blocks: Iterable[Block], rows: int, dimensions: int, target: Path
) -> None:
    """Write numbers to one file and words to another."""
    import numpy as np

    header = {"descr": "<f4", "fortran_order": False, "shape": (rows, dimensions)}
    np.lib.format.write_array_header_1_0(file, header)
    _claim(file, file.tell() + 4 * rows * dimensions)
    with moved_into_place(_list_of(target)) as lines:
        for words, block in blocks:
            file.write(np.ascontiguousarray(block, dtype="<f4").data)
            lines.write(("\n".join(words) + "\n").encode())
        _bring_to_disk(file)  # takes seconds: not between the two moves, but before both


def _write_binary(
    file: IO[bytes], blocks: Iterable[Block], rows: int, dimensions: int, target: Path
) -> None:
    """Write word2vec's binary format."""
    import numpy as np

    del target
    file.write(b"%d %d\n" % (rows, dimensions))
    width = 4 * dimensions
    for words, block in blocks:
        raw = np.ascontiguousarray(block, dtype="<f4").tobytes()
        parts = []
        for place, word in enumerate(words):
            parts += [word.encode(), b" ", raw[place * width : (place + 1) * width]]
        file.write(b"".join(parts))


def _write_text(
    file: IO[bytes], blocks: Iterable[Block], rows: int, dimensions: int, target: Path
) -> None:
    """Write word2vec's text format, with as many digits as float32 has."""
    del target
    file.write(b"%d %d\n" % (rows, dimensions))
    layout = " %.9g" * dimensions + "\n"
    for words, block in blocks:
        for word, row in zip(words, block.tolist(), strict=True):
            file.write((word + layout % tuple(row)).encode())
