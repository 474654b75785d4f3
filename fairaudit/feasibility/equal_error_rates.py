"""Equal true and equal false positive rates: the best point that every group can reach.

All groups share one point of the ROC plane, so that it lies in every group's region. What
errors cost is linear in the point. At one false positive rate the best true positive rate
is the least of what the groups reach, so that the least cost is the largest of convex
functions of the false positive rate: convex, and smallest at a corner or a crossing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.feasibility.answers import Answer
from fairaudit.feasibility.cost_curves import (
    AGREE,
    NEAR,
    above_floors,
    curve,
    least_above,
    rounding,
)
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
    everywhere = np.ones(len(costs))
    curves = [curve(of, fpr, costs, everywhere, group) for group in range(len(people))]
    at, attained = _least(curves)
    above = above_floors(of, asked)
    parts, charged = _charges(curves, at, attained)
    # Costs with parts that sum to 1, each group's rate charged and the charges even.
    least = parts @ least_above(of, costs - charged[of.group] * fpr, above)
    bound = float(least + min(0.0, float(parts @ charged))) - rounding(of, charged)
    if attained - bound > AGREE:
        return None
    weights = np.zeros(len(costs))
    for group, (start, own) in enumerate(zip(of.starts, curves, strict=True)):
        # Between the group's best point at this rate, and chance.
        chance = costs[start] + at * (
            costs[start + of.hulls[group].n_upper - 1] - costs[start]
        )
        best = float(own.at(at))
        share = (
            1.0
            if chance - best <= NEAR
            else min(1.0, (chance - attained) / (chance - best))
        )
        own.put(weights, start, at, share)
        weights[start] += (1 - share) * (1 - at)
        weights[start + of.hulls[group].n_upper - 1] += (1 - share) * at
    if (np.add.reduceat(weights * above, of.starts) < 0).any():
        return None
    return Answer(
        status="proven", attained=attained, bound=bound, weights=weights, cover=(), work=0
    )


def _least(curves: list[Curve]) -> tuple[float, float]:
    """Find where the largest of convex functions is least, and how large it is there."""
    import numpy as np

    at = np.unique(np.concatenate([own.rates for own in curves]))
    costs = np.array([own.at(at) for own in curves])
    best = int(costs.max(axis=0).argmin())
    # Around there each is linear between two rates, and two of them may cross.
    near = slice(max(0, best - 1), best + 2)
    around = at[near]
    apart = costs[:, None, near] - costs[None, :, near]
    before, after = apart[..., :-1], apart[..., 1:]
    crossed = before * after < 0
    part = before[crossed] / (before[crossed] - after[crossed])
    place = crossed.nonzero()[2]
    crossings = around[place] + part * np.diff(around)[place]
    found = np.append(crossings, at[best])
    largest = np.max([own.at(found) for own in curves], axis=0)
    least = int(largest.argmin())
    return float(found[least]), float(largest[least])


def _charges(curves: list[Curve], at: float, attained: float) -> tuple[Array, Array]:
    """Weigh two groups that hold the least cost up from either side, and charge rates."""
    import numpy as np

    parts, charged = np.zeros(len(curves)), np.zeros(len(curves))
    holding = np.array([own.at(at) >= attained - NEAR for own in curves])
    down, up = np.array([own.slopes(np.array(at)) for own in curves]).T
    left = int(np.where(holding, down, np.inf).argmin())
    right = int(np.where(holding, up, -np.inf).argmax())
    if left == right:
        parts[left] = 1.0
        return parts, charged
    charged[left], charged[right] = down[left], up[right]
    parts[left] = up[right] / (up[right] - down[left])
    parts[right] = 1 - parts[left]
    return parts, charged
