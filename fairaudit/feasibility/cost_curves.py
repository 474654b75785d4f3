"""What errors cost at least in one group at each rate: convex, read off its hull."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.feasibility.question import SELECTED, floors
from fairaudit.feasibility.regions import among

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions

    Array = NDArray[np.float64]

NEAR = 1e-12
"""Rates nearer than this are one."""

AGREE = 1e-9
"""How near a rule and its bound must come to each other, to be the answer."""

# A curve has no value beyond its ends: there it is steeper than any edge.
_STEEP = 1e6


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """The least cost in one group at each rate, linear between these points.

    `places` says where on the upper side of the hull they lie: at which corner, or by how
    much between that one and the next.
    """

    rates: Array
    costs: Array
    places: Array

    def at(self, rates: Array | float) -> Array:
        """Give the least cost at rates."""
        import numpy as np

        return np.asarray(np.interp(rates, self.rates, self.costs))

    def slopes(self, rates: Array) -> tuple[Array, Array]:
        """Give the slopes towards lower and towards higher rates."""
        import numpy as np

        slope = np.full(len(self.rates) + 1, _STEEP)
        slope[0] = -_STEEP
        slope[1:-1] = (self.costs[1:] - self.costs[:-1]) / (
            self.rates[1:] - self.rates[:-1]
        )
        down = slope[np.searchsorted(self.rates, rates - NEAR, side="left")]
        up = slope[np.searchsorted(self.rates, rates + NEAR, side="right")]
        return down, up

    def put(self, weights: Array, start: int, rate: float, share: float = 1.0) -> None:
        """Give a share of a group's weights to where the least cost at a rate is."""
        import numpy as np

        corner, part = divmod(float(np.interp(rate, self.rates, self.places)), 1)
        weights[start + int(corner)] += share * (1 - part)
        if part:
            weights[start + int(corner) + 1] += share * part


def curve(of: Regions, rates: Array, costs: Array, above: Array, group: int) -> Curve:
    """Read one group's curve off the upper side of its hull, above its floor."""
    import numpy as np

    size = of.hulls[group].n_upper
    upper = slice(of.starts[group], of.starts[group] + size)
    places = np.arange(float(size))
    rates, costs, above = rates[upper], costs[upper], above[upper]
    if above[0] < 0:
        # From nobody on ever more are selected, so that the side is cut once.
        lowest = np.interp(0.0, above, places)
        kept = np.concatenate([[lowest], places[places > lowest + NEAR]])
        rates, costs = np.interp(kept, places, rates), np.interp(kept, places, costs)
        places = kept
    # Where the rate stands still, at either end, the inner point is cheaper.
    first = int(np.searchsorted(rates, rates[0] + NEAR, side="right")) - 1
    last = int(np.searchsorted(rates, rates[-1] - NEAR, side="left"))
    if first > last:
        first = last = int(costs.argmin())
    inner = slice(first, last + 1)
    return Curve(rates=rates[inner], costs=costs[inner], places=places[inner])


def above_floors(of: Regions, asked: Question) -> Array:
    """By how much does each corner select more than its group's floor?"""
    import numpy as np

    selected = of.shares @ among(SELECTED)
    return np.asarray(selected - (floors(of, asked) - NEAR)[of.group])


def least_above(of: Regions, net: Array, above: Array) -> Array:
    """Give the least of a linear function of each group's cells above its floor.

    It is at a corner of the hull, or where an edge crosses the floor.
    """
    import numpy as np

    below = above < 0
    least = np.where(below, np.inf, net)
    cut = (below != below[of.after]).nonzero()[0]
    if cut.size:
        other = of.after[cut]
        part = above[cut] / (above[cut] - above[other])
        least[cut] = np.minimum(least[cut], net[cut] + part * (net[other] - net[cut]))
    return np.asarray(np.minimum.reduceat(least, of.starts))


def rounding(of: Regions, charged: Array) -> float:
    """Bound the rounding of a bound: its terms, times their sizes, times 2^-52."""
    import numpy as np

    size = float(1 + np.abs(charged).sum())
    return 16 * len(of.people) * size * float(np.finfo(np.float64).eps)
