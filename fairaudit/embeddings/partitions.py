"""How often would another division of the same words differ as much? Counted, not drawn.

The two target lists of an association test are shuffled into lists of the same sizes. With
one score per word, the statistic of a division is the sum of the first list less the sum of
the second; as the total is fixed, the sum of the first list decides.

Up to `EXACT_WORDS` words all divisions are counted, by meeting in the middle: the sums of
all subsets of either half are sorted by size and matched. Above that, scores are rounded to
a grid whose sums are counted by dynamic programming; the rounding of every word is known,
so that the true share is enclosed. Above `GRID_WORK` steps a seeded sample is drawn.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal

from fairaudit.core.value import value

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

EXACT_WORDS = 40
GRID_STEPS = 40_000
GRID_WORK = 2_000_000_000
SAMPLES = 100_000

_BITS = 52
"""Scores are rounded to this many bits of their total, so that sums are exact integers and
do not depend on the order they are added up in."""

_TIE = 5e-13
"""Sums nearer than this are equal: a millionth of what vectors of float32 can tell apart.
Ties count against a finding."""


@value
class PartitionTest:
    """The share of divisions at least as far apart as the one seen, and how it was found.

    `at_least` is one-sided and counts the division seen; `above` leaves out ties and is
    `None` where only `method` "exact" could tell. The share lies between `low` and `high`:
    equal to it when exact, the rounding of a grid, or a 95 % interval of a sample.
    """

    at_least: float
    above: float | None
    low: float
    high: float
    method: Literal["exact", "grid", "sampling"]
    partitions: int


def partition_test(
    first: NDArray[np.float64],
    second: NDArray[np.float64],
    rng: np.random.Generator | None = None,
) -> PartitionTest:
    """How large a share of all divisions into two such lists differs at least as much?

    Parameters
    ----------
    first, second : ndarray of shape (n_first,) and (n_second,)
        A score per word, at least one on either side.
    rng : numpy.random.Generator, optional
        Used only for lists too long to count; seeded with 0 if left out.

    Returns
    -------
    PartitionTest
        One-sided: towards a larger sum of `first`.

    References
    ----------
    [caliskan2017] for the test, [horowitz1974] for meeting in the middle,
    [clopper1934] for the limits of a sample.

    Examples
    --------
    >>> import numpy as np
    >>> partition_test(np.array([3.0, 4.0]), np.array([1.0, 2.0])).at_least * 6
    1.0
    """
    import numpy as np

    n = len(first) + len(second)
    smaller = min(len(first), len(second))
    if n <= EXACT_WORDS:
        return _exact(first, second)
    if n * smaller * GRID_STEPS <= GRID_WORK:
        return _grid(first, second)
    return _sampled(first, second, np.random.default_rng(0) if rng is None else rng)


def _exact(first: NDArray[np.float64], second: NDArray[np.float64]) -> PartitionTest:
    """Count all divisions by the sorted sums of two halves."""
    import numpy as np

    scores = np.concatenate([first, second])
    total = float(np.abs(scores).sum())
    scale = 2.0**_BITS / total if total else 0.0
    units = np.rint(scores * scale).astype(np.int64)
    seen, chosen, half = int(units[: len(first)].sum()), len(first), len(units) // 2
    tie = int(_TIE * scale)
    left, right = _sums_by_size(units[:half]), _sums_by_size(units[half:])
    at_least = above = 0
    for size, sums in enumerate(left):
        if 0 <= chosen - size < len(right):
            others = right[chosen - size]
            needed = seen - sums
            below = others.searchsorted(needed - tie)
            not_above = others.searchsorted(needed + tie, side="right")
            at_least += sums.size * others.size - int(below.sum())
            above += sums.size * others.size - int(not_above.sum())
    partitions = math.comb(len(units), chosen)
    share = at_least / partitions
    return PartitionTest(
        at_least=share,
        above=above / partitions,
        low=share,
        high=share,
        method="exact",
        partitions=partitions,
    )


def _sums_by_size(units: NDArray[np.int64]) -> list[NDArray[np.int64]]:
    """Sort the sums of all subsets, for every size of subset apart."""
    import numpy as np

    sums, sizes = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=np.uint8)
    for unit in units:
        sums = np.concatenate([sums, sums + unit])
        sizes = np.concatenate([sizes, sizes + np.uint8(1)])
    ends = np.cumsum(np.bincount(sizes))[:-1]
    grouped = np.split(sums[np.argsort(sizes, kind="stable")], ends)
    for group in grouped:
        group.sort()
    return grouped


def _grid(first: NDArray[np.float64], second: NDArray[np.float64]) -> PartitionTest:
    """Count divisions by their sums on a grid, and enclose what rounding can have moved."""
    import numpy as np

    # Choosing the second list is choosing the first: take the shorter for speed. Its sum is
    # the smaller, the larger the first's is, hence the sign.
    if len(second) < len(first):
        first, second = -second, -first
    chosen = len(first)
    scores = np.concatenate([first, second])
    scores = scores - scores.min()
    reach = float(np.sort(scores)[-chosen:].sum())
    exact = scores * (GRID_STEPS / reach if reach else 0)
    steps = np.rint(exact).astype(np.int64)
    slips = np.sort(steps - exact)
    least, most = float(slips[:chosen].sum()), float(slips[-chosen:].sum())
    counts = _grid_counts(steps, chosen)
    from_top = np.append(np.cumsum(counts[::-1])[::-1], 0.0)
    every = float(from_top[0])
    seen = float(exact[:chosen].sum())

    def share(limit: float) -> float:
        place = min(max(math.ceil(limit), 0), len(counts))
        return min(1.0, float(from_top[place]) / every)

    low, high = share(seen + most), share(seen + least)
    middle = share(seen + chosen * float(slips.mean()))
    return PartitionTest(
        at_least=min(max(middle, low), high),
        above=None,
        low=low,
        high=high,
        method="grid",
        partitions=math.comb(len(scores), chosen),
    )


def _grid_counts(steps: NDArray[np.int64], chosen: int) -> NDArray[np.float64]:
    """Count the subsets of one size by their sum in steps.

    In float64: counts grow beyond any integer type, and relative errors of additions of
    positive numbers stay near 1e-14.
    """
    import numpy as np

    width = int(np.sort(steps)[-chosen:].sum()) + 1
    counts = np.zeros((chosen + 1, width))
    counts[0, 0] = 1
    for done, step in enumerate(steps):
        top = min(done + 1, chosen)
        if step < width:
            counts[1 : top + 1, step:] += counts[:top, : width - step].copy()
    found: NDArray[np.float64] = counts[chosen]
    return found


def _sampled(
    first: NDArray[np.float64], second: NDArray[np.float64], rng: np.random.Generator
) -> PartitionTest:
    """Draw divisions, count the one seen among them, and say how far chance may lead."""
    import numpy as np

    from fairaudit.inference.proportions import clopper_pearson

    scores = np.concatenate([first, second])
    # Sums of another order differ by rounding alone; a tie counts.
    seen = float(first.sum()) - 1e-12 * float(np.abs(scores).sum())
    hits = 0
    for _ in range(SAMPLES):
        hits += bool(rng.permutation(scores)[: len(first)].sum() >= seen)
    limits = clopper_pearson(hits, SAMPLES, 0.05)
    return PartitionTest(
        at_least=(hits + 1) / (SAMPLES + 1),
        above=None,
        low=min(limits.low or 0.0, (hits + 1) / (SAMPLES + 1)),
        high=1.0 if limits.high is None else limits.high,
        method="sampling",
        partitions=math.comb(len(scores), len(first)),
    )
