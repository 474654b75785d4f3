"""Two groups, without drawing: every pair of counts, weighed by its probability."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.verdicts.binomial import probabilities
from benchmarks.verdicts.case import DIGITS
from benchmarks.verdicts.coverage import coverage_parts
from fairaudit.core.value import value
from fairaudit.criteria.comparisons import FAMILY_ALPHA, allowed_limit, shown_limit

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOMINAL = 0.05
SIZES = (
    (20, 20),
    (100, 100),
    (300, 300),
    (100, 20),
    (300, 30),
    (1000, 50),
    (1000, 100),
    (5000, 20),
)
TOLERANCES = (0.05, 0.1, 0.2, 0.3, 0.5)
RATES = np.unique(np.concatenate([np.geomspace(1e-4, 0.02, 60), np.linspace(0, 1, 401)]))
"""Close together near 0, where counts are few however many people there are."""


@value
class Worst:
    """The largest probability of a wrong verdict, and the true rates that have it."""

    share: float
    rates: tuple[float, float]


def exact_parts() -> list[dict[str, Any]]:
    """Give everything that is enumerated, ready to be printed."""
    return [_verdict_limits(), *coverage_parts()]


def _verdict_limits() -> dict[str, Any]:
    """Find the true rates at which the verdict on two groups is most often wrong."""
    found = {sizes: _worst(*sizes) for sizes in SIZES}
    fails = max(row[0].share for row in found.values())
    passes = max(one.share for row in found.values() for one in row[1:])
    shares = [one.share for row in found.values() for one in row]
    return {
        "id": "two_groups",
        "above": sum(share > NOMINAL for share in shares),
        "of": len(shares),
        "most": round(max(shares), DIGITS),
        "title": "Two groups, exactly",
        "text": (
            "Not simulated: all pairs of counts of two groups, weighed by their "
            "probabilities. The largest share of wrong verdicts (%) over "
            f"{len(RATES)} true rates from 0 to 1, close together near 0, and the rates "
            "that have it. The sizes were picked to show the worst of a wider search. The "
            "limits are exact for one share and not quite for a difference of two: the "
            f"most is {100 * fails:.2f} % false fails and {100 * passes:.2f} % false "
            "passes, where 5 % is meant; what is above it is bold, with no allowance."
        ),
        "columns": [
            "people",
            "false fail, equal rates, tolerance 0",
            *(f"false pass, gap = tolerance = {tolerance:g}" for tolerance in TOLERANCES),
        ],
        "rows": [
            [f"{first:,} and {second:,}", *map(_cell, found[first, second])]
            for first, second in SIZES
        ],
    }


def _cell(worst: Worst) -> str:
    """Write a share and where it is."""
    share = f"{100 * worst.share:.2f}"
    if worst.share > NOMINAL:
        share = f"**{share}**"
    return f"{share} ({worst.rates[0]:.3g}, {worst.rates[1]:.3g})" if worst.share else share


def _worst(first: int, second: int) -> list[Worst]:
    """Find the worst false fail of two groups, then the worst false pass per tolerance."""
    pairs = [[(x, first, y, second) for y in range(second + 1)] for x in range(first + 1)]
    at_least = np.array(
        [[shown_limit(one, FAMILY_ALPHA, "difference") for one in row] for row in pairs]
    )
    at_most = np.array([[allowed_limit(one, "difference") for one in row] for row in pairs])
    passes = [_largest(at_most <= tolerance, tolerance) for tolerance in TOLERANCES]
    return [_largest(at_least > 0, 0.0), *passes]


def _largest(wrong: NDArray[np.bool_], gap: float) -> Worst:
    """Find the rates a gap apart, in either direction, with the most wrong verdicts."""
    low = RATES[RATES + gap <= 1]
    high = low + gap
    found = [_largest_of(wrong, one, other) for one, other in ((low, high), (high, low))]
    return max(found, key=lambda one: one.share)


def _largest_of(wrong: NDArray[np.bool_], one: NDArray[Any], other: NDArray[Any]) -> Worst:
    """Weigh wrong verdicts by the probability of their counts, for each pair of rates."""
    first, second = (people - 1 for people in wrong.shape)
    left, right = probabilities(first, one), probabilities(second, other)
    shares = ((left @ wrong.astype(float)) * right).sum(axis=1)
    place = int(shares.argmax())
    return Worst(share=float(shares[place]), rates=(float(one[place]), float(other[place])))
