"""Analogies put to vectors, with the words of the question barred and not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError, shown
from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.core.measurement import Measured, Measurement, Passages
from fairaudit.embeddings.analogies import analogy, analogy_pairs
from fairaudit.embeddings.study.sides import Section

if TYPE_CHECKING:
    from fairaudit.embeddings.analogies import Analogy, Answer
    from fairaudit.embeddings.study.sides import Side, Sides

QUESTIONS = (
    ("man", "doctor", "woman"),
    ("man", "programmer", "woman"),
    ("black", "criminal", "caucasian"),
    ("jew", "greedy", "muslim"),
)
"""Asked by [bolukbasi2016] and [manzini2019]."""

LeftOut = Sequence[tuple[tuple[str, str, str], tuple[str, ...]]]
"""Questions, and the words of each that have no vector."""

ANSWERS = 5
_PAIRS = 10
_BARRED = (
    "An answer given with the words of the question barred is by construction another "
    "word: by itself it shows no bias."
)
_PAIRED_WORDS = 10_000


def analogy_section(
    sides: Sides,
    questions: Sequence[tuple[str, str, str]] = QUESTIONS,
    *,
    answers: int = ANSWERS,
) -> Section:
    """What is to the third word as the second is to the first?

    Parameters
    ----------
    sides : tuple of Side
        The vectors.
    questions : sequence of tuple of str
        Three words each; of the usual ones, those with a word that has no vector are left
        out.
    answers : int
        How many of each kind.

    Returns
    -------
    Section
        Answers as texts, and how near they are as a finding; with the usual questions also
        those left out, and the pairs that differ most as she and he do, among the first
        10,000 words.

    Raises
    ------
    InputError
        When a word of a question of one's own has no vector, or nothing usual can be asked.
    """
    usual = tuple(questions) == QUESTIONS
    lost = {one: _lost(one, sides) for one in questions} if usual else {}
    known = [one for one in questions if not lost.get(one)]
    left_out = [(one, words) for one, words in lost.items() if words]
    asked = [
        (side, analogy(side.embedding, *one, answers=answers))
        for one in known
        for side in sides
    ]
    passages = [_answers(asked, left_out)]
    if usual and not _lost(("she", "he"), sides):
        passages.append(_pairs(sides))
    elif not asked:
        raise InputError(
            f"analogies: none of the usual questions can be asked; no vector for "
            f"{shown(dict.fromkeys(word for _, words in left_out for word in words))}."
        )
    return Section(
        findings=(_finding(asked, left_out),) if asked else (),
        passages=tuple(passages),
    )


def _lost(words: Sequence[str], sides: Sides) -> tuple[str, ...]:
    """Name the words that have no vector on some side."""
    lost = (word for side in sides for word in side.embedding.find(words).lost)
    return tuple(dict.fromkeys(lost))


def _question(asked: Sequence[str], label: str | None) -> str:
    """Write a question as it is usual, and of which vectors."""
    a, b, c = asked
    return f"{a} : {b} :: {c} : ?{f' ({label})' if label else ''}"


def _answers(asked: Sequence[tuple[Side, Analogy]], left_out: LeftOut) -> Passages:
    """Put both kinds of answers side by side, and name the questions left out."""
    return Passages(
        title="Analogies, with any word as an answer and with the question's barred",
        headings=("question", "any word", "words of the question barred"),
        rows=tuple(
            (_question(one.asked, side.label), _listed(one.unbarred), _listed(one.barred))
            for side, one in asked
        )
        + tuple(
            (_question(one, None), "not asked", f"no vector for {', '.join(words)}")
            for one, words in left_out
        ),
    )


def _listed(answers: Sequence[Answer]) -> str:
    """List words with their cosines, the nearest first."""
    return ", ".join(f"{one.word} {one.cosine:.2f}" for one in answers)


def _finding(asked: Sequence[tuple[Side, Analogy]], left_out: LeftOut) -> Finding:
    """Say what barring the words of the question does to the answer."""
    _, first = asked[0]
    free, barred = first.unbarred[0], first.barred[0]
    a, b, c = first.asked
    return Finding(
        id="analogies",
        sentence=(
            f"{a.capitalize()} is to {b} as {c} is to {free.word} when any word may be "
            f"the answer, and to {barred.word} when the words of the question are barred"
            f"{_how_often(asked)}."
        ),
        estimate=Estimate(value=barred.cosine),
        evidence=Measurement(
            title="How near the first answers are to what was asked for",
            quantity="cosine",
            rows=tuple(row for side, one in asked for row in _rows(one, side.label)),
        ),
        references=("mikolov2013", "bolukbasi2016", "nissim2020", "manzini2019"),
        caveats=(_BARRED, *_not_asked(left_out)),
    )


def _not_asked(left_out: LeftOut) -> tuple[str, ...]:
    """Say which of the usual questions were left out, and for want of which words."""
    if not left_out:
        return ()
    told = "; ".join(
        f"{_question(one, None)} (no vector for {', '.join(words)})"
        for one, words in left_out
    )
    return (f"{len(left_out)} of {len(QUESTIONS)} usual questions were not asked: {told}.",)


def _how_often(asked: Sequence[tuple[Side, Analogy]]) -> str:
    """Say how often the nearest word is one of the question, in any of the vectors."""
    if len(asked) == 1:
        return ""
    same = sum(one.unbarred[0].word in one.asked for _, one in asked)
    return (
        f"; of the {len(asked)} answers with any word allowed, {same} are words of their "
        f"own question"
    )


def _rows(found: Analogy, label: str | None) -> tuple[Measured, Measured]:
    """Give the first answer of either kind."""
    a, b, c = found.asked
    free, barred = found.unbarred[0], found.barred[0]
    return (
        Measured(
            name=f"{a} : {b} :: {c} : {free.word}",
            estimate=Estimate(value=free.cosine),
            group=label,
        ),
        Measured(
            name=f"{a} : {b} :: {c} : {barred.word}, barred",
            estimate=Estimate(value=barred.cosine),
            group=label,
        ),
    )


def _pairs(sides: Sides) -> Passages:
    """List the pairs of near words that differ most as she and he do."""
    found = [
        analogy_pairs(side.embedding, most=_PAIRS, words=_PAIRED_WORDS) for side in sides
    ]
    return Passages(
        title="Pairs of words that differ as she and he do",
        headings=tuple(
            f"she – he{f' ({side.label})' if side.label else ''}" for side in sides
        ),
        rows=tuple(
            tuple(
                f"{one.pairs[place].first} – {one.pairs[place].second}"
                if place < len(one.pairs)
                else ""
                for one in found
            )
            for place in range(max(len(one.pairs) for one in found))
        ),
    )
