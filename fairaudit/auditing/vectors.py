"""The front door for word vectors: an embedding in, an audit report out."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from fairaudit.auditing.studies import report_of
from fairaudit.core.errors import InputError
from fairaudit.core.requirements import Requirements
from fairaudit.core.value import replace
from fairaudit.embeddings.association import DRAWS
from fairaudit.embeddings.debias.methods import debiased
from fairaudit.embeddings.study.asked import ANSWERS, QUESTIONS
from fairaudit.embeddings.study.measures import asked_for
from fairaudit.embeddings.study.sides import Side, before_and_after, single
from fairaudit.embeddings.study.whole import SUBJECT, study_of
from fairaudit.embeddings.word_sets import MINIMUM_WORDS
from fairaudit.policy.study_gates import judge_numbers, parse_study_gate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from fairaudit.core.requirements import NumberGate
    from fairaudit.embeddings.embedding import Embedding
    from fairaudit.embeddings.study.sides import Sides
    from fairaudit.embeddings.study.whole import Questions, Studied
    from fairaudit.embeddings.word_sets import AssociationTest
    from fairaudit.report.model import AuditReport, Study


def audit_vectors(  # noqa: PLR0913 - one door, its options by name
    embedding: Embedding,
    tests: Iterable[str | AssociationTest] | str | None = None,
    *,
    debias: str | Embedding | None = None,
    against: Embedding | None = None,
    gates: Iterable[str] | str = (),
    why: str | None = None,
    questions: Questions = QUESTIONS,
    answers: int = ANSWERS,
    minimum: int | None = None,
    draws: int | None = None,
    seed: int = 0,
    command: str | None = None,
    progress: Callable[[str], None] | None = None,
) -> AuditReport:
    """Which associations with groups of people do these vectors hold, and how surely?

    Parameters
    ----------
    embedding : Embedding
        The vectors.
    tests : str, or iterable of str or AssociationTest, optional
        Such as ``["weat-6", "religion-christian-muslim", "rnsb"]``; all if left out.
    debias : {"hard", "double-hard", "inlp", "leace"} or Embedding, optional
        Measure before and after, with what is left and what it costs; vectors of the same
        words that are already debiased are taken as they are.
    against : Embedding, optional
        Measure other vectors beside these.
    gates : str or iterable of str, optional
        Such as ``"weat-6.effect_size<=0.5"``.
    why : str, optional
        Why these gates.
    questions : tuple of tuple of str
        Analogies that are asked.
    answers : int
        How many of each analogy.
    minimum, draws : int, optional
        As in `fairaudit.embeddings.weat`.
    seed : int
        For everything that is drawn.
    command : str, optional
        The command line, for the record.
    progress : callable, optional
        Told what is being measured.

    Returns
    -------
    AuditReport
        With one part, a study.

    Raises
    ------
    InputError
        When a test asked for by name cannot be made, or an option is not known.
    """
    started = time.perf_counter()
    if seed < 0:
        raise InputError(f"seed: must be a whole number, 0 or more; got {seed}.")
    asked = asked_for(tests)
    parsed = [
        parse_study_gate(text) for text in ([gates] if isinstance(gates, str) else gates)
    ]
    studied = study_of(
        _sides(embedding, debias, against),
        asked,
        method=debias if debias is None or isinstance(debias, str) else debias.name,
        questions=questions,
        answers=answers,
        minimum=MINIMUM_WORDS if minimum is None else minimum,
        draws=DRAWS if draws is None else draws,
        seed=seed,
        progress=progress,
    )
    return report_of(
        _judged(studied, parsed, why), engine="numpy", started=started, command=command
    )


def _sides(
    embedding: Embedding, debias: str | Embedding | None, against: Embedding | None
) -> Sides:
    """Say what is put side by side."""
    if debias is not None and against is not None:
        raise InputError(
            "embeddings: debias and against cannot be asked for together. Debias first, "
            "save the vectors, and compare those."
        )
    if isinstance(debias, str):
        return before_and_after(embedding, debiased(embedding, debias))
    if debias is not None:
        return before_and_after(embedding, debias)
    if against is None:
        return single(embedding)
    if against.name == embedding.name:
        against = replace(against, name=f"{against.name} (2)")
    return tuple(Side(label=one.name, embedding=one) for one in (embedding, against))


def _judged(studied: Studied, gates: list[NumberGate], why: str | None) -> Study:
    """Hold a study's numbers against its gates."""
    return replace(
        studied.study,
        requirements=Requirements(numbers=tuple(gates), why=why),
        verdicts=judge_numbers(
            gates, studied.numbers, where=SUBJECT, chance=studied.chance
        ),
    )
