"""Where each group's true and false positives can lie, for all groups side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError
from fairaudit.feasibility.hull import hull

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.hull import Hull, Steps
    from fairaudit.feasibility.question import Floors
    from fairaudit.tally.rates import Rate

    Array = NDArray[np.float64]
    Indices = NDArray[np.int64]

CELLS = ("tp", "fp", "fn", "tn")
"""The four columns of `Regions.shares`."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Regions:
    """Every group's hull: its corners one under another, as shares of its people.

    `shares` has a row per corner and a column per cell; `group` numbers the row's group,
    `starts` says where each group's corners begin, `after` which corner comes next around
    the hull.
    """

    steps: tuple[Steps, ...]
    hulls: tuple[Hull, ...]
    people: Array
    shares: Array
    group: Indices
    starts: Indices
    after: Indices
    floors: dict[tuple[Any, ...], Floors] = field(default_factory=dict)
    """Those of questions that were asked before, by all that they depend on."""

    @property
    def names(self) -> tuple[str, ...]:
        """Name the groups."""
        return tuple(of.name for of in self.steps)

    @property
    def portions(self) -> Array:
        """Give each group's part of all people."""
        import numpy as np

        return np.asarray(self.people / self.people.sum())

    def mixed(self, weights: Array) -> Array:
        """Give each group's cells when its corners are mixed with these weights."""
        import numpy as np

        return np.asarray(
            np.add.reduceat(self.shares * weights[:, None], self.starts, axis=0)
        )


def regions(groups: Sequence[Steps]) -> Regions:
    """What can thresholds reach in each of several groups?

    Parameters
    ----------
    groups : sequence of Steps
        Two or more groups, each with people of both outcomes.

    Returns
    -------
    Regions
        Their hulls side by side.

    Raises
    ------
    InputError
        With fewer than two groups there is nothing to hold equal.
    """
    import numpy as np

    if len(groups) < 2:
        raise InputError(
            f"feasibility: needs at least two groups to hold equal; got {len(groups)}."
        )
    hulls = tuple(hull(of) for of in groups)
    sizes = np.array([len(of.levels) for of in hulls])
    ends = sizes.cumsum()
    starts = ends - sizes
    group = np.arange(len(hulls)).repeat(sizes)
    after = np.arange(1, len(group) + 1)
    after[ends - 1] = starts
    selected = np.array(
        [
            np.concatenate([of.tp for of in hulls]),
            np.concatenate([of.fp for of in hulls]),
        ]
    )
    # The last corner of the upper side selects everybody.
    of_outcome = selected[:, starts + [of.n_upper - 1 for of in hulls]]
    cells = np.concatenate([selected, of_outcome[:, group] - selected])
    people = of_outcome.sum(axis=0)
    return Regions(
        steps=tuple(groups),
        hulls=hulls,
        people=people.astype(np.float64),
        shares=np.ascontiguousarray((cells / people[group]).T),
        group=group,
        starts=starts,
        after=after,
    )


@cache
def among(cells: tuple[str, ...]) -> Array:
    """Mark the cells that count, in the order of `CELLS`."""
    import numpy as np

    marks = np.array([float(cell in cells) for cell in CELLS])
    marks.setflags(write=False)
    return marks


def over_labels(rate: Rate) -> bool:
    """Tell whether a rate's denominator is the same under every rule.

    Such a rate (selection rate, true and false positive rate, accuracy) is linear in a
    mixture's weights; another (precision) is a ratio of two linear functions.
    """
    tp, fp, fn, tn = (cell in rate.denominator for cell in CELLS)
    return tp == fn and fp == tn
