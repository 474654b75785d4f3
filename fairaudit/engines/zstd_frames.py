"""How much zstd data unpack to, told from the sizes of their blocks, without unpacking.

The frame format is RFC 8878, section 3.1.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, BinaryIO

from fairaudit.core.errors import UnreadableTableError
from fairaudit.engines.packing import check_unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_FRAME = 0xFD2FB528
_SKIPPABLE = range(0x184D2A50, 0x184D2A60)
_MOST_IN_BLOCK = 128 << 10
_RAW, _RUN, _COMPRESSED = 0, 1, 2


class _DamagedError(Exception):
    """The data are not what the format says."""


def check_zstd(path: Path, *, where: str) -> None:
    """Refuse zstd data that unpack to far more than tables do, or are damaged.

    A compressed block holds at most 128 KiB; the others state their size.

    Raises
    ------
    UnreadableTableError
        When the data are cut short, damaged or a bomb.
    """
    packed, unpacked = path.stat().st_size, 0
    with path.open("rb") as stored:
        try:
            while magic := stored.read(4):
                for size in _frame(stored, int.from_bytes(magic, "little")):
                    unpacked += size
                    check_unpacked(unpacked, packed, where=where)
        except _DamagedError:
            raise UnreadableTableError(
                f"{where}: the zstd data are damaged or end too early; make the file anew."
            ) from None


def _frame(stored: BinaryIO, magic: int) -> Iterator[int]:
    """Walk over one frame, giving what each block unpacks to at most."""
    if magic in _SKIPPABLE:
        _skip(stored, _number(stored, 4))
        return
    if magic != _FRAME:
        raise _DamagedError
    flags = _number(stored, 1)
    single_segment = bool(flags & 0x20)
    stated = (1 if single_segment else 0, 2, 4, 8)[flags >> 6]
    dictionary = (0, 1, 2, 4)[flags & 3]
    _skip(stored, (not single_segment) + dictionary + stated)
    last = False
    while not last:
        header = _number(stored, 3)
        last, kind, size = bool(header & 1), header >> 1 & 3, header >> 3
        if kind not in {_RAW, _RUN, _COMPRESSED}:
            raise _DamagedError
        _skip(stored, 1 if kind == _RUN else size)
        yield _MOST_IN_BLOCK if kind == _COMPRESSED else size
    _skip(stored, 4 if flags & 4 else 0)


def _number(stored: BinaryIO, size: int) -> int:
    taken = stored.read(size)
    if len(taken) < size:
        raise _DamagedError
    return int.from_bytes(taken, "little")


def _skip(stored: BinaryIO, size: int) -> None:
    stored.seek(size, os.SEEK_CUR)
    if size and stored.tell() > os.fstat(stored.fileno()).st_size:
        raise _DamagedError
