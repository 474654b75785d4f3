"""What a file is: what its name says, checked against its first bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NoReturn

from fairaudit.core.errors import UnreadableTableError
from fairaudit.core.value import value
from fairaudit.engines.stored_file import Packing

if TYPE_CHECKING:
    from pathlib import PurePath

Format = Literal["CSV", "Parquet", "JSON lines"]

SIGNATURE_BYTES = 4096
"""How many first bytes tell what a file is."""

_PACKINGS: dict[str, Packing] = {".gz": "gzip", ".zst": "zstd", ".zstd": "zstd"}
_FORMATS: dict[str, Format] = {
    ".parquet": "Parquet",
    ".pq": "Parquet",
    ".jsonl": "JSON lines",
    ".ndjson": "JSON lines",
    ".json": "JSON lines",
}
_ELSEWHERE = "save the table as CSV or Parquet and give that"
_OTHER_NAMES = {
    ".xlsx": "an Excel workbook",
    ".xls": "an Excel workbook",
    ".ods": "a spreadsheet",
    ".pkl": "a Python pickle",
    ".pickle": "a Python pickle",
    ".feather": "an Arrow file",
    ".arrow": "an Arrow file",
    ".sav": "an SPSS file",
    ".dta": "a Stata file",
    ".sas7bdat": "a SAS file",
    ".rds": "an R file",
    ".db": "a database",
    ".sqlite": "a database",
    ".duckdb": "a database",
}
_PARQUET = "a Parquet file"
_GZIP = "gzip-compressed data"
_ZSTD = "zstd-compressed data"
_SIGNATURES = (
    (b"PAR1", _PARQUET),
    (b"\x1f\x8b", _GZIP),
    (b"\x28\xb5\x2f\xfd", _ZSTD),
    (b"PK\x03\x04", "a zip archive or an Excel workbook"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ\x00", "xz-compressed data"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"ARROW1", "an Arrow file"),
    (b"SQLite format 3", "a database"),
    (b"%PDF-", "a PDF document"),
    (b"\x89HDF", "an HDF5 file"),
    (b"\x80\x02", "a Python pickle"),
    (b"\x80\x03", "a Python pickle"),
    (b"\x80\x04", "a Python pickle"),
    (b"\x80\x05", "a Python pickle"),
)


@value
class FileKind:
    """How the rows of a file are written, and how the file is packed."""

    format: Format
    packing: Packing = "none"


def kind_by_name(name: PurePath, *, where: str) -> FileKind:
    """Say what a file's name claims; a name that claims nothing is taken for CSV.

    Raises
    ------
    UnreadableTableError
        When the name is that of a format that is not read.
    """
    suffixes = [suffix.lower() for suffix in name.suffixes]
    packing = _PACKINGS.get(suffixes[-1], "none") if suffixes else "none"
    inner = suffixes[:-1] if packing != "none" else suffixes
    suffix = inner[-1] if inner else ""
    if suffix in _OTHER_NAMES:
        raise UnreadableTableError(
            f"{where}: {_OTHER_NAMES[suffix]} ({suffix}) is not read; {_ELSEWHERE}."
        )
    kind = FileKind(format=_FORMATS.get(suffix, "CSV"), packing=packing)
    if kind.format == "Parquet" and packing != "none":
        raise UnreadableTableError(
            f"{where}: Parquet is compressed inside; unpack the {packing} data and "
            f"give that."
        )
    return kind


def kind_by_content(head: bytes, *, where: str) -> FileKind:
    """Tell from the first bytes what came on standard input.

    Raises
    ------
    UnreadableTableError
        When it is something that is not read.
    """
    found = _signature(head)
    if found == _PARQUET:
        return FileKind(format="Parquet")
    if found in {_GZIP, _ZSTD}:
        return FileKind(format="CSV", packing="gzip" if found == _GZIP else "zstd")
    if found is not None:
        raise UnreadableTableError(f"{where}: this is {found}; {_ELSEWHERE}.")
    is_json = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b'{"')
    return FileKind(format="JSON lines" if is_json else "CSV")


def check_content(kind: FileKind, head: bytes, *, where: str) -> None:
    """Refuse a file that is not what its name says.

    Raises
    ------
    UnreadableTableError
        Saying what the name claims and what the content is.
    """
    if not head:
        raise UnreadableTableError(
            f"{where}: the file is empty, without a header or rows; was it written?"
        )
    found = _signature(head)
    expected = _expected(kind)
    if found != expected:
        _refuse(kind, expected, found, where)


def _expected(kind: FileKind) -> str | None:
    packed = {"gzip": _GZIP, "zstd": _ZSTD, "none": None}[kind.packing]
    return packed or (_PARQUET if kind.format == "Parquet" else None)


def _refuse(
    kind: FileKind, expected: str | None, found: str | None, where: str
) -> NoReturn:
    claimed = expected or f"a {kind.format} file"
    content = found or "neither that nor compressed (plain text, perhaps CSV)"
    remedies = {
        _PARQUET: "name it .parquet",
        _GZIP: "add .gz to its name",
        _ZSTD: "add .zst to its name",
        None: "give it the name of what it is, such as .csv",
    }
    raise UnreadableTableError(
        f"{where}: the name says it is {claimed}, but the content is {content}; "
        f"{remedies.get(found, _ELSEWHERE)}."
    )


def _signature(head: bytes) -> str | None:
    for first_bytes, name in _SIGNATURES:
        if head.startswith(first_bytes):
            return name
    return None
