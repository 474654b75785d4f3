"""A linear program solved by HiGHS over few corners, with a bound that holds for all.

The bound does not trust the solver: any multipliers of the rows, from wherever, bound the
optimum from below (weak duality), and here that bound is evaluated over every corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.regions import Regions
    from fairaudit.feasibility.relaxation import Program

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

# How far a corner left out must improve on the optimum to be taken in.
_IMPROVES = 1e-9
_STRICT = {
    "presolve": False,
    "primal_feasibility_tolerance": 1e-10,
    "dual_feasibility_tolerance": 1e-10,
}
_SOLVED, _INFEASIBLE = 0, 2
# Corners of each group to begin with.
_FIRST = 16


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Multipliers:
    """What each row is worth: not negative for `rows`, of either sign for what is held."""

    rows: Array
    held: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Solution:
    """Weights of all corners, the other unknowns, and the bound of the multipliers.

    `priced` is what each corner costs, with the multipliers charged.
    """

    weights: Array
    unknowns: Array
    bound: float
    multipliers: Multipliers
    priced: Array


class Solver:
    """Solves one program after another over corners it has come to know as useful.

    `solved` counts linear programs: the measure of work, the same on every machine.
    """

    def __init__(self, of: Regions) -> None:
        self.of = of
        self.known = _spread(of)
        self.solved = 0

    def solve(self, program: Program) -> Solution | None:
        """Minimise; `None` where no rule fits the rows, or the solver found none."""
        while True:
            columns = self.known.nonzero()[0]
            answer = self._run(program, columns)
            if answer is None:
                return None
            if not self._take_in(answer):
                return answer

    def _run(self, program: Program, columns: NDArray[np.int64]) -> Solution | None:
        """Hand the corners known so far to HiGHS."""
        import numpy as np
        from scipy.optimize import linprog

        of, n_corners, n_groups = self.of, len(columns), len(self.of.people)
        shares, group = of.shares[columns], of.group[columns]
        inside = shares @ program.cells.T * (group[:, None] == program.group)
        equal = np.zeros((n_groups, n_corners + len(program.low)))
        equal[group, np.arange(n_corners)] = 1.0
        sums = np.ones(n_groups)
        if program.held is not None:
            selected = (shares * program.held_cells[group]).sum(axis=1)
            row = np.concatenate([selected, np.zeros(len(program.low))])
            equal, sums = np.vstack([equal, row]), np.append(sums, program.held)
        self.solved += 1
        found = linprog(
            np.concatenate(
                [(shares * program.cost[group]).sum(axis=1), program.unknown_cost]
            ),
            np.hstack([inside.T, program.unknowns]),
            program.limit,
            equal,
            sums,
            np.concatenate(
                [
                    np.tile([0.0, 1.0], (n_corners, 1)),
                    np.stack([program.low, program.high], axis=1),
                ]
            ),
            method="highs-ds",
            options=_STRICT,
        )
        if found.status != _SOLVED:
            return None
        weights = np.zeros(len(of.group))
        weights[columns] = np.maximum(found.x[:n_corners], 0.0)
        weights /= np.add.reduceat(weights, of.starts)[of.group]
        multipliers = Multipliers(
            rows=np.maximum(-found.ineqlin.marginals, 0.0),
            held=0.0 if program.held is None else -float(found.eqlin.marginals[-1]),
        )
        priced = prices(self.of, program, multipliers)
        return Solution(
            weights=weights,
            unknowns=found.x[n_corners:],
            bound=_bound(self.of, program, multipliers, priced),
            multipliers=multipliers,
            priced=priced,
        )

    def _take_in(self, answer: Solution) -> bool:
        """Add the best corner of each group that was left out, if it improves."""
        import numpy as np

        priced = answer.priced
        best = np.minimum.reduceat(priced, self.of.starts)
        among_known = np.where(self.known, priced, np.inf)
        known_best = np.minimum.reduceat(among_known, self.of.starts)
        improves = (best < known_best - _IMPROVES)[self.of.group]
        new = improves & (priced == best[self.of.group]) & ~self.known
        self.known |= new
        return bool(new.any())


def prices(of: Regions, program: Program, multipliers: Multipliers) -> Array:
    """What does each corner cost, with every row's multiplier charged?"""
    import numpy as np

    charged = program.cost + multipliers.held * program.held_cells
    np.add.at(charged, program.group, multipliers.rows[:, None] * program.cells)
    return np.asarray((of.shares * charged[of.group]).sum(axis=1))


def lower_bound(of: Regions, program: Program, multipliers: Multipliers) -> float:
    """Below what can no rule come, whatever it does? Weak duality.

    Parameters
    ----------
    of : Regions
        All corners, whether or not the solver saw them.
    program : Program
        Objective and rows.
    multipliers : Multipliers
        Any; those of the optimum give the best bound.

    Returns
    -------
    float
        For every rule that keeps the rows, the objective is at least the objective plus
        each row's excess (at most 0) times its multiplier; the least of that over corners
        and ranges is the bound, less what rounding may have added to it.
    """
    return _bound(of, program, multipliers, prices(of, program, multipliers))


def _bound(of: Regions, program: Program, multipliers: Multipliers, priced: Array) -> float:
    """Add up the best corners and the best of each range, less what the rows are given."""
    import numpy as np

    corners = np.minimum.reduceat(priced, of.starts).sum()
    slopes = program.unknown_cost + multipliers.rows @ program.unknowns
    others = np.minimum(slopes * program.low, slopes * program.high).sum()
    given = multipliers.rows @ program.limit
    if program.held is not None:
        given += multipliers.held * program.held
    return float(corners + others - given - rounding(program, multipliers))


def rounding(program: Program, multipliers: Multipliers) -> float:
    """Bound the rounding of a sum of products: its terms, times their sizes, times 2^-52.

    Shares and unknowns lie between 0 and 1, so coefficients bound the products.
    """
    import numpy as np

    rows = sum(np.abs(part).sum(axis=1) for part in (program.cells, program.unknowns))
    size = multipliers.rows @ (rows + np.abs(program.limit))
    size += np.abs(program.cost).sum() + np.abs(program.unknown_cost).sum()
    size += abs(multipliers.held) * (1.0 + np.abs(program.held_cells).sum())
    terms = len(program.limit) + len(program.low) + len(program.cost) + 8
    return float(terms * size * np.finfo(np.float64).eps)


def _spread(of: Regions) -> Mask:
    """Choose corners to begin with, evenly along each hull and both its ends."""
    import numpy as np

    known = np.zeros(len(of.group), dtype=bool)
    sizes = np.diff(np.append(of.starts, len(of.group)))
    for start, size, one in zip(of.starts, sizes, of.hulls, strict=True):
        chosen = np.linspace(0, size - 1, min(size, _FIRST)).round().astype(int)
        known[start + chosen] = True
        known[start + one.n_upper - 1] = True
    return known
