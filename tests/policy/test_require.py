from __future__ import annotations

import pytest

from fairaudit import audit, require
from fairaudit.core.errors import (
    FairauditError,
    GateError,
    GateFailedError,
    GateUndecidedError,
    NoGateError,
)
from fairaudit.report.model import AuditReport
from tests.people import selections

FAIR = {"a": (5000, 10000), "b": (5000, 10000)}
UNFAIR = {"a": (5000, 10000), "b": (2000, 10000)}
FEW = {"a": (5, 10), "b": (5, 10)}


def gated(people: dict[str, tuple[int, int]], **options: object) -> AuditReport:
    """Audit against demographic parity within 0.1."""
    return audit(
        selections(people),
        groups="group",
        count="count",
        criterion="demographic_parity",
        tolerance=0.1,
        why="to try the gate",
        **options,  # type: ignore[arg-type]
    )


def test_a_report_that_passed_is_given_back() -> None:
    report = gated(FAIR)
    assert require(report) is report


def test_without_a_gate_nothing_can_pass() -> None:
    report = audit(selections(FAIR), groups="group", count="count")
    with pytest.raises(NoGateError, match="this report has no gate"):
        require(report)


def test_a_failure_stops_and_says_which_and_why() -> None:
    with pytest.raises(
        GateFailedError, match=r"1 gate\(s\) fail.*demographic_parity@group: 50 % v 20 %"
    ):
        require(gated(UNFAIR))


def test_undecided_stops_too() -> None:
    with pytest.raises(GateUndecidedError, match=r"demographic_parity@group: no gap above"):
        require(gated(FEW))


def test_undecided_passes_only_when_the_audit_was_told_so() -> None:
    report = gated(FEW, undecided="pass")
    assert require(report) is report
    assert any(note.id == "undecided_pass" for note in report.parts[0].notes)
    with pytest.raises(GateFailedError, match="fail"):
        require(gated(UNFAIR, undecided="pass"))


def test_one_part_may_let_undecided_pass_and_another_not() -> None:
    both = gated(FEW, undecided="pass") + gated(FEW)
    with pytest.raises(GateUndecidedError, match=r"1 gate\(s\) undecided"):
        require(both)


def test_a_failure_goes_before_what_is_undecided() -> None:
    with pytest.raises(GateFailedError, match="fail"):
        require(gated(FEW) + gated(UNFAIR))


def test_all_of_them_can_be_caught_as_one() -> None:
    for error in (NoGateError, GateFailedError, GateUndecidedError):
        assert issubclass(error, GateError)
    assert issubclass(GateError, FairauditError)
