"""Verdicts as annotations of a GitHub workflow.

::

    ::error title=UNDECIDED%3A predictive parity within 0.1%2C by race::no gap above 0.1...

A fail is an error, and so is an undecided gate unless the audit was told to let it pass,
which makes it a warning; a waived gate is a warning; a pass, and an audit without a gate,
a notice. A combination of criteria that no rule keeps, or that is not proven either way, is
an error. GitHub shows ten of each kind per step: where there are more, the tenth counts the
rest. Texts are encoded as GitHub's own toolkit does, so that none can end an annotation or
begin another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fairaudit.report.sections.combination import combinations_of, outcome
from fairaudit.report.sections.verdicts import ORDER, verdict_text, without_gate
from fairaudit.report.terminal.names import safe_to_print

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.verdict import Verdict
    from fairaudit.report.model import AuditReport, Part

    Kind = Literal["error", "warning", "notice"]

FORMAT = "github"
SUFFIXES = ()
"""Annotations are for a log; they have no files."""

MOST = 10
"""Annotations of one kind that GitHub shows of one step."""

_LONGEST = 4_000
"""Characters of a message; GitHub cuts at 64 KiB."""


def render(report: AuditReport, *, width: int = 80, color: bool = False) -> str:
    """Write the verdicts of a report as workflow commands.

    Parameters
    ----------
    report : AuditReport
        The report.
    width : int
        Taken by every renderer; of no use here.
    color : bool
        Likewise.

    Returns
    -------
    str
        One command a line, at most ten of a kind, the weightiest first.
    """
    del width, color
    found: dict[Kind, list[str]] = {"error": [], "warning": [], "notice": []}
    for kind, title, message in _annotations(report):
        found[kind].append(command(kind, title, message))
    return "".join(
        f"{line}\n" for kind, lines in found.items() for line in _few(kind, lines)
    )


def command(kind: str, title: str, message: str) -> str:
    r"""Write one workflow command.

    Examples
    --------
    >>> print(command("error", "a: b, c", "50 %\n::error::forged"))
    ::error title=a%3A b%2C c::50 %25%0A::error::forged
    """
    return f"::{kind} title={_property(title)}::{_data(message)}"


def _annotations(report: AuditReport) -> Iterator[tuple[Kind, str, str]]:
    """Give kind, title and message of every verdict, the weightiest first."""
    parts = [safe_to_print(part) for part in report.parts]
    judged = [(verdict, part) for part in parts for verdict in part.verdicts]
    for verdict, part in sorted(judged, key=lambda pair: ORDER.index(pair[0].status)):
        text = verdict_text(verdict, part)
        lines = [text.because, *(f"{one.label}: {one.text}" for one in text.lines)]
        title = f"{text.status.upper()}: {text.headline}"
        yield _kind(verdict, part), title, "\n".join(lines)[:_LONGEST]
    for part in parts:
        asked = combinations_of(part)
        for finding, found in asked:
            loud: Kind = "notice" if found.accuracy is not None else "error"
            yield loud, outcome(found), finding.sentence[:_LONGEST]
        if not part.requirements.anything and not asked:
            lead, how = without_gate(part)
            yield "notice", lead, f"{part.title}: {how}"


def _kind(verdict: Verdict, part: Part) -> Kind:
    """Tell how loud a verdict is."""
    if verdict.status == "pass":
        return "notice"
    stops = verdict.status == "fail" or (
        verdict.status == "undecided" and part.requirements.undecided == "fail"
    )
    return "error" if stops else "warning"


def _few(kind: Kind, lines: list[str]) -> list[str]:
    """Keep as many as are shown; the last one counts those that are not."""
    if len(lines) <= MOST:
        return lines
    more = f"{len(lines) - MOST + 1} more of this kind: in the report."
    return [*lines[: MOST - 1], command(kind, "fairaudit", more)]


# As `escapeData` and `escapeProperty` in packages/core/src/command.ts of actions/toolkit.
def _data(text: str) -> str:
    """Encode a message."""
    text = text.replace("\N{NO-BREAK SPACE}", " ")
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Encode the value of a property."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")
