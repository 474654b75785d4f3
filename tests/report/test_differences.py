from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.evidence import EVERYONE_ELSE, Disparity, Gap
from fairaudit.core.value import replace
from fairaudit.report.sections.differences import Difference, differences
from tests.report.golden import compas, no_labels

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport


def told(report: AuditReport) -> tuple[Difference, ...]:
    return differences(report.parts[0], report.parts[0].tables[0])


def plain(text: str | None) -> str:
    return (text or "").replace("\u00a0", " ")


def with_selection_gap(shown: Gap | None) -> AuditReport:
    """Let demographic parity show this gap."""
    part = compas().parts[0]
    findings = []
    for finding in part.findings:
        evidence = finding.evidence
        if isinstance(evidence, Disparity) and evidence.criterion == "demographic_parity":
            gap = replace(evidence.gaps[0], shown=shown)
            finding = replace(finding, evidence=replace(evidence, gaps=(gap,)))  # noqa: PLW2901
        findings.append(finding)
    return replace(compas(), parts=(replace(part, findings=tuple(findings)),))


def test_what_is_shown_comes_first_with_both_groups_and_how_many_people() -> None:
    found = told(compas())
    shown = [one.shown for one in found]
    assert shown == sorted(shown, reverse=True)
    # COMPAS: 2,174 of 3,696 against 79 of 377 flagged; (0.5882 - 0.2095) x 3,696 = 1,399.5
    assert plain(found[0].text) == (
        "African-American v Other, the largest sure gap of all comparisons: 59 % v 21 % of "
        "people were flagged (SR), surely at least 31 percentage points apart."
    )
    assert (
        "2,174 of African-American; at the rate of Other it would have been about "
        "1,400 fewer." in plain(found[0].people)
    )


def test_what_is_not_shown_says_what_is_not_excluded_and_counts_nobody() -> None:
    last = told(compas())[-1]
    assert not last.shown
    assert last.people is None
    assert plain(last.text) == (
        "in what share of flags were right (PPV); a gap of up to 0.43 (Asian v Other) is "
        "not excluded."
    )


def test_everyone_else_has_the_rate_of_all_other_groups_together() -> None:
    gap = Gap(value=0.2, high="African-American", low=EVERYONE_ELSE)
    # 3,317 of 7,214 flagged in all: (3,317 - 2,174) of (7,214 - 3,696) is 1,143 of 3,518.
    [first, *_] = told(with_selection_gap(gap))
    assert "59 % v 32 % of people" in plain(first.text)
    assert f"about {(2174 / 3696 - 1143 / 3518) * 3696:,.0f} fewer" in plain(first.people)


def test_a_difference_below_one_point_is_not_called_none() -> None:
    gap = Gap(value=0.004, high="African-American", low="Other")
    [first, *_] = told(with_selection_gap(gap))
    assert "perhaps by less than one percentage point" in first.text
    assert "0 percentage points" not in plain(first.text)


def test_without_labels_only_selection_is_told() -> None:
    [only] = told(no_labels())
    assert "(SR)" in only.text
