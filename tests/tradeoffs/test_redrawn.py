from __future__ import annotations

import numpy as np
import pytest

from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.rules import Part
from fairaudit.tradeoffs.redrawn import redraw

GROUPS = (
    steps("a", [3, 2, 1], [60, 30, 10], [10, 30, 60]),
    steps("b", [3, 2, 1], [30, 12, 8], [5, 15, 80]),
)


def part(levels: int, probability: float = 1.0) -> Part:
    return Part(threshold=None, levels=levels, probability=probability)


RULE = {"a": (part(0, 0.5), part(1, 0.5)), "b": (part(2),)}


def test_the_first_row_is_what_was_counted() -> None:
    people = redraw(GROUPS, [RULE], draws=3, rng=np.random.default_rng(1))
    cells = people.cells(RULE)[0]
    assert cells[0] == pytest.approx(np.array([30, 5, 70, 95]) / 200)
    assert cells[1] == pytest.approx(np.array([42, 20, 8, 80]) / 150)
    assert people.portions[0] == pytest.approx([200 / 350, 150 / 350])


def test_every_draw_has_as_many_people_and_varies_as_a_share_does() -> None:
    people = redraw(GROUPS, [RULE], draws=4_000, rng=np.random.default_rng(2))
    assert (people.people.sum(axis=1) == 350).all()
    selected = people.cells(RULE)[1:, 1, :2].sum(axis=1)
    share = 62 / 150
    assert selected.mean() == pytest.approx(share, abs=0.005)
    # A share of a group whose size is drawn as well.
    assert selected.std() == pytest.approx(np.sqrt(share * (1 - share) / 150), rel=0.06)
