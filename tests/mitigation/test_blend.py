from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from fairaudit.mitigation.blend import STEPS, Blend, choose_blend
from fairaudit.mitigation.constraints import rate_constraints
from fairaudit.mitigation.people import people
from fairaudit.tally.rates import RATES


@given(
    st.lists(st.floats(0, 1), min_size=1, max_size=30),
    st.integers(0, STEPS),
)
def test_probabilities_are_shares_and_turn_at_the_cut(
    scores: list[float], cut: int
) -> None:
    blend = Blend(weights=(1.0,), cut=cut, excess=0.0)
    given_scores = np.array([scores])
    probability = blend.probability(given_scores)
    assert ((probability >= 0) & (probability <= 1)).all()
    assert ((probability >= 0.5) == blend.positive(given_scores)).all()


def test_a_pair_is_found_where_neither_model_alone_keeps_the_constraint() -> None:
    # One model selects group a only, the other group b only; half of each is equal.
    group = np.repeat(["a", "b"], 100)
    y = np.tile([1, 0], 100)
    ranked = np.tile(np.linspace(1, 0, 100), 2)
    scores = np.array([ranked * (group == "a"), ranked * (group == "b")])
    asked = rate_constraints(
        {"demographic_parity": 0.02}, able=frozenset(RATES), where="test"
    )
    found = people(group, rows=200, where="test")
    blend = choose_blend(scores, np.array([0.9, 0.1]), y, found, asked)
    assert blend.excess == 0
    decided = blend.positive(scores)
    assert decided[:100].sum() == decided[100:].sum() > 0
