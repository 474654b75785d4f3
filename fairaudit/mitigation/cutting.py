"""Rules as thresholds per group, put on rows: between the scores seen, drawn if mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairaudit.feasibility.rules import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.regions import Regions
    from fairaudit.mitigation.rows import Ranked

Rule = dict[str, tuple[Part, ...]]
"""By group, the thresholds that are applied, with probabilities that sum to 1."""


def single_thresholds(levels: dict[str, int]) -> Rule:
    """Make the rule that selects so many of each group's highest scores."""
    return {
        name: (Part(threshold=None, levels=level, probability=1.0),)
        for name, level in levels.items()
    }


def between_scores(chosen: Rule, of: Regions) -> Rule:
    """Move thresholds from a score seen to the middle between it and the next lower one."""
    moved = {}
    for steps_of in of.steps:
        moved[steps_of.name] = tuple(
            _between(part, steps_of.scores) for part in chosen[steps_of.name]
        )
    return moved


def _between(part: Part, scores: Array) -> Part:
    """Put one threshold between two scores; beyond all where nobody or everybody is."""
    if part.levels == 0:
        cut = np.inf
    elif part.levels == len(scores):
        cut = -np.inf
    else:
        cut = float(scores[part.levels - 1] + scores[part.levels]) / 2
    return Part(threshold=cut, levels=part.levels, probability=part.probability)


def cuts_of(
    chosen: Rule, names: Sequence[str], places: Array, draws: Array | None
) -> Array:
    """Give each row its group's threshold, drawn where a group has several."""
    if draws is None:
        firsts: Array = np.array([chosen[name][0].threshold for name in names])[places]
        return firsts
    cuts = np.zeros(len(places))
    for place, name in enumerate(names):
        rows = places == place
        ends = np.cumsum([part.probability for part in chosen[name]])[:-1]
        which = np.searchsorted(ends, draws[rows], side="right")
        cuts[rows] = np.array([part.threshold for part in chosen[name]])[which]
    return cuts


def pooled_threshold(of: Ranked, costs: tuple[float, float]) -> float:
    """Give the one threshold whose errors cost least over everybody."""
    tp, fp = np.cumsum(of.labels), np.cumsum(1 - of.labels)
    last = np.append(np.flatnonzero(np.diff(of.scores)), len(of.scores) - 1)
    cost = costs[0] * fp[last] + costs[1] * (tp[-1] - tp[last])
    best = last[int(cost.argmin())]
    if best == len(of.scores) - 1:
        return -np.inf
    return float(of.scores[best] + of.scores[best + 1]) / 2
