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
        "black : criminal :: caucasian : ?",
        "jew : greedy :: muslim : ?",
    ]
    assert answers.rows[2][1:] == ("not asked", "no vector for caucasian")
    told = section.findings[0].caveats[-1]
    assert told.startswith("2 of 4 usual questions were not asked: black : criminal")
    assert "(no vector for caucasian)" in told
    assert pairs.rows[0] == ("she – he",)


def test_a_question_of_ones_own_without_a_vector_is_refused(glove: Embedding) -> None:
    with pytest.raises(InputError, match=r"no vector for 'womann'.* Did you mean 'woman'"):
        analogy_section(single(glove), [("man", "doctor", "womann")])


def test_vectors_without_any_usual_word_are_refused_with_the_reason(
    toy: Embedding,
) -> None:
    with pytest.raises(InputError, match=r"none of the usual .* no vector for man, doctor"):
        analogy_section(single(toy))
