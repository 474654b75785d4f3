"""A system's answers to a study of résumés, one per application."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import replace
from fairaudit.resumes.running.calls import calls_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairaudit.resumes.pair import Outcome
    from fairaudit.resumes.plan import ResumeStudy
    from fairaudit.resumes.running.records import Record
    from fairaudit.resumes.systems.system import System

    Outcomes = dict[tuple[str, int, str, int], Outcome]


def answered(system: System, study: ResumeStudy) -> Outcomes:
    """What does a system answer to every application, asked once and plainly?

    Parameters
    ----------
    system : System
        Asked here and now; what must be kept in spite of everything is asked by
        `running.runner.run`.
    study : ResumeStudy
        Its halves are shown in the order that it drew.

    Returns
    -------
    dict of (str, int, str, int) to Outcome
        By pair, half, framing and repeat.
    """
    calls = calls_of(study, system)
    found: Outcomes = {}
    for start in range(0, len(calls), system.batch):
        here = calls[start : start + system.batch]
        replies = system.ask([call.request for call in here])
        for call, reply in zip(here, replies, strict=True):
            found[call.pair, call.half, call.framing, call.repeat] = reply.outcome
    return _of_one_kind(found)


def recorded(records: Iterable[Record]) -> Outcomes:
    """What did a system answer, by the records of its runs?

    Parameters
    ----------
    records : iterable of Record
        Of one system.

    Returns
    -------
    dict of (str, int, str, int) to Outcome
        By pair, half, framing and repeat.
    """
    return _of_one_kind(
        {(one.pair, one.half, one.framing, one.repeat): one.outcome for one in records}
    )


def _of_one_kind(found: Outcomes) -> Outcomes:
    """Let what was not answered be of the kind of the answers."""
    kinds = {one.kind for one in found.values() if one.state == "ok"}
    if len(kinds) != 1:
        return found
    (kind,) = kinds
    return {
        key: one if one.kind == kind else replace(one, kind=kind)
        for key, one in found.items()
    }
