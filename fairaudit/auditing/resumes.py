"""The front door for résumé studies: a study and a system in, an audit report out."""

from __future__ import annotations

import math
import time
from numbers import Real
from typing import TYPE_CHECKING

from fairaudit.auditing.studies import report_of
from fairaudit.core.errors import InputError
from fairaudit.resumes.answers import answered, recorded
from fairaudit.resumes.effects.study import effects_of
from fairaudit.resumes.folder import read
from fairaudit.resumes.running.kept import runs_by_system, told_of_runs
from fairaudit.resumes.study_part import study_part
from fairaudit.resumes.systems.function import Function
from fairaudit.resumes.systems.system import System
from fairaudit.resumes.worded import as_labels

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from os import PathLike

    from fairaudit.report.model import AuditReport
    from fairaudit.report.model import Study as StudyPart
    from fairaudit.resumes.answers import Outcomes
    from fairaudit.resumes.plan import ResumeStudy
    from fairaudit.resumes.systems.function import Answering


def audit_resumes(
    study: ResumeStudy,
    system: System | Answering,
    *,
    name: str | None = None,
    yes: str | Sequence[str] = (),
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
    system : System or callable
        Takes a list of texts and gives as many numbers, or texts whose tone and words are
        then compared; `None` where it refuses.
    name : str, optional
        What to call it.
    yes : str or sequence of str, optional
        Of a system that decides in words, the answers that mean yes, such as "invite"; all
        others then mean no. Yes and no, true and false are known without it.
    unit : str, optional
        What its answers are counted in, such as "points".
    margin : float, optional
        Within which an effect counts as none. Each effect is then a gate: one shown to
        lie beyond the margin fails, one shown to lie within it passes, anything else is
        undecided; and so is everything where the system does not respond to qualifications.
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
        When the system does not answer as it must, decides in words of which it is not
        known which means yes, or the margin is none.
    """
    started = time.perf_counter()
    asked = system if isinstance(system, System) else Function(system, name=name)
    part = _part(
        study,
        answered(asked, study),
        system=name or asked.name,
        yes=yes,
        unit=unit,
        margin=margin,
        why=why,
    )
    return report_of(part, engine="callable", command=command, started=started)


def audit_runs(
    folder: str | PathLike[str],
    *,
    system: str | None = None,
    yes: str | Sequence[str] = (),
    unit: str | None = None,
    margin: float | None = None,
    why: str | None = None,
    command: str | None = None,
) -> AuditReport:
    """What do the kept replies to a study show?

    Parameters
    ----------
    folder : str or path
        Of the study, with the ``runs.jsonl`` of what was asked.
    system : str, optional
        Which one, by its name in that file; without it every system is a part.
    yes : str or sequence of str, optional
        Of a system that decides in words, the answers that mean yes, as in `audit_resumes`.
    unit : str, optional
        What answers are counted in.
    margin : float, optional
        Within which an effect counts as none; each is then a gate.
    why : str, optional
        Why that margin.
    command : str, optional
        The command line, for the record.

    Returns
    -------
    AuditReport
        A part for each system.

    Raises
    ------
    InputError
        When the folder holds no study or no run of the system, when it is not known which
        of its words means yes, or the margin is none.
    """
    started = time.perf_counter()
    study = read(folder)
    reports = [
        report_of(
            _part(
                study,
                recorded(records),
                system=name,
                asking=told_of_runs(study, records),
                yes=yes,
                unit=unit,
                margin=margin,
                why=why,
            ),
            engine="recorded replies",
            command=command,
            started=started,
        )
        for name, records in runs_by_system(folder, study, system).items()
    ]
    whole = reports[0]
    for report in reports[1:]:
        whole += report
    return whole


def _part(
    study: ResumeStudy,
    outcomes: Outcomes,
    *,
    system: str,
    asking: Iterable[tuple[str, str]] = (),
    yes: str | Sequence[str],
    unit: str | None,
    margin: float | None,
    why: str | None,
) -> StudyPart:
    """Conclude from answers."""
    if margin is not None and not _is_margin(margin):
        raise InputError(f"margin: must be a number above 0; got {margin!r}.")
    worded = as_labels(outcomes, [yes] if isinstance(yes, str) else yes, system=system)
    found = effects_of(
        study.pairs, worded.outcomes, margin=margin, reference=study.plan.groups[-1]
    )
    return study_part(
        study,
        worded.outcomes,
        found,
        system=system,
        asking=(*asking, *([("Answers", worded.told)] if worded.told else [])),
        unit=unit,
        why=why,
    )


def _is_margin(given: object) -> bool:
    """Tell a finite number above 0; True is none."""
    if isinstance(given, bool) or not isinstance(given, Real):
        return False
    return 0 < float(given) < math.inf
