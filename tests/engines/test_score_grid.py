from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.engines.score_grid import on_grid, width

SCORES = st.lists(
    st.floats(-1e12, 1e12) | st.floats(-1, 1) | st.floats(300, 850), min_size=1, max_size=20
)
BITS = st.sampled_from([13, 10, 7])


@given(SCORES, BITS)
def test_a_score_stands_in_its_bin(scores: list[float], bits: int) -> None:
    edges = on_grid(np.array(scores), bits).tolist()
    for score, edge in zip(scores, edges, strict=True):
        assert edge <= score <= edge + width(edge, bits)


@given(SCORES, BITS)
def test_bins_keep_the_order_of_scores(scores: list[float], bits: int) -> None:
    edges = on_grid(np.sort(scores), bits)
    assert (np.diff(edges) >= 0).all()


@given(SCORES, BITS)
def test_a_bin_stays_where_it_is(scores: list[float], bits: int) -> None:
    edges = on_grid(np.array(scores), bits)
    assert on_grid(edges, bits).tolist() == edges.tolist()


def test_zero_and_one_are_edges() -> None:
    assert on_grid(np.array([0.0, 1.0]), 13).tolist() == [0.0, 1.0]


@pytest.mark.parametrize(
    ("low", "high", "least"), [(0, 1, 8192), (300, 850, 1000), (1, 10, 4000)]
)
def test_usual_scores_have_a_thousand_bins_and_more(
    low: float, high: float, least: int
) -> None:
    assert len(np.unique(on_grid(np.linspace(low, high, 100_000), 13))) >= least
