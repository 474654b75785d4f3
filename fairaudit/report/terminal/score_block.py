"""The scores of a table: one line per group, then how far groups are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.numbers import NBSP, listed
from fairaudit.report.sections.scores import score_text, scores_title
from fairaudit.report.terminal.layout import Column, grid, widest

if TYPE_CHECKING:
    from fairaudit.core.evidence import GroupTable
    from fairaudit.report.model import DecisionAudit
    from fairaudit.report.sections.scores import ScoreGap
    from fairaudit.report.terminal.look import Look

_MOST_GROUPS = 20
_MOST_REASONS = 3


def score_block(part: DecisionAudit, table: GroupTable, look: Look) -> list[str]:
    """Print how scores rank each group's people, and what criteria on scores find.

    Parameters
    ----------
    part : DecisionAudit
        The audit, safe to print.
    table : GroupTable
        One of its tables.
    look : Look
        Width and colour.

    Returns
    -------
    list of str
        Nothing where no scores were counted.
    """
    text = score_text(part, table.attribute)
    if text is None:
        return []
    headings = ["", "AUC", "mean score of positives", "mean score of negatives"]
    rows = [
        [group.name, group.auc, group.mean_of_positives, group.mean_of_negatives]
        for group in text.groups[:_MOST_GROUPS]
    ]
    if text.calibration:
        headings.append("calibration error")
        for row, group in zip(rows, text.groups, strict=False):
            row.append(group.calibration_error)
    lines = look.heading(scores_title(text, table))
    lines += _grid([headings, *rows], look)
    if len(text.groups) > _MOST_GROUPS:
        lines += look.text(f"{len(text.groups) - _MOST_GROUPS} more: in the JSON.")
    for gap in text.gaps:
        lines += look.text(_sentence(gap), hang=2)
    reasons = list(dict.fromkeys(why for gap in text.gaps for why in gap.left_out))
    if reasons:
        lines += look.text(f"Not compared: {listed(reasons, most=_MOST_REASONS)}.")
    for note in text.notes:
        lines += look.text(note)
    return lines


def _grid(rows: list[list[str]], look: Look) -> list[str]:
    """Set the lines; what is left of the width goes to the numbers."""
    first = min(20, widest(row[0] for row in rows))
    numbers = len(rows[0]) - 1
    each = (look.width - first - numbers) // numbers
    natural = [
        max(
            widest(row[place] for row in rows[1:]),
            widest(rows[0][place].split(" ")),
        )
        for place in range(1, numbers + 1)
    ]
    columns = [Column(width=first)]
    columns += [Column(width=min(each, width), align="right") for width in natural]
    heading = grid(rows[:1], columns, gap=1, bottom=True)
    return [
        *(look.paint("heading", line) for line in heading),
        *grid(rows[1:], columns, gap=1),
    ]


def _sentence(gap: ScoreGap) -> str:
    """Write one criterion's line."""
    mark = f"{NBSP}◀" if gap.gated else ""
    if not gap.seen_between:
        return f"- {gap.title}{mark}: undefined."
    shown = (
        f"shown {gap.shown} ({gap.shown_between})"
        if gap.shown_between
        else f"none shown, up to {gap.not_excluded} not excluded"
    )
    return f"- {gap.title}{mark}: {gap.seen} seen ({gap.seen_between}); {shown}."
