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

_MOST_DIGITS = 15
_ROOM = 1 << 20
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
        # In float32, in which gensim and what is streamed reckon: one look tells all.
        with np.errstate(over="ignore", invalid="ignore"):
            squares = np.vecdot(block, block, dtype=np.float32, casting="unsafe")
        good = (squares > 0) & np.isfinite(squares)
        if not good.all():
            row = int(np.argmin(good))
            why = without_direction(words[start + row], block[row])
            raise UnreadableVectorsError(f"{place(start + row)}: {why}")
    _check_distinct(words, place)


def without_direction(word: str, row: NDArray[np.floating]) -> str:
    """Say why the vector of a word has no length to be divided by."""
    import numpy as np

    if not np.isfinite(row).all():
        return f"the vector of {word!r} holds NaN or an infinity."
    if not row.any():
        return (
            f"the vector of {word!r} is all zeros, so that it has no direction. Leave the "
            f"word out."
        )
    return (
        f"the vector of {word!r} has numbers so large or so small that float32 loses their "
        f"squares. Scale the vectors."
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
