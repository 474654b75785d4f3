"""Leave out of a box the levels and denominators that no better rule can have.

Each is minimised and maximised over the relaxation. McCormick's planes are as far from the
product as the box is wide in both directions, so this saves most of the cutting.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from fairaudit.feasibility.regions import among
from fairaudit.feasibility.relaxation import relaxation

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.linear_program import Solver
    from fairaudit.feasibility.question import Parity, Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.feasibility.relaxation import Box, Program, Range

    Array = NDArray[np.float64]

Item = TypeVar("Item")

# Rounds, and the share of its size a box must lose to make another round worth it.
_ROUNDS, _WORTH = 4, 0.2
# Limits are moved outward by more than the rounding of their sums.
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """How boxes of one question are narrowed.

    `widened` is added to every tolerance: rules with wider gaps are not looked for.
    `meet` is shown every rule that is met on the way. Nothing more is narrowed once the
    solver has solved `until` programs.
    """

    of: Regions
    asked: Question
    solver: Solver
    widened: float
    meet: Callable[[Array], None]
    until: int

    def narrowed(self, box: Box) -> Box:
        """Narrow a box until another round is not worth it."""
        for _ in range(_ROUNDS):
            before = box
            for ratio, parity in enumerate(self.asked.ratios):
                for group in range(len(self.of.people)):
                    box = self._span(box, ratio, parity, group)
                box = self._level(box, ratio, parity)
            if _size(box) > (1 - _WORTH) * _size(before):
                break
        return box

    def _span(self, box: Box, ratio: int, parity: Parity, group: int) -> Box:
        """Narrow one group's denominator of a ratio."""
        rows = self._rows(box)
        cost = rows.cost.copy()
        cost[group] = among(parity.rate.denominator)
        spans = box.spans[ratio]
        narrow = self._between(replace(rows, cost=cost), spans[group])
        return replace(box, spans=_put(box.spans, ratio, _put(spans, group, narrow)))

    def _level(self, box: Box, ratio: int, parity: Parity) -> Box:
        """Narrow the level of a ratio."""
        rows = self._rows(box)
        cost = rows.unknown_cost.copy()
        cost[self.asked.parities.index(parity)] = 1.0
        narrow = self._between(replace(rows, unknown_cost=cost), box.levels[ratio])
        return replace(box, levels=_put(box.levels, ratio, narrow))

    def _rows(self, box: Box) -> Program:
        return relaxation(self.of, self.asked, box, widened=self.widened, give="nothing")

    def _between(self, least: Program, within: Range) -> Range:
        """Minimise and maximise; the bounds hold whatever the solver did."""
        most = replace(least, cost=-least.cost, unknown_cost=-least.unknown_cost)
        low, high = within
        if self.solver.solved >= self.until:
            return within
        for sign, program in ((1.0, least), (-1.0, most)):
            solution = self.solver.solve(program)
            if solution is None:
                continue
            self.meet(solution.weights)
            limit = sign * (solution.bound - _ROUNDING)
            if sign > 0:
                low = min(max(low, limit), high)
            else:
                high = max(min(high, limit), low)
        return low, high


def _put(items: tuple[Item, ...], at: int, item: Item) -> tuple[Item, ...]:
    """Put another item in one place."""
    return (*items[:at], item, *items[at + 1 :])


def _size(box: Box) -> float:
    """Add up how wide a box is."""
    ranges = [*box.levels, *(span for spans in box.spans for span in spans)]
    return sum(high - low for low, high in ranges)
