from __future__ import annotations

import pytest
from gensim.test.utils import datapath

from fairaudit.embeddings import Embedding, usefulness
from fairaudit.embeddings.utility import utility_tests
from tests.embeddings.subsets import Subset

NAMES = {"wordsim353": "ws353", "simlex999": "simlex999"}


def test_usefulness_is_that_of_the_reference(google_news: Subset) -> None:
    found = usefulness(google_news.before, google_news.after)
    for time in ("before", "after"):
        expected, tests = google_news.expected[time]["utility"], getattr(found, time)
        for name, likeness in tests.likeness.items():
            value = expected[NAMES[name]]
            assert likeness.pearson.value == pytest.approx(value["pearson"], abs=0.002)
            assert likeness.spearman.value == pytest.approx(value["spearman"], abs=0.002)
            assert likeness.share_lost == pytest.approx(value["oov_pct"] / 100)
        assert tests.analogies.denominator == expected["google_analogies"]["n"]
        value = expected["google_analogies"]["acc"]
        assert tests.analogies.value == pytest.approx(value, abs=0.002)


def test_gensim_counts_the_same_right_answers(glove: Embedding) -> None:
    # Fewer words, so that gensim, which answers one at a time, is done soon.
    small = Embedding.make("small", glove.words[:900], glove.matrix[:900])
    share, _ = small.keyed_vectors().evaluate_word_analogies(
        datapath("questions-words.txt")
    )
    assert utility_tests(small).analogies.value == pytest.approx(share)


def test_vectors_of_other_words_are_good_for_nothing_that_is_known(toy: Embedding) -> None:
    found = utility_tests(toy)
    assert found.analogies.undefined_because == "no analogy has vectors for all its words"
    assert found.likeness["simlex999"].pearson.undefined_because == (
        "0 pairs of words have vectors"
    )
