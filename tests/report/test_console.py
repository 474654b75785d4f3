from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from fairaudit.core.requirements import Requirements
from fairaudit.core.value import replace
from fairaudit.report.model import AuditReport, Note
from fairaudit.report.renderers import console
from fairaudit.report.renderers.console import render
from fairaudit.report.rewriting import rewritten
from tests.report.golden import (
    BY_RACE,
    GOLDEN,
    HOSTILE_NAMES,
    compas,
    everything,
    hostile,
    many_groups,
    no_gate,
    no_labels,
)

LEFT_TO_RIGHT_MARK = "\u200e"
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


@pytest.mark.parametrize("width", [80, 110])
@pytest.mark.parametrize("name", GOLDEN)
def test_the_page_is_as_it_was_looked_at(
    name: str, width: int, snapshot: SnapshotAssertion
) -> None:
    assert render(GOLDEN[name](), width=width) == snapshot


def test_colours_are_as_they_were_looked_at(snapshot: SnapshotAssertion) -> None:
    assert render(everything(), color=True) == snapshot


@pytest.mark.parametrize("width", [60, 80, 100, 140])
@pytest.mark.parametrize("name", GOLDEN)
def test_no_line_is_wider_than_the_page(name: str, width: int) -> None:
    page = render(GOLDEN[name](), width=width)
    assert max(cell_len(line) for line in page.splitlines()) <= width


@pytest.mark.parametrize("name", GOLDEN)
def test_colour_says_nothing_that_words_do_not(name: str) -> None:
    coloured = render(GOLDEN[name](), color=True)
    assert COLOUR.sub("", coloured) == render(GOLDEN[name]())


@pytest.mark.parametrize("name", GOLDEN)
def test_without_colour_nothing_acts_on_a_terminal(name: str) -> None:
    page = render(GOLDEN[name]())
    assert page.replace("\n", "").replace(LEFT_TO_RIGHT_MARK, "").isprintable()


def test_with_colour_only_our_own_codes_act_on_a_terminal() -> None:
    page = render(hostile(), color=True)
    assert set(COLOUR.findall(page)) == {"\x1b[1m", "\x1b[1;35m", "\x1b[0m"}
    bare = COLOUR.sub("", page).replace("\n", "").replace(LEFT_TO_RIGHT_MARK, "")
    assert bare.isprintable()


def test_a_hostile_name_cannot_add_a_line_of_its_own() -> None:
    lines = render(hostile()).splitlines()
    assert not [line for line in lines if line.startswith(("PASS", "ALL CHECKS"))]


@given(
    st.lists(
        st.text(min_size=1), unique=True, min_size=len(BY_RACE), max_size=len(BY_RACE)
    ),
    st.sampled_from([60, 80, 110]),
)
def test_any_text_may_be_a_name(names: list[str], width: int) -> None:
    other = dict(zip(BY_RACE, names, strict=True))
    report = compas()
    part = rewritten(report.parts[0], lambda text: other.get(text, text))
    page = render(replace(report, parts=(part,)), width=width)
    assert page.replace("\n", "").replace(LEFT_TO_RIGHT_MARK, "").isprintable()
    assert max(cell_len(line) for line in page.splitlines()) <= width


@pytest.mark.parametrize("name", GOLDEN)
def test_a_report_read_back_has_the_same_page(name: str) -> None:
    report = GOLDEN[name]()
    assert render(AuditReport.from_json(report.to_json())) == render(report)


def test_every_verdict_is_on_the_page() -> None:
    page = render(everything())
    shown = re.findall(r"^(FAIL|UNDECIDED|WAIVED|PASS)  ", page, flags=re.MULTILINE)
    assert shown == ["FAIL", "FAIL", "UNDECIDED", "UNDECIDED", "WAIVED", "PASS"]


def test_a_scoped_pass_says_in_its_headline_that_it_is_not_for_everyone() -> None:
    page = render(everything())
    assert "PASS  overall accuracy equality within 0.1, by race, for 4 of 6 groups" in page


def test_more_verdicts_than_a_page_holds_are_counted() -> None:
    report = everything()
    part = report.parts[0]
    part = replace(part, verdicts=part.verdicts * 6)
    page = render(replace(report, parts=(part,)))
    assert "36 verdicts: 12 fail, 12 undecided, 6 waived and 6 pass" in page
    assert "Not shown here: 6 waived and 6 pass; the JSON has every one." in page


def test_groups_that_are_not_shown_are_counted() -> None:
    page = render(many_groups())
    shown = re.findall(r"^(group \d\d) ", page, flags=re.MULTILINE)
    rows = many_groups().parts[0].tables[0].groups
    hidden = sum(row.people or 0 for row in rows if row.name not in shown)
    assert len(shown) == 24
    assert f"36 more groups ({hidden:,} people) are not shown here" in page


def test_groups_of_the_largest_gap_are_shown_however_small() -> None:
    page = render(many_groups())
    assert re.search(r"^group 00 +70 ", page, flags=re.MULTILINE)  # in every gap


def test_a_missing_reason_is_said_in_red() -> None:
    report = compas()
    part = report.parts[0]
    gates = part.requirements.criteria
    part = replace(part, requirements=Requirements(criteria=gates))
    page = render(replace(report, parts=(part,)), color=True)
    assert "\x1b[1;31mWhy:         no reason was given (--why TEXT)\x1b[0m\n" in page


def test_without_a_gate_nothing_is_called_a_pass() -> None:
    page = render(no_gate())
    assert "NO CRITERION CHOSEN" in page
    assert "fairaudit init" in page
    assert "PASS" not in page
    assert "◀" not in page


def test_a_table_without_labels_shows_no_rate_that_needs_them() -> None:
    page = render(no_labels())
    assert "TPR" not in page
    assert "impact ratio" in page


def test_a_rate_of_few_people_is_marked() -> None:
    page = render(compas())
    assert "90*[60–98]" in page
    assert "* A rate of fewer than 30 people." in page


def test_notes_beyond_a_page_are_counted() -> None:
    report = compas()
    note = Note(id="one", kind="fact", text="One more.")
    part = replace(report.parts[0], notes=(note,) * 20)
    page = render(replace(report, parts=(part,)))
    assert page.count("One more.") == 12
    assert "8 more notes: in the JSON." in page


def test_the_string_of_a_report_is_its_first_page() -> None:
    assert str(compas()) == render(compas(), width=80)


def test_columns_without_room_are_named() -> None:
    assert "No room at this width: impact ratio and accuracy." in render(compas(), width=80)
    wide = render(compas(), width=140)
    assert "No room" not in wide
    assert "impact ratio" in wide


def test_one_person_is_no_people() -> None:
    part = compas().parts[0]
    population = replace(part.population, people=1, rows=1, ledger=())
    page = render(replace(compas(), parts=(replace(part, population=population),)))
    assert "datasets/compas.csv: 1 person from 1 row; nobody left out" in page


def test_the_sample_in_the_docstring_is_true() -> None:
    assert console.__doc__ is not None
    sample = [line.removeprefix("    ") for line in console.__doc__.splitlines()[4:-1]]
    page = render(compas()).splitlines()
    start = 0
    for block in "\n".join(sample).split("\n...\n"):
        lines = block.splitlines()
        start = page.index(lines[0], start)
        assert page[start : start + len(lines)] == lines


def test_hostile_names_are_what_the_golden_report_is_made_of() -> None:
    names = {row.name for row in hostile().parts[0].tables[0].groups}
    assert names <= set(HOSTILE_NAMES.values())


def test_a_page_needs_neither_pandas_nor_pydantic_nor_a_console() -> None:
    program = (
        "import sys\n"
        "from fairaudit.report.model import AuditReport\n"
        "import fairaudit.report.renderers.console as console\n"
        "console.render(AuditReport(parts=(), run=()))\n"
        "heavy = {'numpy', 'pandas', 'pydantic', 'rich.console', 'scipy'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
