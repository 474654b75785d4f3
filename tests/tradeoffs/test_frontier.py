from __future__ import annotations

from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.question import parities, question
from fairaudit.feasibility.regions import regions
from fairaudit.tally.rates import POSITIVE_PREDICTIVE_VALUE, SELECTION_RATE
from fairaudit.tradeoffs.frontier import cost_by_tolerance, gap_by_selection_rate

REACH = regions(
    [
        steps("a", [3, 2, 1], [60, 30, 10], [10, 30, 60]),
        steps("b", [3, 2, 1], [30, 12, 8], [5, 15, 80]),
    ]
)
ASKED = question(
    parities([SELECTION_RATE, POSITIVE_PREDICTIVE_VALUE], 0.0), selection_rate=0.4
)


def test_a_wider_tolerance_costs_less_until_it_does_not_bind() -> None:
    found = [one.attained for _, one in cost_by_tolerance(REACH, ASKED, (0.2, 0.3, 1.0))]
    assert None not in found
    assert found[0] >= found[1] >= found[2]  # type: ignore[operator]
    assert found[0] > found[2] + 0.002  # type: ignore[operator]


def test_selecting_everybody_leaves_base_rates_apart_and_fewer_come_nearer() -> None:
    found = gap_by_selection_rate(REACH, ASKED, rates=(0.05, 0.999))
    rates = [one.selection_rate for one in found]
    assert rates == [0.05, 0.4, 0.999]
    # Everybody: precision is the base rate, 1/2 and 1/3.
    assert found[-1].gap is not None
    assert abs(found[-1].gap - (0.5 - 1 / 3)) < 0.01
    assert found[0].gap is not None
    assert found[0].gap < found[-1].gap


def test_a_selection_rate_below_the_floors_has_no_gap() -> None:
    found = gap_by_selection_rate(REACH, ASKED, rates=(0.001,))
    assert (found[0].gap, found[0].at_least) == (None, None)
