"""A rule as it is written down: thresholds and rates, group by group."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.prices import GroupRule, RulePart
from fairaudit.feasibility.regions import among
from fairaudit.feasibility.rules import rule
from fairaudit.tally.rates import (
    ACCURACY,
    FALSE_POSITIVE_RATE,
    NEGATIVE_PREDICTIVE_VALUE,
    POSITIVE_PREDICTIVE_VALUE,
    SELECTION_RATE,
    TRUE_POSITIVE_RATE,
)

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.regions import Regions

RATES = (
    SELECTION_RATE,
    TRUE_POSITIVE_RATE,
    FALSE_POSITIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    NEGATIVE_PREDICTIVE_VALUE,
    ACCURACY,
)
"""What is said of every rule in every group."""


def rules_shown(of: Regions, weights: NDArray[np.float64]) -> tuple[GroupRule, ...]:
    """What does a rule do in each group?"""
    cells = of.mixed(weights)
    shown = []
    for (name, parts), own in zip(rule(of, weights).items(), cells, strict=True):
        rates = {}
        for rate in RATES:
            denominator = float(own @ among(rate.denominator))
            numerator = float(own @ among(rate.numerator))
            rates[rate.id] = numerator / denominator if denominator > 0 else None
        shown.append(
            GroupRule(
                group=name,
                parts=tuple(
                    RulePart(
                        threshold=None if part.threshold is None else float(part.threshold),
                        probability=part.probability,
                    )
                    for part in parts
                ),
                rates=rates,
            )
        )
    return tuple(shown)
