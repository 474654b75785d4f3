"""How often printed intervals hold the truth, enumerated beside the textbook's."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.verdicts.binomial import probabilities
from fairaudit.inference.differences import miettinen_nurminen, newcombe
from fairaudit.inference.proportions import wilson
from fairaudit.inference.ratios import ratio_estimate
from fairaudit.inference.special import normal_quantile

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from fairaudit.core.estimate import Interval

Z = normal_quantile(0.975)
RATES = (0.02, 0.05, *(place / 10 for place in range(1, 10)), 0.95, 0.98)
NEAR_ZERO = (0.0, *RATES, 1.0)
SIZES = ((10, 10), (20, 20), (10, 100), (30, 30), (100, 100))
Bounds = tuple[float, float]


def coverage_parts() -> list[dict[str, Any]]:
    """Give the tables of one share, of a difference and of a ratio."""
    return [_of_shares(), _of_differences(), _of_ratios()]


def _of_shares() -> dict[str, Any]:
    """One share: Wilson beside Wald."""
    methods = {"Wilson (printed)": _wilson, "Wald": _wald_share}
    rows = []
    for people in (10, 20, 30, 100):
        weights = probabilities(people, np.array(RATES))
        for name, method in methods.items():
            held = np.array(
                [
                    [_holds(method(x, people), rate) for x in range(people + 1)]
                    for rate in RATES
                ]
            )
            shares = (weights * held).sum(axis=1)
            worst = int(shares.argmin())
            rows.append(
                _row(name, str(people), shares.mean(), shares[worst], f"{RATES[worst]:g}")
            )
    return _part(
        "coverage_rates",
        "Printed intervals of one rate, exactly",
        f"True rates {_told(RATES)}.",
        rows,
    )


def _of_differences() -> dict[str, Any]:
    """A difference: what is printed beside Wald."""
    methods = {
        "Miettinen–Nurminen (printed below 30)": _miettinen,
        "Newcombe (printed from 30)": _newcombe,
        "Wald": _wald,
    }
    rows = [
        _worst_pair(name, method, sizes, NEAR_ZERO, lambda p, q: p - q)
        for sizes in SIZES
        for name, method in methods.items()
    ]
    return _part(
        "coverage_differences",
        "Printed intervals of a difference, exactly",
        f"Every pair of true rates {_told(NEAR_ZERO)}.",
        rows,
    )


def _of_ratios() -> dict[str, Any]:
    """A ratio: MOVER-Wilson beside Katz."""
    rates = tuple(rate for rate in RATES if 0.05 <= rate <= 0.95)
    methods = {"MOVER–Wilson (printed)": _mover, "Katz": _katz}
    rows = [
        _worst_pair(name, method, sizes, rates, lambda p, q: p / q)
        for sizes in SIZES
        for name, method in methods.items()
    ]
    return _part(
        "coverage_ratios",
        "Printed intervals of a ratio, exactly",
        (
            f"Every pair of true rates {_told(rates)}, over the samples in which the ratio "
            "is defined. Where nobody of the first group succeeds Katz has no interval "
            "and holds nothing."
        ),
        rows,
    )


def _worst_pair(
    name: str,
    method: Callable[[int, int, int, int], Bounds | None],
    sizes: tuple[int, int],
    rates: tuple[float, ...],
    truth: Callable[[float, float], float],
) -> list[str]:
    """Average over pairs of rates, and find the worst."""
    first, second = sizes
    bounds = np.array(
        [
            [method(x, first, y, second) or (math.nan, math.nan) for y in range(second + 1)]
            for x in range(first + 1)
        ]
    )
    defined = _defined(bounds, ratio=method in {_mover, _katz})
    left, right = (probabilities(n, np.array(rates)) for n in sizes)
    shares = {}
    for place, p in enumerate(rates):
        for other, q in enumerate(rates):
            weight = np.outer(left[place], right[other])
            held = _hold(bounds, truth(p, q))
            shares[p, q] = float((weight * held).sum() / (weight * defined).sum())
    worst = min(shares, key=shares.__getitem__)
    where = f"{worst[0]:g} and {worst[1]:g}"
    people = f"{first} and {second}"
    return _row(name, people, float(np.mean(list(shares.values()))), shares[worst], where)


def _defined(bounds: NDArray[Any], *, ratio: bool) -> NDArray[Any]:
    """Mark the samples that count: a ratio needs somebody to be divided by."""
    counts = np.ones(bounds.shape[:2])
    if ratio:
        counts[:, 0] = 0
    return counts


def _hold(bounds: NDArray[Any], truth: float) -> NDArray[Any]:
    """Mark the intervals that hold the truth; one that is not there holds nothing."""
    with np.errstate(invalid="ignore"):
        return (bounds[..., 0] <= truth + 1e-12) & (bounds[..., 1] >= truth - 1e-12)


def _holds(bounds: Bounds, truth: float) -> bool:
    """Tell whether an interval holds the truth."""
    return bounds[0] <= truth + 1e-12 and bounds[1] >= truth - 1e-12


def _wilson(x: int, n: int) -> Bounds:
    return _ends(wilson(x, n))


def _wald_share(x: int, n: int) -> Bounds:
    reach = Z * math.sqrt(x / n * (1 - x / n) / n)
    return x / n - reach, x / n + reach


def _newcombe(x: int, n: int, y: int, m: int) -> Bounds:
    return _ends(newcombe(x, n, y, m))


def _miettinen(x: int, n: int, y: int, m: int) -> Bounds:
    return _ends(miettinen_nurminen(x, n, y, m))


def _wald(x: int, n: int, y: int, m: int) -> Bounds:
    p, q = x / n, y / m
    reach = Z * math.sqrt(p * (1 - p) / n + q * (1 - q) / m)
    return p - q - reach, p - q + reach


def _mover(x: int, n: int, y: int, m: int) -> Bounds | None:
    found = ratio_estimate(x, n, y, m)
    return None if found.interval is None else _ends(found.interval)


def _katz(x: int, n: int, y: int, m: int) -> Bounds | None:
    if not x or not y:
        return None
    reach = Z * math.sqrt(1 / x - 1 / n + 1 / y - 1 / m)
    ratio = (x / n) / (y / m)
    return ratio * math.exp(-reach), ratio * math.exp(reach)


def _ends(found: Interval) -> Bounds:
    """Read an interval; no bound on a side is infinity."""
    low = -math.inf if found.low is None else found.low
    return low, math.inf if found.high is None else found.high


def _told(rates: tuple[float, ...]) -> str:
    """List rates."""
    return f"from {rates[0]:g} to {rates[-1]:g} ({', '.join(f'{r:g}' for r in rates)})"


def _row(name: str, people: str, mean: float, worst: float, where: str) -> list[str]:
    """Put a row together."""
    return [name, people, f"{100 * mean:.1f}", f"{100 * worst:.1f}", where]


def _part(name: str, title: str, text: str, rows: list[list[str]]) -> dict[str, Any]:
    """Put a table together."""
    columns = [
        "method",
        "people",
        "mean coverage (%)",
        "least coverage (%)",
        "at true rates",
    ]
    meant = " Intervals are meant to hold the truth in 95 % of samples."
    return {
        "id": name,
        "title": title,
        "text": text + meant,
        "columns": columns,
        "rows": rows,
    }
