from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.question import Parity, Question, question
from fairaudit.feasibility.regions import Regions, regions
from fairaudit.mitigation.levels import thresholds_of
from fairaudit.mitigation.single import best_thresholds
from fairaudit.tally.rates import (
    ACCURACY,
    FALSE_NEGATIVE_RATE,
    FALSE_POSITIVE_RATE,
    SELECTION_RATE,
    TRUE_POSITIVE_RATE,
    Rate,
)

LEVELS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=6
).filter(lambda levels: all(map(any, zip(*levels, strict=True))))
WITHIN = st.sampled_from([0.0, 0.03, 0.1, 0.4])


def found_by_trying_all(of: Regions, asked: Question) -> float:
    """Give the least cost of any allowed thresholds that keep the gaps."""
    groups = thresholds_of(of, asked, most=1000)
    best = np.inf
    for places in product(*(range(len(one.levels)) for one in groups)):
        chosen = list(zip(groups, places, strict=True))
        rates = np.stack([one.rates[:, place] for one, place in chosen])
        kept = all(
            gap <= parity.within + 1e-9
            for gap, parity in zip(np.ptp(rates, axis=0), asked.parities, strict=True)
        )
        if kept and all(one.allowed[place] for one, place in chosen):
            best = min(best, sum(one.costs[place] for one, place in chosen))
    return best


def check(of: Regions, asked: Question) -> None:
    within = np.array([parity.within for parity in asked.parities])
    levels = best_thresholds(of, asked, within)
    expected = found_by_trying_all(of, asked)
    if levels is None:
        assert expected == np.inf
        return
    groups = thresholds_of(of, asked, most=1000)
    places = [
        int(np.flatnonzero(one.levels == level)[0])
        for one, level in zip(groups, levels, strict=True)
    ]
    cost = sum(one.costs[place] for one, place in zip(groups, places, strict=True))
    assert cost == pytest.approx(expected, abs=1e-12)
    for one, place in zip(groups, places, strict=True):
        assert one.allowed[place]
    rates = np.stack(
        [one.rates[:, place] for one, place in zip(groups, places, strict=True)]
    )
    assert (np.ptp(rates, axis=0) <= within + 1e-8).all()


def regions_of(groups: list[list[tuple[int, int]]]) -> Regions:
    return regions(
        [
            steps(str(place), range(len(levels)), *zip(*levels, strict=True))
            for place, levels in enumerate(groups)
        ]
    )


@settings(deadline=None, max_examples=60)
@given(
    groups=st.lists(LEVELS, min_size=2, max_size=4),
    rate=st.sampled_from([SELECTION_RATE, TRUE_POSITIVE_RATE, FALSE_NEGATIVE_RATE]),
    within=WITHIN,
)
def test_under_one_gap_no_thresholds_cost_less(
    groups: list[list[tuple[int, int]]], rate: Rate, within: float
) -> None:
    asked = question(
        [Parity(rate=rate, within=within)],
        selection_rate=None,
    )
    check(regions_of(groups), asked)


@settings(deadline=None, max_examples=40)
@given(groups=st.lists(LEVELS, min_size=2, max_size=2), within=WITHIN, other=WITHIN)
def test_of_two_groups_under_two_gaps_no_thresholds_cost_less(
    groups: list[list[tuple[int, int]]], within: float, other: float
) -> None:
    asked = question(
        [
            Parity(rate=TRUE_POSITIVE_RATE, within=within),
            Parity(rate=FALSE_POSITIVE_RATE, within=other),
        ],
        selection_rate=None,
        costs=(1.0, 2.0),
    )
    check(regions_of(groups), asked)


def test_a_rate_that_moves_both_ways_is_left_to_the_descent() -> None:
    asked = question([Parity(rate=ACCURACY, within=1.0)], selection_rate=None)
    of = regions_of([[(1, 9), (9, 1)], [(2, 8), (8, 2)]])
    assert best_thresholds(of, asked, np.array([1.0])) is None


@pytest.mark.parametrize("others", [1, 2])
def test_a_group_with_one_score_has_no_thresholds(others: int) -> None:
    asked = question([Parity(rate=SELECTION_RATE, within=1.0)], selection_rate=None)
    of = regions_of([[(1, 1)], *[[(9, 1), (1, 9)]] * others])
    assert best_thresholds(of, asked, np.array([1.0])) is None
