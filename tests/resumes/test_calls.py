from __future__ import annotations

from itertools import pairwise

import pytest

from fairaudit.core.errors import InputError
from fairaudit.resumes.running.calls import calls_of
from tests.resumes.asked import Stub, small_study


def test_every_application_is_shown_as_often_as_asked_and_known_by_a_key_of_its_own() -> (
    None
):
    calls = calls_of(small_study(), Stub(), framings=["persona"], repeats=3)
    assert len(calls) == 20 * 2 * 2 * 3
    assert len({call.key for call in calls}) == len(calls)
    assert [call.position for call in calls] == list(range(len(calls)))
    assert {call.framing for call in calls} == {"plain", "persona"}


def test_halves_of_a_pair_are_neighbours_and_neither_is_always_first() -> None:
    calls = calls_of(small_study(), Stub(), repeats=2)
    for one, other in zip(calls[::2], calls[1::2], strict=True):
        assert (one.pair, one.repeat) == (other.pair, other.repeat)
        assert one.half != other.half
    first = {(call.pair, call.repeat): call.half for call in calls[::2]}
    assert all(first[pair, 0] != first[pair, 1] for pair, _ in first)


def test_the_order_is_shuffled_and_the_same_each_time() -> None:
    calls = calls_of(small_study(), Stub())
    assert calls == calls_of(small_study(), Stub())
    places = [int(call.pair.rpartition("-")[2]) for call in calls]
    assert any(one > other for one, other in pairwise(places))


class Reversible(Stub):
    """Can be asked the reverse."""

    framings = ("plain", "persona", "reversed")


@pytest.mark.parametrize("framings", [["plain"], ["reversed"]])
def test_the_reverse_is_asked_about_the_quality_arm_and_no_other(
    framings: list[str],
) -> None:
    calls = calls_of(small_study(), Reversible(), framings=framings)
    turned = [call for call in calls if call.framing == "reversed"]
    assert len(calls) == 2 * 20 + len(turned)
    assert len(turned) == 20
    assert all(call.pair.startswith("quality") for call in turned)


def test_a_framing_the_system_cannot_be_put_under_is_refused() -> None:
    with pytest.raises(InputError, match="Did you mean 'persona'"):
        calls_of(small_study(), Stub(), framings=["personae"])


def test_no_repeat_is_no_run() -> None:
    with pytest.raises(InputError, match="repeats=0"):
        calls_of(small_study(), Stub(), repeats=0)
