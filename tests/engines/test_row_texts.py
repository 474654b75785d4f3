from __future__ import annotations

from typing import Any

import pytest

from fairaudit.core.errors import ColumnNotFoundError
from fairaudit.engines import open_table
from fairaudit.engines.row_texts import text_column

COLUMNS = {
    "id": ["a", "b", "c", "NA", "01"],
    "sex": ["f", "m", None, "f", "m"],
    "hired": [1, 0, 1, 1, 0],
}


def read(data: Any, *columns: str) -> set[tuple[str | None, ...]]:  # noqa: ANN401
    with open_table(data) as table:
        found = table.texts(columns)
    rows = [[one.labels[code] for code in one.codes.tolist()] for one in found]
    return set(zip(*rows, strict=True))


EXPECTED = {
    ("a", "f", "1"),
    ("b", "m", "0"),
    ("c", None, "1"),
    ("NA", "f", "1"),
    ("01", "m", "0"),
}


def test_every_frame_gives_the_same_rows(frame: Any) -> None:  # noqa: ANN401
    assert read(frame(COLUMNS), "id", "sex", "hired") == EXPECTED


def test_every_file_gives_the_same_rows(file: Any) -> None:  # noqa: ANN401
    assert read(file(COLUMNS), "id", "sex", "hired") == EXPECTED


def test_a_column_that_is_not_there_is_refused_with_those_that_are(file: Any) -> None:  # noqa: ANN401
    with (
        open_table(file(COLUMNS)) as table,
        pytest.raises(ColumnNotFoundError, match=r"Did you mean 'sex'\?"),
    ):
        table.texts(["sexx"])


def test_values_that_are_equal_but_read_differently_are_told_apart() -> None:
    found = text_column([1, True, 1], str)
    assert [found.labels[code] for code in found.codes.tolist()] == ["1", "True", "1"]
