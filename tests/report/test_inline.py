from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fairaudit.report.markdown.inline import inline
from fairaudit.report.sanitise import terminal_text

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {"<!-- -->", "<span>", "</span>"}
MARK = "\u200e"
MARKUP = st.text(alphabet="ab_*`[]()<>&;#!|~\\$@:/.-+=1\"' \u05d0\u4e2d")


def read(text: str) -> tuple[str, set[str]]:
    """What a reader of the rendered line sees, and what it is made of besides text."""
    blocks = PARSER.parse(f"Name: {text}")
    (line,) = [block for block in blocks if block.type == "inline"]
    assert [block.type for block in blocks] == [
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]
    pieces = line.children or []
    tags = {one.content for one in pieces if one.type == "html_inline"}
    kinds = {one.type for one in pieces if one.type not in {"text", "html_inline"}}
    seen = "".join(one.content for one in pieces if one.type == "text")
    return seen.removeprefix("Name: ").replace(MARK, ""), tags - OURS | kinds


@given(MARKUP | st.text())
def test_any_text_is_read_as_it_is_and_is_no_markup(text: str) -> None:
    text = terminal_text(text).strip(" ")
    assume(text)
    assert read(inline(text)) == (text, set())


@pytest.mark.parametrize(
    "text",
    [
        "two_year_recid of 7,214 people",
        "gap 0.04 [-0.00, 0.08], at most 0.07",
        "51 [50–53], none [none, 3.2]",
        "African-American v Other (SR)",
    ],
)
def test_what_has_no_meaning_stays_readable_as_plain_text(text: str) -> None:
    assert inline(text) == text


@pytest.mark.parametrize("follows", ["(x)", "[x]", ": x"])
def test_a_bracket_that_could_begin_a_link_is_no_interval(follows: str) -> None:
    assert inline(f"[0.1, 0.2]{follows}").startswith(r"\[0.1, 0.2\]")


def test_github_links_no_address_person_or_issue() -> None:
    # Its own additions to Markdown, which the parser of these tests does not know.
    assert inline("https://example.org") == r"https\://example.org"
    assert inline("WWW.example.org") == r"WWW\.example.org"
    assert inline("@octocat a@example.org") == "@<!-- -->octocat a@<!-- -->example.org"
    assert inline("see #12") == "see #<!-- -->12"


def test_github_sets_no_formula() -> None:
    assert inline("$$x$") == "<span>$</span><span>$</span>x<span>$</span>"


def test_no_break_spaces_that_hold_words_together_become_blanks() -> None:
    assert inline("85\u00a0% of people") == "85 % of people"
    assert inline("'a\u00a0\u00a0b'") == "'a\u00a0\u00a0b'"  # these tell two names apart
