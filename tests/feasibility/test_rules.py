from __future__ import annotations

import numpy as np
import pytest

from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.question import floors, parities, question
from fairaudit.feasibility.regions import regions
from fairaudit.feasibility.rules import cost, excess, gaps, rule
from fairaudit.tally.rates import (
    NEGATIVE_PREDICTIVE_VALUE,
    POSITIVE_PREDICTIVE_VALUE,
    SELECTION_RATE,
)

REACH = regions(
    [
        steps("a", [0.9, 0.2], [60, 40], [10, 90]),
        steps("b", [0.8, 0.1], [30, 20], [5, 95]),
    ]
)


def weights(**by_corner: float) -> np.ndarray:
    """Weigh corners by group and number, such as a1."""
    made = np.zeros(len(REACH.group))
    for name, weight in by_corner.items():
        made[REACH.starts[REACH.names.index(name[0])] + int(name[1])] = weight
    return made


def test_a_rule_names_thresholds_strictest_first() -> None:
    made = rule(REACH, weights(a0=0.25, a1=0.75, b2=1.0))
    assert [(one.threshold, one.probability) for one in made["a"]] == [
        (None, 0.25),
        (0.9, 0.75),
    ]
    assert [(one.threshold, one.levels) for one in made["b"]] == [(0.1, 2)]


def test_gaps_and_costs_are_those_of_the_people_selected() -> None:
    asked = question(
        parities([SELECTION_RATE, POSITIVE_PREDICTIVE_VALUE], 0.1),
        selection_rate=None,
        costs=(1.0, 3.0),
    )
    plain = weights(a1=1.0, b1=1.0)
    assert gaps(asked, REACH.mixed(plain)) == pytest.approx(
        [70 / 200 - 35 / 150, 0.0], abs=1e-12
    )
    assert excess(REACH, asked, plain) == pytest.approx(70 / 200 - 35 / 150 - 0.1)
    assert cost(REACH, asked, plain) == pytest.approx((15 + 3 * 60) / 350)


def test_floors_are_one_percent_or_five_people_of_every_denominator() -> None:
    asked = question(
        parities([NEGATIVE_PREDICTIVE_VALUE, SELECTION_RATE], 0.1), selection_rate=None
    )
    found = floors(REACH, asked)
    assert found.cells == (("tp", "fp"), ("tn", "fn"))
    assert found.least == pytest.approx(np.array([[5 / 200, 5 / 150]] * 2))
