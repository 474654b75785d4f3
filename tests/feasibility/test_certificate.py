from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from fairaudit.feasibility.certificate import certificate
from fairaudit.feasibility.linear_program import Multipliers, Solver, lower_bound
from fairaudit.feasibility.question import parities, question
from fairaudit.feasibility.regions import Regions
from fairaudit.feasibility.relaxation import first_box, relaxation
from fairaudit.feasibility.solve import best_rule, smallest_joint_gap
from fairaudit.tally.rates import (
    FALSE_POSITIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    TRUE_POSITIVE_RATE,
)

THREE = (TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE, POSITIVE_PREDICTIVE_VALUE)


def test_the_bound_is_recomputed_and_the_gaps_that_conflict_are_named(
    compas: Regions,
) -> None:
    answer = smallest_joint_gap(
        compas, question(parities(THREE, 0.0), selection_rate=0.478)
    )
    shown = certificate(compas, answer)
    assert shown.bound == pytest.approx(answer.bound, abs=1e-12)
    assert {ground.rate for ground in shown.grounds} >= {
        "positive_predictive_value",
        "false_positive_rate",
    }
    assert sum(ground.part for ground in shown.grounds) == pytest.approx(1, abs=0.05)
    ranges = [levels[0] for levels, _ in shown.levels]
    for (_, end), (start, _) in pairwise(ranges):
        assert end == start  # the cover has no holes


def test_what_is_impossible_has_a_certificate_without_a_rule(compas: Regions) -> None:
    answer = best_rule(compas, question(parities(THREE, 0.05), selection_rate=0.478))
    shown = certificate(compas, answer)
    assert answer.status == "impossible"
    assert math.isinf(shown.bound)
    assert shown.grounds


def test_multipliers_that_show_nothing_are_not_believed(compas: Regions) -> None:
    answer = best_rule(compas, question(parities(THREE, 0.05), selection_rate=0.478))
    forged = [
        replace(
            leaf,
            multipliers=Multipliers(rows=np.zeros(len(leaf.program.limit)), held=0.0),
        )
        for leaf in answer.cover
    ]
    shown = certificate(compas, replace(answer, cover=tuple(forged)))
    assert shown.bound == answer.cover[0].known < 1


def test_any_multipliers_give_a_bound_below_every_rule(compas: Regions) -> None:
    asked = question(parities(THREE, 0.3), selection_rate=0.478)
    box = first_box(compas, asked, open_ended=False)
    rows = relaxation(compas, asked, box, widened=0.0, give="nothing")
    cost = np.zeros_like(rows.cost)
    cost[:, 1:3] = compas.portions[:, None]
    program = replace(rows, cost=cost)
    solution = Solver(compas).solve(program)
    assert solution is not None
    optimum = float((compas.mixed(solution.weights) * cost).sum())
    assert solution.bound == pytest.approx(optimum, abs=1e-8)
    rng = np.random.default_rng(8)
    for _ in range(50):
        random = Multipliers(rows=rng.exponential(0.1, len(rows.limit)), held=rng.normal())
        assert lower_bound(compas, program, random) <= optimum + 1e-12
