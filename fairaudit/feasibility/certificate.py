"""Why no rule does better: which gaps conflict, and at which levels.

A cover cuts the levels that a ratio can have into ranges. In each range, multipliers of the
rows add them up to one inequality that every rule must keep and that bounds it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.feasibility.answers import End
from fairaudit.feasibility.incumbent import KEPT
from fairaudit.feasibility.interpolation import holds
from fairaudit.feasibility.linear_program import lower_bound

if TYPE_CHECKING:
    from fairaudit.feasibility.answers import Answer, Leaf
    from fairaudit.feasibility.regions import Regions
    from fairaudit.feasibility.relaxation import Range, Side

# Rows that carry less than this part of the argument are left out.
_COUNTS = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """One row of the argument, and what part of it the row carries.

    `group` and `rate` are named; `side` says whether the rate is held from below or from
    above there. For a floor, `rate` names the cells that must not vanish.
    """

    group: str
    rate: str
    side: Side
    part: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What shows a bound.

    `bound` is recomputed by weak duality from the multipliers, over every corner of every
    hull, without the solver; infinite where no rule keeps the rows at all. `levels` are the
    ranges of the ratios' levels that were covered, each with its own bound. `grounds` are
    the rows of the range that decides.
    """

    bound: float
    levels: tuple[tuple[tuple[Range, ...], float], ...]
    grounds: tuple[Ground, ...]


def certificate(of: Regions, answer: Answer) -> Certificate:
    """Why can no rule do better than an answer's bound?

    Parameters
    ----------
    of : Regions
        The groups and all their corners.
    answer : Answer
        To a question about them.

    Returns
    -------
    Certificate
        Its bound is at least as good as the answer's, up to rounding.

    Notes
    -----
    Gale, Kuhn and Tucker's weak duality: for multipliers that are not negative, the
    objective of a rule that keeps all rows is at least the objective plus each row's
    excess times its multiplier, and the least of that over all mixtures is at a corner.
    """
    shown = [(leaf, _shown(of, leaf)) for leaf in answer.cover]
    bounds = [bound for _, bound in shown]
    if answer.attained is not None:
        bounds.append(answer.attained)
    levels = sorted((leaf.box.levels, bound) for leaf, bound in shown)
    decisive = min(shown, key=lambda one: one[1], default=None)
    return Certificate(
        bound=min(bounds, default=math.inf),
        levels=tuple(levels),
        grounds=() if decisive is None else _grounds(of, decisive[0]),
    )


def _shown(of: Regions, leaf: Leaf) -> float:
    """Recompute what a leaf's multipliers show."""
    if leaf.multipliers is None:
        return leaf.known
    if leaf.end is not None:
        start = End(program=leaf.program, multipliers=leaf.multipliers, base=leaf.base)
        return leaf.bound if holds(of, start, leaf.end) else leaf.known
    bound = lower_bound(of, leaf.program, leaf.multipliers)
    if math.isinf(leaf.bound):
        # Rows that contradict one another by more than rounding: no rule keeps them.
        return math.inf if bound > KEPT else leaf.known
    return max(leaf.known, leaf.base + bound)


def _grounds(of: Regions, leaf: Leaf) -> tuple[Ground, ...]:
    """List the rows that carry the argument, the heaviest first."""
    if leaf.multipliers is None:
        return ()
    weights: dict[tuple[str, str, Side], float] = {}
    for reason, weight in zip(leaf.program.reasons, leaf.multipliers.rows, strict=True):
        key = (of.names[reason.group], reason.rate, reason.side)
        weights[key] = weights.get(key, 0.0) + float(weight)
    total = sum(weights.values())
    grounds = [
        Ground(group=group, rate=rate, side=side, part=weight / total)
        for (group, rate, side), weight in weights.items()
        if total and weight >= _COUNTS * total
    ]
    return tuple(sorted(grounds, key=lambda ground: (-ground.part, ground.group)))
