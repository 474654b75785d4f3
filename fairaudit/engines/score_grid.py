"""Scores put on one fixed grid, for when there are too many distinct ones to keep.

The grid does not depend on the data: no look at them is needed first, every engine, chunk
and thread puts a score into the same bin, and binned profiles of several tables add. A bin
is named by its lower edge. Between −1 and 1 it is 2^−bits wide; from there on the width
grows sixteenfold with every sixteenfold size, so that scores from 300 to 850 have a
thousand bins too. All of it is multiplying by powers of two and rounding down, which is
exact in every engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

OCTAVES = 4
"""Doublings of size between two widths."""

LIMITS = tuple(2.0 ** (OCTAVES * place) for place in range(16))
"""The sizes at which the width grows."""


def scales(bits: int) -> tuple[float, ...]:
    """Give the bins per unit below each limit, and beyond the last."""
    return tuple(2.0 ** (bits - OCTAVES * place) for place in range(len(LIMITS) + 1))


def on_grid(scores: Array, bits: int) -> Array:
    """Give the lower edge of every score's bin.

    Parameters
    ----------
    scores : array of shape (n_scores,)
        Finite numbers.
    bits : int
        Bins between −1 and 1 are 2^−bits wide.

    Returns
    -------
    array of shape (n_scores,)
        At most the score itself.

    Examples
    --------
    >>> import numpy as np
    >>> on_grid(np.array([0.26, 1.0, 20.3]), 8).tolist()
    [0.2578125, 1.0, 20.0]
    """
    import numpy as np

    if not len(scores) or max(scores.max(), -scores.min()) < LIMITS[0]:
        scale: Any = scales(bits)[0]
    else:
        place = np.searchsorted(LIMITS, np.abs(scores), side="right")
        scale = np.array(scales(bits))[place]
    found: Array = np.floor(scores * scale) / scale
    return found


def width(score: float, bits: int) -> float:
    """Give the width of the bin with this lower edge."""
    from bisect import bisect_right

    return 1 / scales(bits)[bisect_right(LIMITS, abs(score))]
