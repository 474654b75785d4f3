"""Vectors in safetensors: a length, a JSON header, then plain numbers, to be mapped."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import UnreadableVectorsError
from fairaudit.core.spelling import option
from fairaudit.embeddings.files.guards import check_matrix
from fairaudit.embeddings.files.word_lines import (
    check_as_many,
    word_lines,
    words_beside,
    words_from_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_NUMBERS = {"F16": "<f2", "F32": "<f4", "F64": "<f8"}
_LONGEST_HEADER = 100_000_000
_PREFIX = 8
_MOST = 1 << 63


def read_safetensors(
    path: Path, words: Path | None = None, tensor: str | None = None
) -> tuple[list[str], NDArray[np.floating]]:
    """Map the matrix of a safetensors file, and read its words.

    Parameters
    ----------
    path : pathlib.Path
        Uncompressed, as the format is.
    words : pathlib.Path, optional
        The list of words, one a line; not needed where a tensor `words` holds them as bytes
        joined by line ends.
    tensor : str, optional
        Which tensor, where there are several matrices.

    Returns
    -------
    tuple of list of str and ndarray of shape (n_words, n_dimensions)
        The matrix stays in its file until rows are read.

    Raises
    ------
    UnreadableVectorsError
        When its header contradicts itself or the length of the file.
    """
    header, begins = _header(path)
    name = tensor or _only_matrix(header, path)
    matrix = _mapped(header, name, begins, path)
    if words is None and _holds_words(header):
        listed = words_from_bytes(_bytes(header["words"], begins, path), path.name)
    else:
        listed = list(word_lines(words_beside(path, words)))
    check_as_many(len(listed), len(matrix), path.name)
    check_matrix(matrix, listed, lambda row: f"{path.name}: row {row + 1:,}")
    return listed, matrix


def holds_words(path: Path) -> bool:
    """Tell whether a safetensors file has a list of words in it."""
    return _holds_words(_header(path)[0])


def _holds_words(header: Mapping[str, Any]) -> bool:
    """Look for a tensor of bytes called so."""
    return bool(header.get("words", {}).get("dtype") == "U8")


def _header(path: Path) -> tuple[dict[str, Any], int]:
    """Read the header, and where the numbers begin."""
    size = path.stat().st_size
    with path.open("rb") as file:
        length = int.from_bytes(file.read(_PREFIX), "little")
        if length > min(size - _PREFIX, _LONGEST_HEADER):
            raise UnreadableVectorsError(
                f"{path.name}: the header should have {length:,} bytes, but the file has "
                f"{size:,}. It is cut off."
            )
        raw = file.read(length)
    try:
        header = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise UnreadableVectorsError(
            f"{path.name}: the header of 8 to {length + _PREFIX:,} is not JSON: {error}."
        ) from None
    if not isinstance(header, dict):
        raise UnreadableVectorsError(f"{path.name}: the header does not name tensors.")
    header.pop("__metadata__", None)
    for name, about in header.items():
        if not _is_tensor(about):
            raise UnreadableVectorsError(
                f"{path.name}: the header should give tensor {name[:40]!r} a dtype, a "
                f"shape and two data_offsets, and does not. The file is damaged."
            )
    return header, _PREFIX + length


def _only_matrix(header: Mapping[str, Any], path: Path) -> str:
    """Name the only matrix of numbers."""
    matrices = [
        name
        for name, about in header.items()
        if about["dtype"] in {*_NUMBERS, "BF16"} and len(about["shape"]) == 2
    ]
    if len(matrices) != 1:
        raise UnreadableVectorsError(
            f"{path.name}: {len(matrices)} tensors are matrices of numbers: "
            f"{', '.join(matrices) or 'none'}. Name the one of the words "
            f"with {option('tensor')}."
        )
    return matrices[0]


def _mapped(
    header: Mapping[str, Any], name: str, begins: int, path: Path
) -> NDArray[np.floating]:
    """Map one tensor."""
    import numpy as np

    if name not in header:
        raise UnreadableVectorsError(
            f"{path.name}: there is no tensor {name!r}. Tensors: {', '.join(header)}."
        )
    about = header[name]
    kind, shape = _NUMBERS.get(about["dtype"]), about["shape"]
    if kind is None or len(shape) != 2 or 0 in shape:
        raise UnreadableVectorsError(
            f"{path.name}: tensor {name!r} is {about['dtype']} of shape {shape}; it "
            f"must be a matrix of F16, F32 or F64."
        )
    start, end = _span(about, begins, path)
    needed = math.prod(shape) * np.dtype(kind).itemsize
    if end - start != needed:
        raise UnreadableVectorsError(
            f"{path.name}: tensor {name!r} of shape {shape} needs {needed:,} bytes; the "
            f"header gives it {end - start:,}."
        )
    return np.memmap(path, dtype=kind, mode="r", offset=start, shape=tuple(shape))


def _bytes(about: Mapping[str, Any], begins: int, path: Path) -> bytes:
    """Read a tensor of bytes."""
    start, end = _span(about, begins, path)
    with path.open("rb") as file:
        file.seek(start)
        return file.read(end - start)


def _span(about: Mapping[str, Any], begins: int, path: Path) -> tuple[int, int]:
    """Give the bytes of a tensor, which must lie in the file."""
    (start, end), left = about["data_offsets"], path.stat().st_size - begins
    if not start <= end <= left:
        raise UnreadableVectorsError(
            f"{path.name}: the header places a tensor at {start:,} to {end:,}, but "
            f"{left:,} bytes follow it. The file is cut off or damaged."
        )
    return begins + start, begins + end


def _is_tensor(about: object) -> bool:
    """Tell whether an entry of the header is what the format says of a tensor."""
    match about:
        case {"dtype": str(), "shape": list(shape), "data_offsets": [start, end]}:
            return all(type(n) is int and 0 <= n < _MOST for n in (*shape, start, end))
        case _:
            return False
