from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.cells import Cells
from fairaudit.mitigation.constraints import rate_constraints
from fairaudit.mitigation.promise import people_needed, trial
from fairaudit.tally.rates import RATES

ASKED = rate_constraints({"demographic_parity": 0.1}, able=frozenset(RATES), where="test")


def cells(selected: int, of: int) -> Cells:
    return Cells(tp=selected, fp=0, fn=0, tn=of - selected)


def test_equal_shares_of_many_are_kept_and_of_few_are_not() -> None:
    many = trial(ASKED, {"a": cells(600, 2000), "b": cells(600, 2000)}, confidence=0.95)
    few = trial(ASKED, {"a": cells(6, 20), "b": cells(6, 20)}, confidence=0.95)
    assert many.kept
    assert many.at_most < 0.1
    assert not few.kept


def test_the_comparison_furthest_beyond_is_named() -> None:
    groups = {"a": cells(500, 1000), "b": cells(510, 1000), "c": cells(300, 1000)}
    found = trial(ASKED, groups, confidence=0.95)
    assert (found.first, found.second) == ("b", "c")


def test_a_group_without_the_rate_excludes_nothing() -> None:
    asked = rate_constraints({"predictive_parity": 0.1}, able=frozenset(RATES), where="t")
    found = trial(asked, {"a": cells(500, 1000), "b": cells(0, 1000)}, confidence=0.95)
    assert found.at_most == 1.0
    assert not found.kept


def test_a_boundary_gap_is_promised_at_most_as_often_as_allowed() -> None:
    rng = np.random.default_rng(1)
    draws = rng.binomial(800, [0.3, 0.4], size=(2000, 2))
    kept = np.mean(
        [
            trial(ASKED, {"a": cells(a, 800), "b": cells(b, 800)}, confidence=0.95).kept
            for a, b in draws.tolist()
        ]
    )
    assert kept <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 2000)


@pytest.mark.parametrize(("part", "least", "most"), [(1.0, 0.7, 0.95), (0.4, 0.0, 0.4)])
def test_people_needed_are_enough_and_fewer_are_not(
    part: float, least: float, most: float
) -> None:
    needed = people_needed(
        ASKED[0], {"a": cells(30, 100), "b": cells(30, 100)}, confidence=0.95
    )
    assert needed is not None
    size = int(part * needed)
    draws = np.random.default_rng(2).binomial(size, 0.3, size=(500, 2))
    kept = np.mean(
        [
            trial(ASKED, {"a": cells(a, size), "b": cells(b, size)}, confidence=0.95).kept
            for a, b in draws.tolist()
        ]
    )
    assert least <= kept <= most
