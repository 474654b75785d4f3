"""Two groups whose scores and base rates differ, drawn with a seed."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np


class Drawn(NamedTuple):
    """Features, labels and groups of some people."""

    X: Any
    y: Any
    group: Any

    def part(self, rows: slice) -> Drawn:
        return Drawn(self.X[rows], self.y[rows], self.group[rows])


def drawn(people: int, *, seed: int = 0, groups: int = 2, apart: float = 1.0) -> Drawn:
    """Draw people; `apart` moves the first feature, and so the base rate, by group."""
    rng = np.random.default_rng(seed)
    place = rng.integers(0, groups, people)
    X = rng.normal(size=(people, 3))
    X[:, 0] += apart * place / max(1, groups - 1)
    y = (X[:, 0] + X[:, 1] + rng.normal(size=people) > 0.8).astype(int)
    return Drawn(X, y, np.array([f"group {number}" for number in range(groups)])[place])
