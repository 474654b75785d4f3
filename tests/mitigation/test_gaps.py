from __future__ import annotations

import numpy as np
from fairlearn.metrics import demographic_parity_difference, equalized_odds_difference

from fairaudit.mitigation.constraints import rate_constraints
from fairaudit.mitigation.gaps import accuracy, cells_by_group, excess, rate_gap
from fairaudit.mitigation.people import people
from fairaudit.tally.rates import (
    FALSE_POSITIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    RATES,
    SELECTION_RATE,
    TRUE_POSITIVE_RATE,
)


def test_gaps_agree_with_fairlearn() -> None:
    rng = np.random.default_rng(3)
    y, decided, group = (rng.integers(0, top, 500) for top in (2, 2, 3))
    cells = cells_by_group(y, decided, people(group, rows=500, where="test"))
    gaps = {rate.id: rate_gap(rate, cells) for rate in RATES.values()}
    parity = demographic_parity_difference(y, decided, sensitive_features=group)
    odds = equalized_odds_difference(y, decided, sensitive_features=group)
    assert np.isclose(gaps[SELECTION_RATE.id], parity)
    assert np.isclose(max(gaps[TRUE_POSITIVE_RATE.id], gaps[FALSE_POSITIVE_RATE.id]), odds)
    assert accuracy(cells) == (y == decided).mean()


def test_a_rate_that_a_group_lacks_has_no_gap_and_counts_as_exceeded() -> None:
    y, decided = np.array([1, 0, 1, 0]), np.array([1, 0, 0, 0])
    cells = cells_by_group(y, decided, people(["a", "a", "b", "b"], rows=4, where="test"))
    asked = rate_constraints(
        {"predictive_parity": 0.5}, able=frozenset(RATES), where="test"
    )
    assert rate_gap(POSITIVE_PREDICTIVE_VALUE, cells) is None
    assert excess(asked, cells) == 1.0
