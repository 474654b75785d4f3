"""The best single thresholds there are, where rates move one way as thresholds are lowered.

Then the thresholds whose rates lie in a window are a stretch of the group's thresholds, and
the cheapest of every stretch is read off a table. For one rate, the windows that begin at a
rate of some group are all there is to try; for two groups, every threshold of one is tried
with the stretch of the other's that is near enough in every rate.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairaudit.feasibility.one_rate import direction
from fairaudit.mitigation.levels import ROUNDING, thresholds_of

if TYPE_CHECKING:
    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.mitigation.levels import Thresholds

_MOST_LEVELS = 20_000
"""Thresholds of one group that are looked at."""


def best_thresholds(of: Regions, asked: Question, within: Array) -> list[int] | None:
    """Which single thresholds keep every gap at the least cost of errors?

    Parameters
    ----------
    of : Regions
        The groups' scores.
    asked : Question
        The rates, and what errors cost.
    within : ndarray of shape (n_parities,)
        How far apart each rate may be.

    Returns
    -------
    list of int or None
        How many of each group's highest distinct scores are selected; `None` where no such
        thresholds exist, and for other questions: with rates that do not move one way, or
        more than two groups and one rate.
    """
    ways = np.array([direction(parity.rate) for parity in asked.parities])
    if not ways.all() or (len(ways) > 1 and len(of.people) > 2):
        return None
    groups = [_Stretches(one, ways) for one in thresholds_of(of, asked, most=_MOST_LEVELS)]
    if not all(own.levels.size for own in groups):
        return None
    if len(groups) > 2:
        windows = np.sort(np.concatenate([own.rates for own in groups], axis=1))
        stretches = [own.between(windows, windows + within[:, None]) for own in groups]
    else:
        one, other = groups
        near = other.between(one.rates - within[:, None], one.rates + within[:, None])
        each = np.arange(one.rates.shape[1])
        stretches = [(each, each + 1), near]
    costs = np.sum(
        [own.least(*ends) for own, ends in zip(groups, stretches, strict=True)], axis=0
    )
    best = int(costs.argmin())
    if np.isinf(costs[best]):
        return None
    return [
        own.cheapest(int(begin[best]), int(end[best]))
        for own, (begin, end) in zip(groups, stretches, strict=True)
    ]


class _Stretches:
    """One group's allowed thresholds, whose rates all rise, and the least costs of runs."""

    def __init__(self, of: Thresholds, ways: Array) -> None:
        self.levels = of.levels[of.allowed]
        self.rates = of.rates[:, of.allowed] * ways[:, None]
        self.costs = of.costs[of.allowed]
        # In row k, the least cost among 2^k thresholds from each one on.
        table = [self.costs]
        while (half := 2 ** (len(table) - 1)) < len(self.costs):
            longer = table[-1].copy()
            np.minimum(longer[:-half], table[-1][half:], out=longer[:-half])
            table.append(longer)
        self._table = np.array(table)

    def between(self, low: Array, high: Array) -> tuple[Array, Array]:
        """Give the stretches of thresholds whose every rate lies between two."""
        begin = np.max(
            [
                np.searchsorted(own, ends - ROUNDING, side="left")
                for own, ends in zip(self.rates, low, strict=True)
            ],
            axis=0,
        )
        end = np.min(
            [
                np.searchsorted(own, ends + ROUNDING, side="right")
                for own, ends in zip(self.rates, high, strict=True)
            ],
            axis=0,
        )
        return begin, end

    def least(self, begin: Array, end: Array) -> Array:
        """Give the least cost in each stretch, infinite where it is empty."""
        length = end - begin
        row = np.frexp(np.maximum(length, 1))[1] - 1  # the largest power of 2 within
        half = 2**row
        first = np.minimum(begin, len(self.costs) - 1)
        costs = np.minimum(self._table[row, first], self._table[row, end - half])
        return np.where(length > 0, costs, np.inf)

    def cheapest(self, begin: int, end: int) -> int:
        """Give the threshold of least cost in a stretch."""
        return int(self.levels[begin + int(self.costs[begin:end].argmin())])
