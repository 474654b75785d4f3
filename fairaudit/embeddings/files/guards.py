"""What every file of vectors must be before it is measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import UnreadableVectorsError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy as np
    from numpy.typing import NDArray

LONGEST_WORD = 1_000
"""Bytes; the longest phrases of published vectors have about 100."""

MOST_DIMENSIONS = 65_536
LARGEST_EXPANSION = 100
"""Vectors compress to a third or so; a file that grows a hundredfold is a trap."""

SMALLEST, LARGEST = 1e-150, 1e150
"""Of lengths: beyond them float64 loses squares and products to zero or infinity."""

_MOST_DIGITS = 15
_ROOM = 1 << 20
_SINGLE = 4
"""Bytes of a float32, whose squares float64 always holds."""
_BLOCK = 65_536


def checked_word(raw: bytes, where: str, remedy: str = "Write the file in UTF-8.") -> str:
    """Decode a word, or say where there is none."""
    if not raw:
        raise UnreadableVectorsError(f"{where}: there is no word before the numbers.")
    if len(raw) > LONGEST_WORD:
        raise UnreadableVectorsError(
            f"{where}: a word of {len(raw):,} bytes; the longest allowed is "
            f"{LONGEST_WORD:,}. The file is damaged or of another format."
        )
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise UnreadableVectorsError(
            f"{where}: the word {raw[:40]!r} is not UTF-8. {remedy}"
        ) from None


def counts_in(line: bytes, where: str) -> tuple[int, int] | None:
    """Read a header of two counts, if a line is one, and refuse counts no file has."""
    parts = line.split()
    if len(parts) != 2 or not all(part.isdigit() for part in parts):
        return None
    digits = max(map(len, parts))
    if digits > _MOST_DIGITS:
        raise UnreadableVectorsError(
            f"{where}: the header has a count of {digits:,} digits. The file is damaged."
        )
    count, dimensions = map(int, parts)
    check_shape(count, dimensions, where)
    return count, dimensions


def check_shape(count: int, dimensions: int, where: str) -> None:
    """Refuse counts that no file of vectors has."""
    if count < 1 or not 1 <= dimensions <= MOST_DIMENSIONS:
        raise UnreadableVectorsError(
            f"{where}: the header says {count} vectors of {dimensions} dimensions; there "
            f"must be at least one, of 1 to {MOST_DIMENSIONS:,}."
        )


def check_expansion(done: int, compressed: int | None, where: str) -> None:
    """Stop reading a compressed file that grows beyond belief."""
    if compressed is not None and done > LARGEST_EXPANSION * compressed + _ROOM:
        raise UnreadableVectorsError(
            f"{where}: the compressed file grows more than {LARGEST_EXPANSION}-fold, which "
            f"vectors do not. Decompress it yourself if you trust it."
        )


def check_matrix(
    matrix: NDArray[np.floating], words: Sequence[str], place: Callable[[int], str]
) -> None:
    """Refuse vectors without a direction or a finite length, and words that stand twice.

    Parameters
    ----------
    matrix : ndarray of shape (n_words, n_dimensions)
        The stored numbers.
    words : sequence of str of shape (n_words,)
        Their words.
    place : callable
        Says where in the file a row stands.

    Raises
    ------
    UnreadableVectorsError
        At the first such row.
    """
    import numpy as np

    for start in range(0, len(matrix), _BLOCK):
        block = matrix[start : start + _BLOCK]
        finite = np.isfinite(block).all(axis=1)
        if not finite.all():
            row = start + int(np.argmin(finite))
            raise UnreadableVectorsError(
                f"{place(row)}: the vector of {words[row]!r} holds NaN or an infinity."
            )
        filled = block.any(axis=1)
        if not filled.all():
            row = start + int(np.argmin(filled))
            raise UnreadableVectorsError(
                f"{place(row)}: the vector of {words[row]!r} is all zeros, so that it has "
                f"no direction. Leave the word out."
            )
        if matrix.dtype.itemsize > _SINGLE:
            largest = np.abs(block).max(axis=1)
            held = (largest > SMALLEST) & (largest < LARGEST)
            if not held.all():
                row = start + int(np.argmin(held))
                raise UnreadableVectorsError(f"{place(row)}: {out_of_range(words[row])}")
    _check_distinct(words, place)


def out_of_range(word: str) -> str:
    """Say of a word that its vector is too long or too short to be reckoned with."""
    return (
        f"the vector of {word!r} has a length that is no number from {SMALLEST:g} to "
        f"{LARGEST:g}; beyond them float64 loses its squares. Scale the vectors."
    )


def _check_distinct(words: Sequence[str], place: Callable[[int], str]) -> None:
    """Refuse a word that stands twice."""
    if len(set(words)) == len(words):
        return
    seen: dict[str, int] = {}
    for row, word in enumerate(words):
        if word in seen:
            raise UnreadableVectorsError(
                f"{place(row)}: the word {word!r} stands twice, first in "
                f"{place(seen[word]).rpartition(': ')[2]}. Keep one of them."
            )
        seen[word] = row
