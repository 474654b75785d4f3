"""How often a perfectly fair process would break a plain gate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    import numpy as np
    from numpy.typing import NDArray

_CLOSE = 1e-9


class Breaks(Protocol):
    """Tells of simulated counts, one row per draw, which draws break a gate."""

    def __call__(
        self, counts: NDArray[np.int64], trials: Sequence[int]
    ) -> NDArray[np.bool_]:
        """Give one answer per draw."""


def share_failing(
    trials: Sequence[int],
    rate: float,
    breaks: Breaks,
    rng: np.random.Generator,
    *,
    draws: int = 10_000,
) -> float:
    """What share of perfectly fair processes of these sizes would break a gate?

    Parameters
    ----------
    trials : sequence of int of shape (n_groups,)
        People of every group.
    rate : float
        The rate that all groups truly share.
    breaks : callable
        Which simulated draws break the gate: `ratio_below` or `difference_above`.
    rng : numpy.random.Generator
        Source of the draws.
    draws : int
        Number of simulated processes.

    Returns
    -------
    float
        With 10,000 draws, half a percentage point of Monte Carlo error or less.

    Examples
    --------
    >>> from fractions import Fraction
    >>> import numpy as np
    >>> rng = np.random.default_rng(1)
    >>> share = share_failing([100] * 6, 0.2, ratio_below(Fraction(4, 5)), rng)
    >>> 0.96 < share < 0.98
    True
    """
    import numpy as np

    counts = rng.binomial(np.asarray(trials), rate, size=(draws, len(trials)))
    return float(breaks(counts, trials).mean())


def ratio_below(limit: Fraction) -> Breaks:
    """Break a gate when the smallest rate over the largest is below a limit.

    Draws without any success have no ratio and break nothing.
    """

    def breaks(counts: NDArray[np.int64], trials: Sequence[int]) -> NDArray[np.bool_]:
        rates = counts / trials
        off = rates.min(axis=1) - float(limit) * rates.max(axis=1)
        found: NDArray[np.bool_] = off < 0
        for row in (abs(off) < _CLOSE).nonzero()[0]:
            low, high = _ends(counts[row], trials)
            found[row] = low < limit * high
        return found

    return breaks


def difference_above(limit: Fraction) -> Breaks:
    """Break a gate when the largest rate minus the smallest is above a limit."""

    def breaks(counts: NDArray[np.int64], trials: Sequence[int]) -> NDArray[np.bool_]:
        rates = counts / trials
        off = rates.max(axis=1) - rates.min(axis=1) - float(limit)
        found: NDArray[np.bool_] = off > 0
        for row in (abs(off) < _CLOSE).nonzero()[0]:
            low, high = _ends(counts[row], trials)
            found[row] = high - low > limit
        return found

    return breaks


def _ends(counts: NDArray[np.int64], trials: Sequence[int]) -> tuple[Fraction, Fraction]:
    """Give the smallest and the largest rate of a draw, exactly."""
    from fractions import Fraction

    rates = [
        Fraction(int(hits), people) for hits, people in zip(counts, trials, strict=True)
    ]
    return min(rates), max(rates)
