"""By how much did the largest gap between groups grow between two systems, surely?

Chance makes the largest of several gaps too large, most where the groups are alike, and
with more people that shrinks no faster than an interval does. So limits of the growth
must not rest on how the largest gap itself varies. These rest on pairs of groups.
"""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING

from fairaudit.core.estimate import Interval
from fairaudit.core.value import value
from fairaudit.inference.differences import Limits, mover, verdict_limits
from fairaudit.inference.multinomial import percentile_interval
from fairaudit.inference.proportions import clopper_pearson

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np

HIT, OUTSIDE, MISS = 1, 0, -1
"""What a person is to a rate: counted in the numerator, not at all, or only below it."""

DRAWS = 4_000
"""Draws of a change that has no closed limits."""

_MOVES = (
    (HIT, HIT),
    (MISS, MISS),
    (OUTSIDE, HIT),
    (OUTSIDE, MISS),
    (HIT, OUTSIDE),
    (MISS, OUTSIDE),
)
"""What people do to a rate whose people a system chooses: stay in it, enter or leave."""

_CHANGE, _AFTER, _BEFORE = 0.8, 0.1, 0.1
"""Shares of the error; most for a pair's change, which decides where little changed."""


@value
class RateMoves:
    """One group's people by what they are to a rate under the first and second system."""

    people: dict[tuple[int, int], int]

    @property
    def turned(self) -> RateMoves:
        """Exchange the systems."""
        return RateMoves(
            people={(new, old): people for (old, new), people in self.people.items()}
        )

    @property
    def same_people(self) -> bool:
        """Tell whether the same people make up both systems' rates."""
        return all(
            (old == OUTSIDE) == (new == OUTSIDE)
            for (old, new), people in self.people.items()
            if people
        )

    @property
    def change(self) -> float:
        """Give the second system's rate less the first's, both being defined."""
        (hits, people), (new_hits, new_people) = self.counts(0), self.counts(1)
        return new_hits / new_people - hits / people

    def counts(self, place: int) -> tuple[int, int]:
        """Count the hits and all people of the first (0) or second (1) system's rate."""
        hits, misses = (
            sum(people for pair, people in self.people.items() if pair[place] == what)
            for what in (HIT, MISS)
        )
        return hits, hits + misses


def growth_limits(
    rates: Sequence[Sequence[RateMoves]], alpha: float, rng: np.random.Generator
) -> Limits:
    """Between which limits lies the growth of the largest gap?

    Parameters
    ----------
    rates : sequence of sequence of RateMoves
        For every rate its groups, at least two, in which it is defined under both systems.
        The gap is the largest over all rates.
    alpha : float
        Half of it is the most that either limit may be missed.
    rng : numpy.random.Generator
        For rates that are about other people under the second system.

    Returns
    -------
    Limits
        Of the gap under the second system less that under the first.

    Notes
    -----
    Let d be the signed difference of the pair of groups that is widest under the second
    system. There the largest gap is d; under the first system it is at least what d is
    there. So it grew by at most the change of d, and by at most d less a lower limit of the
    first system's largest gap; the smaller of the two limits is taken. Which pair is the
    widest is not known, so the upper limit is the largest over all pairs. It need hold for
    one pair only, so that many groups cost no pair its confidence. The lower limit is the
    same with the systems exchanged.

    A pair's change has limits by variance estimates recovery [zou2008] from those of each
    group's change; differences have those of verdicts.

    References
    ----------
    [zou2008]; [clopper1934].

    Examples
    --------
    >>> import numpy as np
    >>> same = RateMoves(people={(HIT, HIT): 300, (MISS, MISS): 700})
    >>> less = RateMoves(people={(HIT, HIT): 100, (HIT, MISS): 100, (MISS, MISS): 800})
    >>> found = growth_limits([[same, less]], 0.05, np.random.default_rng(0))
    >>> round(found.lower, 3), round(found.upper, 3)
    (0.081, 0.122)
    """
    exchanged = [[group.turned for group in groups] for groups in rates]
    return Limits(
        lower=-_growth_at_most(exchanged, alpha, rng),
        upper=_growth_at_most(rates, alpha, rng),
    )


def change_limits(group: RateMoves, alpha: float, rng: np.random.Generator) -> Interval:
    """Between which limits lies the change of one group's rate, whatever the truth?

    Parameters
    ----------
    group : RateMoves
        Its people, some in the rate under either system.
    alpha : float
        Half of it is the most that either limit may be missed.
    rng : numpy.random.Generator
        For a rate that is about other people under the second system.

    Returns
    -------
    Interval
        Of the second system's rate less the first's: from exact limits of the shares that
        moved up and down, or from draws where people enter or leave the rate.

    References
    ----------
    [zou2008]; [clopper1934].
    """
    return Interval(
        low=-_rise_at_most(group.turned, alpha, rng),
        high=_rise_at_most(group, alpha, rng),
        level=1 - alpha,
        method="mover" if group.same_people else "drawn",
    )


def _growth_at_most(
    rates: Sequence[Sequence[RateMoves]], alpha: float, rng: np.random.Generator
) -> float:
    """Bound the growth from above, missed with probability at most alpha / 2."""
    pairs = sum(math.comb(len(groups), 2) for groups in rates)
    before = max(
        verdict_limits(
            *one.counts(0), *other.counts(0), _BEFORE * alpha / 2 / pairs
        ).at_least
        for groups in rates
        for one, other in combinations(groups, 2)
    )
    return max(
        most for groups in rates for most in _at_most_by_pair(groups, before, alpha, rng)
    )


def _at_most_by_pair(
    groups: Sequence[RateMoves], before: float, alpha: float, rng: np.random.Generator
) -> Iterator[float]:
    """Bound the growth for either order of every pair, were it the widest afterwards."""
    changes = [(one.change, change_limits(one, _CHANGE * alpha, rng)) for one in groups]
    after = [one.counts(1) for one in groups]
    for one, other in combinations(range(len(groups)), 2):
        change = mover(*changes[one], *changes[other])
        gap = verdict_limits(*after[one], *after[other], _AFTER * alpha)
        yield min(change.upper, gap.upper - before)
        yield min(-change.lower, -gap.lower - before)


def _rise_at_most(group: RateMoves, alpha: float, rng: np.random.Generator) -> float:
    """Bound a change from above, missed with probability at most alpha / 2."""
    if group.same_people:
        return _rise_of_same_people(group, alpha)
    return _rise_by_drawing(group, alpha, rng)


def _rise_of_same_people(group: RateMoves, alpha: float) -> float:
    """Bound a change by those who moved up and those who moved down, of the same people."""
    n = group.counts(0)[1]
    ups, downs = (group.people.get(move, 0) for move in ((MISS, HIT), (HIT, MISS)))
    up, down = ups / n, downs / n
    most, least = clopper_pearson(ups, n, alpha).high, clopper_pearson(downs, n, alpha).low
    assert most is not None
    assert least is not None
    # Two cells of one multinomial are correlated, which widens the limits of a difference.
    correlation = math.sqrt(up * down / ((1 - up) * (1 - down))) if ups and downs else 0.0
    above, below = most - up, down - least
    reach = math.sqrt(above**2 + 2 * correlation * above * below + below**2)
    return up - down + reach


def _rise_by_drawing(group: RateMoves, alpha: float, rng: np.random.Generator) -> float:
    """Bound a change by draws of who stayed in the rate, who entered it and who left it."""
    import numpy as np

    # Half a person, Jeffreys', for who stayed; a whole one for every move that raises the
    # rate and none for one that lowers it, as in Clopper and Pearson's upper limit.
    shapes = [
        group.people.get(move, 0) + (1 + np.sign(move[1] - move[0])) / 2 for move in _MOVES
    ]
    drawn = dict(
        zip(_MOVES, rng.standard_gamma(shapes, size=(DRAWS, len(shapes))).T, strict=True)
    )
    before, after = (
        np.sum([one for move, one in drawn.items() if move[place] == HIT], axis=0)
        / np.sum([one for move, one in drawn.items() if move[place] != OUTSIDE], axis=0)
        for place in (0, 1)
    )
    high = percentile_interval(after - before, 1 - alpha).high
    assert high is not None
    return high
