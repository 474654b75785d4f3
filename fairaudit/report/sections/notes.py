"""What the reader must know beside the numbers: doubts, limits, assumptions, facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairaudit.report.model import Part

MOST_NOTES = 12
"""Notes shown on one page; how many more there are is said."""

_KINDS = {
    "doubt": "Doubt",
    "limit": "Cannot tell",
    "assumption": "Assumed",
    "fact": "Note",
}
"""What each kind is called, the weightiest first."""


def labelled_notes(part: Part) -> list[tuple[str, str]]:
    """Give every note with what its kind is called: doubts first, facts last."""
    order = list(_KINDS)
    notes = sorted(part.notes, key=lambda note: order.index(note.kind))
    return [(_KINDS[note.kind], note.text) for note in notes]
