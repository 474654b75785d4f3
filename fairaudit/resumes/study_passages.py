"""Texts of a study of résumés side by side: what was shown, and what was replied."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.measurement import Passages
from fairaudit.resumes.effects.answers import PLACEBO, QUALITY
from fairaudit.resumes.text_outcomes import most_different

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.resumes.effects.answers import Outcomes
    from fairaudit.resumes.plan import ResumeStudy
    from fairaudit.resumes.text_outcomes import SideBySide

_SHOWN = 3


def passages_of(study: ResumeStudy, outcomes: Outcomes) -> Iterator[Passages]:
    """Which texts are shown: cues of some pairs, and the replies that differ most?

    Parameters
    ----------
    study : ResumeStudy
        The pairs.
    outcomes : mapping of (pair id, half, framing, repeat) to Outcome
        The answers.

    Yields
    ------
    Passages
        Replies only where they are texts.
    """
    yield _cues(study)
    pairs = [pair for pair in study.pairs if pair.arm not in {PLACEBO, QUALITY}]
    replies = most_different(pairs, outcomes, count=_SHOWN)
    if replies:
        yield _replies(replies)


def _cues(study: ResumeStudy) -> Passages:
    """Show what differs in some pairs: the cues alone."""
    pairs = [pair for pair in study.pairs if pair.arm != "quality"][:_SHOWN]
    return Passages(
        title="What differs between the two halves of a pair",
        headings=("pair", "first half", "second half"),
        rows=tuple(
            (
                f"{pair.id} ({pair.job})",
                *(
                    f"{half.group}: "
                    + ", ".join(f"{key} “{text}”" for key, text in half.cues.items())
                    for half in pair.halves[:2]
                ),
            )
            for pair in pairs
        ),
    )


def _replies(replies: Sequence[SideBySide]) -> Passages:
    """Show the replies to the halves of a pair beside each other."""
    return Passages(
        title="The pairs whose replies differ most",
        headings=("pair", "reply to the first", "reply to the second"),
        rows=tuple(
            (
                one.pair,
                *(
                    f"{group}: {text}"
                    for group, text in zip(one.groups, one.texts, strict=True)
                ),
            )
            for one in replies
        ),
    )
