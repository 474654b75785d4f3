from __future__ import annotations

import numpy as np
import pytest
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
    plain = np.full((1, 200), 0.5)
    scores = np.concatenate([plain, scores])
    blend = choose_blend(scores, np.array([0.0, 0.9, 0.1]), y, found, asked)
    assert blend.excess == 0
    decided = blend.positive(scores)
    assert decided[:100].sum() == decided[100:].sum() > 0


def chosen(
    scores: np.ndarray, y: np.ndarray, group: np.ndarray, criterion: str
) -> tuple[Blend, np.ndarray]:
    asked = rate_constraints({criterion: 0.02}, able=frozenset(RATES), where="test")
    found = people(group, rows=len(y), where="test")
    mixture = np.eye(len(scores))[-1]
    blend = choose_blend(scores, mixture, y, found, asked)
    return blend, blend.positive(scores)


# Of 100 people in each group 50 are positive. The plain model selects 40 of them and 10
# others in group a, 50 and 25 in group b: precisions of .80 and .67.
GROUP = np.repeat(["a", "b"], 100)
Y = np.tile(np.repeat([1, 0], 50), 2)
PLAIN = np.zeros(200)
PLAIN[[*range(40), *range(50, 60), *range(100, 175)]] = 1


def test_a_few_people_selected_keep_no_constraint() -> None:
    few = np.zeros(200)
    few[[0, 1, 100, 101]] = 1
    blend, decided = chosen(np.array([PLAIN, few]), Y, GROUP, "predictive_parity")
    assert blend.excess == pytest.approx(0.8 - 2 / 3 - 0.02)
    assert (decided == PLAIN).all()


def test_where_nothing_keeps_a_constraint_one_decision_for_everybody_errs_no_less() -> None:
    reverse = 1 - PLAIN
    reverse[100:110] = 1  # precisions nearer to each other, and mostly wrong
    blend, decided = chosen(np.array([PLAIN, reverse]), Y, GROUP, "predictive_parity")
    assert (decided == PLAIN).all()
    assert blend.excess > 0


def test_groups_may_have_as_few_selected_as_the_unconstrained_model_has() -> None:
    rare = np.zeros(200)
    rare[[0, 100]] = 1
    blend, decided = chosen(rare[None], rare.astype(int), GROUP, "demographic_parity")
    assert blend.excess == 0
    assert (decided == rare).all()
