"""One threshold per group, in place of a rule that mixes thresholds at random."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairaudit.core.value import value
from fairaudit.feasibility.one_rate import direction
from fairaudit.feasibility.regions import among, over_labels
from fairaudit.mitigation.levels import MOST_LEVELS, thresholds_of
from fairaudit.mitigation.masks import Masks
from fairaudit.mitigation.single import best_thresholds
from fairaudit.mitigation.stretches import Stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.mitigation.single import Sets
    from fairaudit.tally.rates import Rate

MOST_STRETCHED = 20_000
"""Thresholds of one group, where all rates move one way as they are lowered."""

_MOST_TOGETHER = {Stretches: 100_000, Masks: 5_000}
"""Thresholds of all groups together."""

MOST_WINDOWS = 5_000_000
"""Windows, times groups, that are looked into: a matter of seconds."""

_HALVINGS = 14
"""The nearest gap is told to less than a ten-thousandth."""


@value
class Rounded:
    """One threshold per group: how many of the highest distinct scores it selects.

    `levels` is `None` where no thresholds were found; `complete` says that then there are
    none. The nearest found exceed a tolerance by `beyond`.
    """

    levels: dict[str, int] | None
    complete: bool = True
    beyond: float = 0.0


def rounded(of: Regions, asked: Question) -> Rounded:
    """Which single thresholds keep every gap at the least cost of errors?

    Parameters
    ----------
    of : Regions
        The groups' scores.
    asked : Question
        Gaps with tolerances, and what errors cost.

    Returns
    -------
    Rounded
        Thresholds within every tolerance: the best, unless a group has so many that they
        are thinned out, or there is too much to look into. If there are none, a group's
        rates may be outside the tolerance by half a person of its own, as people cannot be
        parted: a pair then exceeds it by one person of the smaller group at most.
    """
    groups, complete = _groups(of, asked)
    within = np.array([parity.within for parity in asked.parities])
    nothing = np.zeros((len(groups), len(within)))
    for apart in (lambda: nothing, lambda: _halves(of, asked)):
        found = best_thresholds(groups, within, apart(), most=MOST_WINDOWS)
        if found.levels is not None:
            return Rounded(levels=dict(zip(of.names, found.levels, strict=True)))
        complete = complete and found.complete
    return Rounded(levels=None, complete=complete, beyond=_nearest(groups, within))


def _groups(of: Regions, asked: Question) -> tuple[Sequence[Sets], bool]:
    """List each group's thresholds as sets; tell whether these are all."""
    ways = np.array([direction(parity.rate) for parity in asked.parities])
    kind, most = (Stretches, MOST_STRETCHED) if ways.all() else (Masks, MOST_LEVELS)
    most = min(most, _MOST_TOGETHER[kind] // len(of.people))
    listed = thresholds_of(of, asked, most=most)
    every = all(
        len(one.levels) == len(steps.scores) + 1
        for one, steps in zip(listed, of.steps, strict=True)
    )
    if kind is Masks:
        return [Masks(one) for one in listed], every
    return [Stretches(one, ways) for one in listed], every


def _halves(of: Regions, asked: Question) -> Array:
    """Give half of what one person changes in each group, a column per rate."""
    return np.array([_half_a_person(of, parity.rate) for parity in asked.parities]).T


def _half_a_person(of: Regions, rate: Rate) -> Array:
    """Give half of what one person changes in each group's rate."""
    if not over_labels(rate):
        return np.zeros(len(of.people))
    corners = of.shares[of.starts]  # any corner: the denominator is the same at all
    halves: Array = 0.5 / (corners @ among(rate.denominator) * of.people)
    return halves


def _nearest(groups: Sequence[Sets], within: Array) -> float:
    """Give by how much tolerances must grow, all alike, for thresholds to be found."""
    none = np.zeros((len(groups), len(within)))
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        found = best_thresholds(
            groups, within + middle, none, most=MOST_WINDOWS // 10, any_will_do=True
        )
        low, high = (low, middle) if found.levels is not None else (middle, high)
    return high
