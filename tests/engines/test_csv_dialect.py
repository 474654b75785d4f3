from __future__ import annotations

import pytest

from fairaudit.core.errors import InputError, UnreadableTableError
from fairaudit.engines.csv_dialect import Dialect, check_delimiter, find_dialect


def found(text: str, *, complete: bool = True, delimiter: str | None = None) -> Dialect:
    return find_dialect(text, complete=complete, delimiter=delimiter, where="a.csv")


@pytest.mark.parametrize(("mark", "shown"), [(",", "','"), (";", "';'"), ("\t", "tab")])
def test_the_delimiter_that_fits_is_found_and_stated(mark: str, shown: str) -> None:
    dialect = found(mark.join("abc") + "\n" + mark.join("123") + "\n")
    assert (dialect.delimiter, dialect.shown, dialect.header) == (mark, shown, tuple("abc"))


def test_decimal_commas_do_not_hide_a_semicolon() -> None:
    assert found("id;score\n1;0,5\n2;0,7\n").delimiter == ";"


def test_a_broken_row_does_not_change_the_delimiter() -> None:
    assert found("a,b,c\n1;2;3\n1,2,3\n1,2,3\n").delimiter == ","


def test_quoted_names_may_hold_delimiters_and_line_breaks() -> None:
    dialect = found('"a,x","b\nc"\n1,2\n')
    assert dialect.header == ("a,x", "b\nc")
    assert not dialect.one_line_each


def test_the_mark_of_utf_8_is_not_part_of_a_name() -> None:
    assert found("\ufeffa,b\n1,2\n").header == ("a", "b")


def test_blank_lines_before_the_header_are_counted() -> None:
    dialect = found("\r\n\r\na,b\r\n1,2\r\n")
    assert (dialect.blank_lines, dialect.header) == (2, ("a", "b"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("\n\n", "empty but for blank lines"),
        ("a,b\n", "no data rows, only a header"),
        ("a,b", "no data rows, only a header"),
        ('a,"b\n1,2\n', "line 1: a quote in the header is never closed"),
        ("a,b,a\n1,2,3\n", r"column 'a' is there more than once \(columns 1 and 3\)"),
        ("a,A \n1,2\n", "'a' and 'A ' .* differ only in case or blanks"),
        (",,b\n1,2,3\n", "unnamed columns"),
        ("a,b\r1,2\r", "carriage return alone"),
        ("\na,b\r\n1,2\r\n", "line 1: blank lines stand before the header"),
    ],
)
def test_a_header_that_cannot_be_trusted_is_refused(text: str, wanted: str) -> None:
    with pytest.raises(UnreadableTableError, match=r"^a\.csv.*" + wanted):
        found(text)


def test_the_first_part_of_a_longer_file_need_hold_no_row() -> None:
    assert found("a,b\n", complete=False).header == ("a", "b")


def test_one_unnamed_column_is_an_index_and_stays() -> None:
    assert found(",a\n0,1\n").header == ("", "a")


@pytest.mark.parametrize(("given", "mark"), [("tab", "\t"), (r"\t", "\t"), (":", ":")])
def test_delimiters_are_understood_as_people_write_them(given: str, mark: str) -> None:
    assert check_delimiter(given) == mark


@pytest.mark.parametrize("given", ["", "::", '"', "\n"])
def test_what_cannot_separate_fields_is_refused(given: str) -> None:
    with pytest.raises(InputError, match=r"^delimiter: one character"):
        check_delimiter(given)
