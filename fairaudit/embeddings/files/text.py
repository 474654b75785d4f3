"""Vectors as text: word2vec and fastText .vec with a line of counts, GloVe without."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from fairaudit.core.errors import UnreadableVectorsError
from fairaudit.core.value import value
from fairaudit.embeddings.files.guards import (
    LONGEST_WORD,
    MOST_DIMENSIONS,
    check_expansion,
    check_matrix,
    checked_word,
    counts_in,
)
from fairaudit.embeddings.files.kinds import PLAINEST, after_mark, is_gzip, opened

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_LONGEST_NUMBER = 40
_FIRST_ROWS = 1_024


@value
class _Layout:
    """What the first line says: how many vectors, if it does, and of how many numbers."""

    count: int | None
    dimensions: int

    @property
    def first_line(self) -> int:
        """Give the number of the line the first vector stands in."""
        return 1 if self.count is None else 2


def read_text(path: Path) -> tuple[list[str], NDArray[np.float32]]:
    """Read a text file of vectors.

    Parameters
    ----------
    path : pathlib.Path
        A line per word: the word, then its numbers, between blanks or tabs.

    Returns
    -------
    tuple of list of str and ndarray of shape (n_words, n_dimensions)
        In file order.

    Raises
    ------
    UnreadableVectorsError
        With the line, where it is not as its first line says.
    """
    import numpy as np

    size = path.stat().st_size
    compressed = size if is_gzip(path) else None
    # A number too large becomes an infinity, which is refused with its line.
    with opened(path) as lines, np.errstate(over="ignore"):
        begins = after_mark(lines)
        layout = _layout(lines, path)
        if compressed is None:
            _check_room(layout, size, path)
        lines.seek(begins)
        if layout.count is not None:
            lines.readline()
        words, matrix = _rows(lines, layout, path, compressed)
    check_matrix(matrix, words, lambda row: f"{path.name}: line {row + layout.first_line}")
    return words, matrix


def _layout(lines: IO[bytes], path: Path) -> _Layout:
    """Read the first line: a header of two counts, or the first vector."""
    line = lines.readline(LONGEST_WORD + _LONGEST_NUMBER * MOST_DIMENSIONS)
    if (counts := counts_in(line, f"{path.name}: line 1")) is not None:
        return _Layout(count=counts[0], dimensions=counts[1])
    first = line.split()
    numbers = 0
    while numbers < len(first) - 1 and _is_number(first[-1 - numbers]):
        numbers += 1
    if not 1 <= numbers <= MOST_DIMENSIONS:
        raise UnreadableVectorsError(
            f"{path.name}: line 1: neither two counts nor a word and its numbers. Is this "
            f"a file of word vectors?"
        )
    return _Layout(count=None, dimensions=numbers)


def _check_room(layout: _Layout, size: int, path: Path) -> None:
    """Refuse a header whose vectors cannot fit into the file, before making room."""
    least = (layout.count or 0) * (2 + 2 * layout.dimensions) - 1
    if least > size:
        raise UnreadableVectorsError(
            f"{path.name}: line 1: the header says {layout.count:,} vectors of "
            f"{layout.dimensions:,} numbers, at least {least:,} bytes, but the file has "
            f"{size:,}. It is cut off, or the count is wrong."
        )


def _rows(
    lines: IO[bytes], layout: _Layout, path: Path, compressed: int | None
) -> tuple[list[str], NDArray[np.float32]]:
    """Read all vectors; room is made as they come where the header cannot be checked."""
    import numpy as np

    trusted = layout.count is not None and compressed is None
    shape = (layout.count or 0) if trusted else _FIRST_ROWS
    matrix = np.empty((shape, layout.dimensions), dtype=np.float32)
    words: list[str] = []
    longest = LONGEST_WORD + 2 + _LONGEST_NUMBER * layout.dimensions
    done = 0
    while line := lines.readline(longest):
        done += len(line)
        where = f"{path.name}: line {len(words) + layout.first_line}"
        check_expansion(done, compressed, where)
        if layout.count is not None and len(words) == layout.count:
            if not line.strip():
                continue
            raise UnreadableVectorsError(
                f"{where}: more vectors than the {layout.count:,} of the header."
            )
        if len(words) == len(matrix):
            matrix = np.concatenate([matrix, np.empty_like(matrix)])
        word, numbers = _split(line, layout.dimensions, where)
        matrix[len(words)] = numbers
        words.append(word)
    if layout.count is not None and len(words) < layout.count:
        raise UnreadableVectorsError(
            f"{path.name}: the header says {layout.count:,} vectors, but the file ends "
            f"after {len(words):,}. It is cut off, or the count is wrong."
        )
    return words, matrix[: len(words)]


def _split(line: bytes, dimensions: int, where: str) -> tuple[str, list[float]]:
    """Part a line into its word, which may hold blanks, and its numbers."""
    parts = line.strip().rsplit(None, dimensions) or [b""]
    try:
        numbers = [float(part) for part in parts[1:]]
    except ValueError:
        numbers = []
    if len(numbers) != dimensions or _ends_in_number(parts[0]):
        raise _ragged(line, dimensions, where)
    return checked_word(parts[0], where), numbers


def why_unfit(word: bytes) -> str | None:
    """Say why a word would not be read back from a line, if so."""
    if word != word.strip():
        return "begins or ends with a blank"
    if _ends_in_number(word):
        return "ends in a number after a blank"
    return "holds a control sign" if min(word) < PLAINEST else None


def _ends_in_number(word: bytes) -> bool:
    """Tell whether the last of several parts is a number, as a vector's are."""
    return any(_is_number(last) for last in word.rsplit(None, 1)[1:])


def _ragged(line: bytes, dimensions: int, where: str) -> UnreadableVectorsError:
    """Say what a line holds instead of a word and its numbers."""
    word, *rest = line.split() or [b""]
    if len(word) > LONGEST_WORD:
        return UnreadableVectorsError(
            f"{where}: a word of more than {LONGEST_WORD:,} bytes, the longest allowed. "
            f"The file is damaged or of another format."
        )
    found = sum(_is_number(part) for part in rest)
    shown = word[:40].decode(errors="replace")
    if line[:1].isspace() and found + 1 == dimensions and _is_number(word):
        return UnreadableVectorsError(f"{where}: there is no word before the numbers.")
    if found == len(rest) and found != dimensions:
        return UnreadableVectorsError(
            f"{where}: {shown!r} has {found} numbers; every vector of this file has "
            f"{dimensions} dimensions. The line is damaged or cut off."
        )
    odd = next((part for part in rest[-dimensions:] if not _is_number(part)), word)
    return UnreadableVectorsError(
        f"{where}: the vector of {shown!r} holds {odd[:40].decode(errors='replace')!r}, "
        f"which is no number; {dimensions} numbers are needed."
    )


def _is_number(part: bytes) -> bool:
    """Tell whether a piece of a line is a number."""
    try:
        float(part)
    except ValueError:
        return False
    return True
