"""What is kept of survey weights beside their sums."""

from __future__ import annotations

from fairaudit.core.cells import Cells
from fairaudit.core.estimate import Amount
from fairaudit.core.value import value


@value
class Weights:
    """Sums of squared survey weights, cell by cell, and the heaviest weight there is.

    `heaviest` is that of all the data, not of a group: a person as heavy could have been
    drawn into any of them.
    """

    squares: Cells = Cells()
    heaviest: Amount = 0

    def __add__(self, other: Weights) -> Weights:
        """Count two disjoint sets of people together."""
        return Weights(
            squares=self.squares + other.squares,
            heaviest=max(self.heaviest, other.heaviest),
        )
