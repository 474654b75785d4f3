"""Files of word vectors, whatever their format; nothing that is read is ever run."""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import TYPE_CHECKING

from fairaudit.core.errors import UnreadableVectorsError, did_you_mean
from fairaudit.embeddings.embedding import Embedding

if TYPE_CHECKING:
    import os
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.embeddings.files.kinds import Kind

SHIPPED = ("glove_50d_subset",)
"""Vectors among the bundled data."""


def load(
    path: str | os.PathLike[str],
    *,
    words: str | os.PathLike[str] | None = None,
    tensor: str | None = None,
) -> Embedding:
    """Which words have vectors in a file, and which?

    The format is told from the bytes: word2vec text and binary, GloVe text, fastText .vec
    and .bin, safetensors, .npy, and .npz with arrays `words` and `vectors`; text and
    word2vec binary also gzipped. Numbers are kept as they are; .npy and safetensors stay in
    their file until they are needed.

    Parameters
    ----------
    path : str or path-like
        The file, or the name of vectors that come with fairaudit, "glove_50d_subset".
    words : str or path-like, optional
        A list of words, one a line, for a matrix that has none.
    tensor : str, optional
        Which tensor of a safetensors file.

    Returns
    -------
    Embedding
        Words and vectors; ``keyed_vectors()`` gives them to gensim.

    Raises
    ------
    UnreadableVectorsError
        When the file is a pickle, cut off, damaged, or holds NaN, zero vectors or a word
        twice; with the line, record or row.

    Examples
    --------
    >>> from fairaudit import embeddings
    >>> vectors = embeddings.load("glove_50d_subset")
    >>> len(vectors), vectors.dimensions
    (5990, 50)
    """
    from fairaudit.embeddings.files.kinds import kind_of

    file = _shipped(path) or Path(path)
    if not file.is_file():
        raise UnreadableVectorsError(
            f"{file}: there is no such file of word vectors; by name there is "
            f"{', '.join(SHIPPED)}.{did_you_mean(str(path), SHIPPED)}"
        )
    try:
        listed, matrix = _read(file, kind_of(file), Path(words) if words else None, tensor)
    except (EOFError, zlib.error, OSError) as error:
        if isinstance(error, UnreadableVectorsError):
            raise
        raise UnreadableVectorsError(
            f"{file.name}: the file cannot be read to its end: {error}."
        ) from None
    files = (file, Path(words)) if words else (file,)
    return Embedding.make(file.name, listed, matrix, files)


def _shipped(path: str | os.PathLike[str]) -> Path | None:
    """Find vectors that come with fairaudit by name, unless a file is called so."""
    from fairaudit.datasets import path as path_of

    if not isinstance(path, str) or Path(path).exists() or path not in SHIPPED:
        return None
    return path_of(path)


def _read(
    file: Path, kind: Kind, words: Path | None, tensor: str | None
) -> tuple[Sequence[str], NDArray[np.floating]]:
    """Read a file by its format."""
    from fairaudit.embeddings.files import arrays, safetensors

    if kind == "text":
        from fairaudit.embeddings.files.text import read_text

        return read_text(file)
    if kind == "word2vec-binary":
        from fairaudit.embeddings.files.word2vec_binary import read_word2vec_binary

        return read_word2vec_binary(file)
    if kind == "fasttext-binary":
        from fairaudit.embeddings.files.fasttext_binary import read_fasttext_binary

        return read_fasttext_binary(file)
    if kind == "safetensors":
        return safetensors.read_safetensors(file, words, tensor)
    return arrays.read_npy(file, words) if kind == "npy" else arrays.read_npz(file)
