from __future__ import annotations

import gzip
from pathlib import PurePath

import pytest

from fairaudit.core.errors import UnreadableTableError
from fairaudit.engines.file_kinds import (
    FileKind,
    check_content,
    kind_by_content,
    kind_by_name,
)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.csv", FileKind(format="CSV")),
        ("a.TSV", FileKind(format="CSV")),
        ("a", FileKind(format="CSV")),
        ("a.2024.txt", FileKind(format="CSV")),
        ("a.csv.gz", FileKind(format="CSV", packing="gzip")),
        ("a.csv.ZST", FileKind(format="CSV", packing="zstd")),
        ("a.parquet", FileKind(format="Parquet")),
        ("a.pq", FileKind(format="Parquet")),
        ("a.jsonl.gz", FileKind(format="JSON lines", packing="gzip")),
        ("a.ndjson", FileKind(format="JSON lines")),
    ],
)
def test_a_name_says_what_a_file_is(name: str, kind: FileKind) -> None:
    assert kind_by_name(PurePath(name), where=name) == kind


@pytest.mark.parametrize("name", ["a.xlsx", "a.pkl", "a.sav", "a.sqlite", "a.parquet.gz"])
def test_formats_that_are_not_read_are_refused_by_name(name: str) -> None:
    with pytest.raises(UnreadableTableError, match=r"is not read; save|compressed inside"):
        kind_by_name(PurePath(name), where=name)


@pytest.mark.parametrize(
    ("name", "head", "wanted"),
    [
        ("a.csv", b"", "the file is empty"),
        ("a.parquet", b"a,b\n1,2\n", "says it is a Parquet file, but .*such as .csv"),
        ("a.csv", b"PAR1....", "content is a Parquet file; name it .parquet"),
        ("a.csv", gzip.compress(b"a", mtime=0), "gzip-compressed data; add .gz"),
        ("a.csv.gz", b"a,b\n", "says it is gzip-compressed"),
        ("a.csv.gz", b"PK\x03\x04", "a zip archive or an Excel workbook; save"),
        ("a.csv", b"\x80\x04\x95", "a Python pickle; save"),
        ("a.jsonl", b"SQLite format 3\0", "a database; save"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(
    name: str, head: bytes, wanted: str
) -> None:
    kind = kind_by_name(PurePath(name), where=name)
    with pytest.raises(UnreadableTableError, match=wanted):
        check_content(kind, head, where=name)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"a,b\n", FileKind(format="CSV")),
        (b'\xef\xbb\xbf{"a": 1}', FileKind(format="JSON lines")),
        (b"PAR1", FileKind(format="Parquet")),
        (gzip.compress(b"a", mtime=0), FileKind(format="CSV", packing="gzip")),
    ],
)
def test_standard_input_is_known_by_its_first_bytes(head: bytes, kind: FileKind) -> None:
    assert kind_by_content(head, where="standard input") == kind


def test_a_pickle_on_standard_input_is_refused() -> None:
    with pytest.raises(UnreadableTableError, match="this is a Python pickle"):
        kind_by_content(b"\x80\x05", where="standard input")
