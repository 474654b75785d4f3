"""Files of tables: found, checked as stored, and opened in DuckDB."""

from __future__ import annotations

import hashlib
import os
from pathlib import PurePath
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.provenance import Source
from fairaudit.core.spelling import spelled
from fairaudit.engines.csv_dialect import check_delimiter
from fairaudit.engines.duckdb_csv import open_csv
from fairaudit.engines.duckdb_json import open_json
from fairaudit.engines.duckdb_parquet import open_parquet
from fairaudit.engines.duckdb_table import DuckdbTable
from fairaudit.engines.file_kinds import (
    SIGNATURE_BYTES,
    check_content,
    kind_by_content,
    kind_by_name,
)
from fairaudit.engines.locating import STANDARD_INPUT, locate
from fairaudit.engines.reading import Reading
from fairaudit.engines.stored_file import StoredFile
from fairaudit.engines.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from fairaudit.engines.file_kinds import FileKind, Format
    from fairaudit.engines.locating import Located
    from fairaudit.engines.reading import Opener

Given = str | os.PathLike[str]

_OPENERS: Mapping[Format, Opener] = {
    "CSV": open_csv,
    "Parquet": open_parquet,
    "JSON lines": open_json,
}
_PACKED = {"none": "", "gzip": " (gzip-compressed)", "zstd": " (zstd-compressed)"}


def open_files(
    given: Sequence[Given],
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    na: Collection[str] = (),
) -> DuckdbTable:
    """Open the files of one table.

    Parameters
    ----------
    given : sequence of str or path
        Paths, patterns, or "-" for standard input.
    encoding : str, optional
        The encoding of text files; without it a byte-order mark or UTF-8.
    delimiter : str, optional
        The delimiter of CSV files; without it the one that fits.
    na : collection of str
        Texts that mean "missing", besides the empty one.

    Returns
    -------
    DuckdbTable
        To be closed.

    Raises
    ------
    InputError
        When a file is not there or cannot be read as what it claims to be.
    """
    delimiter = check_delimiter(delimiter)
    workspace = Workspace()
    reading = Reading(
        workspace=workspace, encoding=encoding, delimiter=delimiter, na=tuple(na)
    )
    try:
        return _opened(given, reading)
    except BaseException:
        workspace.close()
        raise


def _opened(given: Sequence[Given], reading: Reading) -> DuckdbTable:
    located = locate(given, reading.workspace)
    kind = _kind(located)
    files = [
        StoredFile(
            name=one.name,
            path=reading.workspace.plainly_named(one.path),
            packing=kind.packing,
        )
        for one in located
    ]
    _check_options(kind, reading, where=files[0].name)
    digest = hashlib.sha256()
    opened = _OPENERS[kind.format](files, reading, digest)
    piped = [os.fspath(one) for one in given] == [STANDARD_INPUT]
    source = Source(
        kind="standard input" if piped else "file",
        name=_name(given, located),
        sha256=digest.hexdigest(),
        sha256_covers=_covered(len(files), kind, piped=piped),
        read_as=opened.read_as,
    )
    return DuckdbTable(
        opened.session,
        opened.relation,
        source=source,
        workspace=reading.workspace,
        na=reading.na,
    )


def _kind(located: Sequence[Located]) -> FileKind:
    """Find out what the files are; they must all be the same."""
    kinds = [_kind_of(one) for one in located]
    for one, kind in zip(located, kinds, strict=True):
        if kind != kinds[0]:
            raise InputError(
                f"{one.name}: its format or compression is not that of {located[0].name}; "
                "give only files of one kind at once."
            )
    return kinds[0]


def _kind_of(one: Located) -> FileKind:
    with one.path.open("rb") as opened:
        head = opened.read(SIGNATURE_BYTES)
    if one.kept:
        kind = kind_by_content(head, where=one.name)
    else:
        kind = kind_by_name(PurePath(one.name), where=one.name)
    check_content(kind, head, where=one.name)
    return kind


def _check_options(kind: FileKind, reading: Reading, *, where: str) -> None:
    """Refuse options that have no meaning for the format."""
    unfit = []
    if reading.encoding is not None and kind.format == "Parquet":
        unfit.append(spelled("encoding"))
    if reading.delimiter is not None and kind.format != "CSV":
        unfit.append(spelled("delimiter"))
    if unfit:
        raise InputError(
            f"{where}: {' and '.join(unfit)} has no meaning for {kind.format}; leave "
            f"it out."
        )


def _name(given: Sequence[Given], located: Sequence[Located]) -> str:
    """Name the table as its files were given."""
    if len(located) == 1:
        return located[0].name
    names = ", ".join(os.fspath(one) for one in given)
    return f"{names} ({len(located)} files)" if len(given) < len(located) else names


def _covered(files: int, kind: FileKind, *, piped: bool) -> str:
    """Say what the digest is of."""
    packed = _PACKED[kind.packing]
    if piped:
        return f"the bytes of standard input as they came{packed}"
    if files == 1:
        return f"the file as stored{packed}"
    return f"the {files} files as stored{packed}, one after another"
