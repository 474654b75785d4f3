"""What a study of résumés cannot tell, and what weakens its numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.report.model import Note

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.resumes.effects.study import StudyEffects


def notes_of(found: StudyEffects) -> Iterator[Note]:
    """What must a reader of a study know besides its numbers?"""
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
    if found.controls.floor is None:
        yield Note(
            id="no_placebo",
            kind="doubt",
            text="Without a placebo arm it is not known how much names of one group vary.",
        )
