"""The front door for résumé studies: a study and a system in, an audit report out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from fairaudit.auditing.studies import report_of
from fairaudit.core.errors import InputError
from fairaudit.resumes.answers import answered
from fairaudit.resumes.effects.study import effects_of
from fairaudit.resumes.study_part import study_part

if TYPE_CHECKING:
    from fairaudit.report.model import AuditReport
    from fairaudit.resumes.answers import System
    from fairaudit.resumes.plan import ResumeStudy


def audit_resumes(
    study: ResumeStudy,
    system: System,
    *,
    name: str | None = None,
    unit: str | None = None,
    margin: float | None = None,
    why: str | None = None,
    command: str | None = None,
) -> AuditReport:
    """Does a system answer the same application differently when an implied group changes?

    Parameters
    ----------
    study : ResumeStudy
        From `fairaudit.resumes.generate`.
    system : callable
        Takes a list of texts and gives as many numbers, or texts whose tone and words are
        then compared; `None` where it refuses.
    name : str, optional
        What to call it.
    unit : str, optional
        What its answers are counted in, such as "points".
    margin : float, optional
        Within which an effect counts as none. Each effect is then a gate: a disparity
        fails, an effect shown to lie within the margin passes, anything else is undecided;
        and so is everything where the system does not respond to qualifications.
    why : str, optional
        Why that margin.
    command : str, optional
        The command line, for the record.

    Returns
    -------
    AuditReport
        One part, with effects beside the placebo's floor.

    Raises
    ------
    InputError
        When the system does not answer as it must, or the margin is none.
    """
    started = time.perf_counter()
    if margin is not None and not margin > 0:
        raise InputError(f"margin: must be above 0; got {margin:g}.")
    outcomes = answered(system, study.pairs)
    part = study_part(
        study,
        effects_of(study.pairs, outcomes, margin=margin, reference=study.plan.groups[-1]),
        system=name or str(getattr(system, "__name__", type(system).__name__)),
        unit=unit,
        why=why,
    )
    return report_of(part, engine="callable", command=command, started=started)
