"""Sets of one group's thresholds where every rate moves one way as they are lowered.

The thresholds whose rates lie between two ends are then a stretch. A set is where it begins
and where it ends, a row of an array, so that many take one step; the cheapest of each is
read off a table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairaudit.mitigation.levels import ROUNDING

if TYPE_CHECKING:
    from fairaudit.engines.codes import Array
    from fairaudit.mitigation.levels import Thresholds


class Stretches:
    """One group's allowed thresholds, whose rates all rise once `ways` turns them."""

    def __init__(self, of: Thresholds, ways: Array) -> None:
        self.levels = of.levels[of.allowed]
        self.rates = of.rates[:, of.allowed] * ways[:, None]
        self.costs = of.costs[of.allowed]
        self._order = self.costs.argsort(kind="stable")
        ranks = np.empty_like(self._order)
        ranks[self._order] = np.arange(len(ranks))
        # In row k, the rank of the cheapest among 2^k thresholds from each one on.
        table = [ranks]
        while (half := 2 ** (len(table) - 1)) < len(ranks):
            longer = table[-1].copy()
            np.minimum(longer[:-half], table[-1][half:], out=longer[:-half])
            table.append(longer)
        self._table = np.array(table)

    def every(self) -> Array:
        """Give the one set of all thresholds."""
        return np.array([[0, len(self.costs)]])

    def between(self, low: Array, high: Array) -> Array:
        """Give the sets of thresholds whose every rate lies between two, a row per rate."""
        begin = [
            np.searchsorted(own, ends - ROUNDING, side="left")
            for own, ends in zip(self.rates, low, strict=True)
        ]
        end = [
            np.searchsorted(own, ends + ROUNDING, side="right")
            for own, ends in zip(self.rates, high, strict=True)
        ]
        return np.stack([np.max(begin, axis=0), np.min(end, axis=0)], axis=1)

    def only(self, places: Array) -> Array:
        """Give the sets of one threshold each."""
        return np.stack([places, places + 1], axis=1)

    def both(self, sets: Array, others: Array) -> Array:
        """Give what is in both of two sets, row by row."""
        begin = np.maximum(sets[:, 0], others[:, 0])
        return np.stack([begin, np.minimum(sets[:, 1], others[:, 1])], axis=1)

    def sizes(self, sets: Array) -> Array:
        """Count the thresholds of each set."""
        sizes: Array = np.maximum(sets[:, 1] - sets[:, 0], 0)
        return sizes

    def members(self, sets: Array) -> tuple[Array, Array]:
        """List the thresholds of all sets: in which row, and at which place."""
        sizes = self.sizes(sets)
        before = sizes.cumsum() - sizes
        rows = np.arange(len(sets)).repeat(sizes)
        return rows, np.arange(len(rows)) + (sets[:, 0] - before)[rows]

    def cheapest(self, sets: Array) -> tuple[Array, Array]:
        """Give each set's place and cost of the cheapest; infinite where it is empty."""
        begin, end = sets.T
        row = np.frexp(np.maximum(end - begin, 1))[1] - 1  # the largest power of 2 within
        first = np.minimum(begin, len(self.costs) - 1)
        ranks = np.minimum(self._table[row, first], self._table[row, end - 2**row])
        places = self._order[ranks]
        return places, np.where(end > begin, self.costs[places], np.inf)
