"""The front door for word vectors: an embedding in, an audit report out."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from fairaudit.auditing.front_door import policy_of
from fairaudit.auditing.notes import policy_notes
from fairaudit.auditing.studies import report_of
from fairaudit.core.errors import InputError
from fairaudit.core.value import replace
from fairaudit.embeddings.association import DRAWS
from fairaudit.embeddings.debias.methods import debiased
from fairaudit.embeddings.study.asked import ANSWERS, QUESTIONS
from fairaudit.embeddings.study.measures import asked_for
from fairaudit.embeddings.study.sides import Side, before_and_after, single
from fairaudit.embeddings.study.whole import SUBJECT, study_of
from fairaudit.embeddings.word_sets import MINIMUM_WORDS
from fairaudit.policy.study_gates import judge_numbers, parse_study_gate
from fairaudit.policy.waivers import waived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date
    from pathlib import Path

    from fairaudit.core.requirements import Requirements
    from fairaudit.embeddings.embedding import Embedding
    from fairaudit.embeddings.study.sides import Sides
    from fairaudit.embeddings.study.whole import Questions, Studied
    from fairaudit.embeddings.word_sets import AssociationTest
    from fairaudit.policy.document import Policy
    from fairaudit.report.model import AuditReport, Study


def audit_vectors(  # noqa: PLR0913 - one door, its options by name
    embedding: Embedding,
    tests: Iterable[str | AssociationTest] | str | None = None,
    *,
    debias: str | Embedding | None = None,
    against: Embedding | None = None,
    gates: Iterable[str] | str = (),
    why: str | None = None,
    policy: Policy | str | Path | None = None,
    questions: Questions = QUESTIONS,
    answers: int = ANSWERS,
    minimum: int | None = None,
    draws: int | None = None,
    seed: int = 0,
    command: str | None = None,
    progress: Callable[[str], None] | None = None,
    today: date | None = None,
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
    policy : Policy, str or path-like, optional
        A fairaudit.toml with gates on numbers of a study, and waivers; gates given here go
        before its gates.
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
    today : datetime.date, optional
        The day that decides whether waivers hold; today by default.

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
    required = _required(policy, [gates] if isinstance(gates, str) else gates, why)
    day = today or datetime.now(UTC).date()
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
        _judged(studied, required, day),
        engine="numpy",
        started=started,
        command=command,
        today=today,
    )


def _required(
    policy: Policy | str | Path | None, gates: Iterable[str], why: str | None
) -> Requirements:
    """Say what is required: by the policy, or by what was given instead."""
    required = policy_of(policy).study
    given = tuple(parse_study_gate(text) for text in gates)
    if given:
        return replace(required, numbers=given, why=why)
    return required if why is None else replace(required, why=why)


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


def _judged(studied: Studied, required: Requirements, today: date) -> Study:
    """Hold a study's numbers against its gates."""
    verdicts = judge_numbers(
        required.numbers, studied.numbers, where=SUBJECT, chance=studied.chance
    )
    return replace(
        studied.study,
        requirements=required,
        verdicts=tuple(waived(one, required.waivers, today) for one in verdicts),
        notes=(*studied.study.notes, *policy_notes(required, today)),
    )
