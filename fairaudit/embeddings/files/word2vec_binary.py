"""Vectors in word2vec's binary format: counts, then word by word a blank and float32."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from fairaudit.core.errors import UnreadableVectorsError
from fairaudit.embeddings.files.guards import (
    LONGEST_WORD,
    check_expansion,
    check_matrix,
    checked_word,
    counts_in,
)
from fairaudit.embeddings.files.kinds import is_gzip, opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_CHUNK = 1 << 22
_LONGEST_HEADER = 64
_FIRST_ROWS = 1_024


def read_word2vec_binary(path: Path) -> tuple[list[str], NDArray[np.float32]]:
    """Read a word2vec binary file.

    Parameters
    ----------
    path : pathlib.Path
        As word2vec and gensim write it, gzipped or not.

    Returns
    -------
    tuple of list of str and ndarray of shape (n_words, n_dimensions)
        In file order.

    Raises
    ------
    UnreadableVectorsError
        With the record and byte, where it is not as its header says.
    """
    import numpy as np

    trusted = not is_gzip(path)
    with opened(path) as file:
        count, dimensions = read_header(file, path)
        matrix = np.empty((count if trusted else _FIRST_ROWS, dimensions), np.float32)
        words: list[str] = []
        offsets = np.empty(len(matrix), dtype=np.int64)
        for offset, raw, numbers in records(file, path, count, dimensions):
            row = len(words)
            if row == len(matrix):
                matrix = np.concatenate([matrix, np.empty_like(matrix)])
                offsets = np.concatenate([offsets, np.empty_like(offsets)])
            words.append(record_word(raw, _place(path, row, offset), dimensions))
            matrix[row], offsets[row] = np.frombuffer(numbers, dtype="<f4"), offset
    matrix = matrix[: len(words)]
    check_matrix(matrix, words, lambda row: _place(path, row, int(offsets[row])))
    return words, matrix


def read_header(file: IO[bytes], path: Path) -> tuple[int, int]:
    """Read the line of counts, and refuse it where the file is too short for it."""
    line = file.readline(_LONGEST_HEADER)
    counts = counts_in(line, f"{path.name}: line 1")
    if counts is None:
        raise UnreadableVectorsError(
            f"{path.name}: line 1: a word2vec binary file begins with two counts; "
            f"found {line[:40]!r}."
        )
    count, dimensions = counts
    size, least = path.stat().st_size, len(line) + count * (2 + 4 * dimensions)
    if not is_gzip(path) and least > size:
        raise UnreadableVectorsError(
            f"{path.name}: the header says {count:,} vectors of {dimensions:,} numbers, at "
            f"least {least:,} bytes, but the file has {size:,}. It is cut off, or the "
            f"count is wrong."
        )
    return count, dimensions


def record_word(raw: bytes, where: str, dimensions: int) -> str:
    """Decode a record's word; numbers stand in its place where the dimensions are wrong."""
    return checked_word(
        raw,
        where,
        f"Write the file in UTF-8; or its dimensions are not the header's {dimensions}.",
    )


def records(
    file: IO[bytes], path: Path, count: int, dimensions: int
) -> Iterator[tuple[int, bytes, bytes]]:
    """Read record by record what follows the header.

    Parameters
    ----------
    file : binary file
        Just after the header.
    path : pathlib.Path
        What messages name.
    count, dimensions : int
        What the header says.

    Yields
    ------
    tuple of int, bytes and bytes
        Where the record begins, its word, and its numbers as they are stored.

    Raises
    ------
    UnreadableVectorsError
        When the file ends early, goes on after the last record, or a word has no end.
    """
    compressed = path.stat().st_size if is_gzip(path) else None
    begins, width = file.tell(), 4 * dimensions
    chunk, at = b"", 0
    for row in range(count):
        if len(chunk) - at < LONGEST_WORD + 2 + width:
            begins += at
            chunk, at = chunk[at:] + file.read(_CHUNK), 0
            check_expansion(
                begins + len(chunk), compressed, f"{path.name}: record {row + 1}"
            )
        start = at
        while (
            chunk[start : start + 1] == b"\n"
        ):  # word2vec ends records so, gensim does not
            start += 1
        blank = chunk.find(b" ", start, start + LONGEST_WORD + 1)
        ends = blank + 1 + width
        if blank < 0 and len(chunk) - start > LONGEST_WORD:
            raise UnreadableVectorsError(
                f"{_place(path, row, begins + start)}: no word ends within "
                f"{LONGEST_WORD:,} bytes. The file is damaged, or its dimensions are "
                f"not {dimensions}."
            )
        if blank < 0 or ends > len(chunk):
            raise UnreadableVectorsError(
                f"{path.name}: the header says {count:,} vectors, but the file ends within "
                f"record {row + 1:,}. It is cut off, or the count is wrong."
            )
        yield begins + start, chunk[start:blank], chunk[blank + 1 : ends]
        at = ends
    if (chunk[at:] + file.read(2)).strip(b"\n"):
        raise UnreadableVectorsError(
            f"{path.name}: the file goes on after the {count:,} vectors of its header, at "
            f"byte {begins + at:,}. The count or the dimensions are wrong."
        )


def _place(path: Path, row: int, offset: int) -> str:
    """Say where a record stands."""
    return f"{path.name}: record {row + 1:,} (byte {offset:,})"
