"""What a study of résumés cannot tell, and what weakens its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.model import Note
from fairaudit.resumes.instructions import order_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.resumes.effects.study import StudyEffects
    from fairaudit.resumes.plan import ResumeStudy


def notes_of(study: ResumeStudy, found: StudyEffects) -> Iterator[Note]:
    """What must a reader of a study know besides its numbers?

    Parameters
    ----------
    study : ResumeStudy
        Whose texts were shown.
    found : StudyEffects
        What the answers show.

    Yields
    ------
    Note
        Limits and doubts.
    """
    yield Note(
        id="names_imply_more",
        kind="limit",
        text="Names and clubs imply more than a group, such as class and age; the effect "
        "is of what they imply to this system.",
    )
    claims = {effect.claim for arm in found.arms for effect in arm.effects}
    if "these names" in claims:
        yield Note(
            id="these_names",
            kind="limit",
            text="Few names repeat in an arm: what is claimed there is about these names, "
            "and not about names like these.",
        )
    if found.controls.floor is None and not found.controls.placebo:
        yield Note(
            id="no_placebo",
            kind="doubt",
            text="Without a placebo arm it is not known how much names of one group vary.",
        )
    orders = [
        (pair.id, order)
        for pair in study.pairs
        if (order := order_in(pair.halves[0].text)) is not None
    ]
    if orders:
        pair, order = orders[0]
        yield Note(
            id="orders",
            kind="doubt",
            text=f"{len(orders):,} résumés give orders to whoever reads them (“{order}” in "
            f"{pair}): a system that obeys judges nothing else. Both halves carry them.",
        )
