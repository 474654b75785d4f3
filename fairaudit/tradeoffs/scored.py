"""Who takes part in a price list: people by their scores, and how they are decided on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from fairaudit.core.prices import FEWEST
from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.rules import Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike

    from fairaudit.core.cells import Cells
    from fairaudit.feasibility.hull import Steps


class Levels(Protocol):
    """One group's people at each distinct score, by what happened to them."""

    @property
    def scores(self) -> ArrayLike:
        """Give the scores."""

    @property
    def positives(self) -> ArrayLike:
        """Count people with a positive label, score by score."""

    @property
    def negatives(self) -> ArrayLike:
        """Count people with a negative label, score by score."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """People of several groups by their scores, and how they are decided on today.

    `selection_rate` and `accuracy` are those of today's decisions about these people.
    `today` says how many of each group's highest distinct scores are selected; `None` where
    decisions are not a threshold on this score. `left_out` maps the groups that have fewer
    than `FEWEST` people of one outcome to how many they have. Of `decided` people in the
    groups, today's decision is known.
    """

    attribute: str
    score: str
    groups: tuple[Steps, ...]
    selection_rate: float
    accuracy: float
    today: dict[str, int] | None
    left_out: dict[str, str]
    decided: int

    @property
    def present(self) -> dict[str, tuple[Part, ...]] | None:
        """Give today's decisions as a rule."""
        if self.today is None:
            return None
        return {
            name: (Part(threshold=None, levels=levels, probability=1.0),)
            for name, levels in self.today.items()
        }

    @property
    def people(self) -> int:
        """Count everybody."""
        return sum(of.people for of in self.groups)


def by_threshold(
    groups: Sequence[Steps],
    threshold: float,
    *,
    attribute: str,
    score: str,
    left_out: Mapping[str, str],
) -> Scored:
    """Describe people who are selected at or above one threshold.

    Parameters
    ----------
    groups : sequence of Steps
        People by score.
    threshold : float
        Selected are scores of this and above.
    attribute, score : str
        What makes the groups, and which column the score is.
    left_out : mapping of str to str
        Other groups, and why they take no part.

    Returns
    -------
    Scored
        With the selection rate and the accuracy of that threshold.
    """
    today = {of.name: int((of.scores >= threshold).sum()) for of in groups}
    people = sum(of.people for of in groups)
    selected = right = 0
    for of in groups:
        tp, fp = (int(c[: today[of.name]].sum()) for c in (of.positives, of.negatives))
        selected += tp + fp
        right += tp + int(of.negatives.sum()) - fp
    return Scored(
        attribute=attribute,
        score=score,
        groups=tuple(groups),
        selection_rate=selected / people,
        accuracy=right / people,
        today=today,
        left_out=dict(left_out),
        decided=people,
    )


def by_decisions(
    groups: Sequence[Steps],
    cells: Sequence[Cells],
    *,
    attribute: str,
    score: str,
    left_out: Mapping[str, str],
) -> Scored:
    """Describe people whose decisions were counted beside their scores.

    Parameters
    ----------
    groups : sequence of Steps
        People by score.
    cells : sequence of Cells
        The same groups by label and decision; those with both count.
    attribute, score : str
        What makes the groups, and which column the score is.
    left_out : mapping of str to str
        Other groups, and why they take no part.

    Returns
    -------
    Scored
        Without thresholds of today, because decisions need not follow the score.
    """
    people = sum(here.complete for here in cells)
    return Scored(
        attribute=attribute,
        score=score,
        groups=tuple(groups),
        selection_rate=sum(here.tp + here.fp for here in cells) / people if people else 0.0,
        accuracy=sum(here.tp + here.tn for here in cells) / people if people else 0.0,
        today=None,
        left_out=dict(left_out),
        decided=int(people),
    )


def taking_part(
    levels: Mapping[str, Levels],
) -> tuple[tuple[Steps, ...], dict[str, str]]:
    """Which groups have enough people of both outcomes to look for rules?

    Parameters
    ----------
    levels : mapping of str to Levels
        People of every group, by score.

    Returns
    -------
    tuple of (tuple of Steps, dict of str to str)
        Those with at least 50 people of each outcome, largest first; and how many people
        of either outcome the others have.
    """
    import numpy as np

    sizes = {
        name: (int(np.sum(of.positives)), int(np.sum(of.negatives)))
        for name, of in levels.items()
    }
    by_size = sorted(sizes, key=lambda name: (-sum(sizes[name]), name))
    taking = tuple(
        steps(name, levels[name].scores, levels[name].positives, levels[name].negatives)
        for name in by_size
        if min(sizes[name]) >= FEWEST
    )
    left_out = {
        name: f"{sizes[name][0]:,} people with a positive label and {sizes[name][1]:,} "
        f"with a negative"
        for name in by_size
        if min(sizes[name]) < FEWEST
    }
    return taking, left_out
