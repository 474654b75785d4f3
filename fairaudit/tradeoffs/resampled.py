"""Two groups' cells as they might have come out, and the interval of a gap over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.value import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.core.cells import Cells

LEVEL = 0.95


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Resampled:
    """Four cells of two groups: column 0 as counted, the draws after it.

    Every array has one row per group; a formula written once gives the value and its
    draws together.
    """

    tp: NDArray[np.float64]
    fp: NDArray[np.float64]
    fn: NDArray[np.float64]
    tn: NDArray[np.float64]

    @property
    def base_rate(self) -> NDArray[np.float64]:
        """Divide positives by people, group by group."""
        return (self.tp + self.fn) / (self.tp + self.fp + self.fn + self.tn)

    def pooled(self) -> Resampled:
        """Count both groups as one."""
        return Resampled(
            tp=self.tp.sum(axis=0),
            fp=self.fp.sum(axis=0),
            fn=self.fn.sum(axis=0),
            tn=self.tn.sum(axis=0),
        )


def resample(
    groups: Sequence[Cells],
    *,
    sizes: Sequence[float],
    draws: int,
    rng: np.random.Generator,
) -> Resampled:
    """How else might these cells have come out?

    Parameters
    ----------
    groups : sequence of Cells
        Groups of people with both a label and a prediction.
    sizes : sequence of float
        How many people each group's cells are worth: their sum, or less under survey
        weights.
    draws : int
        How many times; 0 for the counted cells alone.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    Resampled
        Dirichlet(1/2) draws of each group's shares, times its people.
    """
    import numpy as np

    from fairaudit.inference.multinomial import dirichlet_cells

    # Cells come first, so that each of them lies together in memory.
    found = np.empty((4, len(groups), draws + 1))
    for place, (cells, size) in enumerate(zip(groups, sizes, strict=True)):
        counted = [float(cell) for cell in (cells.tp, cells.fp, cells.fn, cells.tn)]
        worth = size / cells.complete
        shares = dirichlet_cells([cell * worth for cell in counted], draws, rng)
        found[:, place, 0] = counted
        np.multiply(shares.T, cells.complete, out=found[:, place, 1:])
    tp, fp, fn, tn = found
    return Resampled(tp=tp, fp=fp, fn=fn, tn=tn)


def gap_estimate(signed: NDArray[np.float64]) -> Estimate:
    """How large is a gap, and how sure are we, from its signed value and draws?

    The interval is taken before the sign is dropped: absolute draws never reach 0, so
    theirs would exclude a gap of 0 even where there is none.
    """
    import numpy as np

    from fairaudit.inference.multinomial import percentile_interval

    value, samples = abs(float(signed[0])), signed[1:]
    if not samples.size or not np.isfinite(samples).all():
        return Estimate(value=value)
    return Estimate(value=value, interval=_folded(percentile_interval(samples, LEVEL)))


def _folded(signed: Interval) -> Interval:
    """Turn an interval of a signed difference into one of its absolute value."""
    assert signed.low is not None
    assert signed.high is not None
    low, high = sorted((abs(signed.low), abs(signed.high)))
    return replace(signed, low=0.0 if signed.low <= 0 <= signed.high else low, high=high)
