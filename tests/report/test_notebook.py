from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from fairaudit.core.errors import OutputError
from fairaudit.report.renderers.html import render
from tests.report.golden import GOLDEN, compas, hostile, no_labels

if TYPE_CHECKING:
    from pathlib import Path


def test_a_notebook_shows_the_first_page_alone() -> None:
    shown = compas()._repr_html_()
    assert "is not settled by these data" in shown
    assert "Whom to contact" in shown
    assert "Provenance" not in shown


@pytest.mark.parametrize("name", GOLDEN)
def test_two_in_one_notebook_do_not_meet(name: str) -> None:
    shown = GOLDEN[name]()._repr_html_()
    assert not re.search(r"\s(id|for|aria-labelledby)=", shown)
    rules = re.search(r"<style>(.*?)</style>", shown, re.DOTALL)
    assert rules is not None
    for rule in re.findall(r"([^{}]+)\{[^{}]*\}", rules[1]):
        assert all(".fairaudit" in selector for selector in rule.split(",")), rule


def test_a_notebook_is_given_no_markup_of_the_data() -> None:
    assert "<script" not in hostile()._repr_html_()


def test_the_page_is_a_text_or_a_file(tmp_path: Path) -> None:
    report = no_labels()
    page = report.to_html()
    assert page == render(report)
    target = tmp_path / "report.html"
    assert report.to_html(target) is None
    assert target.read_text(encoding="utf-8") == page


def test_a_page_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no directory"):
        no_labels().to_html(tmp_path / "nowhere" / "report.html")
