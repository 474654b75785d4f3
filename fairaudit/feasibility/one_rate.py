"""One rate held within a tolerance: the best rule, without a linear program.

In each group the least cost at a rate r is a convex function, read off the upper side of
the hull. A gap of at most e means that some window [v, v + e] holds every group's rate. So
what is to be minimised over v is the sum of each group's least cost within the window:
convex again, with its corners where an end of the window meets a corner of a group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.feasibility.answers import Answer
from fairaudit.feasibility.branch_and_bound import KEPT
from fairaudit.feasibility.question import SELECTED, floors
from fairaudit.feasibility.regions import among, over_labels
from fairaudit.feasibility.rules import excess

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.question import Parity, Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.tally.rates import Rate

    Array = NDArray[np.float64]

# Rates nearer than this are one.
_NEAR = 1e-12
# A curve has no value beyond its ends: there it is steeper than any edge.
_STEEP = 1e6
# How near the rule and the bound must come, to take them for the answer.
_AGREE = 1e-9


def direction(rate: Rate) -> int:
    """Tell which way a rate moves as a threshold is lowered.

    Returns
    -------
    int
        1 where it never falls, -1 where it never rises; 0 where it may do either, as
        accuracy and every rate over people who depend on the threshold.
    """
    tp, fp, fn, tn = among(rate.numerator)
    if not over_labels(rate):
        return 0
    return int(tp >= fn and fp >= tn) - int(tp <= fn and fp <= tn)


def best_at_one_rate(of: Regions, asked: Question) -> Answer | None:
    """Which rule keeps one gap at the least cost of errors, and with it all the others?

    Parameters
    ----------
    of : Regions
        What each group's scores can reach.
    asked : Question
        Gaps in rates that move one way as thresholds are lowered, and no overall selection
        rate.

    Returns
    -------
    Answer or None
        `None` for other questions; where several gaps matter at once; and where weak
        duality does not show that the rule found is the best, as when a floor makes a rule
        below the diagonal worth it. Then it takes `best_rule`.
    """
    if asked.selection_rate is not None:
        return None
    if not all(direction(parity.rate) for parity in asked.parities):
        return None
    if len(asked.parities) > 1 and min(parity.within for parity in asked.parities) == 0:
        return None  # to hold one rate equal exactly does not hold another
    for parity in asked.parities:
        found = _best(of, asked, parity)
        if found is None:
            return None
        assert found.weights is not None
        # The best under one gap is the best under all, if it keeps them.
        if len(asked.parities) == 1 or excess(of, asked, found.weights) <= KEPT:
            return found
    return None


def _best(of: Regions, asked: Question, parity: Parity) -> Answer | None:
    """Find the best rule under one of the gaps, if weak duality shows that it is."""
    import numpy as np

    within = parity.within
    points = _points(of, asked, parity)
    curves = [_curve(of, points, group) for group in range(len(of.people))]
    corners = np.concatenate([curve.rates for curve in curves])
    lowest = max(0.0, max(float(curve.rates[0]) for curve in curves) - within)
    levels = np.clip(np.concatenate([corners, corners - within]), lowest, 1.0)
    costs = np.sum([curve.least(levels, within) for curve in curves], axis=0)
    best = int(costs.argmin())
    attained, level = float(costs[best]), float(levels[best])
    bound = _bound(of, points, _charges(curves, level, within), within)
    if attained - bound > _AGREE:
        return None
    weights = np.zeros(len(of.group))
    for start, curve in zip(of.starts, curves, strict=True):
        corner, part = divmod(curve.place(level, within), 1)
        weights[start + int(corner)] = 1 - part
        if part:
            weights[start + int(corner) + 1] = part
    return Answer(
        status="proven", attained=attained, bound=bound, weights=weights, cover=(), work=0
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Points:
    """Rate and cost of every corner, and by how much it selects more than its floor."""

    rates: Array
    costs: Array
    above: Array


def _points(of: Regions, asked: Question, parity: Parity) -> _Points:
    """Place all corners."""
    import numpy as np

    rates = of.shares @ among(parity.rate.numerator)
    rates /= of.shares @ among(parity.rate.denominator)
    if direction(parity.rate) < 0:
        rates = 1 - rates  # as far apart
    costs = of.portions[of.group] * (of.shares[:, 1:3] @ np.array(asked.costs))
    above = of.shares @ among(SELECTED) - (floors(of, asked) - _NEAR)[of.group]
    return _Points(rates=rates, costs=costs, above=above)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Curve:
    """The least cost in one group at each rate, linear between these points.

    `places` says where on the upper side of the hull they lie: at which corner, or by how
    much between that one and the next.
    """

    rates: Array
    costs: Array
    places: Array

    def nearest(self, level: Array | float, within: float) -> Array:
        """Give the rate in a window that costs least."""
        import numpy as np

        cheapest = float(self.rates[int(self.costs.argmin())])
        return np.asarray(np.clip(cheapest, level, level + within))

    def least(self, levels: Array, within: float) -> Array:
        """Give the least cost in windows."""
        import numpy as np

        return np.interp(self.nearest(levels, within), self.rates, self.costs)

    def place(self, level: float, within: float) -> float:
        """Say where on the hull the least cost in a window is."""
        import numpy as np

        return float(np.interp(self.nearest(level, within), self.rates, self.places))

    def slopes(self, level: float, within: float) -> tuple[float, float]:
        """Give the slopes of the least cost as a window moves down and up.

        The end that presses counts: the lower one where cost rises, the upper one where it
        falls.
        """
        import numpy as np

        slope = np.diff(self.costs) / np.diff(self.rates)
        slope = np.concatenate([[-_STEEP], slope, [_STEEP]])
        ends = np.array([level, level + within])
        down = slope[np.searchsorted(self.rates, ends - _NEAR, side="left")]
        up = slope[np.searchsorted(self.rates, ends + _NEAR, side="right")]
        left, right = (max(low, 0.0) + min(high, 0.0) for low, high in (down, up))
        return float(left), float(right)


def _curve(of: Regions, points: _Points, group: int) -> _Curve:
    """Read one group's curve off the upper side of its hull, above its floor."""
    import numpy as np

    size = of.hulls[group].n_upper
    upper = slice(of.starts[group], of.starts[group] + size)
    places = np.arange(float(size))
    rates, costs, above = points.rates[upper], points.costs[upper], points.above[upper]
    if above[0] < 0:
        # From nobody on ever more are selected, so that the side is cut once.
        lowest = np.interp(0.0, above, places)
        kept = np.append(lowest, places[places > lowest + _NEAR])
        rates, costs = np.interp(kept, places, rates), np.interp(kept, places, costs)
        places = kept
    # Where the rate stands still, at either end, the inner point is cheaper.
    first = int(np.searchsorted(rates, rates[0] + _NEAR, side="right")) - 1
    last = int(np.searchsorted(rates, rates[-1] - _NEAR, side="left"))
    if first > last:
        first = last = int(costs.argmin())
    inner = slice(first, last + 1)
    return _Curve(rates=rates[inner], costs=costs[inner], places=places[inner])


def _charges(curves: list[_Curve], level: float, within: float) -> Array:
    """Charge each group's rate so that the charges are even where the window is best."""
    import numpy as np

    down, up = np.array([curve.slopes(level, within) for curve in curves]).T
    spread = up.sum() - down.sum()
    part = min(1.0, max(0.0, -down.sum() / spread)) if spread > 0 else 0.0
    return np.asarray(down + part * (up - down))


def _bound(of: Regions, points: _Points, charged: Array, within: float) -> float:
    """Give what no rule that keeps the gap betters: weak duality, for any charges.

    With charges c, each group's cost less c times its rate is least at a corner of what it
    can reach above its floor. The charges of rates in a window [v, v + e] are worth at
    least v times their sum, and e times the negative ones.
    """
    import numpy as np

    net = points.costs - charged[of.group] * points.rates
    least = np.where(points.above >= 0, net, np.inf)
    after = np.arange(1, len(net) + 1)
    after[of.starts - 1] = np.roll(of.starts, 1)  # around each hull
    cut = ((points.above < 0) != (points.above[after] < 0)).nonzero()[0]
    if cut.size:
        other = after[cut]
        part = points.above[cut] / (points.above[cut] - points.above[other])
        least[cut] = np.minimum(least[cut], net[cut] + part * (net[other] - net[cut]))
    value = np.minimum.reduceat(least, of.starts).sum()
    value += within * np.minimum(charged, 0.0).sum() + min(0.0, charged.sum())
    rounding = 16 * len(charged) * np.finfo(np.float64).eps * (1 + np.abs(charged).sum())
    return float(value - rounding)
