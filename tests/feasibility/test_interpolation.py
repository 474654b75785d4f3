from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairaudit.feasibility.interpolation import (
    Argument,
    Moving,
    at_level,
    charge,
    moving,
    shown,
)
from fairaudit.feasibility.linear_program import Multipliers, Solver, lower_bound
from fairaudit.feasibility.objectives import costing, giving
from fairaudit.feasibility.question import parities, question
from fairaudit.feasibility.regions import Regions
from fairaudit.feasibility.relaxation import relaxation
from fairaudit.feasibility.rules import excess, rates
from fairaudit.tally.rates import (
    FALSE_POSITIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    TRUE_POSITIVE_RATE,
)
from tests.feasibility.reaches import MIXTURES, REACH

RATES = (TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE, POSITIVE_PREDICTIVE_VALUE)
ASKED = question(parities(RATES, 0.0), selection_rate=None)
ROWS = moving(REACH, ASKED, widening=True)
NO_COST, NO_BASE = np.zeros((2, 4)), np.zeros(3)

worth = st.lists(
    st.floats(0, 1), min_size=len(ROWS.rows.limit), max_size=len(ROWS.rows.limit)
)


def argument(level: float, multipliers: Multipliers, rows: Moving = ROWS) -> Argument:
    return Argument(
        level=level,
        multipliers=multipliers,
        counts=1.0,
        charge=charge(rows, multipliers, cost=NO_COST, base=NO_BASE),
    )


def least(a: Argument, b: Argument, target: float) -> float:
    pairs = ((a, a), (a, b), (b, b))
    return min(shown(REACH, ROWS.rows, one, other, target) for one, other in pairs)


@settings(deadline=None)
@given(MIXTURES, worth, worth, st.floats(0, 0.2), st.floats(0, 0.2))
def test_no_multipliers_speak_against_a_rule_between_their_levels(
    mixed: list[float], y: list[float], z: list[float], below: float, above: float
) -> None:
    weights = np.array(mixed)
    weights /= np.add.reduceat(weights, REACH.starts)[REACH.group]
    level = float(rates(REACH.mixed(weights), POSITIVE_PREDICTIVE_VALUE).min())
    reached = excess(REACH, ASKED, weights)
    ends = zip((level - below, level + above), (y, z), strict=True)
    a, b = (argument(at, Multipliers(rows=np.array(of), held=0.0)) for at, of in ends)
    assert least(a, b, reached) <= 1e-12


def test_what_is_lost_between_two_levels_falls_with_the_square_of_their_distance(
    compas: Regions,
) -> None:
    asked = question(parities(RATES, 0.0), selection_rate=0.478)
    rows = moving(compas, asked, widening=True)
    solver = Solver(compas)

    def best(level: float) -> Argument:
        solution = solver.solve(
            giving(
                relaxation(
                    compas, asked, at_level(compas, level), widened=0.05, give="upper sides"
                )
            )
        )
        assert solution is not None
        return argument(level, solution.multipliers, rows)

    def middle(a: Argument, b: Argument) -> float:
        return shown(compas, rows.rows, a, b, 0.05)

    # The same corners are the best ones all the way.
    lost = []
    for d in (0.01, 0.005, 0.0025):
        a, b = best(0.58 - d), best(0.58 + d)
        lost.append((middle(a, a) + middle(b, b)) / 2 - middle(a, b))
    assert abs(lost[0]) > 1e-3
    assert lost[1] == pytest.approx(lost[0] / 4, rel=0.01)
    assert lost[2] == pytest.approx(lost[0] / 16, rel=0.01)


@pytest.mark.parametrize("level", [0.3, 0.7])
def test_at_its_own_level_an_argument_is_weak_duality(level: float) -> None:
    rng = np.random.default_rng(5)
    rows = ROWS.at(level, 0.1)
    for _ in range(20):
        multipliers = Multipliers(rows=rng.exponential(size=len(rows.limit)), held=0.0)
        one = argument(level, multipliers)
        expected = lower_bound(REACH, rows, multipliers)
        assert shown(REACH, ROWS.rows, one, one, 0.1) == pytest.approx(expected, abs=1e-9)
        assert shown(REACH, ROWS.rows, one, one, 0.1) <= expected


def test_rows_at_a_level_are_those_of_the_relaxation(compas: Regions) -> None:
    asked = question(
        parities((TRUE_POSITIVE_RATE, POSITIVE_PREDICTIVE_VALUE), 0.02), selection_rate=0.4
    )
    program = costing(moving(compas, asked, widening=True).at(0.61, 0.07), compas, asked)
    rows = relaxation(compas, asked, at_level(compas, 0.61), widened=0.07, give="nothing")
    assert program.cells == pytest.approx(rows.cells)
    assert program.limit == pytest.approx(rows.limit)
    assert program.unknowns == pytest.approx(rows.unknowns)
