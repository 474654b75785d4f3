"""Models of fastText: their header checked here, their vectors put together by gensim."""

from __future__ import annotations

import struct
from typing import IO, TYPE_CHECKING

from fairaudit.core.errors import UnreadableVectorsError
from fairaudit.embeddings.files.guards import LONGEST_WORD, check_matrix, check_shape

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_QUANTISED_SINCE = 11
_CHUNK = 1 << 16


def read_fasttext_binary(path: Path) -> tuple[list[str], NDArray[np.float32]]:
    """Read a fastText model: every word's vector is made of its own and its n-grams'.

    Parameters
    ----------
    path : pathlib.Path
        A .bin of fastText 0.2 or later, not quantised and not gzipped.

    Returns
    -------
    tuple of list of str and ndarray of shape (n_words, n_dimensions)
        In file order.

    Raises
    ------
    UnreadableVectorsError
        When its header contradicts itself or the length of the file.
    """
    try:
        with path.open("rb") as file:
            _check_header(file, path)
    except struct.error:
        raise UnreadableVectorsError(
            f"{path.name}: the file ends within its header. It is cut off."
        ) from None
    from gensim.models.fasttext import load_facebook_vectors

    try:
        keyed = load_facebook_vectors(str(path))
    except (
        ArithmeticError,
        AssertionError,
        LookupError,
        ValueError,
        struct.error,
    ):
        raise UnreadableVectorsError(
            f"{path.name}: gensim cannot put its vectors together: its words and settings "
            f"contradict each other. The file is damaged."
        ) from None
    words = list(keyed.index_to_key)
    matrix: NDArray[np.float32] = keyed.vectors
    check_matrix(matrix, words, lambda row: f"{path.name}: word {row + 1:,}")
    return words, matrix


def _check_header(file: IO[bytes], path: Path) -> None:
    """Walk over all that comes before the numbers, and see that the numbers fit."""
    _, version = _read(file, "<2i")
    settings = _read(file, "<12id")
    dimensions, bucket = settings[0], settings[8]
    if version < _QUANTISED_SINCE:
        raise UnreadableVectorsError(
            f"{path.name}: a fastText file of version {version}; version 11 and later can "
            f"be read. Save it anew, or as .vec."
        )
    size, words, labels, _, pruned = _read(file, "<3i2q")
    _check_dictionary(file, path, size)
    if words != size or labels or words < 1 or pruned > 0:
        raise UnreadableVectorsError(
            f"{path.name}: the dictionary says {size:,} entries, {words:,} words and "
            f"{labels:,} labels, pruned {pruned}; that is no unpruned model of words."
        )
    (quantised,) = _read(file, "<b")
    if quantised:
        raise UnreadableVectorsError(
            f"{path.name}: a quantised model has lost its vectors. Use the original."
        )
    rows, columns = _read(file, "<2q")
    check_shape(rows, columns, path.name)
    left = path.stat().st_size - file.tell()
    if rows != words + bucket or columns != dimensions or left < 4 * rows * columns:
        raise UnreadableVectorsError(
            f"{path.name}: the header says {rows:,} rows of {columns:,} numbers where "
            f"{words + bucket:,} of {dimensions:,} belong, and {left:,} bytes are left for "
            f"them. The file is cut off or damaged."
        )


def _check_dictionary(file: IO[bytes], path: Path, size: int) -> None:
    """Walk over the words: bytes that end in NUL, a count of 8 bytes and a kind of 1."""
    chunk = b""
    for entry in range(size):
        if len(chunk) < LONGEST_WORD + 10:
            chunk += file.read(_CHUNK)
        end = chunk.find(b"\0", 0, LONGEST_WORD + 1)
        if end < 0 or end + 10 > len(chunk):
            raise UnreadableVectorsError(
                f"{path.name}: entry {entry + 1:,} of {size:,} has no end within "
                f"{LONGEST_WORD:,} bytes. The file is cut off or damaged."
            )
        chunk = chunk[end + 10 :]
    file.seek(-len(chunk), 1)


def _read(file: IO[bytes], layout: str) -> tuple[int, ...]:
    """Read some numbers."""
    return struct.unpack(layout, file.read(struct.calcsize(layout)))
