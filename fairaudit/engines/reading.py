"""What is known before files are read, and what is held once they are open."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Protocol

from duckdb import DuckDBPyConnection

from fairaudit.core.value import value
from fairaudit.engines.duckdb_table import Relation
from fairaudit.engines.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.engines.packing import Digest
    from fairaudit.engines.stored_file import StoredFile


@value
class Reading:
    """How files are to be read: what the caller said, where to put things."""

    workspace: Workspace
    encoding: str | None = None
    delimiter: str | None = None
    na: Collection[str] = ()


@value
class Opened:
    """Files open in a database; `read_as` states how they are read."""

    session: DuckDBPyConnection
    relation: Relation
    read_as: str


class Opener(Protocol):
    """Opens the files of one format, feeding the digest their bytes as stored."""

    def __call__(
        self, files: Sequence[StoredFile], reading: Reading, digest: Digest
    ) -> Opened:
        """Check the files and open them."""
        ...
