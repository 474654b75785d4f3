from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from fairaudit.engines.csv_dialect import Dialect
from fairaudit.engines.csv_records import find_cell, search
from fairaudit.engines.stored_file import StoredFile

if TYPE_CHECKING:
    from pathlib import Path

DIALECT = Dialect(delimiter=",", header=("a", "b"), blank_lines=0, one_line_each=True)


def stored(path: Path, text: str) -> StoredFile:
    path.write_bytes(text.encode())
    return StoredFile(name="a.csv", path=path)


@pytest.mark.parametrize(
    ("text", "line", "wrong"),
    [
        ("a,b\n1,2\n1\n", 3, "1 field where the header has 2"),
        ("a,b\n1,2\n1,2,\n", 3, "3 fields where the header has 2"),
        ('a,b\n"x\ny\nz",2\n1\n', 5, "1 field where"),
        ('a,b\n1,2\n"1,2\n3,4\n', 3, "quoted field is never closed"),
        ('a,b\n"1"2,3\n', 2, "text behind its closing quote"),
        ("a,b\n1,2\n1,2\r\n", 3, r"ends with '\r\n'"),
        ("a,b\n\n\n1,2,3\n", 4, "3 fields"),
    ],
)
def test_the_first_fault_is_found_in_its_line(
    tmp_path: Path, text: str, line: int, wrong: str
) -> None:
    fault = search(stored(tmp_path / "a", text), DIALECT).fault
    assert fault is not None
    assert fault.line == line
    assert wrong in fault.wrong
    assert str(fault).startswith(f"a.csv, line {line}: ")
    assert str(fault).count("\n") == 0


def test_a_sound_file_has_its_records_counted(tmp_path: Path) -> None:
    found = search(stored(tmp_path / "a", 'a,b\n"x\ny",2\n\n1,2'), DIALECT)
    assert (found.records, found.complete, found.fault) == (3, True, None)


def test_a_cell_is_found_with_its_line_also_in_gzip(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(gzip.compress(b'a,b\n"x\ny",2\n1,bad\n2,bad\n'))
    file = StoredFile(name="a.csv.gz", path=path, packing="gzip")
    found = find_cell([file], DIALECT, 1, lambda text: text == "bad")
    assert found == ("a.csv.gz", 4, "bad")
    assert find_cell([file], DIALECT, 1, lambda text: text == "worse") is None
