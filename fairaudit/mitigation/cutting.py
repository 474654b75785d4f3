"""Rules as thresholds per group, put on rows: between the scores seen, drawn if mixed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairaudit.core.cells import Cells
from fairaudit.feasibility.rules import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.engines.codes import Array
    from fairaudit.feasibility.hull import Steps
    from fairaudit.feasibility.regions import Regions

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
        cut = _middle(*scores[part.levels - 1 : part.levels + 1])
    return Part(threshold=cut, levels=part.levels, probability=part.probability)


def _middle(upper: float, lower: float) -> float:
    """Give the middle of two scores; the upper one where nothing lies between them."""
    middle = float(upper / 2 + lower / 2)
    return middle if middle > lower else float(upper)


def expected_cells(chosen: Rule, of: Regions) -> tuple[Cells, ...]:
    """Count by group whom a rule decides about how, of the people it was made from.

    Where it mixes thresholds at random these are expected counts.
    """
    return tuple(_expected(chosen[steps_of.name], steps_of) for steps_of in of.steps)


def _expected(parts: Sequence[Part], of: Steps) -> Cells:
    """Count one group."""
    tp, fp = (
        sum(part.probability * int(people[: part.levels].sum()) for part in parts)
        for people in (of.positives, of.negatives)
    )
    return Cells(
        tp=tp, fp=fp, fn=int(of.positives.sum()) - tp, tn=int(of.negatives.sum()) - fp
    )


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


def pooled_threshold(of: Regions, costs: tuple[float, float]) -> float:
    """Give the one threshold whose errors cost least over everybody.

    Nobody is selected only where that costs less than any score's threshold.
    """
    scores = np.concatenate([steps_of.scores for steps_of in of.steps])
    order = np.argsort(-scores, kind="stable")  # merges what each group has sorted
    tp = np.cumsum(np.concatenate([steps_of.positives for steps_of in of.steps])[order])
    fp = np.cumsum(np.concatenate([steps_of.negatives for steps_of in of.steps])[order])
    scores = scores[order]
    last = np.append(np.flatnonzero(np.diff(scores)), len(scores) - 1)
    cost = costs[0] * fp[last] + costs[1] * (tp[-1] - tp[last])
    if costs[1] * tp[-1] < cost.min():
        return np.inf
    best = last[int(cost.argmin())]
    if best == len(scores) - 1:
        return -np.inf
    return _middle(*scores[best : best + 2])
