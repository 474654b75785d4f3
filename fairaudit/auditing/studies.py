"""A study put into a report: when it was made, with what, and how long it took."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.auditing.facts import run_facts
from fairaudit.report.model import AuditReport

if TYPE_CHECKING:
    from datetime import date

    from fairaudit.report.model import Study


def report_of(
    study: Study,
    *,
    engine: str,
    started: float,
    command: str | None = None,
    today: date | None = None,
) -> AuditReport:
    """Which report has this study as its only part?

    Parameters
    ----------
    study : Study
        With its requirements and verdicts.
    engine : str
        What did the work, such as "numpy".
    started : float
        `time.perf_counter` at the beginning.
    command : str, optional
        The command line, for the record.
    today : datetime.date, optional
        The day of the audit; today by default.

    Returns
    -------
    AuditReport
        To be rendered, or added to others with ``+``.
    """
    return AuditReport(parts=(study,), run=(run_facts(engine, command, started, today),))
