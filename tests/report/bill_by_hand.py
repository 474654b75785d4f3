"""A bill of two groups: its sums from their cells, its other parts as examples."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fairaudit.core.bill import Bill, BillSide, ExchangeRate, ForcedRatio, ThreeLines
from fairaudit.core.estimate import Estimate
from tests.report.by_hand import interval_95, rounded, row_of

if TYPE_CHECKING:
    from fairaudit.core.cells import Cells


def bill_of(groups: dict[str, Cells]) -> Bill:
    """Make the bill of two groups from their cells."""
    first, second = groups
    odds = [(c.tp + c.fn) / (c.fp + c.tn) for c in groups.values()]
    ppv = [c.tp / c.fp for c in groups.values()]
    fpr = [c.fp / (c.fp + c.tn) for c in groups.values()]
    tpr = [c.tp / (c.tp + c.fn) for c in groups.values()]
    ratio = Estimate(
        value=rounded(odds[0] / odds[1]), interval=interval_95(1.4706, 1.8089, "logit")
    )
    base_rates = [row_of(name, "group", cells).rates for name, cells in groups.items()]
    return Bill(
        attribute="race",
        first=first,
        second=second,
        base_rates=(base_rates[0]["base_rate"], base_rates[1]["base_rate"]),
        odds_ratio=ratio,
        positive_side=BillSide(
            total=rounded(math.log(odds[0] / odds[1])),
            terms={
                "positive_predictive_value": rounded(math.log(ppv[0] / ppv[1])),
                "false_positive_rate": rounded(math.log(fpr[0] / fpr[1])),
                "true_positive_rate": rounded(-math.log(tpr[0] / tpr[1])),
            },
        ),
        negative_side=None,
        undefined_because="left out of this report",
        even_split_factor=rounded((odds[0] / odds[1]) ** (1 / 3)),
        exchange_rates=(
            ExchangeRate(
                equal=("positive_predictive_value", "true_positive_rate"),
                levels={"positive_predictive_value": 0.618862, "true_positive_rate": 0.653},
                forced={
                    "false_positive_rate": (0.426, 0.261),
                    "selection_rate": (0.543, 0.415),
                },
                gaps={"false_positive_rate": Estimate(value=0.165)},
                at_any_level=ForcedRatio(
                    rate="false_positive_rate", measure="ratio", estimate=ratio
                ),
                possible=True,
            ),
            ExchangeRate(
                equal=("selection_rate", "true_positive_rate"),
                levels={"selection_rate": 0.2, "true_positive_rate": 0.6},
                forced={
                    "false_positive_rate": (-0.066667, 0.155556),
                    "positive_predictive_value": (1.2, 0.3),
                },
                gaps={"false_positive_rate": Estimate(value=0.222223)},
                possible=False,
            ),
            ExchangeRate(
                equal=("positive_predictive_value", "selection_rate"),
                levels={},
                forced={},
                gaps={},
                possible=None,
                undefined_because="nobody is selected in either group",
            ),
        ),
        joint_gap=Estimate(value=0.05, interval=interval_95(0.04, 0.06, "dirichlet")),
        joint_gap_levels={"true_positive_rate": 0.52, "positive_predictive_value": 0.59},
        tolerance=0.1,
        lines=ThreeLines(
            exactly=f"{first} and {second} base rates differ (odds ratio 1.63 "
            "[1.47, 1.81]). Any rule that makes false alarms must pay that in precision, "
            "false alarms or misses; this one pays mostly in false alarms (45 % v 23 %).",
            within_tolerance="Within 0.10 all three can hold as far as base rates go: the "
            "smallest joint gap is 0.05 [0.04, 0.06].",
            supported="At 95 % base rates differ (odds ratio 1.47 to 1.81), but too little "
            "to rule out all three within 0.10: smallest joint gap 0.04 to 0.06.",
        ),
    )
