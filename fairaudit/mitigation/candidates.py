"""Which rules are worth a test: at every chance of passing, which of them errs least?"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from fairaudit.core.value import value
from fairaudit.feasibility.hull import cells_at
from fairaudit.feasibility.question import floors
from fairaudit.mitigation.chances import chance, foreseen
from fairaudit.mitigation.cutting import Rule, between_scores, single_thresholds
from fairaudit.mitigation.levels import MOST_LEVELS, levels_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.core.cells import Cells
    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.mitigation.chances import Foreseen

CHANCES = (0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
"""How likely the rules to be tested are to pass: the first surely enough, then less so."""

_SAFER = (0.99, 0.97)
"""With many groups every pair has to be safer for all together to be safe enough."""


@value
class Candidate:
    """A rule, how likely it is to pass its test, and what its errors cost."""

    chance: float
    cost: float
    rule: Rule


class Candidates:
    """Rules of one threshold per group, foreseen in a test.

    One group's threshold is the anchor; every other group answers each with the threshold
    that errs least among those likely enough to pass beside it. For two groups no pair of
    the thresholds looked at is left out; a group's are thinned out beyond `MOST_LEVELS`.
    """

    def __init__(
        self,
        of: Regions,
        asked: Question,
        *,
        confidence: float,
        scale: float,
    ) -> None:
        self.of = of
        self.asked = asked
        self.confidence = confidence
        self.scale = scale
        self.levels: list[Array] = []
        self.costs: list[Array] = []
        self.seen: list[list[Foreseen]] = []
        least = floors(of, asked)
        for group, (steps, own) in enumerate(zip(of.steps, of.hulls, strict=True)):
            levels = levels_of(steps, own.levels, MOST_LEVELS)
            cells = cells_at(steps, levels)
            kept = least.kept(cells / steps.people, group)
            levels, cells = levels[kept], cells[kept]
            self.levels.append(levels)
            self.costs.append(self._cost(cells))
            self.seen.append(self._foreseen(cells))

    def _cost(self, cells: Array) -> Array:
        """Give what the errors of each rule cost in one group."""
        cost: Array = self.asked.costs[0] * cells[:, 1] + self.asked.costs[1] * cells[:, 2]
        return cost

    def _foreseen(self, cells: Array) -> list[Foreseen]:
        """Foresee every rate of one group."""
        return [
            foreseen(parity.rate, cells, confidence=self.confidence, scale=self.scale)
            for parity in self.asked.parities
        ]

    @property
    def least(self) -> float:
        """Give what errors cost at least, whatever the groups' gaps."""
        return float(sum(own.min(initial=np.inf) for own in self.costs))

    def below(self, cost: float) -> list[Candidate]:
        """List the rules to be tested that err less than this, the likeliest first."""
        if not all(own.size for own in self.levels):
            return []
        places = self._places()
        costs = np.sum(
            [own[at] for own, at in zip(self.costs, places, strict=True)], axis=0
        )
        useful = np.flatnonzero(costs < cost)
        places, costs = [at[useful] for at in places], costs[useful]
        chances = self._chances(self.seen, places)
        return ordered(
            [
                Candidate(
                    chance=float(chances[one]),
                    cost=float(costs[one]),
                    rule=self._rule([int(at[one]) for at in places]),
                )
                for one in _frontier(chances, costs)
            ]
        )

    def foreseen(self, rule: Rule, groups: Sequence[Cells]) -> Candidate:
        """Foresee another rule, from what it decides about the people it was made from."""
        cells = [np.array([[of.tp, of.fp, of.fn, of.tn]], dtype=float) for of in groups]
        places = [np.zeros(1, dtype=np.intp) for _ in cells]
        seen = [self._foreseen(own) for own in cells]
        return Candidate(
            chance=float(self._chances(seen, places)[0]),
            cost=float(sum(self._cost(own)[0] for own in cells)),
            rule=rule,
        )

    def _places(self) -> list[Array]:
        """Give each group's places among its thresholds, one rule after another."""
        anchor = int(np.argmin(self.of.people))
        size = len(self.levels[anchor])
        targets = (*_SAFER, *CHANCES)
        places = [np.tile(np.arange(size), len(targets) + 1) for _ in self.levels]
        for group in range(len(self.levels)):
            if group != anchor:
                found = list(self._answers(anchor, group, targets))
                places[group] = np.concatenate(found)
        return places

    def _answers(
        self, anchor: int, group: int, targets: Sequence[float]
    ) -> Iterator[Array]:
        """Give a group's answer to each threshold of the anchor, by target."""
        passing = self._pair(
            self.seen[anchor],
            self.seen[group],
            np.arange(len(self.levels[anchor]))[:, None],
            np.arange(len(self.levels[group]))[None, :],
        )
        likeliest = passing.argmax(axis=1)
        yield likeliest
        for target in targets:
            enough = passing >= target
            least = np.where(enough, self.costs[group], np.inf).argmin(axis=1)
            yield np.where(enough.any(axis=1), least, likeliest)

    def _pair(
        self,
        first: Sequence[Foreseen],
        second: Sequence[Foreseen],
        own: Array,
        other: Array,
    ) -> Array:
        """Give the chance that two groups pass, at places of either."""
        each = [
            chance(a.at(own), b.at(other), parity.within)
            for a, b, parity in zip(first, second, self.asked.parities, strict=True)
        ]
        both: Array = np.prod(each, axis=0)
        return both

    def _chances(
        self, seen: Sequence[Sequence[Foreseen]], places: Sequence[Array]
    ) -> Array:
        """Give each rule's chance: at least the product over pairs [royen2014]."""
        each = [
            self._pair(seen[first], seen[second], places[first], places[second])
            for first, second in combinations(range(len(places)), 2)
        ]
        together: Array = np.prod(each, axis=0)
        return together

    def _rule(self, places: Sequence[int]) -> Rule:
        """Make the rule of one place per group."""
        levels = {
            name: int(own[at])
            for name, own, at in zip(self.of.names, self.levels, places, strict=True)
        }
        return between_scores(single_thresholds(levels), self.of)


def ordered(found: Sequence[Candidate]) -> list[Candidate]:
    """Order rules by their chance of passing; riskier ones only where they err less."""
    if not found:
        return []
    likeliest = max(found, key=lambda one: one.chance)
    order = [] if likeliest.chance >= CHANCES[0] else [likeliest]
    for target in CHANCES:
        enough = [one for one in found if one.chance >= target]
        if enough:
            best = min(enough, key=lambda one: one.cost)
            if best not in order:
                order.append(best)
    return order


def _frontier(chances: Array, costs: Array) -> Array:
    """Pick the rules than which none is both likelier to pass and less in error."""
    order = np.lexsort((costs, -chances))
    least = np.minimum.accumulate(costs[order])
    picked: Array = order[np.r_[True, least[1:] < least[:-1]]] if len(order) else order
    return picked
