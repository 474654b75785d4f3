from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.errors import InputError, UnreadableTableError
from fairaudit.engines.scanning import (
    UTF_8,
    Encoding,
    count_lines,
    find_encoding,
    rewrite,
)


def in_pieces(stored: bytes, size: int) -> list[bytes]:
    return [stored[place : place + size] for place in range(0, len(stored), size)]


@given(st.text(alphabet="aé€😀\n", max_size=40), st.integers(1, 7), st.booleans())
def test_lines_are_counted_wherever_a_chunk_ends(text: str, size: int, large: bool) -> None:
    chunks = in_pieces(text.encode(), size)
    lines = count_lines(chunks, encoding=UTF_8, where="a.csv", large=large)
    assert lines == len(io.StringIO(text).readlines())


@given(st.text(alphabet="aé€\n", max_size=30), st.text(alphabet="ab\n", max_size=9))
@pytest.mark.parametrize("size", [1, 3, 1000])
def test_a_wrong_byte_is_found_in_its_line(size: int, before: str, after: str) -> None:
    stored = before.encode() + b"\xe9a" + after.encode()
    line, byte = before.count("\n") + 1, len(before.encode()) + 1
    wanted = (
        rf"a\.csv, line {line}: byte {byte} \(byte 0xe9\) is not UTF-8;.*encoding='latin-1'"
    )
    with pytest.raises(UnreadableTableError, match=wanted):
        count_lines(in_pieces(stored, size), encoding=UTF_8, where="a.csv")


def test_a_character_that_is_cut_off_at_the_end_is_found() -> None:
    with pytest.raises(UnreadableTableError, match="line 2: byte 3"):
        count_lines(["a\n€".encode()[:-1]], encoding=UTF_8, where="a.csv")


def test_a_byte_of_zero_is_binary() -> None:
    with pytest.raises(UnreadableTableError, match=r"byte 6 is NUL.*encoding='utf-16'"):
        count_lines([b"abcde", b"\0"], encoding=UTF_8, where="a.csv")


@given(st.text(alphabet="aé\n", max_size=30), st.integers(1, 7))
@pytest.mark.parametrize("codec", ["latin-1", "cp1252", "utf-16", "utf-32", "shift_jis"])
def test_other_encodings_become_utf_8(codec: str, text: str, size: int) -> None:
    text = text.replace("é", "ｱ") if codec == "shift_jis" else text
    target = io.BytesIO()
    encoding = Encoding(codec=codec, shown=codec)
    rewrite(in_pieces(text.encode(codec), size), target, encoding=encoding, where="a.csv")
    assert target.getvalue().decode() == text


def test_a_byte_that_another_encoding_lacks_is_found_in_its_line() -> None:
    encoding = find_encoding(b"", "cp1252")
    with pytest.raises(UnreadableTableError, match=r"line 2: byte 4 .*0x81.* not cp1252"):
        rewrite([b"ab\n\x81"], io.BytesIO(), encoding=encoding, where="a.csv")


@pytest.mark.parametrize("codec", ["utf-16", "utf-32"])
def test_a_byte_order_mark_names_the_encoding(codec: str) -> None:
    found = find_encoding("a,b".encode(codec), None)
    assert (found.codec, found.shown) == (codec, f"{codec.upper()} (byte-order mark)")


@pytest.mark.parametrize("name", ["klingon", "rot13", "zlib", "", "base64", "\0"])
def test_what_is_no_text_encoding_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="is not a text encoding that Python knows"):
        find_encoding(b"a", name)
