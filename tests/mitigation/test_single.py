from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.one_rate import direction
from fairaudit.feasibility.question import Parity, Question, question
from fairaudit.feasibility.regions import Regions, regions
from fairaudit.mitigation.levels import thresholds_of
from fairaudit.mitigation.masks import Masks
from fairaudit.mitigation.single import Found, Sets, best_thresholds
from fairaudit.mitigation.stretches import Stretches
from fairaudit.tally.rates import (
    ACCURACY,
    FALSE_NEGATIVE_RATE,
    FALSE_POSITIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    SELECTION_RATE,
    TRUE_POSITIVE_RATE,
    Rate,
)

LEVELS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=6
).filter(lambda levels: all(map(any, zip(*levels, strict=True))))
GROUPS = st.lists(LEVELS, min_size=2, max_size=4)
WITHIN = st.sampled_from([0.0, 0.03, 0.1, 0.4])
APART = st.lists(st.sampled_from([0.0, 0.02, 0.1]), min_size=4, max_size=4)
ONE_WAY = [SELECTION_RATE, TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE, FALSE_NEGATIVE_RATE]
BOTH_WAYS = [ACCURACY, POSITIVE_PREDICTIVE_VALUE]


def tolerances(rates: list[Rate]) -> st.SearchStrategy[list[Parity]]:
    one = st.builds(Parity, rate=st.sampled_from(rates), within=WITHIN)
    return st.lists(one, min_size=1, max_size=3, unique_by=lambda parity: parity.rate.id)


def regions_of(groups: list[list[tuple[int, int]]]) -> Regions:
    return regions(
        [
            steps(str(place), range(len(levels)), *zip(*levels, strict=True))
            for place, levels in enumerate(groups)
        ]
    )


def search(of: Regions, asked: Question, apart: np.ndarray, most: int = 10**7) -> Found:
    ways = np.array([direction(parity.rate) for parity in asked.parities])
    listed = thresholds_of(of, asked, most=1000)
    groups: list[Sets] = [
        Stretches(one, ways) if ways.all() else Masks(one) for one in listed
    ]
    within = np.array([parity.within for parity in asked.parities])
    return best_thresholds(groups, within, apart, most=most)


def found_by_trying_all(of: Regions, asked: Question, apart: np.ndarray) -> dict:
    """Give the cost of every rule of allowed thresholds that keeps the gaps, by levels."""
    groups = thresholds_of(of, asked, most=1000)
    within = np.array([parity.within for parity in asked.parities])
    kept = {}
    for places in product(*(np.flatnonzero(one.allowed) for one in groups)):
        chosen = list(zip(groups, places, strict=True))
        rates = [one.rates[:, place] for one, place in chosen]
        if all(
            (abs(rates[a] - rates[b]) <= within + apart[a] + apart[b] + 1e-9).all()
            for a, b in combinations(range(len(groups)), 2)
        ):
            levels = tuple(int(one.levels[place]) for one, place in chosen)
            kept[levels] = sum(one.costs[place] for one, place in chosen)
    return kept


def check(groups: list[list[tuple[int, int]]], parities: list[Parity], apart: list) -> None:
    of = regions_of(groups)
    asked = question(parities, selection_rate=None, costs=(1.0, 2.0), rejects=True)
    each = np.repeat(np.array(apart)[: len(groups), None], len(parities), axis=1)
    found, kept = search(of, asked, each), found_by_trying_all(of, asked, each)
    assert found.complete
    if found.levels is None:
        assert not kept
    else:
        assert kept[tuple(found.levels)] == pytest.approx(min(kept.values()), abs=1e-8)


@settings(deadline=None, max_examples=60)
@given(groups=GROUPS, parities=tolerances(ONE_WAY), apart=APART)
def test_no_thresholds_within_the_tolerances_cost_less(
    groups: list[list[tuple[int, int]]], parities: list[Parity], apart: list[float]
) -> None:
    check(groups, parities, apart)


@settings(deadline=None, max_examples=60)
@given(groups=GROUPS, parities=tolerances([*BOTH_WAYS, *ONE_WAY]), apart=APART)
def test_nor_where_rates_move_both_ways(
    groups: list[list[tuple[int, int]]], parities: list[Parity], apart: list[float]
) -> None:
    check(groups, parities, apart)


@pytest.mark.parametrize("rate", [SELECTION_RATE, ACCURACY])
def test_a_search_that_is_given_up_says_so(rate: Rate) -> None:
    of = regions_of([[(9, 1), (5, 5), (1, 9)]] * 3)
    parities = [Parity(rate=one, within=0.0) for one in (rate, TRUE_POSITIVE_RATE)]
    asked = question(parities, selection_rate=None)
    given_up = search(of, asked, np.zeros((3, 2)), most=0)
    assert given_up.levels is None
    assert not given_up.complete
    assert search(of, asked, np.zeros((3, 2))).levels


@pytest.mark.parametrize("rate", [SELECTION_RATE, ACCURACY])
@pytest.mark.parametrize("others", [1, 2])
def test_a_group_with_one_score_has_no_thresholds(others: int, rate: Rate) -> None:
    parity = Parity(rate=rate, within=1.0)
    asked = question([parity], selection_rate=None, rejects=True)
    of = regions_of([[(1, 1)], *[[(9, 1), (1, 9)]] * others])
    found = search(of, asked, np.zeros((others + 1, 1)))
    assert found == Found(levels=None, complete=True)
