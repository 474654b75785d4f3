"""One combination of criteria: can it hold, by which rule, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.sections.combination import (
    combinations_of,
    facts,
    outcome,
    rule_of,
    rule_rows,
)
from fairaudit.report.terminal.layout import Column, grid, widest

if TYPE_CHECKING:
    from fairaudit.core.prices import GroupRule
    from fairaudit.report.model import DecisionAudit
    from fairaudit.report.terminal.look import Look, Style

_STYLES: dict[str, Style] = {
    "CAN BE KEPT": "good",
    "NOT POSSIBLE": "bad",
    "NOT PROVEN": "open",
}
_LABELS = 12


def combination_block(part: DecisionAudit, look: Look) -> list[str]:
    """Print the answer to each combination of an audit.

    Parameters
    ----------
    part : DecisionAudit
        The audit, safe to print.
    look : Look
        Width and colour.

    Returns
    -------
    list of str
        Nothing where none was asked.
    """
    blocks = []
    for finding, found in combinations_of(part):
        title = outcome(found)
        lines = look.led(title, _STYLES[title], finding.sentence, hang=2)
        for label, text in facts(found, part):
            lines += look.labelled(f"{label}:", text, column=_LABELS, indent=2)
        rule = rule_of(found)
        if rule:
            lines += ["", *_rule(rule, part, look)]
        for caveat in finding.caveats:
            lines += look.text(caveat)
        blocks.append(lines)
    return [line for block in blocks for line in ("", *block)][1:]


def _rule(rule: tuple[GroupRule, ...], part: DecisionAudit, look: Look) -> list[str]:
    """Set a rule in columns: rates right, thresholds in what is left."""
    rows = list(rule_rows(rule, part))
    # Headings may wrap, rates may not.
    heading, *groups = rows
    widths = [
        widest([*heading[number].split(), *(row[number] for row in groups)])
        for number in range(len(heading) - 1)
    ]
    widths[0] = min(widths[0], look.width // 5)
    left = look.width - sum(widths) - len(widths)
    columns = [
        Column(width=widths[0]),
        *(Column(width=width, align="right") for width in widths[1:]),
        Column(width=max(left, 12)),
    ]
    return grid(rows, columns, gap=1)
