from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.criteria.scored_groups import BANDS, quantile_edges
from tests.scored import drawn, groups_of, scored


@given(st.lists(st.integers(1, 50), min_size=1, max_size=60), st.integers(1, 12))
def test_every_part_has_somebody_and_none_more_than_its_share_and_one_score(
    people: list[int], wanted: int
) -> None:
    scores, counts = np.arange(len(people)), np.array(people)
    edges = quantile_edges(scores, counts, wanted)
    assert edges[0] == 0
    assert len(edges) <= max(wanted, 1) or len(scores) <= wanted
    parts = np.add.reduceat(counts, edges)
    assert (parts > 0).all()
    assert (parts <= counts.sum() / wanted + max(people)).all()


def test_bands_hold_everybody_with_a_label_once() -> None:
    groups = groups_of({"a": drawn(1, 3_000), "b": drawn(2, 500, shape=(1, 4))})
    assert len(groups.ranges) == BANDS
    for side in groups.sides:
        assert side.bands.people.sum() == side.table.labelled.sum()
        assert side.steps.people.sum() == side.table.labelled.sum()
        assert side.bands.positives.sum() == side.table.positives.sum()


def test_bands_are_of_all_groups_together_and_about_equally_full() -> None:
    groups = groups_of({"a": drawn(1, 5_000), "b": drawn(2, 5_000, shape=(1, 4))})
    together = sum(side.bands.people for side in groups.sides)
    assert together == pytest.approx([1_000] * BANDS, rel=0.2)
    lows, highs = zip(*groups.ranges, strict=True)
    assert all(high < low for high, low in zip(highs, lows[1:], strict=False))


def test_a_mean_score_is_that_of_the_people_in_the_band() -> None:
    groups = scored({"a": [(0.0, True), (0.5, True), (0.5, False), (1.0, False)]})
    assert groups.sides[0].bands.mean_scores.tolist() == [0.0, 0.5, 1.0]
    assert groups.sides[0].bands.counts(1) == (1, 2)


def test_groups_without_any_scores_have_no_bands() -> None:
    groups = scored({"a": [], "b": []})
    assert groups.ranges == ()
    assert not groups.are_probabilities()
