from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.value import replace
from fairaudit.report.markdown.page import MOST_BYTES, markdown_page
from tests.report.golden import GOLDEN, everything, many_groups, two_parts

SENTENCE = "The rest is left out to keep this page short: the JSON has all of it.\n"


@given(st.sampled_from(["hostile", "two_parts"]), st.integers(0, 20_000))
def test_the_page_is_never_larger_than_it_may_be(name: str, most: int) -> None:
    report = GOLDEN[name]()
    page, whole = markdown_page(report, most), markdown_page(report)
    assert len(page.encode()) <= most
    if page != whole:
        assert page == "" or page.endswith(SENTENCE)
        assert whole.startswith(page.removesuffix(SENTENCE))


def test_a_page_that_just_fits_is_whole() -> None:
    whole = markdown_page(everything())
    size = len(whole.encode())
    assert markdown_page(everything(), size) == whole
    assert markdown_page(everything(), size - 1).endswith(SENTENCE)


def test_however_many_parts_github_can_show_the_page() -> None:
    report = many_groups()
    many = replace(report, parts=report.parts * 200)
    page = markdown_page(many)
    assert MOST_BYTES - 20_000 < len(page.encode()) <= MOST_BYTES
    assert page.endswith(SENTENCE)


def test_each_part_has_a_title_of_its_own() -> None:
    titles = [line for line in markdown_page(two_parts()).splitlines() if line[:2] == "# "]
    assert titles == [
        "# Fairness audit, part 1 of 2: datasets/compas.csv",
        "# Fairness audit, part 2 of 2: datasets/compas.csv",
    ]


@pytest.mark.parametrize("name", GOLDEN)
def test_no_two_empty_lines_stand_together(name: str) -> None:
    assert "\n\n\n" not in markdown_page(GOLDEN[name]())
