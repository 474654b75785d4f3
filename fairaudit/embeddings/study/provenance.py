"""Where vectors came from: their files, by content."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from fairaudit.core.provenance import Source

if TYPE_CHECKING:
    from pathlib import Path

    from fairaudit.embeddings.embedding import Embedding

_CHUNK = 1 << 20


def sources_of(embedding: Embedding) -> tuple[Source, ...]:
    """Which files do these vectors come from, and what is in them?

    Parameters
    ----------
    embedding : Embedding
        From `load`, or made of arrays.

    Returns
    -------
    tuple of Source
        The vectors and, where it was given, their list of words; the digest is of the files
        as they are now.
    """
    if not embedding.files:
        return (Source(kind="arrays", name=embedding.name),)
    shape = f"{len(embedding):,} × {embedding.dimensions}, {embedding.matrix.dtype}"
    return tuple(
        Source(
            kind="file",
            name=file.name,
            sha256=_digest(file),
            sha256_covers="the bytes of the file",
            read_as=None if place else shape,
        )
        for place, file in enumerate(embedding.files)
    )


def _digest(file: Path) -> str:
    """Digest a file of any size."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
