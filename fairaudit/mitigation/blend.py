"""A blend of several models' scores and where it is cut: found, not drawn by lot."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from fairaudit.core.cells import Cells
from fairaudit.core.value import value
from fairaudit.feasibility.question import LEAST_PEOPLE, LEAST_SHARE
from fairaudit.mitigation.gaps import accuracy, excess

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.engines.codes import Array
    from fairaudit.mitigation.constraints import RateConstraint
    from fairaudit.mitigation.people import People

STEPS = 1_000
"""A blended score is read in steps of a thousandth; cuts lie between them."""

_SHARES = np.linspace(0.05, 0.95, 19)
_ROUNDING = 1e-9
"""A gap is at its tolerance when only rounding tells them apart."""


@value
class Blend:
    """Scores added by weight, positive from step `cut` on.

    `excess` is by how much the worst constraint is exceeded where the blend was chosen.
    """

    weights: tuple[float, ...]
    cut: int
    excess: float

    def steps(self, scores: Array) -> Array:
        """Read the blended scores, models by rows, in steps."""
        return in_steps(np.asarray(self.weights) @ scores)

    def positive(self, scores: Array) -> Array:
        """Decide."""
        chosen: Array = self.steps(scores) >= self.cut
        return chosen

    def probability(self, scores: Array) -> Array:
        """Give the blended score moved so that decisions turn at one half."""
        blended = np.clip(np.asarray(self.weights) @ scores, 0.0, 1.0)
        at = self.cut / STEPS
        below = 0.5 * blended / at if at > 0 else np.zeros_like(blended)
        above = 0.5 + 0.5 * (blended - at) / (1 - at) if at < 1 else np.ones_like(blended)
        # Rounding to steps may decide otherwise than the score itself right at the cut.
        moved: Array = np.where(
            self.positive(scores), np.maximum(above, 0.5), np.minimum(below, 0.5 - 1e-9)
        )
        return np.clip(moved, 0.0, 1.0)


def in_steps(blended: Array) -> Array:
    """Read scores from 0 to 1 in whole steps."""
    steps: Array = np.clip(np.rint(blended * STEPS), 0, STEPS).astype(np.intp)
    return steps


def choose_blend(
    scores: Array,
    mixture: Array,
    labels: Array,
    found: People,
    constraints: Sequence[RateConstraint],
) -> Blend:
    """Which blend and cut decides best within the constraints, or exceeds them least?

    Parameters
    ----------
    scores : ndarray of shape (n_models, n_rows)
        From 0 to 1; the unconstrained model's first.
    mixture : ndarray of shape (n_models,)
        The shares of a randomised mixture, tried first.
    labels : ndarray of shape (n_rows,)
        0 or 1.
    found : People
        Groups.
    constraints : sequence of RateConstraint
        What must be how close.

    Returns
    -------
    Blend
        Of the mixture, each model by itself, and pairs of those in the mixture in twenty
        proportions, of those that select enough people of every group: the one that keeps
        the constraints and is right most often, else exceeds them least, and is right no
        less often than one decision for everybody.
    """
    alike = max(labels.mean(), 1 - labels.mean())
    least = _least_selected(_counts(in_steps(scores[0]), labels, found))
    best: tuple[tuple[int, bool, float, float], Blend] | None = None
    for weights in _candidates(mixture):
        by_step = _counts(in_steps(weights @ scores), labels, found)
        for cut in _cuts(by_step):
            cells = _cells(by_step, cut)
            over = excess(constraints, cells)
            over = 0.0 if over <= _ROUNDING else over
            few = sum(
                one.tp + one.fp < enough for one, enough in zip(cells, least, strict=True)
            )
            right = accuracy(cells)
            rank = (few, over > 0 and right < alike, over, -right)
            if best is None or rank < best[0]:
                best = rank, Blend(weights=tuple(weights.tolist()), cut=cut, excess=over)
    assert best is not None
    return best[1]


def _candidates(mixture: Array) -> Iterator[Array]:
    """List the weights that are tried."""
    yield mixture
    identity = np.eye(len(mixture))
    yield from identity
    for first, second in combinations(np.flatnonzero(mixture), 2):
        for share in _SHARES:
            yield share * identity[first] + (1 - share) * identity[second]


def _counts(steps: Array, labels: Array, found: People) -> Array:
    """Count people by group, label and at-or-above each step."""
    size = STEPS + 1
    code = (2 * found.codes + labels) * size + steps
    counts = np.bincount(code, minlength=2 * len(found.names) * size)
    by_step: Array = counts.reshape(len(found.names), 2, size)[:, :, ::-1].cumsum(axis=2)
    return by_step[:, :, ::-1]


def _least_selected(plain: Array) -> Array:
    """Give how many of each group are enough, or as many as the unconstrained model has.

    Without a floor, a few people selected keep rates among the selected as equal as asked.
    """
    by_group = plain.sum(axis=1)
    floor = np.maximum(LEAST_SHARE * by_group[:, 0], LEAST_PEOPLE)
    least: Array = np.minimum(floor, by_group[:, STEPS // 2])
    return least


def _cuts(by_step: Array) -> Array:
    """Give the steps at which somebody more is selected, but not everybody or nobody."""
    total = by_step.sum(axis=(0, 1))
    moves = np.flatnonzero(np.diff(total) < 0) + 1
    kept: Array = moves if len(moves) else np.array([STEPS // 2])
    return kept


def _cells(by_step: Array, cut: int) -> tuple[Cells, ...]:
    """Read the groups' cells at one cut."""
    return tuple(
        Cells(
            tp=int(positives[cut]),
            fp=int(negatives[cut]),
            fn=int(positives[0] - positives[cut]),
            tn=int(negatives[0] - negatives[cut]),
        )
        for negatives, positives in by_step
    )
