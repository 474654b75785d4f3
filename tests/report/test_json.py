from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.evidence import Disparity, Gap
from fairaudit.core.value import replace
from fairaudit.report.model import AuditReport
from fairaudit.report.renderers.json import render
from fairaudit.report.rewriting import rewritten
from tests.report.golden import GOLDEN, compas, hostile, no_labels

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


def test_the_layout_is_as_it_was_looked_at(snapshot: SnapshotAssertion) -> None:
    assert render(no_labels()) == snapshot


@pytest.mark.parametrize("name", GOLDEN)
def test_it_is_json_with_sorted_keys_and_a_last_line_end(name: str) -> None:
    text = render(GOLDEN[name]())
    parsed = json.loads(text)
    assert json.dumps(parsed, sort_keys=True) == json.dumps(parsed)
    assert text.endswith("}\n")


def test_only_the_run_depends_on_the_run() -> None:
    report = compas()
    later = replace(
        report, run=(replace(report.run[0], created="2027-01-01", seconds=9.5),)
    )
    first, second = (json.loads(render(one)) for one in (report, later))
    assert first.pop("run") != second.pop("run")
    assert first == second


def test_names_are_intact_once_parsed() -> None:
    groups = json.loads(render(hostile()))["parts"][0]["tables"][0]["groups"]
    assert [row["name"] for row in groups] == [
        row.name for row in hostile().parts[0].tables[0].groups
    ]


@given(st.text(st.characters(categories=["Cc", "Cf", "Zl", "Zp", "Lo", "Lu"])))
def test_printing_it_does_nothing_to_a_terminal(name: str) -> None:
    text = render(_with_source(name))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e]", text)
    assert json.loads(text)["parts"][0]["source"]["name"] == name


def test_half_a_character_becomes_the_text_of_its_escape() -> None:
    text = render(_with_source("tab\udce9.csv"))
    assert json.loads(text)["parts"][0]["source"]["name"] == r"tab\udce9.csv"
    assert AuditReport.from_json(text).parts[0].source.name == r"tab\udce9.csv"


def test_letters_of_any_script_stay_readable() -> None:
    assert "中文名字" in render(hostile())


def test_a_number_that_is_none_is_refused() -> None:
    report = compas()
    finding = report.parts[0].findings[0]
    assert isinstance(finding.evidence, Disparity)
    gap = replace(finding.evidence.gaps[0], largest=Gap(value=math.nan, high="a", low="b"))
    broken = replace(finding, evidence=replace(finding.evidence, gaps=(gap,)))
    part = replace(report.parts[0], findings=(broken,))
    with pytest.raises(ValueError, match="not JSON compliant"):
        render(replace(report, parts=(part,)))


def _with_source(name: str) -> AuditReport:
    """Rename the audited file."""
    old = no_labels()
    return rewritten(old, lambda text: name if text == "datasets/compas.csv" else text)
