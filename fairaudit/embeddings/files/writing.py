"""Vectors written a block at a time; a file is moved into place when it is whole."""

from __future__ import annotations

import errno
import os
import secrets
from codecs import BOM_UTF8
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from fairaudit.core.errors import OutputError
from fairaudit.embeddings.files.guards import LONGEST_WORD, without_direction
from fairaudit.embeddings.files.text import why_unfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.embeddings.files.streams import Block

TARGETS = (".bin", ".txt", ".vec", ".npy")

_BEHIND = 1 << 26
"""Bytes that may wait in the system's memory before the disk is told to take them."""

_NO_TEXT = frozenset(map(chr, range(0xD800, 0xE000)))
"""Halves of letters in UTF-16, which Python keeps of file names and broken JSON."""


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
        When the suffix has no format, the format cannot hold a word or its numbers, or the
        file cannot be written; an old file then stands as it was.
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
            file.write(_narrowed(words, block, target).data)
            if not lines.tell():
                lines.write(BOM_UTF8 if words[0].startswith("\ufeff") else b"")
            lines.write(_lines(words, target))
        _bring_to_disk(file)  # takes seconds: not between the two moves, but before both


def _write_binary(
    file: IO[bytes], blocks: Iterable[Block], rows: int, dimensions: int, target: Path
) -> None:
    """Write word2vec's binary format."""
    file.write(b"%d %d\n" % (rows, dimensions))
    width = 4 * dimensions
    for words, block in blocks:
        raw = _narrowed(words, block, target).tobytes()
        lines = _lines(words, target)
        if b" " in lines:
            word = next(word for word in words if " " in word)
            raise _elsewhere(word, "holds a blank, which ends a word there", target)
        parts = []
        for place, encoded in enumerate(lines.split(b"\n")[:-1]):
            parts += [encoded, b" ", raw[place * width : (place + 1) * width]]
        file.write(b"".join(parts))


def _write_text(
    file: IO[bytes], blocks: Iterable[Block], rows: int, dimensions: int, target: Path
) -> None:
    """Write word2vec's text format, with as many digits as float32 has."""
    file.write(b"%d %d\n" % (rows, dimensions))
    layout = b" %.9g" * dimensions + b"\n"
    for words, block in blocks:
        _narrowed(words, block, target)
        lines = _lines(words, target).split(b"\n")[:-1]
        for word, encoded, row in zip(words, lines, block.tolist(), strict=True):
            if unfit := why_unfit(encoded):
                raise _elsewhere(word, unfit, target)
            file.write(encoded + layout % tuple(row))


def _narrowed(
    words: Sequence[str], block: NDArray[np.floating], target: Path
) -> NDArray[np.float32]:
    """Give numbers in float32, or say whose would be refused when they are read."""
    import numpy as np

    with np.errstate(over="ignore"):  # becomes an infinity, which is told just below
        rows: NDArray[np.float32] = np.ascontiguousarray(block, dtype="<f4")
        squares = np.vecdot(rows, rows)
    good = (squares > 0) & np.isfinite(squares)
    if not good.all():
        place = int(np.argmin(good))
        raise OutputError(f"{target}: {without_direction(words[place], block[place])}")
    return rows


def _lines(words: Sequence[str], target: Path) -> bytes:
    """Put words on lines, or say which one would not be read back from its line."""
    text = "\n".join(words) + "\n"
    try:
        lines = text.encode()
    except UnicodeEncodeError:
        word = next(word for word in words if not _NO_TEXT.isdisjoint(word))
        raise _nowhere(word, "is no text that UTF-8 can hold", target) from None
    half = LONGEST_WORD // 2  # a word too long leaves one of these pieces without an end
    pieces = (lines[start : start + half] for start in range(0, len(lines), half))
    if (
        lines.count(b"\n") != len(words)
        or "\r" in text
        or not all(words)
        or not all(b"\n" in piece for piece in pieces)
    ):
        for word in words:
            if not word:
                raise _nowhere(word, "is empty", target)
            if "\n" in word or word.endswith("\r"):
                raise _nowhere(word, "holds a line end", target)
            if len(word.encode()) > LONGEST_WORD:
                shown = word[:40]
                raise _nowhere(shown, f"is longer than {LONGEST_WORD:,} bytes", target)
    return lines


def _nowhere(word: str, why: str, target: Path) -> OutputError:
    """Refuse a word that no file can hold."""
    return OutputError(
        f"{target}: the word {word!r} {why}, and would not be read back. Leave it out, or "
        f"change it."
    )


def _elsewhere(word: str, why: str, target: Path) -> OutputError:
    """Refuse a word that one format cannot hold, and name one that can."""
    return OutputError(
        f"{target}: {target.suffix} cannot hold the word {word!r}: it {why}. Write an .npy."
    )
