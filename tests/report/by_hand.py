"""Tables of groups made from cells by textbook formulas, none of them the package's own."""

from __future__ import annotations

import math
from functools import cache, partial
from itertools import combinations
from typing import TYPE_CHECKING

from scipy.stats import beta

from fairaudit.core.cells import Cells
from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.evidence import (
    MISSING,
    Comparison,
    Gap,
    GroupRow,
    GroupTable,
    RateGap,
)
from fairaudit.core.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairaudit.core.evidence import GroupKind

    Counted = tuple[float, ...]
    Limits = Callable[[float, float], tuple[float, float]]

RATES = {
    # id: symbol, numerator, denominator, plain, among
    "base_rate": (
        "base rate",
        ("tp", "fn"),
        ("tp", "fp", "fn", "tn"),
        "of people had a positive label",
        "people with a label",
    ),
    "selection_rate": (
        "SR",
        ("tp", "fp"),
        ("tp", "fp", "fn", "tn"),
        "of people were flagged",
        "people with a prediction",
    ),
    "true_positive_rate": (
        "TPR",
        ("tp",),
        ("tp", "fn"),
        "of the actual positives were flagged",
        "actual positives",
    ),
    "false_positive_rate": (
        "FPR",
        ("fp",),
        ("fp", "tn"),
        "of the actual negatives were flagged",
        "actual negatives",
    ),
    "positive_predictive_value": (
        "PPV",
        ("tp",),
        ("tp", "fp"),
        "of flags were right",
        "flags",
    ),
    "accuracy": (
        "accuracy",
        ("tp", "tn"),
        ("tp", "fp", "fn", "tn"),
        "of decisions were right",
        "people with both a label and a prediction",
    ),
}
CRITERIA = {
    "demographic_parity": ("selection_rate",),
    "equalized_odds": ("true_positive_rate", "false_positive_rate"),
    "predictive_parity": ("positive_predictive_value",),
    "overall_accuracy_equality": ("accuracy",),
}
MAIN = ("demographic_parity", "equalized_odds", "predictive_parity")
_Z = 1.959963984540054


def table_of(
    attribute: str,
    groups: dict[str, Cells],
    absent: str | None = None,
    missing: Cells | None = None,
) -> GroupTable:
    """Make a table of groups."""
    rows = [row_of(name, "group", cells) for name, cells in groups.items()]
    best = max((row.cells.fn + row.cells.tn) / row.cells.total for row in rows if row.cells)
    rows = [_with_impact_ratio(row, best) for row in rows]
    if absent is not None:
        rows.append(row_of(absent, "absent", Cells()))
    if missing is not None:
        rows.append(row_of(MISSING, "missing", missing))
    everybody = sum((row.cells or Cells() for row in rows), Cells())
    return GroupTable(
        attribute=attribute,
        columns=(attribute,),
        compare="pairs",
        groups=tuple(rows),
        overall=row_of("overall", "overall", everybody),
    )


def row_of(name: str, kind: GroupKind, cells: Cells) -> GroupRow:
    """Make a row, rates by Wilson."""
    rates = {}
    for rate, (_, numerator, denominator, _, among) in RATES.items():
        x, n = cells.sum_of(numerator), cells.sum_of(denominator)
        if n:
            low, high = _wilson(x, n)
            rates[rate] = Estimate(
                value=rounded(x / n),
                interval=interval_95(low, high, "wilson"),
                numerator=x,
                denominator=n,
            )
        else:
            reason = f"no {among} in group {name}"
            if kind == "absent":
                reason = f"expected group {name} has nobody in these data"
            rates[rate] = Estimate.undefined(reason, denominator=0)
    return GroupRow(name=name, kind=kind, cells=cells, rates=rates)


def _with_impact_ratio(row: GroupRow, best: float) -> GroupRow:
    """Add the ratio of favourable rates, without an interval."""
    assert row.cells is not None
    favoured = (row.cells.fn + row.cells.tn) / row.cells.total
    return replace(row, impact_ratio=Estimate(value=rounded(favoured / best)))


def gap_of(table: GroupTable, rate: str) -> RateGap:
    """Measure one rate over all groups."""
    defined = [row for row in table.compared if row.rates[rate].value is not None]
    values = {row.name: row.rates[rate].value or 0.0 for row in defined}
    high, low = max(values, key=values.__getitem__), min(values, key=values.__getitem__)
    pairs = comparisons_of(table, rate, family=math.comb(len(defined), 2))
    pairs = [pair for pair in pairs if pair.at_least is not None]
    surest = max(pairs, key=lambda one: one.at_least or 0.0)
    loosest = max(pairs, key=lambda one: one.at_most or 0.0)
    return RateGap(
        rate=rate,
        largest=Gap(value=rounded(values[high] - values[low]), high=high, low=low),
        noise_corrected=0.02 if rate == "positive_predictive_value" else 0.41,
        between_group_sd=0.01,
        shown=_as_gap(surest, surest.at_least),
        not_excluded=_as_gap(loosest, loosest.at_most),
        ratio=rounded(values[low] / values[high]),
        undefined={
            row.name: row.rates[rate].undefined_because or ""
            for row in table.compared
            if row not in defined
        },
    )


def _as_gap(one: Comparison, limit: float | None) -> Gap | None:
    """Name the two groups of a limit above zero, the higher first."""
    if not limit:
        return None
    turned = (one.difference.value or 0) < 0
    high, low = (one.second, one.first) if turned else (one.first, one.second)
    return Gap(value=limit, high=high, low=low)


def comparisons_of(table: GroupTable, rate: str, family: int) -> list[Comparison]:
    """Compare all pairs."""
    return [
        _compared(rate, first, second, family)
        for first, second in combinations(table.compared, 2)
    ]


def _compared(rate: str, first: GroupRow, second: GroupRow, family: int) -> Comparison:
    """Compare a pair: Newcombe printed, MOVER over Clopper-Pearson decides."""
    one, other = first.rates[rate], second.rates[rate]
    reason = one.undefined_because or other.undefined_because
    difference = Estimate.undefined(reason) if reason else None
    at_least = at_most = None
    if difference is None:
        counts = tuple(
            found or 0.0
            for found in (
                one.numerator,
                one.denominator,
                other.numerator,
                other.denominator,
            )
        )
        d, low, high = _mover(counts, _wilson)
        difference = Estimate(value=rounded(d), interval=interval_95(low, high, "newcombe"))
        _, low, high = _mover(counts, partial(_clopper_pearson, alpha=0.05 / family))
        at_least = rounded(max(low, -high, 0.0))
        _, low, high = _mover(counts, partial(_clopper_pearson, alpha=0.1))
        at_most = rounded(min(1.0, max(-low, high)))
    return Comparison(
        rate=rate,
        first=first.name,
        second=second.name,
        difference=difference,
        at_least=at_least,
        at_most=at_most,
        in_scope=True,
    )


def _mover(counts: Counted, limits: Limits) -> tuple[float, float, float]:
    """Combine two rates' limits by square and add."""
    x1, n1, x2, n2 = counts
    p1, p2 = x1 / n1, x2 / n2
    (l1, u1), (l2, u2) = limits(x1, n1), limits(x2, n2)
    d = p1 - p2
    return d, d - math.hypot(p1 - l1, u2 - p2), d + math.hypot(u1 - p1, p2 - l2)


def _wilson(x: float, n: float) -> tuple[float, float]:
    """Wilson's interval."""
    p = x / n
    centre = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2)) / (1 + _Z**2 / n)
    return max(0.0, centre - half), min(1.0, centre + half)


@cache
def _clopper_pearson(x: float, n: float, alpha: float) -> tuple[float, float]:
    """The exact interval, by scipy."""
    low = 0.0 if x == 0 else float(beta.ppf(alpha / 2, x, n - x + 1))
    high = 1.0 if x == n else float(beta.ppf(1 - alpha / 2, x + 1, n - x))
    return low, high


def interval_95(low: float, high: float, method: str) -> Interval:
    """Make a 95 % interval."""
    return Interval(low=rounded(low), high=rounded(high), level=0.95, method=method)


def rounded(number: float) -> float:
    """Keep what every machine agrees on."""
    return round(float(number), 6)
