"""The verdicts, the weightiest first; or how to ask for one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fairaudit.report.numbers import listed
from fairaudit.report.sections.verdicts import ORDER, verdict_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.core.verdict import Status, Verdict
    from fairaudit.report.model import DecisionAudit
    from fairaudit.report.terminal.look import Look, Style

_MOST_IN_FULL = 6
_MOST = 24
_LABELS = 15

_STYLES: dict[Status, Style] = {
    "pass": "good",
    "fail": "bad",
    "undecided": "open",
    "waived": "exempt",
}


def verdict_block(part: DecisionAudit, look: Look) -> list[str]:
    """Print what every gate came to.

    Parameters
    ----------
    part : DecisionAudit
        The audit, safe to print.
    look : Look
        Width and colour.

    Returns
    -------
    list of str
        The first verdicts in full, further ones without their pairs, any others counted.
    """
    if not part.requirements.anything:
        return _no_gate(part, look)
    ordered = sorted(part.verdicts, key=lambda verdict: ORDER.index(verdict.status))
    blocks = [_tally(ordered, look)] if len(ordered) > 1 else []
    for number, verdict in enumerate(ordered[:_MOST]):
        blocks.append(_verdict(verdict, part, look, in_full=number < _MOST_IN_FULL))
    hidden = ordered[_MOST:]
    if hidden:
        text = f"Not shown here: {_counted(hidden)}; the JSON has every one."
        blocks.append(look.text(text))
    return [line for block in blocks for line in ("", *block)][1:]


def _no_gate(part: DecisionAudit, look: Look) -> list[str]:
    """Say that nothing was required, what was found, and how to require something."""
    lines = look.led(
        "NO CRITERION CHOSEN",
        "open",
        "Nothing here is called a pass or a failure. Which one is meant, and why? "
        "`fairaudit init` asks five questions; or add --criterion NAME --tolerance T "
        "--why TEXT.",
    )
    for finding in part.findings:
        if finding.evidence.kind == "disparity" and finding.evidence.main:
            lines += look.text(f"- {finding.sentence}", indent=2, hang=2)
    return lines


def _tally(verdicts: Sequence[Verdict], look: Look) -> list[str]:
    """Say in a line what all gates came to."""
    return look.text(f"{len(verdicts)} verdicts: {_counted(verdicts)}")


def _counted(verdicts: Sequence[Verdict]) -> str:
    """Count verdicts by status."""
    times = Counter(verdict.status for verdict in verdicts)
    return listed([f"{times[status]} {status}" for status in ORDER if times[status]])


def _verdict(
    verdict: Verdict, part: DecisionAudit, look: Look, *, in_full: bool
) -> list[str]:
    """Print a verdict with its reason, and in full with who it is about."""
    text = verdict_text(verdict, part)
    lead = text.status.upper()
    lines = look.led(lead, _STYLES[text.status], text.headline, hang=len(lead) + 2)
    lines += look.text(text.because, indent=2)
    for line in text.lines if in_full else ():
        lines += look.labelled(line.label, line.text, column=_LABELS, indent=2)
    return lines
