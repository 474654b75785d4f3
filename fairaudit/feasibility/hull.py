"""What thresholds on a score can do in one group: its convex hull, in whole people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Counts = NDArray[np.int64]

# Below this many points the plain scan is as fast as another vectorised pass.
_FEW = 512
# Products of two counts stay below 2^62, so that their difference fits into 64 bits.
_LARGEST_PRODUCT = 2**62


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Steps:
    """One group's people at each distinct score, from the highest score down.

    `positives` and `negatives` count people by what happened to them.
    """

    name: str
    scores: NDArray[Any]
    positives: Counts
    negatives: Counts

    @property
    def people(self) -> int:
        """Count the group."""
        return int(self.positives.sum() + self.negatives.sum())


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hull:
    """The corners of what one group's thresholds, and mixtures of them, can reach.

    `levels` says of each corner how many of the highest distinct scores it selects, `tp`
    and `fp` whom that selects. The first `n_upper` corners run from nobody to everybody
    along the upper side; the others lie below the line between those two, where a score
    does worse than chance.
    """

    levels: Counts
    tp: Counts
    fp: Counts
    n_upper: int


def steps(
    name: str, scores: ArrayLike, positives: ArrayLike, negatives: ArrayLike
) -> Steps:
    """Sort one group's score levels from high to low, equal scores together.

    Parameters
    ----------
    name : str
        The group.
    scores : array-like of shape (n_levels,)
        A score per level, in any order.
    positives, negatives : array-like of int of shape (n_levels,)
        People of each outcome with that score.

    Returns
    -------
    Steps
        Levels without people are left out.

    Raises
    ------
    InputError
        When a group lacks one of the outcomes: its true or false positive rate does not
        exist, so nothing can be asked of it.

    Examples
    --------
    >>> steps("a", [1, 2, 2], [0, 3, 1], [5, 0, 1]).positives
    array([4, 0])
    """
    import numpy as np

    distinct, where = np.unique(np.asarray(scores), return_inverse=True)
    counted = [
        np.bincount(where, weights=np.asarray(people), minlength=len(distinct))
        for people in (positives, negatives)
    ]
    # Sums of doubles are exact up to 2^53 people.
    pos, neg = (people.astype(np.int64)[::-1] for people in counted)
    for outcome, people in (("positive", pos), ("negative", neg)):
        if not people.sum():
            raise InputError(
                f"feasibility: nobody in group {name} has a {outcome} label, so no rule "
                f"can be held to equal error rates there. Leave the group out."
            )
    kept = pos + neg > 0
    return Steps(
        name=name, scores=distinct[::-1][kept], positives=pos[kept], negatives=neg[kept]
    )


def hull(of: Steps) -> Hull:
    """What can thresholds reach in one group, when they may be mixed at random?

    Parameters
    ----------
    of : Steps
        The group's people by score.

    Returns
    -------
    Hull
        Corners only: a threshold on the line between two others adds nothing.

    Notes
    -----
    Corners are told by the sign of integer cross products, so that no corner is lost or
    invented by rounding. A point under the line between any two others is no corner;
    passes over all points at once drop those, and a plain scan settles the rest.

    References
    ----------
    [provost2001], [hardt2016]

    Examples
    --------
    >>> levels = steps("a", [4, 3, 2, 1], [4, 3, 2, 1], [1, 2, 3, 4])
    >>> hull(levels).tp
    array([ 0,  4,  7,  9, 10])
    """
    import numpy as np

    tp, fp = _running(of.positives), _running(of.negatives)
    if int(tp[-1]) * int(fp[-1]) >= _LARGEST_PRODUCT:
        tp, fp = tp.astype(object), fp.astype(object)
    upper = _chain(fp, tp, turn=1)
    lower = _chain(fp, tp, turn=-1)[-2:0:-1]
    levels = np.array(upper + lower)
    return Hull(
        levels=levels,
        tp=np.asarray(tp[levels], dtype=np.int64),
        fp=np.asarray(fp[levels], dtype=np.int64),
        n_upper=len(upper),
    )


def cells_at(of: Steps, levels: Counts) -> Counts:
    """Count whom each threshold of a group decides about how: tp, fp, fn, tn."""
    import numpy as np

    cells = np.empty((len(levels), 4), dtype=np.int64)
    for column, people in enumerate((of.positives, of.negatives)):
        selected = _running(people)
        cells[:, column] = selected[levels]
        cells[:, column + 2] = selected[-1] - cells[:, column]
    return cells


def _running(counts: Counts) -> NDArray[Any]:
    """Sum counts up, from nobody on."""
    import numpy as np

    sums = np.zeros(len(counts) + 1, dtype=np.int64)
    counts.cumsum(out=sums[1:])
    return sums


def _chain(x: NDArray[Any], y: NDArray[Any], *, turn: int) -> list[int]:
    """Find the corners on the upper (`turn` 1) or lower (-1) side of a rising path."""
    import numpy as np

    if len(x) <= _FEW:
        return _scan(x.tolist(), y.tolist(), turn=turn)
    kept = np.arange(len(x))
    while len(kept) > _FEW:
        corner = np.ones(len(kept), dtype=bool)
        dx, dy = np.diff(x[kept]), np.diff(y[kept])
        corner[1:-1] = turn * (dx[:-1] * dy[1:] - dy[:-1] * dx[1:]) < 0
        if corner.sum() > 0.9 * len(kept):
            break
        kept = kept[corner]
    walked = _scan(x[kept].tolist(), y[kept].tolist(), turn=turn)
    corners: list[int] = kept[walked].tolist()
    return corners


def _scan(right: list[int], up: list[int], *, turn: int) -> list[int]:
    """Walk along the points and drop each that lies inside a turn."""
    walked: list[int] = []
    for new in range(len(right)):
        while len(walked) > 1:
            one, two = walked[-2], walked[-1]
            along = (right[two] - right[one]) * (up[new] - up[two])
            across = (up[two] - up[one]) * (right[new] - right[two])
            if turn * (along - across) < 0:
                break
            walked.pop()
        walked.append(new)
    return walked
