from __future__ import annotations

import numpy as np
import pytest

from fairaudit.feasibility.hull import Steps, steps
from fairaudit.feasibility.linear_program import Solver
from fairaudit.feasibility.question import Question, parities, question
from fairaudit.feasibility.regions import Regions, regions
from fairaudit.feasibility.rules import rule
from fairaudit.feasibility.shadow_prices import shadow
from fairaudit.feasibility.solve import best_rule, smallest_joint_gap
from fairaudit.tally.rates import (
    FALSE_POSITIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    SELECTION_RATE,
    TRUE_POSITIVE_RATE,
)

HELD = 0.45
CASES = {
    "selection rate": ((SELECTION_RATE,), 0.0, "cost"),
    "precision": ((POSITIVE_PREDICTIVE_VALUE,), 0.02, "cost"),
    "selection rate and precision": (
        (SELECTION_RATE, POSITIVE_PREDICTIVE_VALUE),
        0.05,
        "cost",
    ),
    "the joint gap": (
        (TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE, POSITIVE_PREDICTIVE_VALUE),
        0.0,
        "excess",
    ),
}


def solved(of: Regions, asked: Question, goal: str, solver: Solver | None = None) -> float:
    solve = best_rule if goal == "cost" else smallest_joint_gap
    attained = solve(of, asked, tolerance=1e-8, solver=solver).attained
    assert attained is not None
    return attained


def moved(of: Steps, level: int, by: int) -> Steps:
    """Let some people of one level have had the other outcome."""
    positives, negatives = of.positives.copy(), of.negatives.copy()
    positives[level] += by
    negatives[level] -= by
    return Steps(name=of.name, scores=of.scores, positives=positives, negatives=negatives)


def outcome(of: tuple[Steps, ...], made: dict) -> tuple[np.ndarray, np.ndarray]:
    cells, people = [], []
    for one in of:
        counted = [
            np.concatenate([[0], np.cumsum(c)]) for c in (one.positives, one.negatives)
        ]
        tp, fp = (
            sum(part.probability * c[part.levels] for part in made[one.name])
            for c in counted
        )
        cells.append([tp, fp, counted[0][-1] - tp, counted[1][-1] - fp])
        people.append(one.people)
    sizes = np.array(people, dtype=float)
    return (np.array(cells) / sizes[:, None])[None], (sizes / sizes.sum())[None]


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("level", [1, 5])
def test_the_optimum_moves_as_the_shadow_prices_say(
    compas: Regions, name: str, level: int
) -> None:
    rates, within, goal = CASES[name]
    of = tuple(
        steps(one.name, one.scores, 1000 * one.positives, 1000 * one.negatives)
        for one in compas.steps
    )
    asked = question(parities(rates, within), selection_rate=HELD)
    reach = regions(of)
    solver = Solver(reach)
    solve = best_rule if goal == "cost" else smallest_joint_gap
    answer = solve(reach, asked, tolerance=1e-8, solver=solver)
    worth = shadow(reach, asked, answer, goal=goal, solver=solver)  # type: ignore[arg-type]
    assert worth is not None
    assert answer.weights is not None
    made = rule(reach, answer.weights)
    # One person in a thousand of the level.
    by = int(of[1].negatives[level] // 1000)
    other = (of[0], moved(of[1], level, by))
    held = np.array([HELD])
    expected = worth.charged(*outcome(other, made), held) - worth.charged(
        *outcome(of, made), held
    )
    truly = solved(regions(other), asked, goal) - answer.attained
    assert abs(truly) > 1e-7
    assert truly == pytest.approx(expected[0], rel=0.05, abs=3e-8)


def test_a_gap_of_nothing_has_no_shadow(compas: Regions) -> None:
    asked = question(parities((SELECTION_RATE,), 0.0), selection_rate=HELD)
    solver = Solver(compas)
    answer = smallest_joint_gap(compas, asked, solver=solver)
    assert shadow(compas, asked, answer, goal="excess", solver=solver) is None
