"""Equal true and equal false positive rates: the best point that every group can reach.

All groups share one point of the ROC plane, so that it lies in every group's region. What
errors cost is linear in the point. At one false positive rate the best true positive rate
is the least of what the groups reach, so that the least cost is the largest of convex
functions of the false positive rate: convex, and smallest at a corner or a crossing.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from fairaudit.feasibility.answers import Answer
from fairaudit.feasibility.cost_curves import (
    AGREE,
    NEAR,
    curve,
    least_within,
    rooms,
    rounding,
)
from fairaudit.feasibility.incumbent import KEPT
from fairaudit.tally.rates import FALSE_POSITIVE_RATE, TRUE_POSITIVE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.cost_curves import Curve
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions

    Array = NDArray[np.float64]


def best_at_equal_error_rates(of: Regions, asked: Question) -> Answer | None:
    """Which rule has the same error rates in every group, and costs least?

    Parameters
    ----------
    of : Regions
        What each group's scores can reach.
    asked : Question
        True and false positive rates equal exactly, no overall selection rate.

    Returns
    -------
    Answer or None
        `None` for other questions, and where weak duality does not show that the rule
        found is the best, as when a floor stands in the way. Then it takes `best_rule`.
    """
    import numpy as np

    if asked.selection_rate is not None or len(asked.parities) != 2:
        return None
    exactly = {parity.rate.id for parity in asked.parities if parity.within == 0}
    if exactly != {TRUE_POSITIVE_RATE.id, FALSE_POSITIVE_RATE.id}:
        return None
    # The first corner of each hull selects nobody.
    people = of.shares[of.starts]
    fpr = of.shares[:, 1] / people[of.group, 3]
    tpr = of.shares[:, 0] / people[of.group, 2]
    _, _, positives, negatives = of.portions @ people
    costs = asked.costs[0] * negatives * fpr + asked.costs[1] * positives * (1 - tpr)
    curves = [curve(of, fpr, costs, (), group) for group in range(len(people))]
    at, attained = _least(curves)
    above = rooms(of, asked)
    parts, charged = _charges(curves, at, attained)
    # Costs with parts that sum to 1, each group's rate charged and the charges even.
    least = parts @ least_within(of, costs - charged[of.group] * fpr, above)
    bound = float(least + min(0.0, float(parts @ charged))) - rounding(of, charged)
    if attained - bound > AGREE:
        return None
    weights = np.zeros(len(costs))
    for group, (start, own) in enumerate(zip(of.starts, curves, strict=True)):
        # Between the group's best point at this rate, and chance.
        chance = costs[start] + at * (
            costs[start + of.hulls[group].n_upper - 1] - costs[start]
        )
        best = own.at(at)
        share = (
            1.0
            if chance - best <= NEAR
            else min(1.0, (chance - attained) / (chance - best))
        )
        own.put(weights, start, at, share)
        weights[start] += (1 - share) * (1 - at)
        weights[start + of.hulls[group].n_upper - 1] += (1 - share) * at
    if (np.add.reduceat(weights * above, of.starts, axis=1) < 0).any():
        return None
    # Where misses cost next to nothing, the best points lie above one another.
    reached = np.add.reduceat(weights * tpr, of.starts)
    if reached.max() - reached.min() > KEPT:
        return None
    return Answer(
        status="proven", attained=attained, bound=bound, weights=weights, cover=(), work=0
    )


def _least(curves: list[Curve]) -> tuple[float, float]:
    """Find where the largest of convex functions is least, and how large it is there."""
    at = sorted({rate for own in curves for rate in own.rates})

    def largest(rate: float) -> float:
        return max(own.at(rate) for own in curves)

    def slope(rate: float) -> float:
        held = largest(rate) - NEAR
        return max(own.slope_above(rate) for own in curves if own.at(rate) >= held)

    best = min(bisect_left(at, 0.0, key=slope), len(at) - 1)
    # Around there each is linear between two rates, and two of them may cross.
    around = at[max(0, best - 1) : best + 2]
    found = [at[best]]
    for before, after in pairwise(around):
        ends = [(own.at(before), own.at(after)) for own in curves]
        for one, other in combinations(ends, 2):
            apart, then = one[0] - other[0], one[1] - other[1]
            if apart * then < 0:
                found.append(before + apart / (apart - then) * (after - before))
    return min(((rate, largest(rate)) for rate in found), key=lambda one: one[1])


def _charges(curves: list[Curve], at: float, attained: float) -> tuple[Array, Array]:
    """Weigh two groups that hold the least cost up from either side, and charge rates."""
    import numpy as np

    parts, charged = np.zeros(len(curves)), np.zeros(len(curves))
    holding = np.array([own.at(at) >= attained - NEAR for own in curves])
    down = np.array([own.slope_below(at) for own in curves])
    up = np.array([own.slope_above(at) for own in curves])
    left = int(np.where(holding, down, np.inf).argmin())
    right = int(np.where(holding, up, -np.inf).argmax())
    if left == right:
        parts[left] = 1.0
        return parts, charged
    charged[left], charged[right] = down[left], up[right]
    parts[left] = up[right] / (up[right] - down[left])
    parts[right] = 1 - parts[left]
    return parts, charged
