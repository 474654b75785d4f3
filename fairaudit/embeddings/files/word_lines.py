"""The words that go with a bare matrix: a text file beside it, one word a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import UnreadableVectorsError
from fairaudit.core.spelling import option
from fairaudit.embeddings.files.guards import LONGEST_WORD, checked_word
from fairaudit.embeddings.files.kinds import after_mark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def words_beside(path: Path, words: Path | None) -> Path:
    """Find the list of words of a matrix, as named or by its name.

    Parameters
    ----------
    path : pathlib.Path
        Such as vectors.npy.
    words : pathlib.Path or None
        The list, where it is not called vectors.words.txt or vectors.txt.

    Returns
    -------
    pathlib.Path
        An existing file.

    Raises
    ------
    UnreadableVectorsError
        When there is none.
    """
    if words is not None:
        if not words.is_file():
            what = "this is a directory, no" if words.is_dir() else "there is no such"
            raise UnreadableVectorsError(f"{words}: {what} list of words.")
        return words
    for suffix in (".words.txt", ".txt"):
        beside = path.with_suffix(suffix)
        if beside.is_file():
            return beside
    raise UnreadableVectorsError(
        f"{path.name}: this file has numbers but no words. Put them beside it in "
        f"{path.with_suffix('.words.txt').name}, one a line, or name their file "
        f"with {option('words')}."
    )


def word_lines(path: Path) -> Iterator[str]:
    """Read words line by line."""
    with path.open("rb") as lines:
        after_mark(lines)
        for number, line in enumerate(
            iter(lambda: lines.readline(LONGEST_WORD + 3), b""), 1
        ):
            yield checked_word(line.rstrip(b"\r\n"), f"{path.name}: line {number}")


def words_from_bytes(raw: bytes, where: str) -> list[str]:
    """Part words that are joined by line ends."""
    return [
        checked_word(word, f"{where}: word {number}")
        for number, word in enumerate(raw.removesuffix(b"\n").split(b"\n"), 1)
    ]


def check_as_many(words: int, rows: int, where: str) -> None:
    """Refuse a list that is longer or shorter than its matrix."""
    if words != rows:
        raise UnreadableVectorsError(
            f"{where}: {rows:,} vectors but {words:,} words; there must be one word for "
            f"each, in the same order."
        )
