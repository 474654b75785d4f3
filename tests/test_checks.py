from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.checks import are_costs, is_between, is_number, is_whole


@pytest.mark.parametrize("given", [1, 0.5, np.float32(0.5), np.int64(3)])
def test_numbers_of_every_library_are_numbers(given: object) -> None:
    assert is_number(given)


@pytest.mark.parametrize("given", [True, np.True_, np.nan, -np.inf, "1", None, [1], 1j])
def test_what_is_no_finite_number_is_none(given: object) -> None:
    assert not is_number(given)
    assert not is_between(given, -np.inf, np.inf)
    assert not is_whole(given, least=0)


def test_whole_numbers_and_ranges_keep_to_their_ends() -> None:
    assert is_whole(np.int8(2), least=2)
    assert not is_whole(1, least=2)
    assert not is_whole(2.0, least=2)
    assert is_between(0.6, 0.5, 1)
    assert not is_between(0.5, 0.5, 1)


@pytest.mark.parametrize("given", [(0, 1), [1, 2.5], np.array([1.0, 0.0])])
def test_two_costs_may_be_in_any_sequence(given: object) -> None:
    assert are_costs(given)


@pytest.mark.parametrize(
    "given", [(0, 0), (1, -1), (1,), 3, np.array(3), {1: 2, 3: 4}, {1, 2}, "12", None]
)
def test_what_is_no_two_costs_is_none(given: object) -> None:
    assert not are_costs(given)
