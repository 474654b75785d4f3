"""What should be known of a rule that misses its constraints, or may be of little use?"""

from __future__ import annotations

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
    cost, alike = _cost(groups, costs), _cost_alike(groups, costs)
    if cost > 0 == min(costs):
        yield (
            f"errors cost {cost:.3f} per person, and one decision for everybody would cost "
            f"nothing, as it does wherever one kind of error costs nothing. Give both a "
            f"cost."
        )
        return
    if cost > alike:
        change = remedy(lambda other: _cost(other, costs) <= _cost_alike(other, costs))
        yield (
            f"the rule errs more than one decision for everybody would: errors cost "
            f"{cost:.3f} per person, against {alike:.3f}; {change}."
        )
    if _hardly_decides(groups):
        which = "the rule that can be promised" if promised else "the rule"
        change = (
            "fit with more people, or allow a wider tolerance"
            if promised
            else remedy(lambda other: not _hardly_decides(other))
        )
        yield (
            f"{which} selects {_selected(groups):.1%} of people where "
            f"{_positive(groups):.1%} are positive. Unless costs ask for that: {change}."
        ).replace("%", " %")


def _people(groups: Sequence[Cells]) -> float:
    return sum(one.complete for one in groups)


def _positive(groups: Sequence[Cells]) -> float:
    return sum(one.tp + one.fn for one in groups) / _people(groups)


def _selected(groups: Sequence[Cells]) -> float:
    return sum(one.tp + one.fp for one in groups) / _people(groups)


def _cost(groups: Sequence[Cells], costs: tuple[float, float]) -> float:
    """Give what errors cost per person."""
    return sum(costs[0] * one.fp + costs[1] * one.fn for one in groups) / _people(groups)


def _cost_alike(groups: Sequence[Cells], costs: tuple[float, float]) -> float:
    """Give what they cost under the better of two rules: to select everybody, or nobody."""
    positive = _positive(groups)
    return min(costs[0] * (1 - positive), costs[1] * positive)


def _hardly_decides(groups: Sequence[Cells]) -> bool:
    """Tell whether hardly anybody is selected, or hardly anybody is not."""
    positive, selected = _positive(groups), _selected(groups)
    return selected < _FEW * positive or 1 - selected < _FEW * (1 - positive)
