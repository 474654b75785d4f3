"""A file on disk: how it is called in messages, where it is, how it is packed."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from fairaudit.core.value import value

Packing = Literal["none", "gzip", "zstd"]


@value
class StoredFile:
    """A file on disk."""

    name: str
    path: Path
    packing: Packing = "none"
