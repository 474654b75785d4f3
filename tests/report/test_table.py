from __future__ import annotations

from markdown_it import MarkdownIt

from fairaudit.report.markdown.table import table
from fairaudit.report.terminal.layout import width_of

ROWS = [["a|b", "1"], ["\u4e2d\u6587", "1,234 [1–2]"], ["`x", "–"]]


def test_columns_stand_below_each_other_as_plain_text() -> None:
    lines = table(["group", "n"], ROWS).splitlines()
    assert len({width_of(line) for line in lines}) == 1
    assert lines[1].startswith("| ---")
    assert lines[1].endswith("-: |")


def test_a_sign_that_ends_a_cell_ends_none() -> None:
    parsed = MarkdownIt("commonmark").enable("table").parse(table(["group", "n"], ROWS))
    cells = [one.content for one in parsed if one.type == "inline"]
    assert cells == ["group", "n", r"a\|b".replace("\\", ""), "1", *ROWS[1], r"\`x", "–"]
