from __future__ import annotations

from fairaudit.resumes.running.pace import Pace, Patience


def pace(most: int = 8, **patience: float) -> Pace:
    return Pace(most, Patience(**patience), lambda: 1.0)  # type: ignore[arg-type]


def test_calls_at_once_are_halved_and_slowly_come_back() -> None:
    slow = pace()
    slow.slow(0.0, None)
    assert slow.limit == 4
    for _ in range(5):
        slow.recover()
    assert slow.limit == 5
    for _ in range(100):
        slow.recover()
    assert slow.limit == 8


def test_calls_that_fail_together_halve_once() -> None:
    slow = pace()
    slow.slow(0.0, 2.0)
    slow.slow(0.1, 2.0)
    assert slow.limit == 4
    slow.slow(3.0, 2.0)
    assert slow.limit == 2


def test_there_is_always_one_call() -> None:
    slow = pace(1)
    slow.slow(0.0, 1.0)
    assert slow.limit == 1


def test_it_waits_as_long_as_it_is_told() -> None:
    slow = pace()
    assert slow.slow(10.0, 7.0) == 7.0
    assert slow.until == 17.0


def test_untold_it_waits_twice_as_long_each_time_in_a_row_up_to_the_longest() -> None:
    slow = pace(first_wait=1.0, longest_wait=5.0)
    assert [slow.slow(10.0 * n, None) for n in range(5)] == [1, 2, 4, 5, 5]
    slow.recover()
    assert slow.slow(100.0, None) == 1
    assert slow.slow(100.1, None) == 1
