from __future__ import annotations

import numpy as np
import pytest

from fairaudit.core.cells import Cells
from fairaudit.mitigation.chances import chance, foreseen
from fairaudit.mitigation.constraints import rate_constraints
from fairaudit.mitigation.promise import trial
from fairaudit.tally.rates import POSITIVE_PREDICTIVE_VALUE, SELECTION_RATE

ASKED = rate_constraints(
    {"demographic_parity": 0.1}, able=frozenset({"selection_rate"}), where="test"
)


def cells(selected: int, of: int) -> Cells:
    return Cells(tp=selected, fp=0, fn=0, tn=of - selected)


def counted(selected: float, of: float) -> np.ndarray:
    return np.array([[selected, 0.0, 0.0, of - selected]])


@pytest.mark.parametrize(("a", "b", "scale"), [(0.3, 0.33, 1.5), (0.05, 0.05, 1.0)])
def test_the_chance_of_passing_is_near_what_happens(
    a: float, b: float, scale: float
) -> None:
    # Both samples are drawn: the rule is made on a gap that is itself off by chance.
    rng = np.random.default_rng(0)
    people, tested = 1000, int(1000 * scale)
    foreseen_chances, passes = [], []
    for _ in range(600):
        made = rng.binomial(people, [a, b])
        sides = [
            foreseen(SELECTION_RATE, counted(k, people), confidence=0.95, scale=scale)
            for k in made
        ]
        foreseen_chances.append(chance(*sides, 0.1)[0])
        x, y = rng.binomial(tested, [a, b]).tolist()
        groups = {"a": cells(x, tested), "b": cells(y, tested)}
        passes.append(trial(ASKED, groups, confidence=0.95).kept)
    assert np.mean(foreseen_chances) == pytest.approx(np.mean(passes), abs=0.12)


def test_an_undefined_rate_never_passes() -> None:
    some, none = (
        foreseen(POSITIVE_PREDICTIVE_VALUE, counted(k, 100), confidence=0.95, scale=1.0)
        for k in (50, 0)
    )
    assert chance(some, some, 0.5)[0] > 0.99
    assert chance(some, none, 0.5)[0] == 0
