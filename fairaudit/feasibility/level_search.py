"""Best-first search along the level of a single ratio.

At one level a linear program is the whole answer, and its multipliers speak for the levels
around it too. A stretch between two levels is closed where they show that no rule there is
better by more than the tolerance; the rest is cut in two, the worst stretch first.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fairaudit.feasibility.answers import Answer, End, Leaf
from fairaudit.feasibility.incumbent import KEPT, Incumbent
from fairaudit.feasibility.interpolation import (
    Argument,
    Moving,
    at_level,
    charge,
    moving,
    shown,
)
from fairaudit.feasibility.linear_program import Multipliers
from fairaudit.feasibility.objectives import costing, giving
from fairaudit.feasibility.regions import among
from fairaudit.feasibility.relaxation import first_box, relaxation

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.answers import Status
    from fairaudit.feasibility.incumbent import Goal
    from fairaudit.feasibility.linear_program import Solution, Solver
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.feasibility.relaxation import Give, Program

    Array = NDArray[np.float64]

# What is shown is shown by a little more than nothing, so that rounding does not matter.
_SHORT = 0.999
# Halvings of the range in which the bound of an open stretch lies.
_HALVINGS = 30


@dataclass(slots=True)
class LevelSearch:
    """A search under way: the stretches still open, the best rule so far.

    `known` is a bound that holds before anything is looked at.
    """

    of: Regions
    asked: Question
    solver: Solver
    goal: Goal
    tolerance: float
    work: int
    known: float = 0.0
    best: Incumbent = field(init=False)
    rows: Moving = field(init=False)
    cost: Array = field(init=False)
    closed: list[Leaf] = field(default_factory=list)
    waiting: list[tuple[float, float, Argument, Argument]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.best = Incumbent(self.of, self.asked, self.goal)
        self.rows = moving(self.of, self.asked, widening=self.goal == "excess")
        rows = self.rows.rows
        self.cost = (
            costing(rows, self.of, self.asked).cost if self.goal == "cost" else rows.cost
        )

    def run(self) -> Answer:
        """Look at the middle of all levels, then where something better may be hidden."""
        before = self.solver.solved
        box = first_box(self.of, self.asked, open_ended=self.goal == "excess")
        ((low, high),) = box.levels
        middle = self._argument((low + high) / 2)
        self._wait(replace(middle, level=low), replace(middle, level=high))
        while self.waiting and not self._enough():
            _, _, a, b = heapq.heappop(self.waiting)
            rest = self._rest(a, b)
            if rest is None:
                continue
            a, b = rest
            if self.solver.solved - before >= self.work or b.level - a.level < KEPT:
                self._wait(a, b)
                return self._answer("not proven", self.solver.solved - before)
            cut = self._argument((a.level + b.level) / 2)
            self._wait(a, cut)
            self._wait(cut, b)
        status: Status = "impossible" if self.best.weights is None else "proven"
        return self._answer(status, self.solver.solved - before)

    def _enough(self) -> bool:
        """Tell whether what was known before leaves nothing to look for."""
        return self.best.attained <= self.known + self.tolerance

    def _target(self) -> float:
        """Give what a better rule must reach; what any rule does, before one is met."""
        if self.best.weights is None:
            return self._widest()
        return max(self.best.attained - _SHORT * self.tolerance, self.known)

    def _widest(self) -> float:
        """Give what every rule reaches."""
        return 1.0 if self.goal == "excess" else 1.0 + sum(self.asked.costs)

    def _argument(self, level: float) -> Argument:
        """Solve at one level, and keep what the multipliers say."""
        solution, counts = self._nearest(level), 1.0
        if solution is None:
            rows = self._at(level, "everything", float(self.goal == "excess"))
            solution, counts = self.solver.solve(giving(rows)), 0.0
        multipliers = (
            Multipliers(rows=0.0 * self.rows.rows.limit, held=0.0)
            if solution is None
            else solution.multipliers
        )
        return Argument(
            level=level,
            multipliers=multipliers,
            counts=counts,
            charge=charge(
                self.rows, multipliers, cost=counts * self.cost, base=self._base(counts)
            ),
        )

    def _nearest(self, level: float) -> Solution | None:
        """Find the best rule at one level, or that it is no better than the target."""
        if self.goal == "excess":
            return self._nearest_excess(level)
        rows = self._at(level, "nothing", 0.0)
        solution = self.solver.solve(replace(rows, cost=self.cost))
        if solution is not None:
            self.best.meet(solution.weights)
        return solution

    def _nearest_excess(self, level: float) -> Solution | None:
        """Come nearer as long as the target is reached.

        An excess is multiplied by denominators that depend on the rule. Those of the rule
        before stand in for them, so that the next comes near fast [crouzeix1985].
        """
        import numpy as np

        (ratio,) = self.asked.ratios
        while True:
            before, denominators = self.best.attained, np.ones(len(self.of.people))
            target = self.known
            if self.best.weights is not None:
                cells = self.of.mixed(self.best.weights)
                denominators = cells @ among(ratio.rate.denominator)
                target = self._target()
            rows = self._at(level, "upper sides", target, denominators)
            low, high = rows.low.copy(), rows.high.copy()
            low[-1], high[-1] = -1.0, 1 / denominators.min()
            solution = self.solver.solve(giving(replace(rows, low=low, high=high)))
            if solution is None:
                return None
            self.best.meet(solution.weights)
            nearer = self.best.attained < before - self.tolerance / 2
            done = self.best.attained <= self.known + KEPT
            if solution.bound > 0 or done or not nearer:
                return solution

    def _at(
        self, level: float, give: Give, widened: float, most: Array | None = None
    ) -> Program:
        box = at_level(self.of, level, most)
        return relaxation(self.of, self.asked, box, widened=widened, give=give)

    def _base(self, counts: float) -> Array:
        """Give what a sum must exceed: the target's part of a cost, or rounding."""
        import numpy as np

        costs = counts if self.goal == "cost" else 0.0
        return np.array([KEPT * (1.0 - counts), 0.0, costs])

    def _wait(self, a: Argument, b: Argument) -> None:
        """Keep a stretch for later, the one that is furthest from closed first."""
        heapq.heappush(self.waiting, (self._least(a, b, self._target()), a.level, a, b))

    def _shown(self, a: Argument, b: Argument, target: float) -> float:
        return shown(self.of, self.rows.rows, a, b, target)

    def _rest(self, a: Argument, b: Argument) -> tuple[Argument, Argument] | None:
        """Close what can be closed of a stretch, and give what is left."""
        a = self._along(a, b)
        b = self._along(b, a)
        if a.level == b.level:
            return None
        if self._least(a, b, self._target()) > 0:
            self.closed.append(self._leaf(a, b, self._target()))
            return None
        return a, b

    def _along(self, start: Argument, end: Argument) -> Argument:
        """Go along a stretch as far as the multipliers at its start speak for it.

        What they show is concave in the level, so no less than the chord to the end.
        """
        target, there = self._target(), replace(start, level=end.level)
        here, far = (self._shown(one, one, target) for one in (start, there))
        if here <= 0:
            return start
        if far <= 0:
            way = _SHORT * here / (here - far) * (end.level - start.level)
            there = replace(start, level=start.level + way)
        first, last = sorted((start, there), key=lambda one: one.level)
        self.closed.append(self._leaf(first, last, target))
        return there

    def _least(self, a: Argument, b: Argument, target: float) -> float:
        """Give the least coefficient: above 0 where no rule between reaches a target."""
        return min(self._shown(*pair, target) for pair in ((a, b), (a, a), (b, b)))

    def _leaf(self, a: Argument, b: Argument, target: float) -> Leaf:
        """Write down that no rule between two levels reaches a target."""
        first, last = (self._end(one, target) for one in (a, b))
        box = replace(at_level(self.of, a.level), levels=((a.level, b.level),))
        return Leaf(
            box=box,
            bound=math.inf if self.best.weights is None else target,
            known=self.known,
            base=first.base,
            program=first.program,
            multipliers=first.multipliers,
            end=last,
        )

    def _end(self, one: Argument, target: float) -> End:
        program = replace(self.rows.at(one.level, target), cost=one.counts * self.cost)
        base = self._base(one.counts) @ [1.0, one.level, target]
        return End(program=program, multipliers=one.multipliers, base=-float(base))

    def _open_leaf(self, a: Argument, b: Argument) -> Leaf:
        """Find the highest target that is shown to be out of reach, the least at worst."""
        pairs = ((a, b), (a, replace(a, level=b.level)), (replace(b, level=a.level), b))
        leaves = [self._highest(*pair) for pair in pairs]
        return max(leaves, key=lambda leaf: leaf.bound)

    def _highest(self, a: Argument, b: Argument) -> Leaf:
        low, high = self.known, min(self.best.attained, self._widest())
        for _ in range(0 if self._enough() else _HALVINGS):
            target = (low + high) / 2
            low, high = (target, high) if self._least(a, b, target) > 0 else (low, target)
        return replace(self._leaf(a, b, low), bound=low)

    def _answer(self, status: Status, work: int) -> Answer:
        """Put together what is known."""
        waiting = [self._open_leaf(a, b) for _, _, a, b in self.waiting]
        # What was closed last was the hardest to close.
        cover = (*waiting, *self.closed[::-1])
        return Answer(
            status=status,
            attained=None if self.best.weights is None else self.best.attained,
            bound=min([self.best.attained, *(leaf.bound for leaf in cover)]),
            weights=self.best.weights,
            cover=cover,
            work=work,
        )
