"""Which rule keeps constraints at the least cost, and if none does, what would?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import NoFairRuleError, shown
from fairaudit.feasibility.equal_error_rates import best_at_equal_error_rates
from fairaudit.feasibility.one_rate import best_at_one_rate
from fairaudit.feasibility.question import LEAST_SHARE, Parity
from fairaudit.feasibility.question import question as put
from fairaudit.feasibility.rules import rule
from fairaudit.feasibility.solve import best_rule, smallest_joint_gap
from fairaudit.mitigation.cutting import Rule, between_scores, single_thresholds
from fairaudit.mitigation.rounding import rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.mitigation.constraints import RateConstraint
    from fairaudit.mitigation.rounding import Rounded


class Choice:
    """Finds rules; `accuracy_bound` is what no rule of the last question exceeds.

    Costs are taken in units of the larger one, so that their scale does not matter.
    """

    def __init__(
        self,
        asked: Sequence[RateConstraint],
        costs: tuple[float, float],
        *,
        randomised: bool,
        where: str,
        least_share: float = LEAST_SHARE,
    ) -> None:
        self.asked = asked
        self.unit = max(costs)
        self.costs = costs[0] / self.unit, costs[1] / self.unit
        self.randomised = randomised
        self.least_share = least_share
        self.where = where
        self.accuracy_bound = 1.0
        self._weights: Array | None = None

    def question(self, part: float) -> Question:
        """Ask for a part of every tolerance."""
        return put(
            [Parity(rate=one.rate, within=part * one.tolerance) for one in self.asked],
            selection_rate=None,
            costs=self.costs,
            least_share=self.least_share,
            rejects=True,
        )

    def best(self, of: Regions, *, part: float) -> Rule:
        """Find the best rule for a part of every tolerance, or say why there is none."""
        wanted = self.question(part)
        answer = (
            best_at_one_rate(of, wanted)
            or best_at_equal_error_rates(of, wanted)
            or best_rule(of, wanted)
        )
        if answer.status == "impossible":
            raise NoFairRuleError(self._impossible(of, answer.status))
        self.accuracy_bound = 1 - self.unit * max(answer.bound, 0.0)
        self._weights = answer.weights
        if self.randomised and answer.weights is not None:
            return between_scores(rule(of, answer.weights), of)
        alike = [steps.name for steps in of.steps if len(steps.scores) == 1]
        if alike and answer.weights is not None:
            raise NoFairRuleError(
                f"{self.where}: everybody in group {shown(alike)} has one score, so that a "
                f"threshold selects all of them or nobody. Mix two at random "
                f"(randomised=True), leave the group out, or join it with another."
            )
        found = rounded(of, wanted)
        if found.levels is None:
            raise NoFairRuleError(
                self._impossible(of, answer.status)
                if answer.attained is None
                else self._none_single(found, answer.attained)
            )
        return between_scores(single_thresholds(found.levels), of)

    def mixed(self, of: Regions) -> Rule | None:
        """Give the best rule of the last question, if thresholds may be mixed at random."""
        return None if self._weights is None else rule(of, self._weights)

    def asking(self, asked: Sequence[RateConstraint]) -> Choice:
        """Choose by the same costs under other constraints."""
        return Choice(
            asked,
            self.costs,
            randomised=self.randomised,
            where=self.where,
            least_share=self.least_share,
        )

    def _none_single(self, found: Rounded, cost: float) -> str:
        """Say that single thresholds do not do it, or were not found, and what does."""
        accuracy = 1 - self.unit * cost
        return (
            f"{self.where}: "
            + (
                f"one threshold per group cannot keep {_told(self.asked)}; the nearest "
                if found.complete
                else f"no single thresholds were found that keep {_told(self.asked)}; the "
                f"nearest found "
            )
            + f"exceeds it by {found.beyond:.3f}. Mixing two thresholds at random can "
            f"(randomised=True), at an accuracy of {accuracy:.3f}; or allow a wider "
            f"tolerance."
        )

    def _impossible(self, of: Regions, status: str) -> str:
        """Say that nothing does it, and what is possible instead."""
        nearest = smallest_joint_gap(of, self.question(1.0))
        if status != "impossible" or nearest.attained is None:
            return (
                f"{self.where}: no rule was found that keeps {_told(self.asked)}, and none "
                f"was shown not to exist. Allow a wider tolerance."
            )
        return (
            f"{self.where}: no thresholds on these scores keep {_told(self.asked)}, mixed "
            f"at random or not. The smallest gap at which all can hold is "
            f"{nearest.attained:.3f} (at least {max(nearest.bound, 0.0):.3f} for any "
            f"rule). Allow that much, or ask for less at once."
        )


def _told(asked: Sequence[RateConstraint]) -> str:
    """Name what was asked for."""
    return " and ".join(f"{one.rate.title} within {one.tolerance:g}" for one in asked)
