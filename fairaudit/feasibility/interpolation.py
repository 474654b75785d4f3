"""Multipliers interpolated between two levels of a ratio: a bound for all levels between.

At a level v the coefficients of the rows are linear in v. Take multipliers y at one end of
a stretch of levels and z at the other, and between them the straight line from y to z. Then
what a corner costs, with all rows charged, is a quadratic in v, and a quadratic is no less
than the least of its Bernstein coefficients [farouki2012]: what y charges at its end, what
z charges at its own, and the mean of what each charges at the end of the other. Adding up
the cheapest corners of all groups keeps that, so that three sums bound a whole stretch. As
long as the same corners are best, the best multipliers move smoothly with the level, and
what is lost is of the order of the square of the stretch's width.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fairaudit.feasibility.linear_program import Multipliers, lower_bound, rounding
from fairaudit.feasibility.relaxation import Box, Program, relaxation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.answers import End
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions

    Array = NDArray[np.float64]

# Two programs have twice the terms, and sums in another order round in another way.
_SAFELY = 8.0


def at_level(of: Regions, level: float, most: Array | None = None) -> Box:
    """Hold the only ratio at one level, where its rows need no planes.

    `most` is the denominator of each group by which its rows give way: 1 unless told.
    """
    each = [1.0] * len(of.people) if most is None else most.tolist()
    return Box(levels=((level, level),), spans=(tuple((0.0, d) for d in each),))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Moving:
    """A program whose rows move with the level of a ratio and with a target.

    The cells of the rows are `rows.cells + level * by_level + target * by_target`, and
    their limits `rows.limit + target * limit_by_target`.
    """

    rows: Program
    by_level: Array
    by_target: Array
    limit_by_target: Array

    def at(self, level: float, target: float) -> Program:
        """Write the rows at one level and target."""
        return replace(
            self.rows,
            cells=self.rows.cells + level * self.by_level + target * self.by_target,
            limit=self.rows.limit + target * self.limit_by_target,
        )


def moving(of: Regions, asked: Question, *, widening: bool) -> Moving:
    """Write the rows of a question with one ratio for all levels at once.

    Parameters
    ----------
    of : Regions
        What each group can reach.
    asked : Question
        With exactly one ratio among its parities.
    widening : bool
        Whether the target is added to every tolerance.

    Returns
    -------
    Moving
        Without an objective.
    """
    start, next_level, next_target = (
        relaxation(of, asked, at_level(of, level), widened=widened, give="nothing")
        for level, widened in ((0.0, 0.0), (1.0, 0.0), (0.0, float(widening)))
    )
    return Moving(
        rows=start,
        by_level=next_level.cells - start.cells,
        by_target=next_target.cells - start.cells,
        limit_by_target=next_target.limit - start.limit,
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Charge:
    """What multipliers make of every group's cells, at any level and target.

    Each array holds what is constant, what grows with the level and what grows with the
    target: of the cells' charges, and of what the rows are given. `slopes` are those of the
    unknowns, the same everywhere, and `slack` is more than rounding adds.
    """

    cells: Array
    given: Array
    slopes: Array
    slack: float


def charge(of: Moving, multipliers: Multipliers, *, cost: Array, base: Array) -> Charge:
    """Charge multipliers of the rows to the cells.

    Parameters
    ----------
    of : Moving
        The rows.
    multipliers : Multipliers
        What each is worth.
    cost : ndarray of shape (n_groups, 4)
        What the cells cost without them.
    base : ndarray of shape (3,)
        What must be exceeded: the constant, by level, by target.

    Returns
    -------
    Charge
        Linear in the multipliers, so that a mean of two is that of their mean.
    """
    import numpy as np

    rows, held = of.rows, multipliers.held
    worth = multipliers.rows
    charged = np.zeros((3, *cost.shape))
    for part, cells in zip(charged, (rows.cells, of.by_level, of.by_target), strict=True):
        np.add.at(part, rows.group, worth[:, None] * cells)
    charged[0] += cost + held * rows.held_cells
    given = np.array([worth @ rows.limit, 0.0, worth @ of.limit_by_target]) + base
    if rows.held is not None:
        given[0] += held * rows.held
    return Charge(
        cells=charged,
        given=given,
        slopes=worth @ rows.unknowns,
        slack=_SAFELY * rounding(replace(of.at(1.0, 1.0), cost=cost), multipliers),
    )


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Argument:
    """Multipliers, used at a level: above 0 there, no rule at this level reaches a target.

    `counts` says what part of the cost is in the sum: 1, or 0 where the rows alone
    contradict one another.
    """

    level: float
    multipliers: Multipliers
    charge: Charge
    counts: float


def shown(of: Regions, rows: Program, a: Argument, b: Argument, target: float) -> float:
    """Give the middle coefficient between two arguments; of one with itself, its own."""
    import numpy as np

    one, other = a.charge, b.charge
    cells, given = (
        (first[0] + second[0] + target * (first[2] + second[2])) / 2
        + (b.level * first[1] + a.level * second[1]) / 2
        for first, second in ((one.cells, other.cells), (one.given, other.given))
    )
    corners = (of.shares * cells[of.group]).sum(axis=1)
    slopes = (one.slopes + other.slopes) / 2
    free = np.minimum(slopes * rows.low, slopes * rows.high).sum()
    least = np.minimum.reduceat(corners, of.starts).sum() + free
    return float(least - given - max(one.slack, other.slack))


def holds(of: Regions, a: End, b: End) -> bool:
    """Do the multipliers at two ends show that no rule lies at a level between them?

    Parameters
    ----------
    of : Regions
        All corners.
    a, b : End
        Programs at both ends, multipliers, and what is added to their bounds.

    Returns
    -------
    bool
        Whether all three coefficients, recomputed by weak duality, are above 0.
    """
    ends = [one.base + lower_bound(of, one.program, one.multipliers) for one in (a, b)]
    middle = (a.base + b.base) / 2 + lower_bound(of, *_crossed(a, b))
    return min(*ends, middle) > 0


def _crossed(a: End, b: End) -> tuple[Program, Multipliers]:
    """Let each end's multipliers charge the other end's rows, each for a half."""
    import numpy as np

    first, second = b.program, a.program
    program = replace(
        first,
        reasons=(*first.reasons, *second.reasons),
        cells=np.concatenate([first.cells, second.cells]),
        group=np.concatenate([first.group, second.group]),
        unknowns=np.concatenate([first.unknowns, second.unknowns]),
        limit=np.concatenate([first.limit, second.limit]),
        cost=(first.cost + second.cost) / 2,
    )
    y, z = a.multipliers, b.multipliers
    return program, Multipliers(
        rows=np.concatenate([y.rows, z.rows]) / 2, held=(y.held + z.held) / 2
    )
