"""What should be known of a rule that misses its constraints, or may be of little use?"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.core.cells import Cells

_FEW = 0.5
"""A rule that selects less than this part of as many as are positive hardly selects."""


def cautions(
    groups: Sequence[Cells],
    costs: tuple[float, float],
    *,
    excess: float,
    promised: bool,
    can_mix: bool,
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
    can_mix : bool
        Whether thresholds could be mixed at random, and are not.

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
    people = sum(one.complete for one in groups)
    positive = sum(one.tp + one.fn for one in groups) / people
    selected = sum(one.tp + one.fp for one in groups) / people
    cost = sum(costs[0] * one.fp + costs[1] * one.fn for one in groups) / people
    alike = min(costs[0] * (1 - positive), costs[1] * positive)
    freer = "set randomised=True, or allow" if can_mix else "allow"
    if cost > alike:
        yield (
            f"the rule errs more than one decision for everybody would: errors cost "
            f"{cost:.3f} per person, against {alike:.3f}; {freer} a wider tolerance."
        )
    if selected < _FEW * positive or 1 - selected < _FEW * (1 - positive):
        which = "the rule that can be promised" if promised else "the rule"
        remedy = "fit with more people, or allow" if promised else freer
        yield (
            f"{which} selects {selected:.1%} of people where {positive:.1%} are positive. "
            f"Unless costs ask for that, {remedy} a wider tolerance, for one that decides "
            f"more like the labels."
        ).replace("%", " %")
