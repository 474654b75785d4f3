"""Which rule may be promised on new people, and if none, what would it take?"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairaudit.core.errors import NoFairRuleError
from fairaudit.mitigation.promise import chance_of_passing, people_needed, trial

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairaudit.core.cells import Cells
    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.regions import Regions
    from fairaudit.mitigation.choice import Choice
    from fairaudit.mitigation.cutting import Rule
    from fairaudit.mitigation.promise import Trial
    from fairaudit.mitigation.rows import Rows

_SHARES = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""The parts of each tolerance that rules are made for, when one is to be promised."""

_LIKELY = 0.8
"""The first rule to be tested should pass with this probability."""

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

    def accepted(
        self, of: Regions, made: Rows, scores: Array, held: Rows, tests: Array
    ) -> Rule:
        """Accept the last rule before the first that fails on rows kept apart."""
        accepted, last, groups = None, None, {}
        for candidate in self._in_order(of, made, scores, held):
            groups = dict(zip(self.groups, self.count(candidate, tests, held), strict=True))
            last = trial(self.choice.asked, groups, confidence=self.confidence)
            if not last.kept:
                break
            accepted = candidate
        if accepted is None:
            raise NoFairRuleError(self._unpromised(last, groups, held))
        return accepted

    def _in_order(
        self, of: Regions, made: Rows, scores: Array, held: Rows
    ) -> Sequence[Rule]:
        """Order the rules to be tested, without a look at the rows kept apart."""
        found: list[tuple[float, float, Rule]] = []
        alike = self._errors_alike(made)
        for part in _SHARES:
            try:
                candidate = self.choice.best(of, part=part)
            except NoFairRuleError:
                if part == 1.0 and not found:
                    raise
                continue  # a stricter rule need not exist
            cells = self.count(candidate, scores, made)
            errors = _errors(cells, self.choice.costs)
            if errors >= alike:
                continue  # equal because it hardly looks at the score
            chance = chance_of_passing(
                self.choice.asked,
                dict(zip(self.groups, cells, strict=True)),
                confidence=self.confidence,
                scale=len(held.labels) / len(made.labels),
            )
            found.append((chance, errors, candidate))
        likely = [place for place, one in enumerate(found) if one[0] >= _LIKELY]
        if likely:
            first = min(likely, key=lambda place: found[place][1])
            return [one for _, _, one in found[first:]]
        return [one for _, _, one in sorted(found, key=lambda one: -one[0])]

    def _errors_alike(self, made: Rows) -> float:
        """Give what the better of two rules errs: to select everybody, or nobody."""
        positives = float(np.sum(made.labels == 1))
        negatives = len(made.labels) - positives
        return min(self.choice.costs[0] * negatives, self.choice.costs[1] * positives)

    def _unpromised(self, last: Trial | None, groups: dict[str, Cells], held: Rows) -> str:
        """Say that nothing can be promised, and what it would take."""
        told = f"{self.choice.where}: no solution at confidence {self.confidence:g}. "
        if last is None:
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


def _errors(groups: Sequence[Cells], costs: tuple[float, float]) -> float:
    """Give what errors cost."""
    return sum(costs[0] * one.fp + costs[1] * one.fn for one in groups)
