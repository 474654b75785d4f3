"""Vectors as numpy files: a mapped .npy with its words beside it, or an .npz of both."""

from __future__ import annotations

from tokenize import TokenError
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from fairaudit.core.errors import UnreadableVectorsError
from fairaudit.embeddings.files.guards import check_expansion, check_matrix
from fairaudit.embeddings.files.word_lines import (
    check_as_many,
    word_lines,
    words_beside,
    words_from_bytes,
)

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray


_NO_HEADER = (TokenError, SyntaxError, TypeError)
"""What numpy raises where it reads a damaged header as Python would."""

_DAMAGE = (
    ValueError,
    EOFError,
    OSError,
    RuntimeError,
    LookupError,
    BadZipFile,
    *_NO_HEADER,
)


def read_npy(
    path: Path, words: Path | None = None
) -> tuple[list[str], NDArray[np.floating]]:
    """Map an .npy file, and read the list of words beside it.

    Parameters
    ----------
    path : pathlib.Path
        A matrix of float16, float32 or float64.
    words : pathlib.Path, optional
        The list of words, one a line.

    Returns
    -------
    tuple of list of str and ndarray of shape (n_words, n_dimensions)
        The matrix stays in its file until rows are read.

    Raises
    ------
    UnreadableVectorsError
        When it holds objects, is cut off, or has another number of words.
    """
    beside = words_beside(path, words)
    matrix = mapped_npy(path)
    listed = list(word_lines(beside))
    check_as_many(len(listed), len(matrix), path.name)
    check_matrix(matrix, listed, lambda row: f"{path.name}: row {row + 1:,}")
    return listed, matrix


def mapped_npy(path: Path) -> NDArray[np.floating]:
    """Map the matrix of an .npy file."""
    import numpy as np

    try:
        found = np.load(path, mmap_mode="r", allow_pickle=False)
    except _DAMAGE as error:
        raise _unreadable(path, error) from None
    return _as_matrix(found, path.name)


def read_npz(path: Path) -> tuple[list[str], NDArray[np.floating]]:
    """Read an .npz of two arrays, `words` and `vectors`.

    Parameters
    ----------
    path : pathlib.Path
        `words` are bytes (uint8) joined by line ends, or an array of text.

    Returns
    -------
    tuple of list of str and ndarray of shape (n_words, n_dimensions)
        In file order.

    Raises
    ------
    UnreadableVectorsError
        When an array is missing, holds objects, is cut off or of another length.
    """
    import numpy as np

    try:
        with ZipFile(path) as archive:
            for part in archive.infolist():
                check_expansion(part.file_size, part.compress_size, path.name)
        with np.load(path, allow_pickle=False) as arrays:
            missing = {"words", "vectors"} - set(arrays.files)
            if missing:
                raise UnreadableVectorsError(
                    f"{path.name}: the archive has no array {min(missing)!r}; it "
                    f"needs 'words' and 'vectors' and has {sorted(arrays.files)}."
                )
            listed, found = arrays["words"], arrays["vectors"]
    except _DAMAGE as error:
        if isinstance(error, UnreadableVectorsError):
            raise
        raise _unreadable(path, error) from None
    matrix = _as_matrix(found, path.name)
    words = _words(listed, path.name)
    check_as_many(len(words), len(matrix), path.name)
    check_matrix(matrix, words, lambda row: f"{path.name}: row {row + 1:,}")
    return words, matrix


def _as_matrix(found: NDArray[Any], name: str) -> NDArray[np.floating]:
    """Accept only a matrix of floating-point numbers."""
    if found.ndim != 2 or found.dtype.kind != "f" or 0 in found.shape:
        raise UnreadableVectorsError(
            f"{name}: vectors must be a matrix of floating-point numbers, a row per word; "
            f"got {found.dtype} of shape {found.shape}."
        )
    return found


def _words(listed: NDArray[Any], name: str) -> list[str]:
    """Read the words of an archive."""
    if listed.dtype.kind == "U" and listed.ndim == 1:
        return words_from_bytes("\n".join(listed).encode(), name)
    if listed.dtype.kind == "u" and listed.dtype.itemsize == 1 and listed.ndim == 1:
        return words_from_bytes(listed.tobytes(), name)
    raise UnreadableVectorsError(
        f"{name}: 'words' must be text, or bytes joined by line ends; got {listed.dtype} "
        f"of shape {listed.shape}."
    )


def _unreadable(path: Path, error: Exception) -> UnreadableVectorsError:
    """Say why numpy does not read a file; objects would have to be unpickled."""
    if "pickle" in str(error).lower() or "object" in str(error).lower():
        return UnreadableVectorsError(
            f"{path.name}: the file holds Python objects, which are pickled, and is not "
            f"loaded: reading a pickle runs any code that is in it. Save words as text or "
            f"as bytes joined by line ends, and vectors as numbers."
        )
    reason = "its header is no header" if isinstance(error, _NO_HEADER) else str(error)
    return UnreadableVectorsError(
        f"{path.name}: the file is cut off or damaged: {reason.rstrip('.')}."
    )
