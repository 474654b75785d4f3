from __future__ import annotations

import numpy as np
import pytest

from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.question import Parity, Question, question
from fairaudit.feasibility.regions import Regions, regions
from fairaudit.mitigation import rounding
from fairaudit.mitigation.levels import thresholds_of
from fairaudit.mitigation.rounding import Rounded, rounded
from fairaudit.tally.rates import SELECTION_RATE, TRUE_POSITIVE_RATE


def selection_within(tolerance: float) -> Question:
    parity = Parity(rate=SELECTION_RATE, within=tolerance)
    return question([parity], selection_rate=None, rejects=True)


def people(name: str, size: int, positive: int) -> list:
    """Score each of a group's people apart, the positive ones highest."""
    y = np.arange(size) < positive
    return steps(name, -np.arange(size), y.astype(int), (~y).astype(int))


def gaps(of: Regions, asked: Question, found: Rounded) -> np.ndarray:
    assert found.levels is not None
    listed = thresholds_of(of, asked, most=10_000)
    chosen = zip(listed, found.levels.values(), strict=True)
    rates = [one.rates[0, level] for one, level in chosen]
    return abs(np.subtract.outer(rates, rates))


def test_a_small_group_widens_no_tolerance_where_thresholds_keep_it() -> None:
    # Of 12 people, half are selected, and half of 200 and of 300 can be.
    of = regions([people("a", 200, 150), people("b", 300, 60), people("c", 12, 5)])
    asked = selection_within(0.0)
    assert gaps(of, asked, rounded(of, asked)).max() < 1e-9


def test_people_cannot_be_parted_and_each_pair_misses_by_one_of_the_smaller() -> None:
    # No share of 101 people is one of 103, but for nobody and everybody.
    of = regions([people("a", 101, 90), people("b", 103, 10), people("c", 7, 3)])
    asked = selection_within(0.0)
    found = gaps(of, asked, rounded(of, asked))
    assert 0 < found[0, 1] <= 1 / 101 + 1e-9
    assert 0 < found[:2, 2].max() <= 1 / 7 + 1e-9


@pytest.mark.parametrize("complete", [True, False])
def test_none_there_are_is_told_from_none_found(
    monkeypatch: pytest.MonkeyPatch, *, complete: bool
) -> None:
    # Half of one group's people share a score, a tenth and nine tenths of the other's.
    of = regions(
        [
            steps("a", [1, 0], [300, 200], [200, 300]),
            steps("b", [2, 1, 0], [60, 500, 40], [40, 300, 60]),
        ]
    )
    if not complete:
        monkeypatch.setattr(rounding, "MOST_WINDOWS", 0)
    found = rounded(of, selection_within(0.1))
    assert found.levels is None
    assert found.complete is complete
    if complete:
        assert found.beyond == pytest.approx(0.3, abs=0.001)


def test_thinned_out_thresholds_are_not_all(monkeypatch: pytest.MonkeyPatch) -> None:
    # Only 42 of 60 and 700 of 1,000 are all who are positive and as many of everybody.
    of = regions([people("a", 60, 30), people("b", 1000, 700)])
    parities = [Parity(rate=TRUE_POSITIVE_RATE, within=0.0)]
    both = [*parities, *selection_within(0.0).parities]
    asked = question(both, selection_rate=None, rejects=True)
    assert rounded(of, asked).levels == {"a": 42, "b": 700}
    monkeypatch.setattr(rounding, "MOST_STRETCHED", 3)
    found = rounded(of, asked)
    assert found.levels is None
    assert not found.complete
