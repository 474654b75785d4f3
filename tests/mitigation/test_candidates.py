from __future__ import annotations

from itertools import pairwise

import numpy as np

from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.question import parities, question
from fairaudit.feasibility.regions import Regions, regions
from fairaudit.mitigation.candidates import Candidate, Candidates, ordered
from fairaudit.tally.rates import FALSE_POSITIVE_RATE, TRUE_POSITIVE_RATE


def scored(groups: int, people: int = 2_000) -> Regions:
    rng = np.random.default_rng(1)
    found = []
    for place in range(groups):
        y = (rng.random(people) < 0.3 + 0.1 * place).astype(int)
        found.append(steps(f"{place}", 1.5 * y + rng.normal(size=people), y, 1 - y))
    return regions(found)


def candidates(of: Regions) -> Candidates:
    asked = question(
        parities([TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE], 0.1), selection_rate=None
    )
    return Candidates(of, asked, confidence=0.95, scale=1.0)


def test_riskier_rules_follow_only_if_they_err_less() -> None:
    for groups in (2, 4):
        found = candidates(scored(groups)).below(np.inf)
        assert found[0].chance >= 0.95
        assert all(one.chance > two.chance for one, two in pairwise(found))
        assert all(one.cost > two.cost for one, two in pairwise(found))


def test_rules_that_are_not_useful_are_no_candidates() -> None:
    found = candidates(scored(2))
    least = min(one.cost for one in found.below(np.inf))
    assert found.below(least) == []


def test_without_a_likely_rule_the_likeliest_comes_first() -> None:
    made = [
        Candidate(chance=chance, cost=cost, rule={})
        for chance, cost in ((0.3, 5.0), (0.62, 9.0), (0.55, 10.0), (0.02, 1.0))
    ]
    assert [one.chance for one in ordered(made)] == [0.62, 0.3]
