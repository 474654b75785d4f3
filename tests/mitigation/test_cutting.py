from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.cells import Cells
from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.regions import Regions, regions
from fairaudit.feasibility.rules import Part
from fairaudit.mitigation.cutting import (
    between_scores,
    cuts_of,
    expected_cells,
    pooled_threshold,
    single_thresholds,
)

OF = regions(
    [
        steps("a", [4, 3, 2, 1], [4, 3, 2, 1], [1, 2, 3, 4]),
        steps("b", [5, 3, 1], [6, 1, 3], [0, 2, 8]),
    ]
)


def test_expected_counts_are_those_of_each_part_by_its_probability() -> None:
    mixed = {
        "a": (
            Part(threshold=3, levels=2, probability=0.25),
            Part(threshold=1, levels=4, probability=0.75),
        ),
        "b": (Part(threshold=5, levels=1, probability=1.0),),
    }
    assert expected_cells(mixed, OF) == (
        Cells(tp=0.25 * 7 + 0.75 * 10, fp=0.25 * 3 + 0.75 * 10, fn=0.75, tn=1.75),
        Cells(tp=6, fp=0, fn=4, tn=10),
    )


@pytest.mark.parametrize("costs", [(1.0, 1.0), (1.0, 5.0), (5.0, 1.0), (0.0, 1.0)])
def test_the_pooled_threshold_errs_least_of_all(costs: tuple[float, float]) -> None:
    scores = np.concatenate([one.scores for one in OF.steps])
    positives = np.concatenate([one.positives for one in OF.steps])
    negatives = np.concatenate([one.negatives for one in OF.steps])

    def cost(cut: float) -> float:
        wrong = costs[0] * negatives[scores >= cut].sum()
        return float(wrong + costs[1] * positives[scores < cut].sum())

    found = pooled_threshold(OF, costs)
    assert found not in scores
    assert cost(found) == min(map(cost, (-np.inf, 1.5, 2.5, 3.5, 4.5)))


def neighbours(upper: float, lower: float) -> Regions:
    return regions([steps(name, [upper, lower], [3, 1], [1, 3]) for name in "ab"])


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        (0.3, float(np.nextafter(0.3, 0))),
        (float(np.nextafter(0.3, 1)), 0.3),
        (5e-324, 0.0),
        (0.0, -5e-324),
        (1.7e308, 1.6e308),
        (-1.6e308, -1.7e308),
    ],
)
def test_a_threshold_between_neighbours_parts_them(upper: float, lower: float) -> None:
    of = neighbours(upper, lower)
    rule = between_scores(single_thresholds({"a": 1, "b": 1}), of)
    cuts = cuts_of(rule, of.names, np.array([0, 1]), None)
    assert (cuts > lower).all()
    assert (cuts <= upper).all()
    assert lower < pooled_threshold(of, (1.0, 1.0)) <= upper
