from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fairaudit import audit
from fairaudit.core.requirements import Requirements
from fairaudit.core.value import replace
from fairaudit.report.model import AuditReport, Note
from fairaudit.report.renderers import md
from fairaudit.report.renderers.md import render
from fairaudit.report.rewriting import rewritten
from tests.report.golden import BY_RACE, GOLDEN, compas, everything, many_groups, no_gate

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
ALLOWED = {"text", "strong_open", "strong_close"}
OURS = {"<!-- -->", "<span>", "</span>"}


@pytest.mark.parametrize("name", ["everything", "hostile", "no_gate"])
def test_the_page_is_as_it_was_looked_at(name: str, snapshot: SnapshotAssertion) -> None:
    assert render(GOLDEN[name]()) == snapshot


def made_of(page: str) -> tuple[list[str], set[str], set[str]]:
    """Which blocks, pieces of lines and tags does a page have?"""
    blocks = PARSER.parse(page)
    pieces = [one for block in blocks for one in block.children or []]
    tags = {one.content for one in pieces if one.type == "html_inline"}
    kinds = {one.type for one in pieces if one.type != "html_inline"}
    return [block.type for block in blocks], kinds, tags


@pytest.mark.parametrize("name", GOLDEN)
def test_a_page_is_made_of_our_own_markup_alone(name: str) -> None:
    blocks, kinds, tags = made_of(render(GOLDEN[name]()))
    assert kinds <= ALLOWED
    assert tags <= OURS
    assert not {"html_block", "fence", "code_block", "blockquote_open", "hr"} & set(blocks)


@given(
    st.lists(
        st.text(min_size=1) | st.text(alphabet="-+#>*=`1.) \n|[]x:", min_size=1),
        unique=True,
        min_size=len(BY_RACE),
        max_size=len(BY_RACE),
    )
)
def test_any_text_may_be_a_name(names: list[str]) -> None:
    other = dict(zip(BY_RACE, names, strict=True))
    report = compas()
    part = rewritten(report.parts[0], lambda text: other.get(text, text))
    plain, _, _ = made_of(render(compas()))
    blocks, kinds, tags = made_of(render(replace(report, parts=(part,))))
    assert blocks == plain
    assert kinds <= ALLOWED
    assert tags <= OURS


def test_the_short_names_of_an_edited_report_are_no_markup() -> None:
    part = compas().parts[0]
    hostile = {
        key: replace(term, symbol="[x](y)`<b>**", title="<i>", plain="# *x*", among="$")
        for key, term in part.glossary.items()
    }
    page = render(replace(compas(), parts=(replace(part, glossary=hostile),)))
    plain, _, _ = made_of(render(compas()))
    blocks, kinds, tags = made_of(page)
    assert "[x](y)" not in page
    assert blocks == plain
    assert kinds <= ALLOWED
    assert tags <= OURS


@pytest.mark.parametrize("name", GOLDEN)
def test_a_report_read_back_has_the_same_page(name: str) -> None:
    report = GOLDEN[name]()
    assert render(AuditReport.from_json(report.to_json())) == render(report)


def test_every_verdict_is_on_the_page_the_weightiest_first() -> None:
    shown = re.findall(r"^- \*\*([A-Z]+)\*\* ", render(everything()), flags=re.MULTILINE)
    assert shown == ["FAIL", "FAIL", "UNDECIDED", "UNDECIDED", "WAIVED", "PASS"]


def test_a_scoped_pass_says_that_it_is_not_for_everyone() -> None:
    assert "**PASS** overall accuracy equality within 0.1, by race, for 4 of 6" in render(
        everything()
    )


def test_sixty_groups_are_all_shown() -> None:
    page = render(many_groups())
    assert len(re.findall(r"^\| group \d\d ", page, flags=re.MULTILINE)) == 60


def test_verdicts_and_notes_beyond_a_page_are_counted() -> None:
    report = everything()
    note = Note(id="one", kind="fact", text="One more.")
    part = report.parts[0]
    part = replace(part, verdicts=part.verdicts * 20, notes=(note,) * 20)
    page = render(replace(report, parts=(part,)))
    assert "120 verdicts: 40 fail, 40 undecided, 20 waived and 20 pass" in page
    assert "Not shown here: 20 undecided, 20 waived and 20 pass; the JSON has" in page
    assert "- **More:** 8 notes: in the JSON." in page


def test_scores_are_on_the_page_where_they_were_counted() -> None:
    people = pd.DataFrame(
        {
            "group": ["a", "b"] * 600,
            "label": [0, 0, 1, 1, 0, 1] * 200,
            "score": [0.1, 0.3, 0.6, 0.95, 0.2, 0.9, 0.3, 0.4, 0.5, 0.8] * 120,
        }
    )
    report = audit(
        people,
        score="score",
        threshold=0.5,
        groups=["group"],
        criterion="balance_for_the_positive_class",
        tolerance=0.05,
        why="the same score for the same outcome",
    )
    page = render(report)
    assert "## Scores (score) by group" in page
    assert re.search(r"^\| group +\| +AUC \| mean score of positives", page, re.MULTILINE)
    gated = re.search(r"^\| balance for the positive class ◀ .*$", page, re.MULTILINE)
    assert gated is not None
    assert "b v a" in gated[0]
    assert "Calibration error: mean distance" in page
    _, kinds, tags = made_of(page)
    assert kinds <= ALLOWED
    assert tags <= OURS
    assert "## Scores" not in render(compas())


def test_a_missing_reason_is_said() -> None:
    report = compas()
    gates = report.parts[0].requirements.criteria
    part = replace(report.parts[0], requirements=Requirements(criteria=gates))
    assert "- **Why:** no reason was given" in render(replace(report, parts=(part,)))


def test_without_a_gate_nothing_is_called_a_pass() -> None:
    page = render(no_gate())
    assert "**NO CRITERION CHOSEN** Nothing here is called" in page
    assert "PASS" not in page


def test_the_sample_in_the_docstring_is_true() -> None:
    assert md.__doc__ is not None
    sample = md.__doc__.partition("::\n\n")[2].partition("\n\nAt most")[0]
    lines = [line.removeprefix("    ") for line in sample.splitlines()]
    page = render(compas())
    for block in "\n".join(lines).split("\n...\n"):
        assert block.removesuffix("\n...").strip("\n") in page


def test_a_report_gives_its_page_itself() -> None:
    assert compas().to_markdown() == render(compas())
