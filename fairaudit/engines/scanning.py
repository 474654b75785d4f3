"""One pass over a text file as stored: its encoding, its lines, and that nothing is binary.

DuckDB checks only the columns it is asked for; this pass checks every byte.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, BinaryIO

from fairaudit.core.errors import InputError, UnreadableTableError
from fairaudit.core.spelling import option, spelled
from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fairaudit.engines.packing import Chunk

_UTF_8 = frozenset({"utf-8", "utf-8-sig", "ascii"})
_MARKS = (
    # The longer ones first: UTF-32's begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_LINE_FEED = b"\n"


@value
class Encoding:
    """How a file's bytes make text; `shown` says it in the report."""

    codec: str
    shown: str

    @property
    def is_utf_8(self) -> bool:
        """Whether the bytes can be read as they are."""
        return codecs.lookup(self.codec).name in _UTF_8


UTF_8 = Encoding(codec="utf-8", shown="UTF-8")


def find_encoding(head: bytes, asked_for: str | None) -> Encoding:
    """Take the encoding asked for, that of a byte-order mark, or UTF-8.

    Raises
    ------
    InputError
        When there is no encoding of that name.
    """
    if asked_for is None:
        for mark, codec in _MARKS:
            if head.startswith(mark):
                return Encoding(codec=codec, shown=f"{codec.upper()} (byte-order mark)")
        return UTF_8
    try:
        # Not an empty text: Python gives that back without looking the encoding up.
        " ".encode(asked_for)
    except (LookupError, ValueError):
        raise InputError(
            f"{spelled('encoding')}: {asked_for!r} is not a text encoding that Python "
            "knows; common ones are utf-8, latin-1, cp1252 and utf-16."
        ) from None
    return Encoding(codec=asked_for, shown=asked_for)


def count_lines(
    chunks: Iterable[Chunk],
    *,
    encoding: Encoding,
    where: str,
    large: bool = False,
) -> int:
    """Check that bytes are text throughout, and count its lines.

    Parameters
    ----------
    chunks : iterable of bytes-like
        The text in an encoding that extends ASCII as UTF-8 does.
    encoding : Encoding
        UTF-8 or ASCII.
    where : str
        The file's name, for messages.
    large : bool
        Whether there is enough text to pay for importing numpy, which counts faster.

    Returns
    -------
    int
        The lines, a last one without a line's end included.

    Raises
    ------
    UnreadableTableError
        Naming the line and byte of what is not text.
    """
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    ends = _count_fast if large else _count
    lines, offset, last = 0, 0, _LINE_FEED
    for chunk in chunks:
        # Nearly all tables are plain ASCII, and that is told 50 times faster than decoded.
        if not (chunk.isascii() and not decoder.getstate()[0]):
            _decode(decoder, chunk, encoding, lines=lines, offset=offset, where=where)
        nul = chunk.find(b"\0")
        if nul >= 0:
            refuse_binary(offset + nul, where=where)
        lines += ends(chunk)
        offset += len(chunk)
        last = bytes(chunk[-1:])
    _decode(decoder, b"", encoding, lines=lines, offset=offset, where=where)
    return lines + (last != _LINE_FEED)


def _count(chunk: Chunk) -> int:
    return chunk.count(_LINE_FEED)


def _count_fast(chunk: Chunk) -> int:
    """Count a byte eight times as fast as Python 3.11 and 3.12 do."""
    import numpy as np

    return int(np.count_nonzero(np.frombuffer(chunk, np.uint8) == ord(_LINE_FEED)))


def rewrite(
    chunks: Iterable[Chunk], target: BinaryIO, *, encoding: Encoding, where: str
) -> None:
    """Write text of any encoding as UTF-8.

    Raises
    ------
    UnreadableTableError
        Naming the line and byte where the encoding does not fit.
    """
    decoder = codecs.getincrementaldecoder(encoding.codec)()
    lines = offset = 0
    for chunk in _and_end(chunks):
        text = _decode(decoder, chunk, encoding, lines=lines, offset=offset, where=where)
        target.write(text.encode("utf-8", errors="replace"))
        lines += text.count("\n")
        offset += len(chunk)


def refuse_binary(offset: int, *, where: str) -> None:
    """Raise the sentence about a byte that no text holds."""
    raise UnreadableTableError(
        f"{where}: byte {offset + 1:,} is NUL, so this is binary data or UTF-16 text; for "
        f"the latter give {option('encoding', 'utf-16')}."
    )


def _and_end(chunks: Iterable[Chunk]) -> Iterator[Chunk]:
    yield from chunks
    yield b""


def _decode(
    decoder: codecs.IncrementalDecoder,
    chunk: Chunk,
    encoding: Encoding,
    *,
    lines: int,
    offset: int,
    where: str,
) -> str:
    """Decode a chunk; an empty one means the end."""
    # Some decoders give no bytes here, whatever is declared of them.
    state: object = decoder.getstate()[0]
    pending = len(state) if isinstance(state, bytes) else 0
    try:
        return decoder.decode(bytes(chunk), final=not chunk)
    except UnicodeError as error:
        bad, start = b"", 0
        if isinstance(error, UnicodeDecodeError):
            bad, start = error.object, error.start
        before = bad[:start].decode(encoding.codec, "replace").count("\n")
        byte = f" (byte {bad[start]:#04x})" if bad else ""
        raise UnreadableTableError(
            f"{where}, line {lines + before + 1:,}: byte {offset - pending + start + 1:,}"
            f"{byte} is not {encoding.shown}; name the file's encoding, such as "
            f"{option('encoding', 'latin-1')} or {option('encoding', 'cp1252')}."
        ) from None
