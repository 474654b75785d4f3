from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.linear_model import LogisticRegression

from fairaudit.embeddings import LeaceDebias
from fairaudit.embeddings.debias.leace import LeaceFit
from fairaudit.embeddings.residual import gendered_words
from tests.embeddings.subsets import Subset


def test_erasure_is_that_of_the_reference(google_news: Subset) -> None:
    vectors = google_news.before
    expected = google_news.expected["other_metrics_before"]["leace"]
    male, female = gendered_words(vectors).sides(expected["n"] // 2)
    before = vectors.unit(male + female)
    after = LeaceDebias.fit(vectors).transform(vectors).rows(male + female)
    y = np.repeat([0, 1], len(male))
    assert abs(after.T @ (y - y.mean())).max() / len(y) < 1e-12
    change = ((after - before) ** 2).sum(axis=1).mean()
    assert change == pytest.approx(expected["mean_sq_change"], abs=1e-9)
    for X, name in ((before, "before"), (after, "after")):
        accuracy = LogisticRegression(max_iter=1_000).fit(X, y).score(X, y)
        assert accuracy == pytest.approx(expected[f"logreg_train_acc_{name}"], abs=1e-9)


@given(seed=st.integers(0, 2**32 - 1), cut=st.integers(5, 35))
def test_parts_add_up_to_the_whole(seed: int, cut: int) -> None:
    rng = np.random.default_rng(seed)
    X, concepts = rng.normal(size=(40, 4)), rng.normal(size=(40, 2))
    whole = LeaceFit.of(X, concepts).eraser()
    parts = (
        LeaceFit.of(X[:cut], concepts[:cut]) + LeaceFit.of(X[cut:], concepts[cut:])
    ).eraser()
    one, other = (made.apply([], X.copy()) for made in (whole, parts))
    assert one == pytest.approx(other, abs=1e-9)
    assert abs(one.T @ (concepts - concepts.mean(axis=0))).max() < 1e-9


def test_no_linear_erasure_changes_less_in_a_case_that_is_known() -> None:
    # Uncorrelated axes of unit variance and a concept along the first: only it is erased.
    X = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]])
    eraser = LeaceFit.of(X, X[:, :1]).eraser()
    assert eraser.apply([], X.copy()) == pytest.approx(
        np.column_stack([np.zeros(4), X[:, 1]])
    )
