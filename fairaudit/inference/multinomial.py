"""Resampled cells: the bootstrap of rows, in time that does not depend on their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.estimate import Interval

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray


def resample_cells(
    cells: Sequence[int], draws: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """What would other samples of as many people have counted?

    Drawing rows with replacement *is* a multinomial draw over cells, so that ten thousand
    bootstrap samples cost the same for a thousand people and for a billion.

    Parameters
    ----------
    cells : sequence of int of shape (n_cells,)
        Counts, not all 0.
    draws : int
        Number of samples.
    rng : numpy.random.Generator
        Source of the draws.

    Returns
    -------
    ndarray of shape (draws, n_cells)
        Counts of each sample.

    Examples
    --------
    >>> import numpy as np
    >>> resample_cells([3, 0, 7], 2, np.random.default_rng(1)).sum(axis=1)
    array([10, 10])
    """
    import numpy as np

    counted = np.asarray(cells)
    total = int(counted.sum())
    return rng.multinomial(total, counted / total, size=draws)


def dirichlet_cells(
    cells: Sequence[float], draws: int, rng: np.random.Generator, *, prior: float = 0.5
) -> NDArray[np.float64]:
    """Which shares of cells would these counts be likely under?

    For values implied by counts, such as an exchange rate: unlike the bootstrap it does not
    take an empty cell for impossible.

    Parameters
    ----------
    cells : sequence of float of shape (n_cells,)
        Counts, or what they are worth under survey weights.
    draws : int
        Number of draws.
    rng : numpy.random.Generator
        Source of the draws.
    prior : float
        Added to every cell; one half is Jeffreys' for a share.

    Returns
    -------
    ndarray of shape (draws, n_cells)
        Shares that sum to 1 in every draw.
    """
    import numpy as np

    return rng.dirichlet(np.asarray(cells, dtype=float) + prior, size=draws)


def percentile_interval(samples: NDArray[np.float64], level: float = 0.95) -> Interval:
    """Between which limits does the middle of some samples lie?

    Parameters
    ----------
    samples : ndarray of shape (n_samples,)
        Finite values.
    level : float
        The share of samples inside.

    Returns
    -------
    Interval
        Equal shares are left out on both sides.
    """
    outside = (1 - level) / 2
    low, high = (_quantile(samples, share) for share in (outside, 1 - outside))
    return Interval(low=low, high=high, level=level, method="percentile")


def _quantile(samples: NDArray[np.float64], share: float) -> float:
    """Interpolate between the two order statistics around a share, as `np.quantile` does.

    That one imports numpy.ma, a tenth of what a small audit takes beside its libraries.
    """
    import numpy as np

    place = (samples.size - 1) * share
    below = int(place)
    above = min(below + 1, samples.size - 1)
    ordered = np.partition(samples, (below, above))
    start, end = float(ordered[below]), float(ordered[above])
    part = place - below
    # From the nearer end, so that neither is overshot by rounding.
    if part < 0.5:
        return start + (end - start) * part
    return end - (end - start) * (1 - part)
