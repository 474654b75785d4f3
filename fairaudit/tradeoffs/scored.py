"""Who takes part in a price list: people by their scores, and how they are decided on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from fairaudit.feasibility.hull import steps
from fairaudit.feasibility.rules import Part

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import ArrayLike

    from fairaudit.core.cells import Cells
    from fairaudit.feasibility.hull import Steps

FEWEST_OF_TWO = 50
"""The two largest groups take part with at least this many people of each outcome."""

FEWEST_OF_MORE = 500
"""Every further group takes part with at least this many people of each outcome."""


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
    decisions are not a threshold on this score. `left_out` maps other groups to reasons.
    """

    attribute: str
    score: str
    groups: tuple[Steps, ...]
    selection_rate: float
    accuracy: float
    today: dict[str, int] | None
    left_out: dict[str, str]

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
    )


def taking_part(
    levels: Mapping[str, Levels],
) -> tuple[tuple[Steps, ...], dict[str, str]]:
    """Which groups have enough people of both outcomes for a price list?

    Parameters
    ----------
    levels : mapping of str to Levels
        People of every group, by score.

    Returns
    -------
    tuple of (tuple of Steps, dict of str to str)
        The two largest groups with at least 50 people of each outcome and every other with
        at least 500, largest first; and for the others why not. A hull follows the luck of
        a small sample, and the price of equality with it would mostly be that luck.
    """
    import numpy as np

    sizes = {
        name: (int(np.sum(of.positives)), int(np.sum(of.negatives)))
        for name, of in levels.items()
    }
    by_size = sorted(sizes, key=lambda name: (-sum(sizes[name]), name))
    chosen: list[str] = []
    left_out = {}
    for name in by_size:
        fewest = min(sizes[name])
        needed = FEWEST_OF_TWO if len(chosen) < 2 else FEWEST_OF_MORE
        if fewest >= needed:
            chosen.append(name)
            continue
        positives, negatives = sizes[name]
        positives, negatives = sizes[name]
        left_out[name] = (
            f"{positives:,} people with a positive label and {negatives:,} with a "
            f"negative; {needed} of each are needed"
        )
    taking = tuple(
        steps(name, levels[name].scores, levels[name].positives, levels[name].negatives)
        for name in chosen
    )
    return taking, left_out
