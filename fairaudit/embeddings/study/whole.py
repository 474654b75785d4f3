"""A study of word vectors, whole: every question asked of every side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.embeddings.association import DRAWS, weat
from fairaudit.embeddings.study import asked as analogies
from fairaudit.embeddings.study import gender, groups, remains
from fairaudit.embeddings.study.battery import battery_section
from fairaudit.embeddings.study.lost import lost_words
from fairaudit.embeddings.study.notes import study_notes
from fairaudit.embeddings.study.provenance import sources_of
from fairaudit.embeddings.study.sides import AFTER, Section, joined
from fairaudit.embeddings.word_sets import MINIMUM_WORDS, check_draws, check_minimum
from fairaudit.report.model import Note, Study

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy as np

    from fairaudit.core.estimate import Estimate
    from fairaudit.embeddings.study.measures import Asked
    from fairaudit.embeddings.study.sides import Sides

SUBJECT = "word embeddings"

Questions = tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Studied:
    """A study without verdicts, and its numbers by the names that gates give them.

    `chance` has draws of what a number would be without any association.
    """

    study: Study
    numbers: dict[str, Estimate]
    chance: dict[str, tuple[float, ...]]


def study_of(
    sides: Sides,
    asked: Asked,
    *,
    method: str | None = None,
    questions: Questions = analogies.QUESTIONS,
    answers: int = analogies.ANSWERS,
    minimum: int = MINIMUM_WORDS,
    draws: int = DRAWS,
    seed: int = 0,
    progress: Callable[[str], None] | None = None,
) -> Studied:
    """How biased are these vectors, by everything that was asked for?

    Parameters
    ----------
    sides : tuple of Side
        One embedding, or two beside each other.
    asked : Asked
        Association tests and measures.
    method : str, optional
        How the last side was debiased; the residual tests and the utility are then part of
        the study, whatever was asked for.
    questions : tuple of tuple of str
        Analogies.
    answers : int
        How many of each analogy.
    minimum : int
        The fewest words that must be left of a list of an association test.
    draws : int
        Bootstrap samples of words; 0 for no intervals.
    seed : int
        For everything that is drawn.
    progress : callable, optional
        Told what is being measured.

    Returns
    -------
    Studied
        The study without verdicts, and its numbers.

    Raises
    ------
    InputError
        When a test that was asked for by name cannot be made, or none of all can.
    """
    import numpy as np

    check_minimum(minimum, "audit")
    check_draws(draws, "audit")
    if asked.by_name:
        for test in asked.tests:
            for side in sides:
                weat(side.embedding, test, minimum=minimum, draws=0)
    rng = np.random.default_rng(seed)
    made, missed = [], []
    for name, question in _questions(
        sides, asked, rng, (questions, answers, minimum, draws, seed)
    ):
        if progress is not None:
            progress(name)
        try:
            made.append(question())
        except InputError as error:
            if asked.by_name or name in ("residual tests", "utility"):
                raise
            missed.append(str(error))
    missed = list(dict.fromkeys(missed))
    found = joined(made)
    if not asked.by_name and not any(_measured(one) for one in made):
        raise InputError(
            f"{sides[0].embedding.name}: nothing could be measured: "
            f"{_why_nothing(missed, found)}"
        )
    return Studied(
        study=_study(sides, found, missed, method, minimum, seed),
        numbers=found.numbers,
        chance=found.chance,
    )


def _questions(
    sides: Sides,
    asked: Asked,
    rng: np.random.Generator,
    settings: tuple[Questions, int, int, int, int],
) -> Iterator[tuple[str, Callable[[], Section]]]:
    """List what is asked, in the order of the report."""
    questions, answers, minimum, draws, seed = settings
    if sides[-1].label == AFTER:
        yield "residual tests", lambda: remains.residual_section(sides, seed=seed)
        yield "utility", lambda: remains.utility_section(sides)
    if asked.tests:
        yield (
            "association tests",
            lambda: battery_section(
                sides, asked.tests, minimum=minimum, draws=draws, seed=seed
            ),
        )
    known: dict[str, Callable[[], Section]] = {
        "direct_bias": lambda: gender.direct_bias_section(sides, rng=rng, draws=draws),
        "occupations": lambda: gender.occupation_section(sides),
        "analogies": lambda: analogies.analogy_section(sides, questions, answers=answers),
        "rnd": lambda: groups.norm_section(sides, rng=rng, draws=draws),
        "ripa": lambda: groups.inner_product_section(sides, rng=rng, draws=draws),
        "ect": lambda: groups.coherence_section(sides),
        "mac": lambda: groups.average_cosine_section(sides),
        "rnsb": lambda: groups.sentiment_section(sides),
    }
    yield from ((name, known[name]) for name in asked.measures)


def _why_nothing(missed: Sequence[str], found: Section) -> str:
    """Give the first reason of all, and say how many more there are."""
    undefined = (
        f"{finding.estimate.undefined_because}."
        for finding in found.findings
        if finding.estimate.value is None
    )
    first, *more = dict.fromkeys([*missed, *undefined])
    return f"{first.removesuffix('.')}{f' (and {len(more)} more)' if more else ''}."


def _measured(section: Section) -> bool:
    """Tell whether a section has any number."""
    return bool(section.passages and not section.findings) or any(
        row.estimate.value is not None
        for finding in section.findings
        if finding.evidence.kind == "measurement"
        for row in finding.evidence.rows
    )


def _study(
    sides: Sides,
    found: Section,
    missed: Sequence[str],
    method: str | None,
    minimum: int,
    seed: int,
) -> Study:
    """Put findings, texts and notes into the part of a report."""
    notes = study_notes(sides, found.findings, minimum)
    unmade = tuple(
        Note(id=f"not-made-{place}", kind="doubt", text=text)
        for place, text in enumerate(missed, 1)
    )
    return Study(
        subject=SUBJECT,
        question=_asked_of(sides, method),
        sources=tuple(
            source
            for side in (sides if method is None else sides[:1])
            for source in sources_of(side.embedding)
        ),
        design=tuple(_design(sides, method)),
        findings=found.findings,
        passages=(*found.passages, *lost_words(sides, found.lists)),
        notes=(*notes, *unmade),
        seed=seed,
    )


def _asked_of(sides: Sides, method: str | None) -> str:
    """Say what was asked."""
    if method is not None:
        return (
            "Which associations with gender, race and religion do these word vectors hold, "
            "before and after debiasing, and what is left?"
        )
    if len(sides) > 1:
        return "Which of these word vectors associate groups of people with what?"
    return "Which associations with gender, race and religion do these word vectors hold?"


def _design(sides: Sides, method: str | None) -> Iterator[tuple[str, str]]:
    """Say how it was looked at."""
    for side in sides if method is None else sides[:1]:
        name = side.embedding.name if len(sides) > 1 and method is None else "vectors"
        yield (
            name,
            f"{len(side.embedding):,} words with {side.embedding.dimensions} numbers each",
        )
    if method is not None:
        yield "debiasing", method
    yield "words", "cosines in float64 of the stored vectors, each taken at length 1"
