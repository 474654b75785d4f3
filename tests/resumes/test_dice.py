from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fairaudit.resumes.dice import Dice


@given(st.integers(0, 2**31), st.integers(-5, 5), st.integers(0, 20))
def test_a_number_is_drawn_from_its_range(seed: int, low: int, width: int) -> None:
    assert low <= Dice(seed, "x").between(low, low + width) <= low + width


@given(st.integers(0, 2**31))
def test_shuffling_keeps_all_things(seed: int) -> None:
    assert sorted(Dice(seed).shuffled(range(300))) == list(range(300))


def test_the_same_purpose_draws_the_same_and_another_does_not() -> None:
    draws = [Dice(1, p).between(0, 10**6) for p in ("x", "x", "y")]

    assert draws[0] == draws[1] != draws[2]


def test_a_die_is_fair() -> None:
    dice = Dice(9)
    throws = [dice.between(1, 6) for _ in range(6000)]

    # Six standard deviations of a binomial count around 1,000.
    assert all(abs(throws.count(face) - 1000) < 174 for face in range(1, 7))
