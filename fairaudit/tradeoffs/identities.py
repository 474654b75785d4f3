"""The bill: base rates that differ are paid for in precision, false alarms or misses."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fairaudit.core.bill import BillSide
from fairaudit.tally.rates import (
    FALSE_NEGATIVE_RATE,
    FALSE_OMISSION_RATE,
    FALSE_POSITIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    TRUE_NEGATIVE_RATE,
    TRUE_POSITIVE_RATE,
)

if TYPE_CHECKING:
    from fairaudit.core.cells import Cells
    from fairaudit.core.estimate import Amount

_NOBODY_IN = {
    "tp": "no true positives",
    "fp": "no false positives",
    "fn": "no false negatives",
    "tn": "no true negatives",
}

Names = tuple[str, str]


def log_odds_ratio(first: Cells, second: Cells) -> float:
    """How far apart are two groups' base rates, in log odds?

    Parameters
    ----------
    first, second : Cells
        People with both a label and a prediction; each group needs both outcomes.

    Returns
    -------
    float
        Positive when the first group has the higher base rate, 0 when they are equal.

    Examples
    --------
    >>> from fairaudit.core.cells import Cells
    >>> log_odds_ratio(Cells(tp=24, fp=6, fn=16, tn=54), Cells(tp=6, fp=4, fn=4, tn=86))
    1.7918
    """
    # One quotient of integers, so that equal base rates give 0 and not a rounding error.
    across = (first.tp + first.fn) * (second.fp + second.tn)
    return math.log(across / ((first.fp + first.tn) * (second.tp + second.fn)))


def positive_side(first: Cells, second: Cells, names: Names) -> BillSide | str:
    """Who pays for unequal base rates: precision, false alarms or misses?

    Parameters
    ----------
    first, second : Cells
        People with both a label and a prediction.
    names : tuple of str
        The two groups' names, for the reason.

    Returns
    -------
    BillSide or str
        What the positive predictive value, the false positive rate and the true positive
        rate each pay, or the reason why there is no such split: a group without true or
        without false positives.

    Notes
    -----
    In each group odds(PPV) = odds(p) TPR / FPR. Dividing one group's by the other's,

        log OR(p) = [logit PPV₁ - logit PPV₂] + log(FPR₁ / FPR₂) - log(TPR₁ / TPR₂),

    exactly and for every rule [chouldechova2017].

    Examples
    --------
    >>> from fairaudit.core.cells import Cells
    >>> first, second = Cells(tp=24, fp=6, fn=16, tn=54), Cells(tp=6, fp=4, fn=4, tn=86)
    >>> positive_side(first, second, ("a", "b")).terms["false_positive_rate"]
    0.811
    """
    if reason := empty_cells(first, second, names, ("tp", "fp")):
        return reason
    return BillSide(
        total=log_odds_ratio(first, second),
        terms={
            POSITIVE_PREDICTIVE_VALUE.id: _log_ratio(
                first.tp, first.fp, second.tp, second.fp
            ),
            FALSE_POSITIVE_RATE.id: _log_ratio(
                first.fp, first.fp + first.tn, second.fp, second.fp + second.tn
            ),
            TRUE_POSITIVE_RATE.id: _log_ratio(
                second.tp, second.tp + second.fn, first.tp, first.tp + first.fn
            ),
        },
    )


def negative_side(first: Cells, second: Cells, names: Names) -> BillSide | str:
    """Who pays for unequal base rates among negative predictions?

    Parameters
    ----------
    first, second : Cells
        People with both a label and a prediction.
    names : tuple of str
        The two groups' names, for the reason.

    Returns
    -------
    BillSide or str
        What the false omission rate, the false negative rate and the true negative rate
        each pay, or the reason why there is no such split: a group without false or without
        true negatives.

    Notes
    -----
    The mirror of `positive_side`: in each group odds(FOR) = odds(p) FNR / TNR, hence

        log OR(p) = [logit FOR₁ - logit FOR₂] - log(FNR₁ / FNR₂) + log(TNR₁ / TNR₂).

    Examples
    --------
    >>> from fairaudit.core.cells import Cells
    >>> negative_side(Cells(tp=9, fn=1, fp=1, tn=9), Cells(tp=5, fp=5, tn=5), ("a", "b"))
    'no false negatives in group b'
    """
    if reason := empty_cells(first, second, names, ("fn", "tn")):
        return reason
    return BillSide(
        total=log_odds_ratio(first, second),
        terms={
            FALSE_OMISSION_RATE.id: _log_ratio(first.fn, first.tn, second.fn, second.tn),
            FALSE_NEGATIVE_RATE.id: _log_ratio(
                second.fn, second.tp + second.fn, first.fn, first.tp + first.fn
            ),
            TRUE_NEGATIVE_RATE.id: _log_ratio(
                first.tn, first.fp + first.tn, second.tn, second.fp + second.tn
            ),
        },
    )


def even_split_factor(total: float) -> float:
    """By what factor is at least one of the three ratios off, however the bill is split?

    Three shares of the same total: the largest is at least a third of it.

    Examples
    --------
    >>> even_split_factor(1.7918)
    1.817
    """
    return math.exp(abs(total) / 3)


def empty_cells(
    first: Cells, second: Cells, names: Names, needed: tuple[str, ...]
) -> str | None:
    """Say which of the needed cells have nobody in them, `None` when all have somebody."""
    reasons = [
        f"{_NOBODY_IN[cell]} in group {name}"
        for name, cells in zip(names, (first, second), strict=True)
        for cell in needed
        if not getattr(cells, cell)
    ]
    return ", ".join(reasons) or None


def _log_ratio(a: Amount, b: Amount, c: Amount, d: Amount) -> float:
    """Give log((a / b) / (c / d)) from one quotient; equal ratios of integers give 0."""
    return math.log((a * d) / (b * c))
