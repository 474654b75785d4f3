"""Where audited data came from."""

from __future__ import annotations

from typing import Literal

from fairaudit.core.value import value


@value
class Source:
    """A table as it was given.

    `sha256` is of the bytes named by `sha256_covers`; `read_as` states the dialect found.
    All three are `None` for data that were already in memory.
    """

    kind: Literal["file", "standard input", "frame", "arrays"]
    name: str
    sha256: str | None = None
    sha256_covers: str | None = None
    read_as: str | None = None
