from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.errors import InputError
from fairaudit.mitigation.people import People
from fairaudit.mitigation.rows import Rows, counted


@pytest.mark.parametrize("distinct", [2, 7, 90, 2_000])
def test_people_are_counted_by_group_score_and_label(distinct: int) -> None:
    rng = np.random.default_rng(distinct)
    scores = rng.integers(0, distinct, 3_000) / 7 - 1
    labels = rng.integers(0, 2, 3_000)
    found = People(codes=rng.integers(0, 3, 3_000), names=("a", "b", "c"))
    of = counted(scores, Rows(None, labels, found, None), (), "test")
    assert of.names == found.names
    for code, own in enumerate(of.steps):
        rows = found.codes == code
        assert own.scores.tolist() == sorted(set(scores[rows]), reverse=True)
        for score, positives, negatives in zip(
            own.scores, own.positives, own.negatives, strict=True
        ):
            here = labels[rows & (scores == score)]
            assert (positives, negatives) == (here.sum(), (1 - here).sum())


@pytest.mark.parametrize("place", [1, 2_998, 2_999])
def test_a_score_of_one_person_among_few_scores_is_counted(place: int) -> None:
    scores = np.repeat([0.2, 0.5, 0.9], 1_000)
    scores[place] = 0.7
    found = People(codes=np.arange(3_000) % 2, names=("a", "b"))
    of = counted(scores, Rows(None, np.arange(3_000) // 2 % 2, found, None), (), "test")
    people = dict.fromkeys((0.2, 0.5, 0.7, 0.9), 0)
    for own in of.steps:
        for score, here in zip(own.scores, own.positives + own.negatives, strict=True):
            people[float(score)] += int(here)
    assert people == {one: int((scores == one).sum()) for one in people}
    assert people[0.7] == 1


def test_one_score_for_everybody_is_refused() -> None:
    made = Rows(None, np.arange(4) % 2, People(codes=np.zeros(4), names=("a",)), None)
    with pytest.raises(InputError, match="gives everybody the same score"):
        counted(np.full(4, 0.5), made, (), "test")
