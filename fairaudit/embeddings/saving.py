"""Vectors written to a file, changes applied; files too large to hold are streamed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from fairaudit.embeddings.embedding import Embedding
from fairaudit.embeddings.files.streams import ROWS, VectorStream
from fairaudit.embeddings.files.writing import write_blocks

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.embeddings.embedding import Change


def save(embedding: Embedding, path: str | os.PathLike[str]) -> None:
    """Write vectors as they are read, changes applied, in float32.

    Parameters
    ----------
    embedding : Embedding
        Such as what a debiasing method's `transform` gave.
    path : str or path-like
        .bin (word2vec binary), .txt and .vec (word2vec text), or .npy with its words beside
        it.

    Raises
    ------
    OutputError
        When the suffix has no format, the format cannot hold a word or its numbers, or the
        file cannot be written; an old file then stands as it was.
    """
    write_blocks(Path(path), _blocks_of(embedding), len(embedding), embedding.dimensions)


def pick(
    path: str | os.PathLike[str],
    words: Collection[str],
    *,
    word_list: str | os.PathLike[str] | None = None,
) -> Embedding:
    """What are the vectors of a few words of a very large file?

    Parameters
    ----------
    path : str or path-like
        A .npy of float32 with its words beside it, or a word2vec binary file.
    words : collection of str
        Those wanted; for a file that is in lower case, also their lower-case forms.
    word_list : str or path-like, optional
        The words of a .npy file, one a line.

    Returns
    -------
    Embedding
        Of these words alone, enough to fit hard debiasing.

    Raises
    ------
    UnreadableVectorsError
        As `load` does, but words that stand twice are not looked for, and of a .npy file
        no other vector is read.
    """
    stream = VectorStream.of(Path(path), Path(word_list) if word_list else None)
    found, rows = stream.picked({*words, *(word.lower() for word in words)})
    return Embedding.make(stream.path.name, found, rows)


def rewrite(
    path: str | os.PathLike[str],
    target: str | os.PathLike[str],
    changes: Sequence[Change],
    *,
    word_list: str | os.PathLike[str] | None = None,
) -> None:
    """Change every vector of a very large file and write another, a block at a time.

    Parameters
    ----------
    path : str or path-like
        A .npy of float32 with its words beside it, or a word2vec binary file.
    target : str or path-like
        As in `save`.
    changes : sequence of Change
        Such as a fitted `HardDebias`; computed in float32.
    word_list : str or path-like, optional
        The words of a .npy file, one a line.

    Raises
    ------
    UnreadableVectorsError
        When the file is cut off or holds vectors that are zero or not finite.
    OutputError
        When the other cannot be written, or its format cannot hold a word or its numbers.
    """
    stream = VectorStream.of(Path(path), Path(word_list) if word_list else None)

    def changed() -> Iterator[tuple[Sequence[str], NDArray[np.floating]]]:
        for words, block in stream.blocks():
            rows: NDArray[np.floating] = block
            for change in changes:
                rows = change.apply(words, rows)
            yield words, rows

    write_blocks(Path(target), changed(), stream.rows, stream.dimensions)


def _blocks_of(
    embedding: Embedding,
) -> Iterator[tuple[Sequence[str], NDArray[np.floating]]]:
    """Read an embedding block by block, with the words of each."""
    for start, rows in embedding.blocks(ROWS):
        yield embedding.words[start : start + len(rows)], rows
