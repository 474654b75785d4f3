from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.feasibility.one_rate import best_at_one_rate, direction
from fairaudit.feasibility.question import Parity, floors, question
from fairaudit.feasibility.regions import regions
from fairaudit.feasibility.rules import cost, excess
from fairaudit.feasibility.solve import TOLERANCE, best_rule
from fairaudit.tally.rates import (
    ACCURACY,
    FALSE_NEGATIVE_RATE,
    FALSE_POSITIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    SELECTION_RATE,
    TRUE_NEGATIVE_RATE,
    TRUE_POSITIVE_RATE,
    Rate,
)
from tests.feasibility.reaches import LEVELS, group

RATES = [
    SELECTION_RATE,
    TRUE_POSITIVE_RATE,
    FALSE_POSITIVE_RATE,
    FALSE_NEGATIVE_RATE,
    TRUE_NEGATIVE_RATE,
]


@settings(deadline=None, max_examples=60)
@given(
    groups=st.lists(LEVELS, min_size=2, max_size=6),
    rate=st.sampled_from(RATES),
    within=st.one_of(st.sampled_from([0.0, 0.05, 1.0]), st.floats(0, 1)),
    costs=st.sampled_from([(1.0, 1.0), (1.0, 5.0), (0.0, 1.0), (1.0, 0.0)]),
)
def test_the_rule_and_its_bound_are_those_of_the_linear_program(
    groups: list[list[tuple[int, int]]],
    rate: Rate,
    within: float,
    costs: tuple[float, float],
) -> None:
    of = regions([group(str(place), levels) for place, levels in enumerate(groups)])
    asked = question([Parity(rate=rate, within=within)], selection_rate=None, costs=costs)
    found = best_at_one_rate(of, asked)
    if found is None:
        return
    expected = best_rule(of, asked)
    assert expected.attained is not None
    assert found.attained == pytest.approx(expected.attained, abs=1e-8)
    assert found.attained >= found.bound >= expected.attained - TOLERANCE
    assert found.weights is not None
    assert excess(of, asked, found.weights) <= 1e-9
    assert cost(of, asked, found.weights) == pytest.approx(found.attained, abs=1e-9)
    groups = np.arange(len(of.people))
    assert floors(of, asked).kept(of.mixed(found.weights), groups).all()


@pytest.mark.parametrize("within", [0.0, 0.02, 0.2])
@pytest.mark.parametrize("rate", RATES)
def test_groups_whose_scores_tell_need_no_linear_program(rate: Rate, within: float) -> None:
    rng = np.random.default_rng(1)
    groups = []
    for place in range(4):
        positives = rng.binomial(400, np.linspace(0.1, 0.9, 30) ** (1 + place))
        groups.append(group(str(place), list(zip(positives, 400 - positives, strict=True))))
    asked = question([Parity(rate=rate, within=within)], selection_rate=None)
    assert best_at_one_rate(regions(groups), asked) is not None


def test_where_only_a_rule_below_the_diagonal_is_best_it_is_left_to_the_program() -> None:
    # Twelve people, of whom five must be selected: none of the positives, so as to be
    # like the other group.
    sure = group("sure", [(0, 6), (6, 0)])
    like_none = group("unsure", [(500, 900), (1, 30), (1, 3)])
    asked = question(
        [Parity(rate=TRUE_POSITIVE_RATE, within=0.0)], selection_rate=None, costs=(1.0, 0.0)
    )
    of = regions([sure, like_none])
    assert best_at_one_rate(of, asked) is None
    assert best_rule(of, asked).status == "proven"


@pytest.mark.parametrize(
    ("rate", "way"),
    [
        *((rate, 1) for rate in RATES[:3]),
        *((rate, -1) for rate in RATES[3:]),
        (ACCURACY, 0),
        (POSITIVE_PREDICTIVE_VALUE, 0),
    ],
)
def test_a_rate_moves_one_way_or_is_refused(rate: Rate, way: int) -> None:
    assert direction(rate) == way


def test_other_questions_are_left_to_the_linear_program() -> None:
    of = regions([group("a", [(1, 9), (9, 1)]), group("b", [(2, 8), (8, 2)])])
    one = Parity(rate=SELECTION_RATE, within=0.0)
    two = Parity(rate=TRUE_POSITIVE_RATE, within=0.0)
    held = question([one], selection_rate=0.5)
    assert best_at_one_rate(of, held) is None
    assert best_at_one_rate(of, question([one, two], selection_rate=None)) is None


@pytest.mark.parametrize(("tpr_within", "fpr_within"), [(0.9, 0.05), (0.05, 0.9)])
def test_of_two_gaps_one_may_be_all_that_matters(
    tpr_within: float, fpr_within: float
) -> None:
    of = regions(
        [
            group("a", [(10, 300), (40, 80), (90, 20)]),
            group("b", [(20, 200), (60, 90), (70, 60)]),
        ]
    )
    asked = question(
        [
            Parity(rate=TRUE_POSITIVE_RATE, within=tpr_within),
            Parity(rate=FALSE_POSITIVE_RATE, within=fpr_within),
        ],
        selection_rate=None,
    )
    found = best_at_one_rate(of, asked)
    assert found is not None
    assert found.weights is not None
    assert found.attained == pytest.approx(best_rule(of, asked).attained, abs=1e-8)
    assert excess(of, asked, found.weights) <= 1e-9
