"""What should be known of a rule that misses its constraints, or may be of little use?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fairaudit.core.cells import Cells

_FEW = 0.5
"""A rule that selects less than this part of as many as are positive hardly selects."""


def cautions(
    groups: Sequence[Cells],
    costs: tuple[float, float],
    *,
    excess: float,
    promised: bool,
    remedy: Callable[[Callable[[Sequence[Cells]], bool]], str],
) -> Iterator[str]:
    """Warn of a missed constraint, of too many errors, and of a rule that hardly decides.

    Parameters
    ----------
    groups : sequence of Cells
        What the rule decides about the people it was made from.
    costs : tuple of float
        What a false positive and a false negative cost.
    excess : float
        By how much the worst constraint is exceeded among these people.
    promised : bool
        Whether the rule was chosen because it can be promised.
    remedy : callable
        Says what would change a rule, given what tells whether one needs no change.

    Yields
    ------
    str
        One sentence each.
    """
    if excess:
        yield (
            f"the worst constraint is exceeded by {excess:.3g} on the rows it was fitted "
            "to. "
            + (
                "It was shown to hold on those kept apart."
                if promised
                else "Allow a wider tolerance, or join small groups or leave them out."
            )
        )
    all_of = _together(groups)
    cost, alike = all_of.cost(costs), all_of.cost_alike(costs)
    if cost > 0 == min(costs):
        yield (
            f"errors cost {cost:.3f} per person, and one decision for everybody would cost "
            f"nothing, as it does wherever one kind of error costs nothing. Give both a "
            f"cost."
        )
        return
    if cost > alike:
        change = remedy(lambda other: _together(other).errs_no_more(costs))
        yield (
            f"the rule errs more than one decision for everybody would: errors cost "
            f"{cost:.3f} per person, against {alike:.3f}; {change}."
        )
    if all_of.hardly_decides:
        which = "the rule that can be promised" if promised else "the rule"
        change = (
            "fit with more people, or allow a wider tolerance"
            if promised
            else remedy(lambda other: not _together(other).hardly_decides)
        )
        yield (
            f"{which} selects {all_of.selected:.1%} of people where "
            f"{all_of.positive:.1%} are positive. Unless costs ask for that: {change}."
        ).replace("%", " %")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Together:
    """Shares of all people: who is positive, who is selected, and both kinds of errors."""

    positive: float
    selected: float
    fp: float
    fn: float

    def cost(self, costs: tuple[float, float]) -> float:
        """Give what errors cost per person."""
        return costs[0] * self.fp + costs[1] * self.fn

    def cost_alike(self, costs: tuple[float, float]) -> float:
        """Give it for the better of two rules: to select everybody, or nobody."""
        return min(costs[0] * (1 - self.positive), costs[1] * self.positive)

    def errs_no_more(self, costs: tuple[float, float]) -> bool:
        """Tell whether a rule errs no more than one decision for everybody."""
        return self.cost(costs) <= self.cost_alike(costs)

    @property
    def hardly_decides(self) -> bool:
        """Tell whether hardly anybody is selected, or hardly anybody is not."""
        return self.selected < _FEW * self.positive or 1 - self.selected < _FEW * (
            1 - self.positive
        )


def _together(groups: Sequence[Cells]) -> _Together:
    tp, fp, fn = (sum(getattr(one, cell) for one in groups) for cell in ("tp", "fp", "fn"))
    people = sum(one.complete for one in groups)
    return _Together(
        positive=(tp + fn) / people,
        selected=(tp + fp) / people,
        fp=fp / people,
        fn=fn / people,
    )
