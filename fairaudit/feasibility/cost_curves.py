"""What errors cost at least in one group at each rate: convex, read off its hull."""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.feasibility.question import floors

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    much between that one and the next. It is looked up at few rates, found by halving, so
    that plain lists serve it best.
    """

    rates: list[float]
    costs: list[float]
    places: list[float]

    @property
    def cheapest(self) -> float:
        """Give the rate that costs least."""
        return self.rates[self.costs.index(min(self.costs))]

    def at(self, rate: float) -> float:
        """Give the least cost at a rate."""
        return _interpolated(rate, self.rates, self.costs)

    def slope_below(self, rate: float) -> float:
        """Give the slope towards lower rates."""
        return self._slope(bisect_left(self.rates, rate - NEAR))

    def slope_above(self, rate: float) -> float:
        """Give the slope towards higher rates."""
        return self._slope(bisect_right(self.rates, rate + NEAR))

    def put(self, weights: Array, start: int, rate: float, share: float = 1.0) -> None:
        """Give a share of a group's weights to where the least cost at a rate is."""
        corner, part = divmod(_interpolated(rate, self.rates, self.places), 1)
        weights[start + int(corner)] += share * (1 - part)
        if part:
            weights[start + int(corner) + 1] += share * part

    def _slope(self, end: int) -> float:
        """Give the slope of the edge that ends at a point."""
        if end == 0:
            return -_STEEP
        if end == len(self.rates):
            return _STEEP
        rise = self.costs[end] - self.costs[end - 1]
        return rise / (self.rates[end] - self.rates[end - 1])


def curve(
    of: Regions, rates: Array, costs: Array, above: Sequence[Array] | Array, group: int
) -> Curve:
    """Read one group's curve off the upper side of its hull, above its floors."""
    size = of.hulls[group].n_upper
    upper = slice(of.starts[group], of.starts[group] + size)
    corners = [*map(float, range(size))]
    points = [rates[upper].tolist(), costs[upper].tolist(), corners]
    # From nobody on ever more are selected, so that each floor cuts the side once.
    for room in above:
        rising = room[upper]
        places = points[-1]
        if rising[0] < 0:
            end = _interpolated(0.0, rising.tolist(), corners)
            inside = bisect_right(places, end + NEAR)
            points = [[_interpolated(end, places, own), *own[inside:]] for own in points]
        elif rising[-1] < 0:
            end = _interpolated(0.0, (-rising).tolist(), corners)
            inside = bisect_left(places, end - NEAR)
            points = [[*own[:inside], _interpolated(end, places, own)] for own in points]
    # Where the rate stands still, at either end, the inner point is cheaper.
    along, cost = points[:2]
    first = bisect_right(along, along[0] + NEAR) - 1
    last = bisect_left(along, along[-1] - NEAR)
    if first > last:
        first = last = cost.index(min(cost))
    own_rates, own_costs, own_places = (own[first : last + 1] for own in points)
    return Curve(rates=own_rates, costs=own_costs, places=own_places)


def _interpolated(x: float, rising: list[float], values: list[float]) -> float:
    """Give the value at a place between rising ones, and beyond them that of the end."""
    after = bisect_right(rising, x)
    if after == 0:
        return values[0]
    if after == len(rising):
        return values[-1]
    part = (x - rising[after - 1]) / (rising[after] - rising[after - 1])
    return values[after - 1] + part * (values[after] - values[after - 1])


def rooms(of: Regions, asked: Question) -> Array:
    """By how much does each corner lie above each floor of its group?"""
    return floors(of, asked).margins(of.shares, of.group) + NEAR


def least_within(of: Regions, net: Array, above: Array) -> Array:
    """Give the least of a linear function of each group's cells above its floors.

    It is at a corner of the hull, or where an edge crosses a floor: those selected and
    those not have one each, and no two floors cross.
    """
    import numpy as np

    below = above < 0
    least = np.where(below.any(axis=0), np.inf, net)
    floor, cut = (below != below[:, of.after]).nonzero()
    if cut.size:
        other = of.after[cut]
        here = above[floor, cut]
        part = here / (here - above[floor, other])
        np.minimum.at(least, cut, net[cut] + part * (net[other] - net[cut]))
    return np.asarray(np.minimum.reduceat(least, of.starts))


def rounding(of: Regions, charged: Array) -> float:
    """Bound the rounding of a bound: its terms, times their sizes, times 2^-52."""
    size = float(1 + abs(charged).sum())
    return 16 * len(of.people) * size * sys.float_info.epsilon
