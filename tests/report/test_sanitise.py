from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fairaudit.report.sanitise import (
    left_to_right,
    printed_line,
    terminal_name,
    terminal_text,
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain text, 63 %", "plain text, 63 %"),
        ("\x1b[2J\x1b[1;1H", r"\x1b[2J\x1b[1;1H"),
        ("\x9b31m", r"\x9b31m"),  # a control sequence in one C1 byte
        ("two\nlines\r", r"two\nlines\r"),
        ("bell\x07 delete\x7f nul\x00", r"bell\x07 delete\x7f nul\x00"),
        ("\u202egnp.exe", r"\u202egnp.exe"),
        ("\u2066isolate\u2069", r"\u2066isolate\u2069"),
        ("A\u200bB", r"A\u200bB"),
        ("A\u00a0B", r"A\xa0B"),
        ("line\u2028separator", r"line\u2028separator"),
        ("\ud800", r"\ud800"),
        ("\U000e0041tag", r"\U000e0041tag"),
        ("\u3164", r"\u3164"),  # a letter without a shape
        ("\ufe0f", r"\ufe0f"),
        ("中文 é ñ", "中文 é ñ"),
    ],
)
def test_what_a_terminal_would_act_on_is_shown_as_its_escape(text: str, shown: str) -> None:
    assert terminal_text(text) == shown


@given(st.text() | st.text(st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Zs", "L"])))
@example("\ud83d\ude00")
def test_no_control_character_survives(text: str) -> None:
    assert terminal_text(text).isprintable()


@given(st.text(), st.integers(min_value=9, max_value=50))
def test_a_limited_text_is_no_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(terminal_text(text, limit)) <= limit


def test_a_shortened_text_keeps_its_beginning_and_its_end() -> None:
    assert terminal_text("abc" + "x" * 10_000 + "xyz", 11) == "abcxxxx…xyz"


def test_marks_do_not_pile_up_on_a_letter() -> None:
    piled = terminal_text("e" + "\u0301" * 50)
    assert sum(unicodedata.combining(character) > 0 for character in piled) == 4


def test_a_mark_without_a_letter_does_not_join_what_stands_before_it() -> None:
    assert terminal_text("\u0301a") == r"\u0301a"


@pytest.mark.parametrize("name", ["", " ", "Other ", " Other", "a  b"])
def test_blanks_that_would_hide_are_quoted(name: str) -> None:
    assert terminal_name(name) == f"'{name}'"


def test_an_ordinary_name_is_not_quoted() -> None:
    assert terminal_name("Native American") == "Native American"


def test_numbers_behind_a_hebrew_name_keep_their_order() -> None:
    assert left_to_right("אחר מאד 63 59") == "אחר מאד\u200e 63 59"


def test_lines_of_other_scripts_are_left_alone() -> None:
    assert left_to_right("中文  63 [61–65]") == "中文  63 [61–65]"


@pytest.mark.parametrize(
    "text", ["##[error]x", "a ##vso[task.complete]b", "##teamcity[testFailed]", "###[x]"]
)
def test_no_build_server_finds_a_command_in_a_text(text: str) -> None:
    shown = terminal_text(text)
    assert shown == text.replace("##", r"\x23#", 1) or shown == r"#\x23#[x]"
    assert "##[" not in shown
    assert "##vso[" not in shown


@pytest.mark.parametrize("text", ["C##", "## heading", "a # [b]", "1 ## [x]"])
def test_other_number_signs_stay(text: str) -> None:
    assert terminal_text(text) == text


@pytest.mark.parametrize("line", ["::error::x", "  ::error::x"])
def test_a_line_that_githubs_runner_would_obey_begins_with_a_mark(line: str) -> None:
    assert printed_line(line) == f"\u200e{line}"


def test_other_lines_are_printed_as_they_are() -> None:
    assert printed_line("std::vector  ::x") == "std::vector  ::x"
