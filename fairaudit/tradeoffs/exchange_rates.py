"""Hold two rates equal, read off what that forces on the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fairaudit.core.bill import ExchangeRate, ForcedRatio
from fairaudit.core.value import replace
from fairaudit.tally.rates import (
    FALSE_OMISSION_RATE,
    FALSE_POSITIVE_RATE,
    NEGATIVE_PREDICTIVE_VALUE,
    POSITIVE_PREDICTIVE_VALUE,
    SELECTION_RATE,
    TRUE_POSITIVE_RATE,
)
from fairaudit.tradeoffs.resampled import gap_estimate

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.core.estimate import Estimate, Interval
    from fairaudit.tradeoffs.resampled import Resampled

    Array = NDArray[np.float64]
    Levels = dict[str, Array]
    Equation = Callable[[Levels, Array], Levels]

SR = SELECTION_RATE.id
TPR = TRUE_POSITIVE_RATE.id
FPR = FALSE_POSITIVE_RATE.id
PPV = POSITIVE_PREDICTIVE_VALUE.id
NPV = NEGATIVE_PREDICTIVE_VALUE.id
FOR = FALSE_OMISSION_RATE.id

# A forced rate of exactly 1 may come out of the arithmetic a rounding above it.
_ROUNDING = 1e-12


def exchange_rates(people: Resampled, odds_ratio: Estimate) -> tuple[ExchangeRate, ...]:
    """What does equality of two rates, at their pooled level, force on the others?

    Parameters
    ----------
    people : Resampled
        Two groups' cells, counted and resampled.
    odds_ratio : Estimate
        Odds ratio of their base rates, first over second.

    Returns
    -------
    tuple of ExchangeRate
        One for each pair of rates that leaves something to be forced. A pair has no values
        where its equations divide by zero, as when there are no positive predictions.

    Examples
    --------
    >>> import numpy as np
    >>> from fairaudit.core.cells import Cells
    >>> from fairaudit.core.estimate import Estimate
    >>> from fairaudit.tradeoffs.resampled import resample
    >>> cells = (Cells(tp=24, fp=6, fn=16, tn=54), Cells(tp=6, fp=4, fn=4, tn=86))
    >>> people = resample(cells, sizes=(100, 100), draws=0, rng=np.random.default_rng(0))
    >>> first, *_ = exchange_rates(people, Estimate(value=6.0))
    >>> first.equal, first.forced["false_positive_rate"]
    (('positive_predictive_value', 'true_positive_rate'), (0.1333, 0.0222))
    """
    import numpy as np

    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        levels = _pooled_levels(people.pooled())
        return tuple(
            _exchange(equal, equation(levels, people.base_rate), levels, people, odds_ratio)
            for equal, equation in EQUATIONS.items()
        )


def _exchange(
    equal: tuple[str, str],
    forced: Levels,
    levels: Levels,
    people: Resampled,
    odds_ratio: Estimate,
) -> ExchangeRate:
    """Put one pair's forced rates together."""
    import numpy as np

    seen = {rate: (float(of[0, 0]), float(of[1, 0])) for rate, of in forced.items()}
    held = {rate: float(levels[rate][0]) for rate in equal}
    if not np.isfinite(
        [*held.values(), *(v for pair in seen.values() for v in pair)]
    ).all():
        return ExchangeRate(
            equal=equal,
            levels={},
            forced={},
            gaps={},
            possible=None,
            undefined_because=_why_undefined(people.pooled()),
        )
    return ExchangeRate(
        equal=equal,
        levels=held,
        forced=seen,
        gaps={rate: gap_estimate(of[0] - of[1]) for rate, of in forced.items()},
        at_any_level=_at_any_level(equal, odds_ratio),
        possible=all(
            -_ROUNDING <= v <= 1 + _ROUNDING for pair in seen.values() for v in pair
        ),
    )


def _pooled_levels(pooled: Resampled) -> Levels:
    """Give the rates of both groups together, the levels at which pairs are held equal."""
    tp, fp, fn, tn = pooled.tp, pooled.fp, pooled.fn, pooled.tn
    return {
        SR: (tp + fp) / (tp + fp + fn + tn),
        TPR: tp / (tp + fn),
        FPR: fp / (fp + tn),
        PPV: tp / (tp + fp),
        NPV: tn / (tn + fn),
        # Not 1 - NPV: equal integer ratios must cancel exactly.
        FOR: fn / (tn + fn),
    }


def _why_undefined(pooled: Resampled) -> str:
    """Say what in the pooled cells leaves the equations without a value."""
    counted = {cell: float(getattr(pooled, cell)[0]) for cell in ("tp", "fp", "fn", "tn")}
    if not counted["tp"] + counted["fp"]:
        return "no positive predictions in either group"
    if not counted["fn"] + counted["tn"]:
        return "no negative predictions in either group"
    if not counted["tp"]:
        return "no true positives in either group"
    if not counted["fp"]:
        return "no false positives in either group"
    return "precision equals the false omission rate: the predictions tell nothing"


def _at_any_level(equal: tuple[str, str], odds_ratio: Estimate) -> ForcedRatio | None:
    """Give the forced ratio of a pair whose level cancels; only the base rates remain."""
    if equal not in _LEVEL_CANCELS:
        return None
    rate, measure, inverse = _LEVEL_CANCELS[equal]
    estimate = _inverse(odds_ratio) if inverse else odds_ratio
    return ForcedRatio(rate=rate, measure=measure, estimate=estimate)


def _inverse(ratio: Estimate) -> Estimate:
    """Turn first over second into second over first."""
    return replace(
        ratio,
        value=None if ratio.value is None else 1 / ratio.value,
        interval=ratio.interval and _inverse_interval(ratio.interval),
    )


def _inverse_interval(of: Interval) -> Interval:
    """Swap and invert the limits of a ratio."""
    return replace(of, low=of.high and 1 / of.high, high=of.low and 1 / of.low)


# The six equations: from odds(PPV) = odds(p) TPR / FPR and SR = p TPR + (1 - p) FPR. Levels
# broadcast over the groups' base rates `p`; results are not clipped.


def _equal_ppv_and_tpr(level: Levels, p: Array) -> Levels:
    fpr = _odds(p) * (1 - level[PPV]) / level[PPV] * level[TPR]
    return {FPR: fpr, SR: _selection(p, level[TPR], fpr)}


def _equal_ppv_and_fpr(level: Levels, p: Array) -> Levels:
    tpr = level[FPR] * level[PPV] / (1 - level[PPV]) / _odds(p)
    return {TPR: tpr, SR: _selection(p, tpr, level[FPR])}


def _equal_ppv_and_sr(level: Levels, p: Array) -> Levels:
    return {TPR: level[SR] * level[PPV] / p, FPR: level[SR] * (1 - level[PPV]) / (1 - p)}


def _equal_tpr_and_fpr(level: Levels, p: Array) -> Levels:
    selection = _selection(p, level[TPR], level[FPR])
    return {
        SR: selection,
        PPV: p * level[TPR] / selection,
        NPV: (1 - p) * (1 - level[FPR]) / (1 - selection),
    }


def _equal_ppv_and_npv(level: Levels, p: Array) -> Levels:
    selection = (p - level[FOR]) / (level[PPV] - level[FOR])
    return {
        SR: selection,
        TPR: selection * level[PPV] / p,
        FPR: selection * (1 - level[PPV]) / (1 - p),
    }


def _equal_sr_and_tpr(level: Levels, p: Array) -> Levels:
    return {
        FPR: (level[SR] - p * level[TPR]) / (1 - p),
        PPV: p * level[TPR] / level[SR],
    }


EQUATIONS: dict[tuple[str, str], Equation] = {
    (PPV, TPR): _equal_ppv_and_tpr,
    (PPV, FPR): _equal_ppv_and_fpr,
    (PPV, SR): _equal_ppv_and_sr,
    (TPR, FPR): _equal_tpr_and_fpr,
    (PPV, NPV): _equal_ppv_and_npv,
    (SR, TPR): _equal_sr_and_tpr,
}


# What the odds ratio of base rates, or its inverse, is then a ratio of.
_LEVEL_CANCELS: dict[tuple[str, str], tuple[str, Literal["ratio", "odds ratio"], bool]] = {
    (PPV, TPR): (FPR, "ratio", False),
    (PPV, FPR): (TPR, "ratio", True),
    (TPR, FPR): (PPV, "odds ratio", False),
}


def _odds(p: Array) -> Array:
    return p / (1 - p)


def _selection(p: Array, tpr: Array, fpr: Array) -> Array:
    return p * tpr + (1 - p) * fpr
