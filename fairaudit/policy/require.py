"""Stop a pipeline unless a report passed everything that was required of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import GateFailedError, GateUndecidedError, NoGateError

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport


def require(report: AuditReport) -> AuditReport:
    """Raise unless every gate of a report passed or was waived.

    Parameters
    ----------
    report : AuditReport
        A report that was made with at least one gate.

    Returns
    -------
    AuditReport
        The same report, so that the call can be chained.

    Raises
    ------
    NoGateError
        When nothing was required of the report.
    GateFailedError
        When a gate failed.
    GateUndecidedError
        When a gate could not be decided, unless the audit was told to let those pass.
    """
    if not report.verdicts:
        raise NoGateError(
            "require: this report has no gate, so there is nothing it could pass. Give the "
            "audit a criterion with a tolerance and a reason, or a gate."
        )
    unmet = {
        "fail": [v for part in report.parts for v in part.verdicts if v.status == "fail"],
        "undecided": [
            verdict
            for part in report.parts
            if part.requirements.undecided == "fail"
            for verdict in part.verdicts
            if verdict.status == "undecided"
        ],
    }
    for status, error in (("fail", GateFailedError), ("undecided", GateUndecidedError)):
        if unmet[status]:
            told = " ".join(f"{one.id}: {one.because}" for one in unmet[status])
            raise error(f"{len(unmet[status])} gate(s) {status}. {told}")
    return report
