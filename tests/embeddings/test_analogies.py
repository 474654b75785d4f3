from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.embeddings import Embedding, analogies, analogy, analogy_pairs
from tests.embeddings.subsets import Subset


def test_pairs_like_she_and_he_are_those_of_the_reference(google_news: Subset) -> None:
    found = analogy_pairs(google_news.before)
    expected = google_news.expected["before"]
    assert found.candidates == expected["analogy_pairs_within_delta"]
    assert [(pair.first, pair.second) for pair in found.pairs] == [
        (first, second) for first, second, _ in expected["analogies_she_he"]
    ]
    assert [pair.score for pair in found.pairs] == pytest.approx(
        [score for _, _, score in expected["analogies_she_he"]], abs=1e-6
    )
    after = analogy_pairs(google_news.after, most=1)
    assert after.candidates == google_news.expected["after"]["analogy_pairs_within_delta"]


def test_barring_the_words_asked_about_makes_a_gendered_answer(
    glove: Embedding, google_news: Subset
) -> None:
    small = analogy(glove, "man", "doctor", "woman")
    assert (small.unbarred[0].word, small.barred[0].word) == ("doctor", "nurse")
    large = analogy(google_news.before, "man", "doctor", "woman")
    assert (large.unbarred[0].word, large.barred[0].word) == ("doctor", "gynecologist")


def test_gensim_gives_the_same_answers_with_the_words_barred(glove: Embedding) -> None:
    keyed = glove.keyed_vectors()
    theirs = keyed.most_similar(positive=["doctor", "woman"], negative=["man"], topn=5)
    ours = analogy(glove, "man", "doctor", "woman").barred
    assert [answer.word for answer in ours] == [word for word, _ in theirs]
    assert [answer.cosine for answer in ours] == pytest.approx(
        [cosine for _, cosine in theirs], abs=1e-5
    )


def test_tiles_do_not_change_the_pairs(
    glove: Embedding, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = analogy_pairs(glove, most=20, words=800)
    monkeypatch.setattr(analogies, "_TILE", 157)
    assert analogy_pairs(glove, most=20, words=800) == whole
    assert len({pair.first for pair in whole.pairs}) == 20
    assert len({pair.second for pair in whole.pairs}) == 20


def test_every_pair_is_found_that_looking_at_all_of_them_finds() -> None:
    rng = np.random.default_rng(4)
    rows = rng.normal(size=(60, 5))
    some = Embedding.make("some", [f"w{i}" for i in range(60)], rows)
    unit = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    near = np.triu(unit @ unit.T >= 0.5, 1)
    found = analogy_pairs(some, "w0", "w1", most=100)
    assert found.candidates == near.sum()
    assert all(pair.score >= 0 for pair in found.pairs)
    between = unit[0] - unit[1]
    best = found.pairs[0]
    apart = unit[some.index[best.first]] - unit[some.index[best.second]]
    cosine = between @ apart / np.linalg.norm(between) / np.linalg.norm(apart)
    assert best.score == pytest.approx(cosine)


def test_words_far_from_each_other_make_no_pairs() -> None:
    apart = Embedding.make("apart", ["a", "b", "c"], np.eye(3))
    assert analogy_pairs(apart, "a", "b").pairs == ()


def test_unknown_and_equal_words_are_refused(glove: Embedding) -> None:
    with pytest.raises(
        InputError, match=r"no vector for 'womann'\. Did you mean 'woman'\?"
    ):
        analogy(glove, "man", "doctor", "womann")
    with pytest.raises(InputError, match="the words must differ; got man, doctor, man"):
        analogy(glove, "man", "doctor", "Man")


def test_words_with_one_vector_ask_nothing() -> None:
    constant = Embedding.make("constant", list("abcde"), np.ones((5, 3)))
    says = "'a' and 'b' have the same vector in constant"
    with pytest.raises(InputError, match=says):
        analogy(constant, "a", "b", "c")
    with pytest.raises(InputError, match=says):
        analogy_pairs(constant, "a", "b")
    rows = np.array([[1.0, 0.0], [0.5, 3**0.5 / 2], [0.5, -(3**0.5) / 2], [0.0, 1.0]])
    triangle = Embedding.make("triangle", list("abcd"), rows)
    with pytest.raises(InputError, match="'b' less 'a' and 'c' cancel out in triangle"):
        analogy(triangle, "a", "b", "c")
    with pytest.raises(InputError, match="answers must be 1 or more; got 0"):
        analogy(triangle, "a", "b", "d", answers=0)
