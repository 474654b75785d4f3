"""The best rule met so far in a search."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fairaudit.feasibility.rules import cost, excess

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions

    Array = NDArray[np.float64]

Goal = Literal["cost", "excess"]

KEPT = 1e-9
"""A gap counts as kept when it is kept up to this; narrower boxes are not cut."""


@dataclass(slots=True)
class Incumbent:
    """What the best rule attains: infinite, without weights, before one is met."""

    of: Regions
    asked: Question
    goal: Goal
    attained: float = math.inf
    weights: Array | None = None

    def meet(self, weights: Array) -> None:
        """Take a rule as the best if it keeps the gaps and does better."""
        over = excess(self.of, self.asked, weights)
        if self.goal == "excess":
            found = max(over, 0.0)
        elif over <= KEPT:
            found = cost(self.of, self.asked, weights)
        else:
            return
        if found < self.attained:
            self.attained, self.weights = found, weights
