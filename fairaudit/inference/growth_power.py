"""How many people would settle whether the largest gap grew by more than it may."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fairaudit.inference.gap_growth import RateMoves, growth_limits
from fairaudit.inference.special import normal_cdf, normal_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

_MOST = 10**6
_CLOSER = 3


def people_needed(
    rates: Sequence[Sequence[RateMoves]],
    margin: float,
    rng: np.random.Generator,
    *,
    power: float = 0.8,
    alpha: float = 0.10,
) -> int | None:
    """With how many people in every group would the growth be shown to be within a margin?

    Parameters
    ----------
    rates : sequence of sequence of RateMoves
        For every rate its groups, as for `growth_limits`.
    margin : float
        By how much the gap may grow.
    rng : numpy.random.Generator
        As for `growth_limits`.
    power : float
        With what probability the upper limit is to be within the margin.
    alpha : float
        Two-sided error rate of the limit.

    Returns
    -------
    int or None
        About the smallest equal size, if every group has the rates and changes that were
        seen; `None` where up to a million people would not do.

    Notes
    -----
    The limit of the counts themselves, scaled to a size, is to be within the margin at a
    confidence that stands as much farther out as it takes for all pairs, in either order,
    to pass at once.

    Examples
    --------
    >>> import numpy as np
    >>> same = RateMoves(people={(1, 1): 6, (-1, -1): 14})
    >>> less = RateMoves(people={(1, 1): 100, (1, -1): 10, (-1, -1): 890})
    >>> 200 < people_needed([[same, less]], 0.05, np.random.default_rng(0)) < 400
    True
    """
    orders = sum(math.perm(len(groups), 2) for groups in rates)
    farther = normal_quantile(1 - alpha / 2) + normal_quantile(1 - (1 - power) / orders)
    surer = 2 * (1 - normal_cdf(farther))

    def enough(people: float) -> bool:
        scaled = [[_scaled(one, people) for one in groups] for groups in rates]
        if not all(
            one.counts(at)[1] for groups in scaled for one in groups for at in (0, 1)
        ):
            return False
        return growth_limits(scaled, surer, rng).upper <= margin

    size = 10.0
    while not enough(size):
        size *= 2
        if size > _MOST:
            return None
    step = math.sqrt(2)
    for _ in range(_CLOSER):
        if enough(size / step):
            size /= step
        step = math.sqrt(step)
    return math.ceil(size)


def _scaled(group: RateMoves, people: float) -> RateMoves:
    """Give a group another size, its people moving as before."""
    times = people / sum(group.people.values())
    return RateMoves(
        people={move: round(times * count) for move, count in group.people.items()}
    )
