from __future__ import annotations

import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import Embedding
from fairaudit.embeddings.study.asked import analogy_section
from fairaudit.embeddings.study.sides import single


def test_barring_the_words_of_the_question_makes_nurse_of_doctor(
    glove: Embedding,
) -> None:
    section = analogy_section(single(glove), [("man", "doctor", "woman")])
    (finding,) = section.findings
    assert finding.sentence == (
        "Man is to doctor as woman is to doctor when any word may be the answer, and to "
        "nurse when the words of the question are barred."
    )
    ((question, free, barred),) = section.passages[0].rows
    assert question == "man : doctor :: woman : ?"
    assert free.startswith("doctor 0.90, nurse 0.84")
    assert barred.startswith("nurse 0.84")


def test_usual_questions_without_vectors_are_left_out_and_pairs_shown(
    glove: Embedding,
) -> None:
    section = analogy_section(single(glove))
    answers, pairs = section.passages
    assert [row[0] for row in answers.rows] == [
        "man : doctor :: woman : ?",
        "man : programmer :: woman : ?",
    ]
    assert pairs.rows[0] == ("she – he",)


def test_a_question_of_ones_own_without_a_vector_is_refused(glove: Embedding) -> None:
    with pytest.raises(InputError, match=r"no vector for 'womann'.* Did you mean 'woman'"):
        analogy_section(single(glove), [("man", "doctor", "womann")])
