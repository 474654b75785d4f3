from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from fairaudit.report.sanitise import terminal_text
from fairaudit.report.terminal.layout import NBSP, Column, grid, pad, width_of, wrap

safe_text = st.text().map(terminal_text)


@example("xxxx-000中", 4)
@given(safe_text, st.integers(min_value=4, max_value=40))
def test_no_wrapped_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cell_len(line) <= width for line in wrap(text, width))


@given(safe_text, st.integers(min_value=4, max_value=40))
def test_wrapping_loses_nothing_but_blanks(text: str, width: int) -> None:
    assert "".join(wrap(text, width)).replace(" ", "") == text.replace(" ", "")


@given(
    st.lists(st.tuples(safe_text, safe_text), min_size=1),
    st.integers(min_value=2, max_value=20),
    st.integers(min_value=2, max_value=20),
)
def test_a_grid_is_as_wide_as_its_columns(
    rows: list[tuple[str, str]], first: int, second: int
) -> None:
    columns = [Column(width=first), Column(width=second, align="right")]
    lines = grid(rows, columns, gap=1)
    assert all(cell_len(line) <= first + 1 + second for line in lines)


def test_words_held_together_are_not_broken_apart() -> None:
    assert wrap(f"a rate of 85{NBSP}%", 11) == ["a rate of", "85 %"]


def test_later_lines_hang() -> None:
    assert wrap("one two three", 7, hang=2) == ["one two", "  three"]


def test_a_long_word_breaks_at_its_hyphen() -> None:
    assert wrap("African-American", 12) == ["African-", "American"]


def test_a_long_word_without_hyphen_breaks_where_it_must() -> None:
    assert wrap("abcdef", 4) == ["abcd", "ef"]


def test_wide_characters_count_twice() -> None:
    assert wrap("中文名字", 5) == ["中文", "名字"]
    assert pad("中文", Column(width=6, align="right")) == "  中文"


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap("", 10) == [""]


@pytest.mark.parametrize(
    ("bottom", "lines"), [(False, ["a b", "  c"]), (True, ["  b", "a c"])]
)
def test_short_cells_stand_at_the_top_or_at_the_bottom(
    bottom: bool, lines: list[str]
) -> None:
    columns = [Column(width=1), Column(width=1)]
    assert grid([["a", "b c"]], columns, gap=1, bottom=bottom) == lines


def test_a_narrow_ascii_text_is_measured_as_it_is() -> None:
    assert width_of("63 [61-65]") == 10
