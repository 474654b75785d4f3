"""How an optimum moves when the people behind it do: the envelope theorem.

At the optimum, a rule and the multipliers of its rows are stationary, so that to first
order the optimum moves as the objective plus the rows' excesses times their multipliers do,
with rule and multipliers held [bonnans2000].
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from fairaudit.feasibility.objectives import costing, giving
from fairaudit.feasibility.question import SELECTED
from fairaudit.feasibility.regions import among
from fairaudit.feasibility.relaxation import Box, relaxation
from fairaudit.feasibility.rules import rates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.answers import Answer
    from fairaudit.feasibility.linear_program import Solver
    from fairaudit.feasibility.question import Parity, Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.feasibility.relaxation import Program, Range

    Array = NDArray[np.float64]

# An excess is looked at from just below, where its rows bind: by more than the tolerance
# of the search, within which a slightly better rule may have been left unfound.
_JUST_BELOW = 1e-4
_HAIR = 1e-7
# How far levels may move while their multipliers are found.
_NEAR = 0.1


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shadow:
    """One optimum with what its rows are worth.

    `rows` maps a rate, or the cells of a floor, and a side to one multiplier per group;
    `levels` holds the level of each ratio, `attained` the optimum itself.
    """

    asked: Question
    goal: Literal["cost", "excess"]
    rows: dict[tuple[str, str], Array]
    levels: dict[str, float]
    widened: float
    attained: float
    held: float

    def charged(self, cells: Array, portions: Array, held: Array) -> Array:
        """Give objective plus rows times multipliers, for the rule with these outcomes.

        Parameters
        ----------
        cells : ndarray of shape (n_draws, n_groups, 4)
            What the rule makes of each group, as shares of its people.
        portions : ndarray of shape (n_draws, n_groups)
            Each group's part of all people.
        held : ndarray of shape (n_draws,)
            The overall selection rate that is held.

        Returns
        -------
        ndarray of shape (n_draws,)
            Only differences between draws mean something.
        """
        import numpy as np

        total = self.held * ((portions * (cells @ among(SELECTED))).sum(axis=1) - held)
        if self.goal == "cost":
            false_positive, false_negative = self.asked.costs
            errors = false_positive * cells[..., 1] + false_negative * cells[..., 2]
            total = total + (portions * errors).sum(axis=1)
        for (name, side), worth in self.rows.items():
            total = total + self._excess(name, side, cells) @ worth
        return np.asarray(total)

    def _excess(self, name: str, side: str, cells: Array) -> Array:
        """Give how far each group is beyond one kind of row, up to a constant."""
        if side == "floor":
            return -cells @ among(tuple(name.split(" + ")))
        parity = next(one for one in self.asked.parities if one.rate.id == name)
        if parity.linear:
            found = rates(cells, parity.rate)
            return found if side == "at most" else -found
        num = cells @ among(parity.rate.numerator)
        den = cells @ among(parity.rate.denominator)
        level = self.levels[name]
        if side == "at most":
            return num - (parity.within + self.widened + level) * den
        return level * den - num


def shadow(
    of: Regions,
    asked: Question,
    answer: Answer,
    *,
    goal: Literal["cost", "excess"],
    solver: Solver,
) -> Shadow | None:
    """What are the rows worth at an answer's rule?

    Parameters
    ----------
    of : Regions
        The groups.
    asked : Question
        What was asked.
    answer : Answer
        And its answer.
    goal : {"cost", "excess"}
        Whether it minimised the cost of errors or the excess of gaps.
    solver : Solver
        Solves one more program, at the rule's levels.

    Returns
    -------
    Shadow or None
        `None` where there is no rule, or where an excess is 0 and may only grow.
    """
    import numpy as np

    if answer.weights is None or answer.attained is None:
        return None
    widened = 0.0
    if goal == "excess":
        if answer.attained < 2 * _JUST_BELOW:
            return None
        widened = answer.attained - _JUST_BELOW
    cells = of.mixed(answer.weights)
    levels = {parity.rate.id: _level(cells, parity) for parity in asked.ratios}
    rows = relaxation(
        of,
        asked,
        Box(
            levels=tuple((level, level) for level in levels.values()),
            spans=tuple(_spans(cells, parity) for parity in asked.ratios),
        ),
        widened=widened,
        give="upper sides" if goal == "excess" else "nothing",
    )
    rows = _freed(rows, asked)
    program = costing(rows, of, asked) if goal == "cost" else giving(rows)
    solution = solver.solve(program)
    if solution is None:
        # At exactly these levels rounding may leave no rule: give way by a hair.
        loose = replace(program, limit=program.limit + _HAIR)
        solution = solver.solve(loose)
    if solution is None:
        return None
    worth: dict[tuple[str, str], Array] = {}
    for reason, multiplier in zip(rows.reasons, solution.multipliers.rows, strict=True):
        key = (reason.rate, reason.side)
        worth.setdefault(key, np.zeros(len(of.people)))[reason.group] += multiplier
    return Shadow(
        asked=asked,
        goal=goal,
        rows=worth,
        levels=levels,
        widened=widened,
        attained=answer.attained,
        held=solution.multipliers.held,
    )


def _freed(rows: Program, asked: Question) -> Program:
    """Let the levels move along the tangent planes of the products.

    At one level and one denominator McCormick's planes are the tangent plane. With the
    level fixed, its own part of the multipliers would be missing.
    """
    low, high = rows.low.copy(), rows.high.copy()
    for number, parity in enumerate(asked.parities):
        if not parity.linear:
            low[number] = max(0.0, low[number] - _NEAR)
            high[number] = min(1.0, high[number] + _NEAR)
    return replace(rows, low=low, high=high)


def _level(cells: Array, parity: Parity) -> float:
    """Give the level of a ratio: the smallest of its groups'."""
    return float(rates(cells, parity.rate).min())


def _spans(cells: Array, parity: Parity) -> tuple[Range, ...]:
    """Give the denominators as they are."""
    return tuple((float(d), float(d)) for d in cells @ among(parity.rate.denominator))
