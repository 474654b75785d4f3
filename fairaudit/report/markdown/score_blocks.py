"""The scores of a table in Markdown: what they mean in each group, and criteria on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.markdown.inline import inline
from fairaudit.report.markdown.table import table as set_table
from fairaudit.report.sections.scores import score_text, scores_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.evidence import GroupTable
    from fairaudit.report.model import DecisionAudit
    from fairaudit.report.sections.scores import ScoreGap, ScoreText

_MOST_GROUPS = 60
_MOST_REASONS = 6


def score_blocks(part: DecisionAudit, table: GroupTable) -> Iterator[str]:
    """Give how scores rank each group's people, and how far apart groups are on them.

    Yields
    ------
    str
        Heading, two tables and notes; nothing where no scores were counted.
    """
    text = score_text(part, table.attribute)
    if text is None:
        return
    yield f"## {inline(scores_title(text, table))}"
    yield _groups(text, table)
    if text.gaps:
        headings = ["criterion", "seen between", "shown between", "seen", "shown"]
        rows = [_gap(gap) for gap in text.gaps]
        yield set_table([*headings, "not excluded"], rows, left=3)
    yield "\n".join(f"- Note: {inline(note)}" for note in _notes(text))


def _groups(text: ScoreText, table: GroupTable) -> str:
    """Set one line for each group."""
    error = ["calibration error"] if text.calibration else []
    headings = [
        table.attribute,
        "AUC",
        "mean score of positives",
        "mean score of negatives",
    ]
    rows = [
        [
            group.name,
            group.auc,
            group.mean_of_positives,
            group.mean_of_negatives,
            *([group.calibration_error or "–"] if text.calibration else []),
        ]
        for group in text.groups[:_MOST_GROUPS]
    ]
    return set_table([*headings, *error], rows)


def _gap(gap: ScoreGap) -> list[str]:
    """Write one criterion's line."""
    return [
        f"{gap.title}{' ◀' if gap.gated else ''}",
        gap.seen_between or "–",
        gap.shown_between or "–",
        gap.seen,
        gap.shown,
        gap.not_excluded or "–",
    ]


def _notes(text: ScoreText) -> Iterator[str]:
    """Say who is not in the tables, and what the numbers are."""
    more = len(text.groups) - _MOST_GROUPS
    if more > 0:
        yield f"{more} more groups: in the JSON."
    for gap in text.gaps:
        reasons = gap.left_out[:_MOST_REASONS]
        if reasons:
            unsaid = len(gap.left_out) - len(reasons)
            others = f"; and {unsaid} more" if unsaid else ""
            yield f"Not compared by {gap.title}: {'; '.join(reasons)}{others}."
    if any(gap.gated for gap in text.gaps):
        yield "◀ required."
    yield from text.notes
