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
        twice, with the line, record or row; or when a list of words or a tensor is named
        for a file that takes none.

    Examples
    --------
    >>> from fairaudit import embeddings
    >>> vectors = embeddings.load("glove_50d_subset")
    >>> len(vectors), vectors.dimensions
    (5990, 50)
    """
    from fairaudit.embeddings.files.kinds import kind_of

    file = _existing(path)
    kind = kind_of(file)
    if tensor is not None and kind != "safetensors":
        raise UnreadableVectorsError(
            f"{file.name}: only safetensors files have tensors, and this is {kind}. Leave "
            f"out {tensor!r}."
        )
    _check_list(file, kind, words)
    try:
        listed, matrix = _read(file, kind, Path(words) if words else None, tensor)
    except (EOFError, zlib.error, OSError) as error:
        if isinstance(error, UnreadableVectorsError):
            raise
        raise UnreadableVectorsError(
            f"{file.name}: the file cannot be read to its end: {error}."
        ) from None
    return Embedding.make(file.name, listed, matrix, _with_list(file, kind, words))


def files_read(
    path: str | os.PathLike[str], *, words: str | os.PathLike[str] | None = None
) -> tuple[Path, ...]:
    """Which files does `load` read: the vectors, and a list of words where there is one?

    Parameters
    ----------
    path, words : str or path-like
        As in `load`.

    Returns
    -------
    tuple of pathlib.Path
        One or two; a list that stands beside a matrix is among them.

    Raises
    ------
    UnreadableVectorsError
        When one is not there, or a list is named for vectors that have their own words.
    """
    from fairaudit.embeddings.files.kinds import kind_of

    file = _existing(path)
    kind = kind_of(file)
    _check_list(file, kind, words)
    return _with_list(file, kind, words)


def _with_list(
    file: Path, kind: Kind, words: str | os.PathLike[str] | None
) -> tuple[Path, ...]:
    """Name a file, and its list of words where it has none in itself."""
    from fairaudit.embeddings.files.safetensors import holds_words
    from fairaudit.embeddings.files.word_lines import words_beside

    named = Path(words) if words else None
    if kind == "npy" or (kind == "safetensors" and (named or not holds_words(file))):
        return file, words_beside(file, named)
    return (file,)


def _existing(path: str | os.PathLike[str]) -> Path:
    """Find the file of vectors."""
    file = _shipped(path) or Path(path)
    if file.is_dir():
        raise UnreadableVectorsError(
            f"{file}: this is a directory. Name a file of word vectors in it."
        )
    if not file.is_file():
        raise UnreadableVectorsError(
            f"{file}: there is no such file of word vectors; by name there is "
            f"{', '.join(SHIPPED)}.{did_you_mean(str(path), SHIPPED)}"
        )
    return file


def _check_list(file: Path, kind: Kind, words: str | os.PathLike[str] | None) -> None:
    """Refuse a list of words for vectors that have their own."""
    if words and kind not in ("npy", "safetensors"):
        raise UnreadableVectorsError(
            f"{file.name}: its words are in the file ({kind}), so that no list goes with "
            f"it. Leave out {words}."
        )


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
