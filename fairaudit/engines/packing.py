"""A file's bytes as stored and as unpacked, with a cap against decompression bombs."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol

from fairaudit.core.errors import UnreadableTableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

Chunk = bytes | bytearray

# In the processor's cache for every pass over it, and below what malloc maps anew.
_CHUNK = 1 << 17

MOST_TIMES = 200
"""A table rarely packs to less than a hundredth; a bomb packs to a thousandth."""

ALWAYS_UNPACKED = 256 << 20
"""What a file may unpack to however small it is: some seconds' work."""


class Digest(Protocol):
    """The part of a hashlib object that is used."""

    def update(self, data: Chunk, /) -> None:
        """Take in more bytes."""
        ...


def stored_chunks(path: Path, digest: Digest | None = None) -> Iterator[Chunk]:
    """Read a file once, feeding the digest; a chunk is valid until the next one."""
    buffer = bytearray(_CHUNK)
    with path.open("rb", buffering=0) as stored:
        while size := stored.readinto(buffer):
            chunk = buffer if size == _CHUNK else buffer[:size]
            if digest is not None:
                digest.update(chunk)
            yield chunk


def unpacked_chunks(packed: Iterable[Chunk], *, where: str) -> Iterator[Chunk]:
    """Unpack gzip data, member by member, within the cap.

    Raises
    ------
    UnreadableTableError
        When the data are damaged, cut short or a bomb.
    """
    unpacker, taken, given = zlib.decompressobj(wbits=31), 0, 0
    try:
        for chunk in packed:
            taken += len(chunk)
            rest, more = bytes(chunk), True
            while rest or more:
                if unpacker.eof:
                    unpacker = zlib.decompressobj(wbits=31)
                piece = unpacker.decompress(rest, _CHUNK)
                rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
                # All input may be taken in while output still waits for room.
                more = len(piece) == _CHUNK and not unpacker.eof
                given += len(piece)
                check_unpacked(given, taken, where=where)
                yield piece
    except zlib.error:
        raise UnreadableTableError(
            f"{where}: the gzip data are damaged or have something behind them; make the "
            "file anew."
        ) from None
    if not unpacker.eof:
        raise UnreadableTableError(
            f"{where}: the gzip data end too early; the file was cut short."
        )


def check_unpacked(unpacked: int, packed: int, *, where: str) -> None:
    """Refuse data that unpack to far more than tables do.

    Raises
    ------
    UnreadableTableError
        When they pass both 256 MiB and 200 times their packed size.
    """
    if unpacked > max(ALWAYS_UNPACKED, MOST_TIMES * packed):
        raise UnreadableTableError(
            f"{where}: it unpacks to more than {MOST_TIMES} times its size, as a "
            "decompression bomb does; if you trust it, unpack it and give the result."
        )
