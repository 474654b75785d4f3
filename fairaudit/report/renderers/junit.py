"""Verdicts as JUnit tests, for the test page of a pipeline.

::

    <?xml version="1.0" encoding="utf-8"?>
    <testsuites name="fairaudit" tests="1" failures="0" errors="1">
      <testsuite name="datasets/compas.csv" tests="1" failures="0" errors="1" skipped="0">
        <testcase name="predictive_parity@race" classname="fairaudit">
          <error type="undecided" message="predictive parity within 0.1, by race: no gap...

One test per verdict, its name the verdict's id, so that a pipeline follows it over runs. A
fail is a failure. An undecided gate is an error, because the test could not be carried
out, and a skipped test with its reason where the audit was told to let it pass; so the page
is red exactly when the exit code is 1 or 4. A combination of criteria is a test too, failed
where no rule keeps it and an error where that is not proven either way. A waived gate is
skipped, with owner, day and reason. An audit without a gate is a suite without tests that
says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.model import DecisionAudit
from fairaudit.report.sections.combination import combinations_of, facts
from fairaudit.report.sections.verdicts import verdict_text, without_gate
from fairaudit.report.terminal.names import safe_to_print

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from fairaudit.core.finding import Finding
    from fairaudit.core.prices import Combination
    from fairaudit.core.verdict import Verdict
    from fairaudit.report.model import AuditReport, Part
    from fairaudit.report.sections.verdicts import VerdictText

FORMAT = "junit"
SUFFIXES = (".xml",)


def render(report: AuditReport, *, width: int = 80, color: bool = False) -> str:
    """Write the verdicts of a report as a JUnit XML file.

    Parameters
    ----------
    report : AuditReport
        The report.
    width : int
        Taken by every renderer; of no use here.
    color : bool
        Likewise.

    Returns
    -------
    str
        UTF-8 text that ends in a line feed.
    """
    del width, color
    from xml.etree.ElementTree import Element, indent, tostring

    suites = [_suite(safe_to_print(part)) for part in report.parts]
    counts = {
        name: str(sum(int(suite.attrib[name]) for suite in suites))
        for name in ("tests", "failures", "errors")
    }
    root = Element("testsuites", {"name": "fairaudit", **counts})
    root.extend(suites)
    indent(root)
    text = tostring(root, encoding="unicode").replace("\N{NO-BREAK SPACE}", " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _suite(part: Part) -> Element:
    """Put the verdicts of one audit into a suite."""
    from xml.etree.ElementTree import Element

    asked = combinations_of(part)
    cases = [_case(verdict, part) for verdict in part.verdicts]
    if isinstance(part, DecisionAudit):
        cases += [_answer(finding, found, part) for finding, found in asked]
    found = [child.tag for case in cases for child in case]
    suite = Element(
        "testsuite",
        {
            "name": part.title,
            "tests": str(len(cases)),
            "failures": str(found.count("failure")),
            "errors": str(found.count("error")),
            "skipped": str(found.count("skipped")),
        },
    )
    suite.extend(cases)
    if not part.requirements.anything and not asked:
        suite.append(_told("system-out", ". ".join(without_gate(part))))
    return suite


def _case(verdict: Verdict, part: Part) -> Element:
    """Put one verdict into a test."""
    from xml.etree.ElementTree import Element

    text = verdict_text(verdict, part)
    case = Element("testcase", {"name": verdict.id, "classname": "fairaudit"})
    message = f"{text.headline}: {text.because}"
    details = "\n".join([message, *(f"{one.label}: {one.text}" for one in text.lines)])
    for tag in _outcome(verdict, part):
        lead = "; ".join(_waived(text)) or message
        outcome = _told(tag, details)
        outcome.attrib = {"type": verdict.status, "message": lead}
        case.append(outcome)
    if not len(case):
        case.append(_told("system-out", details))
    return case


def _answer(finding: Finding, found: Combination, part: DecisionAudit) -> Element:
    """Put the answer to one combination of criteria into a test."""
    from xml.etree.ElementTree import Element

    case = Element("testcase", {"name": finding.id, "classname": "fairaudit"})
    lines = [f"{label}: {text}" for label, text in facts(found, part)]
    kept = found.accuracy is not None
    tag = "failure" if found.status == "impossible" else "error"
    answer = _told("system-out" if kept else tag, "\n".join([finding.sentence, *lines]))
    if not kept:
        answer.attrib = {"type": found.status, "message": finding.sentence}
    case.append(answer)
    return case


def _outcome(verdict: Verdict, part: Part) -> Iterator[str]:
    """Name the element that says a test did not pass, if any does."""
    if verdict.status == "fail":
        yield "failure"
    elif verdict.status == "waived":
        yield "skipped"
    elif verdict.status == "undecided":
        yield "error" if part.requirements.undecided == "fail" else "skipped"


def _waived(text: VerdictText) -> Iterator[str]:
    """Say who answers for an exception."""
    for line in text.lines:
        if line.label == "Waived":
            yield f"waived: {line.text}"


def _told(tag: str, text: str) -> Element:
    """Make an element that holds a text."""
    from xml.etree.ElementTree import Element

    element = Element(tag)
    element.text = text
    return element
