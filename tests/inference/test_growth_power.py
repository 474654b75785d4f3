from __future__ import annotations

import numpy as np
import pytest

from fairaudit.inference.gap_growth import HIT, MISS, OUTSIDE, RateMoves, growth_limits
from fairaudit.inference.growth_power import people_needed

MARGIN = 0.05
CHURN = RateMoves(people={(HIT, HIT): 30, (HIT, MISS): 3, (MISS, HIT): 3, (MISS, MISS): 64})
SMALL = RateMoves(people={(HIT, HIT): 11, (MISS, MISS): 6})
ENTERED = RateMoves(
    people={(HIT, HIT): 25, (MISS, MISS): 22, (OUTSIDE, HIT): 1, (OUTSIDE, OUTSIDE): 47}
)


def passed(groups: list[RateMoves], people: int, runs: int) -> float:
    """Give the share of samples of this size whose growth is shown to be within 0.05."""
    rng, times = np.random.default_rng(1), 0
    for _ in range(runs):
        drawn = []
        for group in groups:
            shares = np.array(list(group.people.values())) / sum(group.people.values())
            counts = rng.multinomial(people, shares).tolist()
            drawn.append(RateMoves(people=dict(zip(group.people, counts, strict=True))))
        times += growth_limits([drawn], 0.10, rng).upper <= MARGIN
    return times / runs


@pytest.mark.parametrize(
    "groups", [[CHURN] * 2, [CHURN] * 6, [CHURN, SMALL], [ENTERED] * 2]
)
def test_so_many_people_would_mostly_settle_it_and_a_fourth_of_them_would_not(
    groups: list[RateMoves],
) -> None:
    people = people_needed([groups], MARGIN, np.random.default_rng(0))
    assert people is not None
    assert passed(groups, people, 40) >= 0.7
    assert passed(groups, people // 4, 40) <= 0.5


def test_no_number_of_people_shows_a_gap_that_grew_by_more_to_have_grown_by_less() -> None:
    grown = RateMoves(people={(HIT, HIT): 30, (MISS, HIT): 10, (MISS, MISS): 60})
    same = RateMoves(people={(HIT, HIT): 30, (MISS, MISS): 70})
    assert people_needed([[grown, same]], MARGIN, np.random.default_rng(0)) is None
