"""One rate held within a tolerance: the best rule, without a linear program.

In each group the least cost at a rate r is a convex function, read off the upper side of
the hull. A gap of at most e means that some window [v, v + e] holds every group's rate. So
what is to be minimised over v is the sum of each group's least cost within the window:
convex again, with its corners where an end of the window meets a corner of a group. It is
least where its slope turns, which is found by halving.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from fairaudit.feasibility.answers import Answer
from fairaudit.feasibility.cost_curves import (
    AGREE,
    curve,
    least_within,
    rooms,
    rounding,
)
from fairaudit.feasibility.incumbent import KEPT
from fairaudit.feasibility.regions import CELLS, among, over_labels
from fairaudit.feasibility.rules import excess

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.cost_curves import Curve
    from fairaudit.feasibility.question import Parity, Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.tally.rates import Rate

    Array = NDArray[np.float64]


def direction(rate: Rate) -> int:
    """Tell which way a rate moves as a threshold is lowered.

    Returns
    -------
    int
        1 where it never falls, -1 where it never rises; 0 where it may do either, as
        accuracy and every rate over people who depend on the threshold.
    """
    if not over_labels(rate):
        return 0
    tp, fp, fn, tn = (cell in rate.numerator for cell in CELLS)
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
    above = rooms(of, asked)
    for parity in asked.parities:
        found = _best(of, asked, parity, above)
        if found is None:
            return None
        assert found.weights is not None
        # The best under one gap is the best under all, if it keeps them.
        if len(asked.parities) == 1 or excess(of, asked, found.weights) <= KEPT:
            return found
    return None


def _best(of: Regions, asked: Question, parity: Parity, above: Array) -> Answer | None:
    """Find the best rule under one of the gaps, if weak duality shows that it is."""
    import numpy as np

    within = parity.within
    rates = of.shares @ among(parity.rate.numerator)
    rates /= of.shares @ among(parity.rate.denominator)
    if direction(parity.rate) < 0:
        rates = 1 - rates  # as far apart
    costs = of.portions[of.group] * (of.shares[:, 1:3] @ np.array(asked.costs))
    curves = [curve(of, rates, costs, above, group) for group in range(len(of.people))]
    level = _level(curves, within)
    if level is None:
        return None
    held = [min(max(own.cheapest, level), level + within) for own in curves]
    attained = sum(own.at(rate) for own, rate in zip(curves, held, strict=True))
    charges = _charges(curves, level, within)
    charged = np.array(charges)
    # In a window [v, v + e] charged rates are worth at least v times the sum of the
    # charges, and e times the negative ones.
    least = least_within(of, costs - charged[of.group] * rates, above).sum()
    given = within * sum(min(one, 0.0) for one in charges) + min(0.0, sum(charges))
    bound = float(least + given) - rounding(of, charged)
    if attained - bound > AGREE:
        return None
    weights = np.zeros(len(of.group))
    for start, own, rate in zip(of.starts, curves, held, strict=True):
        own.put(weights, start, rate)
    return Answer(
        status="proven", attained=attained, bound=bound, weights=weights, cover=(), work=0
    )


def _level(curves: list[Curve], within: float) -> float | None:
    """Find where the window begins that costs least: where costs no longer fall.

    There is none where floors keep groups further apart.
    """
    lowest = max(0.0, max(own.rates[0] for own in curves) - within)
    highest = min(own.rates[-1] for own in curves)
    if lowest > highest:
        return None
    levels = sorted(
        {
            lowest,
            highest,
            *(
                level
                for own in curves
                for rate in own.rates
                for level in (rate, rate - within)
                if lowest < level < highest
            ),
        }
    )

    def slope(level: float) -> float:
        return sum(_slope_above(own, level, within) for own in curves)

    return levels[min(bisect_left(levels, 0.0, key=slope), len(levels) - 1)]


# The end of a window that presses counts: the lower one where cost rises, the upper one
# where it falls.


def _slope_above(of: Curve, level: float, within: float) -> float:
    """Give the slope of a group's least cost as the window moves up."""
    return max(of.slope_above(level), 0.0) + min(of.slope_above(level + within), 0.0)


def _slope_below(of: Curve, level: float, within: float) -> float:
    """Give the slope of a group's least cost as the window moves down."""
    return max(of.slope_below(level), 0.0) + min(of.slope_below(level + within), 0.0)


def _charges(curves: list[Curve], level: float, within: float) -> list[float]:
    """Charge each group's rate so that the charges are even where the window is best.

    Weak duality holds for any charges.
    """
    below = [_slope_below(own, level, within) for own in curves]
    above = [_slope_above(own, level, within) for own in curves]
    falls, spread = sum(below), sum(above) - sum(below)
    part = min(1.0, max(0.0, -falls / spread)) if spread > 0 else 0.0
    return [down + part * (up - down) for down, up in zip(below, above, strict=True)]
