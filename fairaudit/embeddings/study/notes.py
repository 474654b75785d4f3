"""What a reader of a study of word vectors must know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import shown
from fairaudit.embeddings.study.sides import AFTER, BEFORE
from fairaudit.report.model import Note

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.core.finding import Finding
    from fairaudit.embeddings.study.sides import Sides


def study_notes(
    sides: Sides, findings: Sequence[Finding], minimum: int
) -> tuple[Note, ...]:
    """What limits this study, what was assumed, and what weakens its numbers?"""
    lists = any(finding.id != "analogies" for finding in findings)
    return (
        *_limits(sides, lists=lists),
        *_readings(sides, minimum, lists=lists),
        *_undefined(findings),
    )


def _limits(sides: Sides, *, lists: bool) -> Iterator[Note]:
    """Say what vectors cannot tell."""
    yield Note(
        id="association-not-harm",
        kind="limit",
        text="Association in vectors is not harm done: whether a system that uses them "
        "treats people differently is shown only by auditing its decisions.",
    )
    yield Note(
        id="no-association-no-proof",
        kind="limit",
        text="A test that finds nothing shows nothing about words it does not hold; these "
        "lists are English, and most are from the United States.",
    )
    if lists:
        yield Note(
            id="small-word-sets",
            kind="doubt",
            text="Small sets of words are unstable: other words for the same things can "
            "give other numbers; the intervals resample the words that are there.",
        )
    if sides[-1].label == AFTER:
        yield Note(
            id="direction-not-bias",
            kind="limit",
            text="Removing the direction is not removing the bias: measures along the "
            "direction are small by construction afterwards, so that only the residual "
            "tests can tell what is left.",
        )
    elif len(sides) > 1:
        yield Note(
            id="different-vectors",
            kind="limit",
            text="The vectors differ in more than bias: corpus, words, dimensions. No test "
            "of the difference between them is made.",
        )


def _readings(sides: Sides, minimum: int, *, lists: bool) -> Iterator[Note]:
    """Say how words were looked up."""
    if lists:
        yield Note(
            id="words-dropped",
            kind="assumption",
            text=f"Words without a vector are dropped and named; lists are not cut to "
            f"equal size; a list with fewer than {minimum} words left is refused (2 for "
            f"groups in RND, RIPA, ECT and MAC).",
        )
    if any(side.embedding.lower_case for side in sides):
        yield Note(
            id="lower-case",
            kind="fact",
            text="All words of the vectors are in lower case; the lists are looked up so, "
            "and names that are also common words are taken as those.",
        )
    if BEFORE in (side.label for side in sides):
        return
    first, *others = sides
    for other in others:
        known = set(first.embedding.index)
        shared = len(known.intersection(other.embedding.index))
        yield Note(
            id=f"shared-words-{other.named}",
            kind="fact",
            text=f"{first.named} and {other.named} share {shared:,} words of "
            f"{len(first.embedding):,} and {len(other.embedding):,}.",
        )


def _undefined(findings: Sequence[Finding]) -> Iterator[Note]:
    """Name what could not be measured."""
    for finding in findings:
        if finding.evidence.kind != "measurement":
            continue
        without = [
            f"{row.name}{f' ({row.group})' if row.group else ''}"
            for row in finding.evidence.rows
            if row.estimate.value is None
        ]
        if without:
            yield Note(
                id=f"undefined-{finding.id}",
                kind="doubt",
                text=f"{finding.evidence.title}: no number for {shown(without, 4)}; the "
                f"table says why.",
            )
