from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from fairaudit.cli.exit_codes import DONE, exit_code
from fairaudit.core.value import replace
from fairaudit.report.renderers.junit import render
from fairaudit.report.rewriting import rewritten
from tests.report.golden import BY_RACE, GOLDEN, compas, everything, no_gate, two_parts

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from fairaudit.report.model import AuditReport

OUTCOME = {"fail": Failure, "undecided": Skipped, "waived": Skipped}
KNOWN = {
    "testsuites": {"name", "tests", "failures", "errors"},
    "testsuite": {"name", "tests", "failures", "errors", "skipped"},
    "testcase": {"name", "classname"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
    "system-out": set(),
}
"""Elements and attributes, all of which the schema of Jenkins's xUnit plugin has."""


def suites(report: AuditReport) -> list[TestSuite]:
    return list(JUnitXml.fromstring(render(report).encode()))


def cases(report: AuditReport) -> list[TestCase]:
    return [case for suite in suites(report) for case in suite]


@pytest.mark.parametrize("name", ["everything", "no_gate"])
def test_the_file_is_as_it_was_looked_at(name: str, snapshot: SnapshotAssertion) -> None:
    assert render(GOLDEN[name]()) == snapshot


@pytest.mark.parametrize("name", GOLDEN)
def test_only_what_the_schema_knows_is_in_it(name: str) -> None:
    root = JUnitXml.fromstring(render(GOLDEN[name]()).encode())
    for element in root._elem.iter():
        assert set(element.attrib) <= KNOWN[element.tag]


@pytest.mark.parametrize("name", GOLDEN)
def test_the_counts_are_those_of_the_tests(name: str) -> None:
    for suite in suites(GOLDEN[name]()):
        stated = (suite.tests, suite.failures, suite.errors, suite.skipped)
        found = [type(one) for case in suite for one in case.result]
        assert stated == (
            len(list(suite)),
            found.count(Failure),
            found.count(Error),
            found.count(Skipped),
        )


def test_every_verdict_is_one_test_with_its_outcome() -> None:
    report = everything()  # told to let undecided gates pass
    verdicts = {verdict.id: verdict for verdict in report.verdicts}
    assert [case.name for case in cases(report)] == list(verdicts)
    for case in cases(report):
        verdict = verdicts[case.name]
        assert [type(one) for one in case.result] == (
            [OUTCOME[verdict.status]] if verdict.status != "pass" else []
        )
        text = case.system_out if verdict.status == "pass" else case.result[0].text
        assert verdict.because in text


def test_an_undecided_gate_that_stops_is_an_error() -> None:
    (case,) = cases(compas())
    (result,) = case.result
    assert isinstance(result, Error)
    assert result.type == "undecided"


def test_a_waived_gate_is_skipped_with_owner_day_and_reason() -> None:
    (waived,) = [case for case in cases(everything()) if case.name == "equalized_odds@race"]
    assert waived.result[0].message == (
        "waived: fail without it; by R. Ruiz until 2026-12-31: the score is being replaced "
        "in spring"
    )


@pytest.mark.parametrize("name", GOLDEN)
def test_it_is_red_exactly_when_the_exit_code_is_not_zero(name: str) -> None:
    report = GOLDEN[name]()
    red = any(suite.failures or suite.errors for suite in suites(report))
    assert red == (exit_code(report) != DONE)


def test_without_a_gate_there_is_a_suite_that_says_so() -> None:
    (suite,) = suites(no_gate())
    assert suite.tests == 0
    assert "NO CRITERION CHOSEN" in suite._elem.findtext("system-out")


def test_each_part_is_a_suite() -> None:
    assert [suite.tests for suite in suites(two_parts())] == [1, 0]


@given(st.lists(st.text(min_size=1), unique=True, min_size=6, max_size=6))
def test_any_text_may_be_a_name(names: list[str]) -> None:
    other = dict(zip(BY_RACE, names, strict=True))
    part = rewritten(compas().parts[0], lambda text: other.get(text, text))
    (case,) = cases(replace(compas(), parts=(part,)))
    assert [type(one) for one in case.result] == [Error]
