"""The verdicts, the weightiest first; or how to ask for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.model import DecisionAudit
from fairaudit.report.sections.verdicts import (
    HOW_TO_ASK,
    NO_GATE,
    ORDER,
    counted,
    main_sentences,
    verdict_text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.core.verdict import Status, Verdict
    from fairaudit.report.model import Part
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


def verdict_block(part: Part, look: Look) -> list[str]:
    """Print what every gate came to.

    Parameters
    ----------
    part : DecisionAudit or Study
        The audit, safe to print.
    look : Look
        Width and colour.

    Returns
    -------
    list of str
        The first verdicts in full, further ones without their pairs, any others counted.
    """
    if isinstance(part, DecisionAudit) and not part.requirements.anything:
        return _no_gate(part, look)
    ordered = sorted(part.verdicts, key=lambda verdict: ORDER.index(verdict.status))
    blocks = [_tally(ordered, look)] if len(ordered) > 1 else []
    for number, verdict in enumerate(ordered[:_MOST]):
        blocks.append(_verdict(verdict, part, look, in_full=number < _MOST_IN_FULL))
    hidden = ordered[_MOST:]
    if hidden:
        text = f"Not shown here: {counted(hidden)}; the JSON has every one."
        blocks.append(look.text(text))
    return [line for block in blocks for line in ("", *block)][1:]


def _no_gate(part: DecisionAudit, look: Look) -> list[str]:
    """Say that nothing was required, what was found, and how to require something."""
    lines = look.led(NO_GATE, "open", HOW_TO_ASK)
    for sentence in main_sentences(part):
        lines += look.text(f"- {sentence}", indent=2, hang=2)
    return lines


def _tally(verdicts: Sequence[Verdict], look: Look) -> list[str]:
    """Say in a line what all gates came to."""
    return look.text(f"{len(verdicts)} verdicts: {counted(verdicts)}")


def _verdict(verdict: Verdict, part: Part, look: Look, *, in_full: bool) -> list[str]:
    """Print a verdict with its reason, and in full with who it is about."""
    text = verdict_text(verdict, part)
    lead = text.status.upper()
    lines = look.led(lead, _STYLES[text.status], text.headline, hang=len(lead) + 2)
    lines += look.text(text.because, indent=2)
    for line in text.lines if in_full else ():
        lines += look.labelled(line.label, line.text, column=_LABELS, indent=2)
    return lines
