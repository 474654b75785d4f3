"""Best-first branch and bound over the levels of ratios.

At fixed levels every gap is linear and a linear program is the whole answer. So only the
levels are searched, one number for each ratio that is held equal: the box whose bound is
least is cut in two until no box can hide a rule that is better by more than the tolerance.
"""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fairaudit.feasibility.answers import Answer, Leaf
from fairaudit.feasibility.incumbent import KEPT, Incumbent
from fairaudit.feasibility.narrowing import Narrowing
from fairaudit.feasibility.objectives import costing, giving
from fairaudit.feasibility.relaxation import first_box, relaxation
from fairaudit.feasibility.rules import rates

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.answers import Status
    from fairaudit.feasibility.incumbent import Goal
    from fairaudit.feasibility.linear_program import Solution, Solver
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.feasibility.relaxation import Box, Program

    Array = NDArray[np.float64]

# A better rule found on the way makes another round worth it where gaps are minimised.
_NARROWINGS: dict[Goal, int] = {"cost": 1, "excess": 2}


@dataclass(slots=True)
class Search:
    """A search under way: the boxes still open, the best rule so far.

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
    closed: list[Leaf] = field(default_factory=list)
    waiting: list[tuple[float, int, Leaf, Solution | None]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.best = Incumbent(self.of, self.asked, self.goal)

    def run(self) -> Answer:
        """Look at everything at once, then cut where something better may be hidden."""
        before = self.solver.solved
        box = first_box(self.of, self.asked, open_ended=self.goal == "excess")
        self._look(box, self.known)
        for _ in range(_NARROWINGS[self.goal]):
            if self._open():
                _, _, leaf, solution = heapq.heappop(self.waiting)
                # The better the rule, the narrower the box.
                self._try_levels(leaf, solution)
                self._look(self._narrowed(leaf.box), leaf.bound)
        while self._open():
            _, _, leaf, solution = heapq.heappop(self.waiting)
            self._try_levels(leaf, solution)
            halves = self._halves(leaf, solution)
            if not halves or self.solver.solved - before >= self.work:
                self.closed.append(leaf)
                return self._answer("not proven", self.solver.solved - before)
            for half in halves:
                self._look(half, leaf.bound)
        status: Status = "impossible" if self.best.weights is None else "proven"
        return self._answer(status, self.solver.solved - before)

    def _open(self) -> bool:
        """Tell whether something better may still be hidden in some box."""
        return (
            bool(self.waiting) and self.waiting[0][0] < self.best.attained - self.tolerance
        )

    def _answer(self, status: Status, work: int) -> Answer:
        """Put together what is known."""
        cover = (*self.closed, *(leaf for _, _, leaf, _ in sorted(self.waiting)))
        return Answer(
            status=status,
            attained=None if self.best.weights is None else self.best.attained,
            bound=min([self.best.attained, *(leaf.bound for leaf in cover)]),
            weights=self.best.weights,
            cover=cover,
            work=work,
        )

    def _look(self, box: Box, known: float) -> None:
        """Bound one box, try the rules that come with it, and keep it for later."""
        program = self._program(box, known)
        solution = self.solver.solve(program)
        if solution is None:
            self._look_for_conflict(box, known)
            return
        base = known if self.goal == "excess" else 0.0
        bound = max(known, base + solution.bound)
        self.best.meet(solution.weights)
        leaf = Leaf(
            box=box,
            bound=bound,
            known=known,
            base=base,
            program=program,
            multipliers=solution.multipliers,
        )
        self._keep(leaf, solution)

    def _look_for_conflict(self, box: Box, known: float) -> None:
        """Show that no rule has its levels in a box, or keep the box open."""
        widened = known if self.goal == "excess" else 0.0
        program = giving(
            relaxation(self.of, self.asked, box, widened=widened, give="everything")
        )
        solution = self.solver.solve(program)
        conflict = solution is not None and solution.bound > KEPT
        leaf = Leaf(
            box=box,
            bound=math.inf if conflict else known,
            known=known,
            base=widened,
            program=program,
            multipliers=None if solution is None else solution.multipliers,
        )
        if conflict:
            self.closed.append(leaf)
        else:
            self._keep(leaf, None)

    def _keep(self, leaf: Leaf, solution: Solution | None) -> None:
        """Keep a box for later; a running number breaks ties the same way every time."""
        number = self.solver.solved
        heapq.heappush(self.waiting, (leaf.bound, number, leaf, solution))

    def _program(self, box: Box, known: float) -> Program:
        """Write the relaxation of a box with this search's objective."""
        if self.goal == "excess":
            return giving(
                relaxation(self.of, self.asked, box, widened=known, give="upper sides")
            )
        rows = relaxation(self.of, self.asked, box, widened=0.0, give="nothing")
        return costing(rows, self.of, self.asked)

    def _try_levels(self, leaf: Leaf, solution: Solution | None) -> None:
        """Hold the ratios at the levels the relaxation found, where products are exact."""
        if solution is None or not leaf.box.levels:
            return
        levels = tuple((level, level) for level in self._levels(leaf.box, solution))
        point = replace(leaf.box, levels=levels)
        found = self.solver.solve(self._program(point, leaf.bound))
        if found is not None:
            self.best.meet(found.weights)

    def _narrowed(self, box: Box) -> Box:
        """Leave out what only worse rules than the best so far can have."""
        widened = min(self.best.attained, 1.0) if self.goal == "excess" else 0.0
        return Narrowing(
            of=self.of,
            asked=self.asked,
            solver=self.solver,
            widened=widened,
            meet=self.best.meet,
            until=self.solver.solved + self.work // 4,
        ).narrowed(box)

    def _levels(self, box: Box, solution: Solution) -> list[float]:
        """Read the levels of the ratios off the unknowns, inside their box."""
        found = [
            level
            for level, parity in zip(solution.unknowns, self.asked.parities, strict=False)
            if not parity.linear
        ]
        return [
            float(min(max(level, low), high))
            for level, (low, high) in zip(found, box.levels, strict=True)
        ]

    def _halves(self, leaf: Leaf, solution: Solution | None) -> list[Box]:
        """Cut a box in two, across the ratio that the relaxation bends most."""
        ranges = leaf.box.levels
        if max((high - low for low, high in ranges), default=0.0) < KEPT:
            return []
        bends = [high - low for low, high in ranges]
        near = [(low + high) / 2 for low, high in ranges]
        if solution is not None:
            near = self._levels(leaf.box, solution)
            bends = self._bends(solution, bends)
        across = bends.index(max(bends))
        low, high = ranges[across]
        # Half way between the middle and where the relaxation stands.
        cut = (low + high + 2 * near[across]) / 4
        return [
            replace(leaf.box, levels=(*ranges[:across], part, *ranges[across + 1 :]))
            for part in ((low, cut), (cut, high))
        ]

    def _bends(self, solution: Solution, widths: list[float]) -> list[float]:
        """Say of each ratio how far apart it truly is where the relaxation stands."""
        cells = self.of.mixed(solution.weights)
        bends = []
        for parity, width in zip(self.asked.ratios, widths, strict=True):
            found = rates(cells, parity.rate)
            apart = float(found.max() - found.min()) - parity.within
            bends.append(-math.inf if width < KEPT else apart + KEPT * width)
        return bends
