"""What the command's exit code says to whatever called it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport

DONE = 0
"""Audited, and every gate met, waived, or none set."""

GATE_FAILED = 1
REFUSED = 2
"""Nothing was audited, because of the input, the options, the policy or the system."""

FAULT = 3
"""A fault in the program itself."""

GATE_UNDECIDED = 4
HUNG_UP = 129
"""As shells report a process ended by SIGHUP, when its terminal closes: 128 + 1."""

INTERRUPTED = 130
"""By SIGINT: 128 + 2."""

TERMINATED = 143
"""By SIGTERM, as a scheduler ends a job: 128 + 15."""


def exit_code(report: AuditReport) -> int:
    """Which code does a finished audit exit with?

    A failed gate weighs more than an undecided one; an undecided one counts unless its
    part of the report was told to let those pass. A combination of criteria that no rule
    keeps counts as failed, one that is not proven either way as undecided.
    """
    asked = [
        finding.evidence
        for finding in report.findings
        if finding.evidence.kind == "combination"
    ]
    if any(one.status == "impossible" for one in asked):
        return GATE_FAILED
    if any(verdict.status == "fail" for verdict in report.verdicts):
        return GATE_FAILED
    undecided = any(one.accuracy is None for one in asked) or any(
        verdict.status == "undecided"
        for part in report.parts
        if part.requirements.undecided == "fail"
        for verdict in part.verdicts
    )
    return GATE_UNDECIDED if undecided else DONE
