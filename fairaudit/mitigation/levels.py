"""The thresholds of each group that are looked at: their rates, what their errors cost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairaudit.core.value import value
from fairaudit.engines.codes import Array
from fairaudit.feasibility.hull import cells_at
from fairaudit.feasibility.question import floors
from fairaudit.feasibility.regions import among

if TYPE_CHECKING:
    from fairaudit.feasibility.hull import Steps
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions

MOST_LEVELS = 400
"""Of one group, where all combinations of groups' thresholds are looked at."""

ROUNDING = 1e-9
"""Rates are compared, and costs told apart, up to this."""


@value
class Thresholds:
    """How many of the highest distinct scores each threshold selects, and what follows.

    `rates` has a row per rate asked for; `allowed` marks thresholds above the floors of the
    group; `costs` are per person of all groups.
    """

    levels: Array
    rates: Array
    allowed: Array
    costs: Array


def thresholds_of(of: Regions, asked: Question, *, most: int) -> list[Thresholds]:
    """List each group's thresholds; beyond so many they are thinned out evenly by people.

    Parameters
    ----------
    of : Regions
        The groups' scores.
    asked : Question
        The rates, and what errors cost.
    most : int
        Thresholds of one group, the corners of its hull beside them.

    Returns
    -------
    list of Thresholds
        One for each group.
    """
    found = []
    least = floors(of, asked)
    for group, (steps, hull, portion) in enumerate(
        zip(of.steps, of.hulls, of.portions, strict=True)
    ):
        levels = levels_of(steps, hull.levels, most)
        cells = cells_at(steps, levels) / steps.people
        found.append(
            Thresholds(
                levels=levels,
                rates=_rates(asked, cells),
                allowed=least.kept(cells, group),
                costs=portion * (cells[:, 1:3] @ np.array(asked.costs)),
            )
        )
    return found


def levels_of(steps: Steps, corners: Array, most: int) -> Array:
    """List the thresholds of one group that are looked at: its corners, and others."""
    every = np.arange(len(steps.scores) + 1)
    if len(every) <= most:
        return every
    people = np.cumsum(steps.positives + steps.negatives)
    wanted = np.linspace(0, people[-1], most)
    thinned = np.searchsorted(people, wanted)
    return np.unique(np.concatenate([thinned, corners]))


def _rates(asked: Question, cells: Array) -> Array:
    """Give every asked rate at each threshold; 0 where it is undefined and not allowed."""
    found = []
    for parity in asked.parities:
        above = cells @ among(parity.rate.numerator)
        below = cells @ among(parity.rate.denominator)
        found.append(np.divide(above, below, out=np.zeros_like(above), where=below > 0))
    return np.array(found).reshape(len(asked.parities), len(cells))
