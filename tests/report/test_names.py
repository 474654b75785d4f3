from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fairaudit.report.terminal.layout import wrap
from fairaudit.report.terminal.names import LONGEST_NAME, distinct, safe_to_print
from tests.report.golden import hostile


@given(st.lists(st.text(), unique=True))
def test_two_names_never_look_alike(names: list[str]) -> None:
    shown = distinct(names)
    assert len(set(shown.values())) == len(names)


def test_names_that_shortening_made_alike_are_numbered() -> None:
    long, longer = "N" * 100, "N" * 200
    assert distinct([long, longer])[longer] == f"{distinct([long])[long]} (2)"
    assert len(distinct([long])[long]) == LONGEST_NAME


def test_blanks_of_a_quoted_name_outlive_wrapping() -> None:
    assert wrap(distinct(["a  b "])["a  b "], 40) == ["'a  b '"]


def test_the_whole_audit_is_safe_to_print() -> None:
    part = safe_to_print(hostile().parts[0])
    texts = [note.text for note in part.notes] + [row.name for row in part.tables[0].groups]
    texts += [finding.sentence for finding in part.findings]
    assert all(text.replace("\u00a0", " ").isprintable() for text in texts)


def test_a_name_is_the_same_wherever_it_stands() -> None:
    part = safe_to_print(hostile().parts[0])
    names = {row.name for row in part.tables[0].groups}
    compared = part.verdicts[0].comparisons
    assert {name for one in compared for name in (one.first, one.second)} == names
