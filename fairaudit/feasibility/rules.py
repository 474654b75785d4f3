"""What a rule is, whom it selects, how far apart that leaves the groups, what it costs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairaudit.feasibility.regions import among

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.tally.rates import Rate

    Array = NDArray[np.float64]

# Weights below this come from rounding.
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A threshold and the probability with which it is applied.

    Selected are scores at or above `threshold`; nobody where it is `None`.
    """

    threshold: Any
    levels: int
    probability: float


def rule(of: Regions, weights: Array) -> dict[str, tuple[Part, ...]]:
    """Which thresholds does a rule mix in each group?

    Parameters
    ----------
    of : Regions
        The groups and their corners.
    weights : ndarray of shape (n_corners,)
        How the corners are mixed.

    Returns
    -------
    dict of str to tuple of Part
        By group, the strictest threshold first; the probabilities of a group sum to 1.
    """
    found = {}
    for people, corners, start in zip(of.steps, of.hulls, of.starts, strict=True):
        own = weights[start : start + len(corners.levels)]
        used = (own > _NOTHING).nonzero()[0]
        total = own[used].sum()
        found[people.name] = tuple(
            Part(
                threshold=people.scores[level - 1].item() if level else None,
                levels=level,
                probability=weight,
            )
            for level, weight in sorted(
                zip(
                    corners.levels[used].tolist(), (own[used] / total).tolist(), strict=True
                )
            )
        )
    return found


def rates(cells: Array, rate: Rate) -> Array:
    """Give one rate of every group, from cells of shape (n_groups, 4)."""
    import numpy as np

    return np.asarray((cells @ among(rate.numerator)) / (cells @ among(rate.denominator)))


def gaps(asked: Question, cells: Array) -> Array:
    """How far apart is each rate that was asked for, over groups with these cells?

    Parameters
    ----------
    asked : Question
        With one parity for each rate.
    cells : ndarray of shape (n_groups, 4)
        Each group's cells.

    Returns
    -------
    ndarray of shape (n_parities,)
        Largest minus smallest.
    """
    import numpy as np

    return np.array([np.ptp(rates(cells, parity.rate)) for parity in asked.parities])


def excess(of: Regions, asked: Question, weights: Array) -> float:
    """By how much does a rule's widest gap exceed its tolerance?"""
    found = gaps(asked, of.mixed(weights))
    within = [parity.within for parity in asked.parities]
    return float((found - within).max(initial=0.0))


def cost(of: Regions, asked: Question, weights: Array) -> float:
    """What do a rule's errors cost, per person?"""
    cells = of.mixed(weights)
    false_positive, false_negative = asked.costs
    return float(
        of.portions @ (false_positive * cells[:, 1] + false_negative * cells[:, 2])
    )
