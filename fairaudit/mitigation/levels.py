"""Which thresholds of a group are looked at, and what does each of them decide?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairaudit.feasibility.question import floored
from fairaudit.feasibility.regions import among

if TYPE_CHECKING:
    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.hull import Steps
    from fairaudit.feasibility.question import Question

_MOST_LEVELS = 400
"""Thresholds of one group that are looked at; more are thinned out evenly by people."""

_REJECTED = ("fn", "tn")
"""Selecting everybody is equal too, and no rule to be found by looking for equality."""

_ROUNDING = 1e-9


def levels_of(steps: Steps, corners: Array) -> Array:
    """List the thresholds of one group that are looked at: its corners, and others."""
    every = np.arange(len(steps.scores) + 1)
    if len(every) <= _MOST_LEVELS:
        return every
    people = np.cumsum(steps.positives + steps.negatives)
    wanted = np.linspace(0, people[-1], _MOST_LEVELS)
    thinned = np.searchsorted(people, wanted)
    return np.unique(np.concatenate([thinned, corners]))


def cells_at(steps: Steps, levels: Array) -> Array:
    """Count whom each threshold of a group decides about how: tp, fp, fn, tn."""
    tp = np.concatenate([[0], np.cumsum(steps.positives)])
    fp = np.concatenate([[0], np.cumsum(steps.negatives)])
    of = np.stack([tp[levels], fp[levels], tp[-1] - tp[levels], fp[-1] - fp[levels]])
    counted: Array = of.T
    return counted


def within_floors(asked: Question, cells: Array, floor: float) -> Array:
    """Tell which thresholds select enough people, and reject enough where it matters.

    Cells are shares of the group, and `floor` is one.
    """
    enough = np.ones(len(cells), dtype=bool)
    for kept in floored(asked):
        enough &= cells @ among(kept) >= floor - _ROUNDING
    rejected = cells @ among(_REJECTED)
    enough &= (rejected > 0) & (rejected >= asked.least_share - _ROUNDING)
    # In a group of a handful of people the floors leave nothing; then somebody and not
    # everybody is enough.
    return enough if enough.any() else (rejected > 0) & (rejected < 1)
