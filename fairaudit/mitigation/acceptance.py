"""Which rule may be promised on new people, and if none, what would it take?"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import numpy as np

from fairaudit.core.errors import NoFairRuleError
from fairaudit.mitigation.candidates import Candidate, Candidates, ordered
from fairaudit.mitigation.cutting import expected_cells
from fairaudit.mitigation.promise import people_needed, trial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fairaudit.core.cells import Cells
    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.regions import Regions
    from fairaudit.mitigation.choice import Choice
    from fairaudit.mitigation.cutting import Rule
    from fairaudit.mitigation.promise import Trial
    from fairaudit.mitigation.rows import Rows

_PARTS = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""The parts of each tolerance that rules which mix thresholds are made for."""

_WORDS = {
    "selections": "selections",
    "rejections": "rejections",
    "selected": "selected",
    "rejected": "rejected",
}


class Acceptance:
    """Tests the rules of a choice on rows kept apart."""

    def __init__(
        self,
        choice: Choice,
        confidence: float,
        groups: tuple[str, ...],
        count: Callable[[Rule, Array, Rows], tuple[Cells, ...]],
    ) -> None:
        self.choice = choice
        self.confidence = confidence
        self.groups = groups
        self.count = count

    def accepted(self, of: Regions, made: Rows, held: Rows, tests: Array) -> Rule:
        """Accept a rule that is shown on rows kept apart to keep the constraints."""
        mixed = list(self._mixed(of)) if self.choice.randomised else []
        mixed.append(self.choice.best(of, part=1.0))  # or say that nothing keeps them
        candidates = Candidates(
            of,
            self.choice.question(1.0),
            confidence=self.confidence,
            scale=len(held.labels) / len(made.labels),
        )
        alike = self._errors_alike(made)
        order = candidates.below(alike)
        if self.choice.randomised:
            found = (candidates.foreseen(rule, expected_cells(rule, of)) for rule in mixed)
            order = ordered([*order, *(one for one in found if one.cost < alike)])
        if not order and candidates.least >= alike:
            raise NoFairRuleError(self._useless(alike))
        return self._last_kept(order, held, tests)

    def _last_kept(self, order: Sequence[Candidate], held: Rows, tests: Array) -> Rule:
        """Accept the last useful rule before the first that fails."""
        accepted, last, groups = None, None, {}
        for candidate in order:
            cells = self.count(candidate.rule, tests, held)
            groups = dict(zip(self.groups, cells, strict=True))
            last = trial(self.choice.asked, groups, confidence=self.confidence)
            if not last.kept:
                break
            # What is not useful is passed over; the chance of a wrong promise only falls.
            if self._errors(cells) < self._errors_alike(held):
                accepted = candidate.rule
        if accepted is None:
            raise NoFairRuleError(self._unpromised(last, groups, held))
        return accepted

    def _mixed(self, of: Regions) -> Iterator[Rule]:
        """Make the best rules for parts of the tolerances, where there are any."""
        for part in _PARTS:
            with suppress(NoFairRuleError):
                yield self.choice.best(of, part=part)

    def _errors(self, groups: Sequence[Cells]) -> float:
        """Give what errors cost."""
        costs = self.choice.costs
        return sum(costs[0] * one.fp + costs[1] * one.fn for one in groups)

    def _errors_alike(self, made: Rows) -> float:
        """Give what the better of two rules errs: to select everybody, or nobody."""
        positives = float(np.sum(made.labels == 1))
        negatives = len(made.labels) - positives
        return min(self.choice.costs[0] * negatives, self.choice.costs[1] * positives)

    def _useless(self, alike: float) -> str:
        """Say that it is not the constraints that leave no useful rule."""
        return (
            f"{self.choice.where}: no solution at confidence {self.confidence:g}. "
            f"Whatever the tolerance, no thresholds on these scores err less than deciding "
            f"everybody alike"
            + ("." if alike else ", which costs nothing where one kind of error does not.")
        )

    def _unpromised(self, last: Trial | None, groups: dict[str, Cells], held: Rows) -> str:
        """Say that nothing can be promised, and what it would take."""
        told = f"{self.choice.where}: no solution at confidence {self.confidence:g}. "
        if last is None or last.kept:
            return (
                f"{told}Only rules that err as much as deciding everybody alike keep "
                "groups so equal."
            )
        one = last.constraint
        needed = people_needed(one, groups, confidence=self.confidence)
        among = one.rate.among.format_map(_WORDS)
        return (
            f"{told}On {len(held.labels):,} rows kept apart a gap of {last.at_most:.3f} in "
            f"{one.rate.title} ({last.first} and {last.second}) is not excluded, beyond "
            f"{one.tolerance:g}. "
            + (
                f"If groups are truly equal, about {needed:,} {among} in each group there "
                f"would do; or allow a wider tolerance."
                if needed
                else "No number of people would do at this tolerance."
            )
        )
