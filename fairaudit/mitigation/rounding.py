"""From a rule that mixes thresholds at random to one threshold per group."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from fairaudit.core.value import value
from fairaudit.feasibility.regions import among, over_labels
from fairaudit.feasibility.rules import rates
from fairaudit.mitigation.levels import MOST_LEVELS, ROUNDING, thresholds_of
from fairaudit.mitigation.single import best_thresholds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.tally.rates import Rate

_NEAR = 60
"""When two of many groups move together, the thresholds nearest to where they are."""

_ROUNDS = 50

_WEIGHT = 1e4
"""Being outside a window weighs more than any cost of errors."""

_MOST_WINDOWS = 1_000


@value
class Rounded:
    """One threshold per group: how many of the highest distinct scores it selects.

    `excess` is by how much the widest gap exceeds its tolerance on these people, beyond
    what one person makes.
    """

    levels: dict[str, int]
    excess: float


def rounded(of: Regions, asked: Question, weights: Array) -> Rounded:
    """Which single thresholds come nearest to a mixture of some?

    Parameters
    ----------
    of : Regions
        The groups' scores.
    asked : Question
        Gaps with tolerances, and what errors cost.
    weights : ndarray of shape (n_corners,)
        The mixture.

    Returns
    -------
    Rounded
        The best there is where thresholds can be told to be; else found by moving one
        group's threshold, then two at once, as long as gaps exceed their tolerances less
        or errors cost less.
    """
    within = np.array([parity.within for parity in asked.parities])
    # People cannot be parted: a gap beyond the tolerance by one person is none.
    apart = np.array([_one_person(of, parity.rate) for parity in asked.parities])
    for widened in (within, within + apart):
        levels = best_thresholds(of, asked, widened)
        if levels is not None:
            return Rounded(levels=_named(of, levels), excess=0.0)
    for widened in (within, within + apart):
        search = _Search(of, asked, weights, widened)
        over, _ = search.run()
        if over <= ROUNDING:
            break
    levels = [
        int(own[place]) for own, place in zip(search.levels, search.place, strict=True)
    ]
    return Rounded(levels=_named(of, levels), excess=0.0 if over <= ROUNDING else over)


def _named(of: Regions, levels: list[int]) -> dict[str, int]:
    """Say which group each threshold is of."""
    return dict(zip(of.names, levels, strict=True))


class _Search:
    """A descent over one threshold per group."""

    def __init__(self, of: Regions, asked: Question, weights: Array, within: Array) -> None:
        self.asked = asked
        found = thresholds_of(of, asked, most=MOST_LEVELS)
        self.levels = [one.levels for one in found]
        self.rates = [one.rates for one in found]
        self.allowed = [one.allowed for one in found]
        self.costs = [one.costs for one in found]
        self.within = within
        self.place = [0, 0] if self._is_pair else self._start(of, weights)

    @property
    def _is_pair(self) -> bool:
        """Tell whether there are two groups, so few that every pair can be looked at."""
        return len(self.levels) == 2

    def _start(self, of: Regions, weights: Array) -> list[int]:
        """Let every group choose for itself within the same windows of all rates.

        Gaps are within their tolerances exactly if every rate has a window as wide as its
        tolerance that holds all groups; given the windows, groups do not depend on each
        other. The windows tried lie around those that the mixture keeps.
        """
        mixed = of.mixed(weights)
        windows = _windows(self.asked, mixed)
        places = np.zeros((len(self.levels), len(windows)), dtype=np.intp)
        over, cost = np.zeros(len(windows)), np.zeros(len(windows))
        for group, (own, allowed, costs) in enumerate(
            zip(self.rates, self.allowed, self.costs, strict=True)
        ):
            starts = windows[:, :, None]
            outside = np.maximum(starts - own, own - starts - self.within[:, None])
            beyond = np.maximum(outside, 0.0).sum(axis=1) + np.where(allowed, 0.0, 1.0)
            beyond = np.where(beyond <= ROUNDING, 0.0, beyond)
            places[group] = (beyond * _WEIGHT + costs).argmin(axis=1)
            here = np.arange(len(windows)), places[group]
            over, cost = over + beyond[here], cost + costs[places[group]]
        return [int(place) for place in places[:, (over * _WEIGHT + cost).argmin()]]

    def rank(self, place: Sequence[int]) -> tuple[float, float]:
        """Give excess and cost of one threshold per group."""
        over, cost = self._ranks(place, (0,), (np.array([place[0]]),))
        return float(over.ravel()[0]), float(cost.ravel()[0])

    def run(self) -> tuple[float, float]:
        """Move until nothing is gained; give excess and cost."""
        best = self.rank(self.place)
        if self._is_pair:
            return self._move((0, 1), best, everywhere=True)  # nothing is left to gain
        for _ in range(_ROUNDS):
            before = best
            for group in range(len(self.levels)):
                best = self._move((group,), best, everywhere=True)
            for pair in combinations(range(len(self.levels)), 2):
                best = self._move(pair, best, everywhere=False)
            if best >= before:
                break
        return best

    def _move(
        self, groups: tuple[int, ...], best: tuple[float, float], *, everywhere: bool
    ) -> tuple[float, float]:
        """Move some groups to the best of their thresholds, the others staying."""
        places = tuple(
            np.arange(len(self.levels[group]))
            if everywhere
            else _near(self.place[group], len(self.levels[group]))
            for group in groups
        )
        over, cost = self._ranks(self.place, groups, places)
        over = np.where(over <= ROUNDING, 0.0, over)
        least = over.min()
        chosen = np.where(over <= least + ROUNDING, cost, np.inf)
        where = np.unravel_index(int(chosen.argmin()), chosen.shape)
        found = (float(over[where]), float(cost[where]))
        if (found[0], found[1] + ROUNDING) < best:
            for group, candidates, index in zip(groups, places, where, strict=True):
                self.place[group] = int(candidates[index])
            return found
        return best

    def _ranks(
        self,
        place: Sequence[int],
        groups: tuple[int, ...],
        places: tuple[Array, ...],
        *,
        total: bool = True,
    ) -> tuple[Array, Array]:
        """Give excess and cost for every combination of the moved groups' thresholds."""
        shape = tuple(len(candidates) for candidates in places)
        axes = len(groups)
        high = np.full((len(self.within), *(1,) * axes), -np.inf)
        low = np.full((len(self.within), *(1,) * axes), np.inf)
        bad = np.zeros((1,) * axes, dtype=bool)
        cost = np.zeros((1,) * axes)
        for group in range(len(self.levels)):
            axis = groups.index(group) if group in groups else None
            chosen = places[axis] if axis is not None else np.array([place[group]])
            spread = tuple(-1 if axis == one else 1 for one in range(axes))
            here = self.rates[group][:, chosen].reshape(len(self.within), *spread)
            high, low = np.maximum(high, here), np.minimum(low, here)
            bad = bad | ~self.allowed[group][chosen].reshape(spread)
            cost = cost + self.costs[group][chosen].reshape(spread)
        beyond = np.maximum(high - low - self.within.reshape(-1, *(1,) * axes), 0.0)
        over = beyond.sum(axis=0) if total else beyond.max(axis=0, initial=0.0)
        over = np.where(bad, 1.0, over)
        return np.broadcast_to(over, shape), np.broadcast_to(cost, shape)


def _one_person(of: Regions, rate: Rate) -> float:
    """Give what one person changes, at most, in the rate of the smallest denominator."""
    if not over_labels(rate):
        return 0.0
    corners = of.shares[of.starts]  # any corner: the denominator is the same at all
    return float((1 / (corners @ among(rate.denominator) * of.people)).max())


def _windows(asked: Question, mixed: Array) -> Array:
    """List lower ends of the rates' windows, shape (n_windows, n_parities)."""
    each = max(1, int(_MOST_WINDOWS ** (1 / max(1, len(asked.parities)))))
    ends = []
    for parity in asked.parities:
        found = rates(mixed, parity.rate)
        ends.append(
            np.linspace(found.max() - parity.within - 0.01, found.min() + 0.01, each)
        )
    return np.stack(np.meshgrid(*ends, indexing="ij"), axis=-1).reshape(-1, len(ends))


def _near(place: int, size: int) -> Array:
    """Give the places around one."""
    return np.arange(max(0, place - _NEAR), min(size, place + _NEAR + 1))
