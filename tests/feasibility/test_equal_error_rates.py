from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.feasibility.equal_error_rates import best_at_equal_error_rates
from fairaudit.feasibility.question import Question, floors, parities, question
from fairaudit.feasibility.regions import Regions, regions
from fairaudit.feasibility.rules import cost, excess
from fairaudit.feasibility.solve import TOLERANCE, best_rule
from fairaudit.tally.rates import (
    FALSE_POSITIVE_RATE,
    SELECTION_RATE,
    TRUE_POSITIVE_RATE,
)
from tests.feasibility.reaches import LEVELS, group

COSTS = st.sampled_from([(1.0, 1.0), (1.0, 5.0), (3.0, 1.0), (0.0, 1.0), (1.0, 0.0)])


def equal(costs: tuple[float, float] = (1.0, 1.0), within: float = 0.0) -> Question:
    asked = parities([TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE], within)
    return question(asked, selection_rate=None, costs=costs)


def scores_that_tell(seed: int, groups: int) -> Regions:
    rng = np.random.default_rng(seed)
    found = []
    for place in range(groups):
        chances = np.linspace(0.05, 0.95, 30) ** rng.uniform(0.5, 2)
        positives = rng.binomial(400, chances)
        levels = list(zip(positives, 400 - positives, strict=True))
        found.append(group(str(place), levels))
    return regions(found)


def check(of: Regions, asked: Question) -> bool:
    """Compare with the linear program, and tell whether there is something to compare."""
    found = best_at_equal_error_rates(of, asked)
    if found is None:
        return False
    expected = best_rule(of, asked)
    assert expected.attained is not None
    assert found.attained == pytest.approx(expected.attained, abs=1e-8)
    assert found.attained >= found.bound >= expected.attained - TOLERANCE
    assert found.weights is not None
    assert (found.weights >= 0).all()
    assert np.add.reduceat(found.weights, of.starts) == pytest.approx(1.0)
    assert excess(of, asked, found.weights) <= 1e-9
    assert cost(of, asked, found.weights) == pytest.approx(found.attained, abs=1e-9)
    groups = np.arange(len(of.people))
    assert floors(of, asked).kept(of.mixed(found.weights), groups).all()
    return True


@settings(deadline=None, max_examples=60)
@given(groups=st.lists(LEVELS, min_size=2, max_size=6), costs=COSTS)
def test_whatever_is_found_is_what_the_linear_program_finds(
    groups: list[list[tuple[int, int]]], costs: tuple[float, float]
) -> None:
    of = regions([group(str(place), levels) for place, levels in enumerate(groups)])
    check(of, equal(costs))


@pytest.mark.parametrize("groups", [2, 3, 5])
@pytest.mark.parametrize("costs", [(1.0, 1.0), (1.0, 3.0), (2.0, 1.0)])
def test_groups_whose_scores_tell_need_no_linear_program(
    groups: int, costs: tuple[float, float]
) -> None:
    assert check(scores_that_tell(groups, groups), equal(costs))


def test_other_questions_are_left_to_the_linear_program() -> None:
    of = scores_that_tell(0, 2)
    assert best_at_equal_error_rates(of, equal(within=0.01)) is None
    one = question(parities([TRUE_POSITIVE_RATE], 0.0), selection_rate=None)
    assert best_at_equal_error_rates(of, one) is None
    rates = [TRUE_POSITIVE_RATE, SELECTION_RATE]
    others = question(parities(rates, 0.0), selection_rate=None)
    assert best_at_equal_error_rates(of, others) is None
    held = question(equal().parities, selection_rate=0.3)
    assert best_at_equal_error_rates(of, held) is None
