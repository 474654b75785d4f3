from __future__ import annotations

import pytest

from tests.report.golden import compas, everything, no_gate


def test_a_criterion_is_looked_up_by_its_id() -> None:
    found = everything()["equalized_odds"]
    assert [finding.id for finding in found.findings] == [
        "equalized_odds@race",
        "equalized_odds@sex",
    ]
    assert found.verdict is not None
    assert found.verdict.status == "waived"


def test_a_criterion_that_was_not_required_has_no_verdict() -> None:
    assert compas()["demographic_parity"].verdict is None


def test_an_unknown_criterion_is_refused_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="'parity' is not in the report; it has"):
        compas()["parity"]


def test_any_finding_is_looked_up_by_its_id() -> None:
    report = everything()
    for finding in report.findings:
        assert report[finding.id].findings == (finding,)
    found = report["equalized_odds@race"]
    assert [verdict.id for verdict in found.verdicts] == ["equalized_odds@race"]
    with pytest.raises(KeyError, match=r"it has .*'bill@race'"):
        report["bill@rase"]


def test_reports_add() -> None:
    both = compas() + everything()
    assert len(both.parts) == len(both.run) == 2
    assert len(both.verdicts) == 7


def test_the_weightiest_status_is_that_of_the_report() -> None:
    assert everything().status == "fail"
    assert compas().status == "undecided"
    assert no_gate().status is None
