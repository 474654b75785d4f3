"""Text files made ready for DuckDB: all bytes checked, all encodings made UTF-8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import UnreadableTableError
from fairaudit.core.spelling import option
from fairaudit.core.value import value
from fairaudit.engines.packing import stored_chunks, unpacked_chunks
from fairaudit.engines.scanning import (
    UTF_8,
    count_lines,
    find_encoding,
    refuse_binary,
    rewrite,
)
from fairaudit.engines.stored_file import StoredFile
from fairaudit.engines.zstd_frames import check_zstd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.engines.packing import Chunk, Digest
    from fairaudit.engines.scanning import Encoding
    from fairaudit.engines.workspace import Workspace

HEAD_BYTES = 1 << 20
"""How much of a file its dialect is found on."""

# From here on numpy counts lines in less time, its import included.
_LARGE = 128 << 20

# What separates the "fields" when DuckDB is to give whole lines; no text holds it.
_NO_DELIMITER = "\x1f\x1e\x1d\x1c"
_HEAD_LINES = 1_000


@value
class ReadableText:
    """A text file that DuckDB can read.

    `head` is its first part, `complete` says that this is all; `lines` is not known of
    zstd data. `encoding` is how it was stored.
    """

    file: StoredFile
    encoding: str
    head: str
    complete: bool
    lines: int | None


def make_readable(
    file: StoredFile, digest: Digest, workspace: Workspace, *, encoding: str | None
) -> ReadableText:
    """Check a text file from end to end, and write it as UTF-8 if it is not.

    Parameters
    ----------
    file : StoredFile
        The file as stored.
    digest : Digest
        Is fed the bytes as stored.
    workspace : Workspace
        Where a file in another encoding is written anew.
    encoding : str, optional
        The encoding, if it is known.

    Returns
    -------
    ReadableText
        The file to read.

    Raises
    ------
    UnreadableTableError
        When it is not text in that encoding, or damaged.
    """
    if file.packing == "zstd":
        return _zstd(file, digest, workspace, encoding=encoding)
    found = find_encoding(_head(file)[0], encoding)
    if found.is_utf_8:
        return _checked(file, digest, encoding=found, shown=found.shown)
    rewritten = workspace.new_file()
    with rewritten.open("wb") as target:
        rewrite(unpacked(file, digest), target, encoding=found, where=file.name)
    written = StoredFile(name=file.name, path=rewritten)
    return _checked(written, None, encoding=UTF_8, shown=found.shown)


def _checked(
    file: StoredFile, digest: Digest | None, *, encoding: Encoding, shown: str
) -> ReadableText:
    """Check a file that is UTF-8, or says so."""
    head, complete = _head(file)
    nul = head.find(b"\0")
    if nul >= 0:
        refuse_binary(nul, where=file.name)
    lines = count_lines(
        unpacked(file, digest),
        encoding=encoding,
        where=file.name,
        large=file.path.stat().st_size > _LARGE,
    )
    text = head.decode("utf-8", errors="ignore")
    return ReadableText(
        file=file, encoding=shown, head=text, complete=complete, lines=lines
    )


def _zstd(
    file: StoredFile, digest: Digest, workspace: Workspace, *, encoding: str | None
) -> ReadableText:
    """Check what can be checked of zstd data, which only DuckDB unpacks."""
    if not find_encoding(b"", encoding).is_utf_8:
        raise UnreadableTableError(
            f"{file.name}: zstd data are read as UTF-8 only; unpack the file and give it "
            f"with {option('encoding', encoding)}."
        )
    for _ in stored_chunks(file.path, digest):
        pass
    check_zstd(file.path, where=file.name)
    lines = _first_lines(file, workspace)
    return ReadableText(
        file=file,
        encoding=UTF_8.shown,
        head="\n".join(lines) + "\n",
        complete=len(lines) < _HEAD_LINES,
        lines=None,
    )


def _first_lines(file: StoredFile, workspace: Workspace) -> list[str]:
    import duckdb

    from fairaudit.engines.duckdb_session import connect

    sql = (
        "SELECT line FROM read_csv($path, auto_detect = false, header = false, "
        "columns = {'line': 'VARCHAR'}, delim = $delimiter, quote = '', escape = '', "
        "strict_mode = false, compression = 'zstd', hive_partitioning = false) "
        f"LIMIT {_HEAD_LINES}"
    )
    values = {"path": [str(file.path)], "delimiter": _NO_DELIMITER}
    with connect([file.path], spill=workspace.path) as session:
        try:
            rows = session.execute(sql, values).fetchall()
        except duckdb.Error:
            raise UnreadableTableError(
                f"{file.name}: the zstd data cannot be unpacked to UTF-8 text; make the "
                "file anew."
            ) from None
    return [row[0] or "" for row in rows]


def _head(file: StoredFile) -> tuple[bytes, bool]:
    """Give the first part of the unpacked bytes, and whether it is all of them."""
    head = b""
    for chunk in unpacked(file):
        head += chunk
        if len(head) > HEAD_BYTES:
            return head, False
    return head, True


def unpacked(file: StoredFile, digest: Digest | None = None) -> Iterator[Chunk]:
    """Read a file's bytes as they were before gzip packed them, if it did."""
    chunks = stored_chunks(file.path, digest)
    if file.packing == "gzip":
        return unpacked_chunks(chunks, where=file.name)
    return chunks
