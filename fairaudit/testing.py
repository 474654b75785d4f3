"""Fairness as a test: `assert_fair` in any test of pytest or unittest.

There is no plugin: a fixture would be one more thing to know, and every run of pytest would
have to look at it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import GateFailedError, GateUndecidedError
from fairaudit.policy.require import require
from fairaudit.report.renderers.console import render_verdicts

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport


def assert_fair(report: AuditReport) -> None:
    """Fail a test unless a report passed everything that was required of it.

    It judges as `fairaudit.require` does, and so as the command's exit code: a fail and an
    undecided gate fail the test, a waived one does not, and neither does an undecided one
    where the audit was told to let those pass.

    Parameters
    ----------
    report : AuditReport
        A report that was made with at least one gate.

    Raises
    ------
    AssertionError
        When a gate failed or is undecided; the message is the verdict as the console
        prints it.
    NoGateError
        When nothing was required: a test that cannot fail is an error.

    Examples
    --------
    >>> import fairaudit
    >>> hired = {"gender": ["f", "m"] * 50, "y_pred": [1, 1] * 50}
    >>> assert_fair(fairaudit.audit(hired, groups="gender", gates="impact_ratio>=0.8"))
    """
    __tracebackhide__ = True  # the line that pytest shows is the caller's
    try:
        require(report)
    except (GateFailedError, GateUndecidedError):
        raise AssertionError(f"not shown to be fair\n\n{render_verdicts(report)}") from None
