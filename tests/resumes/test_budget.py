from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.core.errors import InputError
from fairaudit.resumes.running.budget import Budget, Caps, Spent
from fairaudit.resumes.systems.system import Request

PRICED = {"price_in": Fraction(3), "price_out": Fraction(15)}


def request(sent: int = 1000, received: int = 100) -> Request:
    return Request(content={}, most_tokens_in=sent, most_tokens_out=received)


def test_the_worst_of_a_call_is_set_aside_and_replaced_by_what_it_came_to() -> None:
    budget = Budget(Caps(cost=Fraction("0.005"), **PRICED))
    worst = budget.reserve(request())
    assert worst is not None
    assert worst.cost == Fraction("0.0045")
    assert budget.reserve(request()) is None
    assert budget.settle(worst, 200, 10) == Fraction("0.00075")
    assert budget.spent.cost == Fraction("0.00075")


def test_what_a_system_does_not_count_costs_the_worst() -> None:
    budget = Budget(Caps(**PRICED))
    worst = budget.reserve(request())
    assert worst is not None
    assert budget.settle(worst, None, None) == worst.cost


def test_a_failed_call_is_given_back_unless_it_may_be_charged() -> None:
    budget = Budget(Caps(tokens=2200))
    for billed in (False, True):
        worst = budget.reserve(request())
        assert worst is not None
        budget.release(worst, billed=billed)
    assert budget.spent == Spent(calls=0, tokens=1100)
    assert budget.reserve(request()) is not None
    assert budget.reserve(request()) is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 1000), st.integers(0, 100))))
def test_no_order_of_calls_goes_over_a_cap(
    steps: list[tuple[bool, int, int]],
) -> None:
    cap = Fraction("0.02")
    budget = Budget(Caps(cost=cap, **PRICED))
    aside: list[Spent] = []
    for begins, sent, received in steps:
        if begins:
            worst = budget.reserve(request())
            aside += [worst] if worst else []
        elif aside:
            budget.settle(aside.pop(), sent, received)
        assert budget.spent.cost <= cap


@pytest.mark.parametrize(
    ("caps", "named"),
    [
        (Caps(calls=1), "--max-calls"),
        (Caps(tokens=1100), "--max-tokens"),
        (Caps(cost=Fraction("0.0045"), **PRICED), "--max-cost"),
    ],
)
def test_the_cap_that_is_reached_is_named(caps: Caps, named: str) -> None:
    budget = Budget(caps)
    worst = budget.reserve(request())
    assert worst is not None
    budget.settle(worst, None, None)
    assert budget.first_cap(request()) == named


def test_a_cost_cannot_be_kept_without_prices() -> None:
    with pytest.raises(InputError, match="--max-calls or --max-tokens"):
        Caps(cost=Fraction(5))


def test_a_cap_that_lets_nothing_through_is_refused() -> None:
    with pytest.raises(InputError, match="--max-calls must be above 0"):
        Caps(calls=0)
