"""Sets of one group's thresholds where rates move both ways: each marks what is in it.

A set is a row of an array with a mark per threshold, so that many take one step. They stand
by cost: the first that is marked is the cheapest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairaudit.mitigation.levels import ROUNDING

if TYPE_CHECKING:
    from fairaudit.engines.codes import Array
    from fairaudit.mitigation.levels import Thresholds


class Masks:
    """One group's allowed thresholds, the cheapest first."""

    def __init__(self, of: Thresholds) -> None:
        order = np.flatnonzero(of.allowed)
        order = order[of.costs[order].argsort(kind="stable")]
        self.levels = of.levels[order]
        self.rates = of.rates[:, order]
        self.costs = of.costs[order]

    def every(self) -> Array:
        """Give the one set of all thresholds."""
        return np.ones((1, len(self.costs)), dtype=bool)

    def between(self, low: Array, high: Array) -> Array:
        """Give the sets of thresholds whose every rate lies between two, a row per rate."""
        inside = np.ones((low.shape[1], len(self.costs)), dtype=bool)
        for own, least, most in zip(self.rates, low, high, strict=True):
            inside &= own >= least[:, None] - ROUNDING
            inside &= own <= most[:, None] + ROUNDING
        return inside

    def only(self, places: Array) -> Array:
        """Give the sets of one threshold each."""
        alone: Array = places[:, None] == np.arange(len(self.costs))
        return alone

    def both(self, sets: Array, others: Array) -> Array:
        """Give what is in both of two sets, row by row."""
        shared: Array = sets & others
        return shared

    def sizes(self, sets: Array) -> Array:
        """Count the thresholds of each set."""
        sizes: Array = sets.sum(axis=1)
        return sizes

    def members(self, sets: Array) -> tuple[Array, Array]:
        """List the thresholds of all sets: in which row, and at which place."""
        rows, places = np.nonzero(sets)
        return rows, places

    def cheapest(self, sets: Array) -> tuple[Array, Array]:
        """Give each set's place and cost of the cheapest; infinite where it is empty."""
        places = sets.argmax(axis=1)  # the first, as they stand by cost
        found = sets[np.arange(len(sets)), places]
        return places, np.where(found, self.costs[places], np.inf)
