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
    import numpy as np

    outside = (1 - level) / 2
    places = [(samples.size - 1) * share for share in (outside, 1 - outside)]
    around = {
        min(int(place) + more, samples.size - 1) for place in places for more in (0, 1)
    }
    ordered = np.partition(samples, sorted(around))
    low, high = (_between(ordered, place) for place in places)
    return Interval(low=low, high=high, level=level, method="percentile")


def _between(ordered: NDArray[np.float64], place: float) -> float:
    """Interpolate between the order statistics around a place, as `np.quantile` does.

    That one imports numpy.ma, a tenth of what a small audit takes beside its libraries.
    """
    below = int(place)
    start = float(ordered[below])
    end = float(ordered[min(below + 1, ordered.size - 1)])
    part = place - below
    # From the nearer end, so that neither is overshot by rounding.
    if part < 0.5:
        return start + (end - start) * part
    return end - (end - start) * (1 - part)
