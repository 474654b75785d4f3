"""Vectors read a block at a time from files too large to hold."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from fairaudit.core.errors import UnreadableVectorsError
from fairaudit.embeddings.files.guards import LONGEST_WORD, checked_word
from fairaudit.embeddings.files.kinds import after_mark, is_compressed, is_gzip, kind_of
from fairaudit.embeddings.files.word2vec_binary import read_header, record_word, records
from fairaudit.embeddings.files.word_lines import check_as_many, words_beside

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    Block = tuple[Sequence[str], NDArray[np.floating]]

ROWS = 1_024
"""Rows of a block: what is done to it stays in the processor's cache."""

_CHUNK = 1 << 14
"""Bytes of a list of words read at once: about as many words as a block has rows."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VectorStream:
    """A file of vectors that is read from its beginning whenever `blocks` is asked for."""

    path: Path
    words_path: Path | None
    rows: int
    dimensions: int

    @classmethod
    def of(cls, path: Path, words: Path | None = None) -> VectorStream:
        """Open a .npy file with its words beside it, or a word2vec binary file.

        Parameters
        ----------
        path : pathlib.Path
            The file, not compressed.
        words : pathlib.Path, optional
            The words of a .npy file, one a line.

        Returns
        -------
        VectorStream
            Nothing but its header has been read.

        Raises
        ------
        UnreadableVectorsError
            When it is of another format, or too short for its header.
        """
        try:
            if is_gzip(path):
                raise is_compressed(path)
            kind = kind_of(path)
        except OSError as error:
            raise UnreadableVectorsError(
                f"{path}: the file cannot be read: {error.strerror}."
            ) from None
        if kind == "npy":
            from fairaudit.embeddings.files.arrays import mapped_npy

            mapped = mapped_npy(path)
            if mapped.dtype != "<f4" or not mapped.flags.c_contiguous:
                order = "rows" if mapped.flags.c_contiguous else "columns"
                raise UnreadableVectorsError(
                    f"{path.name}: only float32 in rows can be streamed; this is "
                    f"{mapped.dtype} in {order}."
                )
            n, dimensions = mapped.shape
            beside = words_beside(path, words)
            return cls(path=path, words_path=beside, rows=n, dimensions=dimensions)
        if kind == "word2vec-binary":
            with path.open("rb") as file:
                n, dimensions = read_header(file, path)
            return cls(path=path, words_path=None, rows=n, dimensions=dimensions)
        raise UnreadableVectorsError(
            f"{path.name}: a file of format {kind} is not streamed; load it whole, or "
            f"save it as .npy or word2vec .bin first."
        )

    def blocks(self) -> Iterator[Block]:
        """Read words and rows; a block's numbers are overwritten by the next."""
        for words, rows in self._npy() if self.words_path else self._binary():
            _check_finite(words, rows, self.path)
            yield words, rows

    def picked(self, wanted: set[str]) -> Block:
        """Read the vectors of some words, in the order of the file."""
        import numpy as np

        if self.words_path is not None:
            return self._picked_from_npy(wanted)
        found: list[str] = []
        rows: list[NDArray[np.float32]] = []
        for words, block in self.blocks():
            places = [place for place, word in enumerate(words) if word in wanted]
            found += [words[place] for place in places]
            rows.append(block[places])
        return found, np.vstack(rows)

    def _picked_from_npy(self, wanted: set[str]) -> Block:
        """Look for words in their list, and read no other vector."""
        import numpy as np

        assert self.words_path is not None
        found: list[str] = []
        places: list[int] = []
        seen = 0
        for words in _word_blocks(self.words_path):
            if not wanted.isdisjoint(words):
                here = [place for place, word in enumerate(words) if word in wanted]
                found += [words[place] for place in here]
                places += [seen + place for place in here]
            seen += len(words)
        check_as_many(seen, self.rows, self.path.name)
        rows = np.empty((len(places), self.dimensions), dtype=np.float32)
        size = 4 * self.dimensions
        with self.path.open("rb") as numbers:
            first = numbers.seek(0, os.SEEK_END) - size * self.rows
            for place, row in zip(places, rows, strict=True):
                numbers.seek(first + size * place)
                numbers.readinto(row.view(np.uint8).data)
        _check_finite(found, rows, self.path)
        return found, rows

    def _npy(self) -> Iterator[Block]:
        """Read rows and lines side by side."""
        import numpy as np

        assert self.words_path is not None
        room = np.empty((ROWS, self.dimensions), dtype=np.float32)
        seen = 0
        with self.path.open("rb") as numbers:
            numbers.seek(-4 * self.rows * self.dimensions, os.SEEK_END)
            for words in _word_blocks(self.words_path):
                seen += len(words)
                if seen <= self.rows:
                    block = room[: len(words)]
                    numbers.readinto(block.view(np.uint8).data)
                    yield words, block
        check_as_many(seen, self.rows, self.path.name)

    def _binary(self) -> Iterator[Block]:
        """Read record by record."""
        import numpy as np

        with self.path.open("rb") as file:
            count, dimensions = read_header(file, self.path)
            found = records(file, self.path, count, dimensions)
            while some := list(islice(found, ROWS)):
                numbers = b"".join(one[2] for one in some)
                rows = np.frombuffer(bytearray(numbers), dtype="<f4")
                yield (
                    [record_word(raw, self.path.name, dimensions) for _, raw, _ in some],
                    rows.reshape(len(some), dimensions),
                )


def _word_blocks(path: Path) -> Iterator[list[str]]:
    """Read a list of words, as many at once as a block has rows."""
    waiting: list[str] = []
    rest = b""
    with path.open("rb") as file:
        after_mark(file)
        while chunk := file.read(_CHUNK):
            whole, end, rest = (rest + chunk).rpartition(b"\n")
            if end:
                waiting += _decoded(whole + end, path)[:-1].split("\n")
            if len(rest) > LONGEST_WORD:
                checked_word(rest, path.name)
            while len(waiting) >= ROWS:
                yield waiting[:ROWS]
                waiting = waiting[ROWS:]
    if rest:
        waiting.append(_decoded(rest, path))
    if waiting:
        yield waiting


def _decoded(raw: bytes, path: Path) -> str:
    """Read lines in UTF-8, ended as on any system."""
    try:
        return raw.replace(b"\r\n", b"\n").decode()
    except UnicodeDecodeError:
        raise UnreadableVectorsError(
            f"{path.name}: a word is not UTF-8. Write the file in UTF-8."
        ) from None


def _check_finite(words: Sequence[str], rows: NDArray[np.float32], path: Path) -> None:
    """Refuse a vector of NaN, infinities or zeros alone, at the price of one look."""
    import numpy as np

    squares = np.vecdot(rows, rows)
    good = (squares > 0) & np.isfinite(squares)
    if not good.all():
        word = words[int(np.argmin(good))]
        raise UnreadableVectorsError(
            f"{path.name}: the vector of {word!r} is all zeros, or holds NaN or numbers "
            f"too large."
        )
