"""A price list and two answered combinations, with the numbers of COMPAS."""

from __future__ import annotations

from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.finding import Finding
from fairaudit.core.prices import (
    Combination,
    Covered,
    GapAt,
    Ground,
    GroupRule,
    Instead,
    JointGap,
    Price,
    PriceList,
    RulePart,
    RulePrice,
)

GROUPS = ("African-American", "Caucasian")
DP, EO, PP = "demographic_parity", "equalized_odds", "predictive_parity"
SR, TPR, FPR, PPV, NPV, ACC = (
    "selection_rate",
    "true_positive_rate",
    "false_positive_rate",
    "positive_predictive_value",
    "negative_predictive_value",
    "accuracy",
)
FEW = "9 people with a positive label and 23 with a negative"
FOR_ANALYSIS = "For analysis: prices are in sample."


def price_finding(tolerance: float | None = 0.05) -> Finding:
    """Every kind of price: proven, impossible, not proven, with and without interval."""
    prices = (
        _price((DP,), 0.0126, (0.001, 0.023), 0.0092, tolerance),
        _price((EO,), 0.0146, None, 0.0077, tolerance),
        _price((PP,), 0.0002, (0.0, 0.0017), 0.0, tolerance),
        _price((DP, EO), 0.158, (0.147, 0.171), None, tolerance),
        _price((EO, PP), None, None, None, tolerance, gap=0.0637),
        _price((DP, EO, PP), None, None, None, tolerance, gap=0.071, at_least=0.06),
    )
    evidence = PriceList(
        attribute="race",
        score="decile_score",
        groups=GROUPS,
        left_out={"Hispanic": FEW},
        people=6150,
        selection_rate=0.493,
        accuracy_today=0.651,
        best_accuracy=0.6512,
        tolerance=tolerance,
        prices=prices,
        gap_criteria=(EO, PP),
        gap_by_selection_rate=(
            GapAt(selection_rate=0.1, gap=0.017, at_least=0.016),
            GapAt(selection_rate=0.493, gap=0.0637, at_least=0.0636),
            GapAt(selection_rate=0.9, gap=None, at_least=None),
        ),
        draws=1000,
        method="people redrawn",
    )
    return Finding(
        id="prices@race",
        sentence="Selecting 49 % as today, demographic parity costs 1.3 points.",
        estimate=prices[-1].joint_gap.gap,
        evidence=evidence,
        references=("hardt2016",),
        caveats=(FOR_ANALYSIS, "Left out, with too few people of one outcome: Hispanic."),
    )


def combination_findings() -> tuple[Finding, ...]:
    """One that can be kept, one that cannot, and one that was left open."""
    rule = _rule()
    kept = Combination(
        attribute="race",
        score="decile_score",
        groups=GROUPS,
        left_out={"Hispanic": FEW, "Other": FEW},
        people=6150,
        required={DP: 0.05, PP: 0.05},
        costs=(1.0, 2.0),
        selection_rate=0.493,
        free=False,
        status="proven",
        accuracy_today=0.651,
        best_accuracy=0.6512,
        accuracy=0.607,
        cost=0.5112,
        at_least=0.5112,
        gaps={SR: 0.05, PPV: 0.05},
        rule=rule,
        instead=None,
        grounds=(),
        cover=(Covered(levels={PPV: (0.46, 0.71)}, bound=0.5112),),
        work=15,
    )
    impossible = Combination(
        attribute="race",
        score="decile_score",
        groups=GROUPS,
        left_out={},
        people=6150,
        required={EO: 0.05, PP: 0.05},
        costs=(1.0, 1.0),
        selection_rate=0.493,
        free=False,
        status="impossible",
        accuracy_today=0.651,
        best_accuracy=0.6512,
        accuracy=None,
        cost=None,
        at_least=None,
        gaps={},
        rule=(),
        instead=Instead(
            status="proven",
            wider=0.00912,
            at_least=0.00911,
            gaps={TPR: 0.0591, FPR: 0.0591, PPV: 0.0591},
            accuracy=0.608,
            rule=rule,
        ),
        grounds=(
            Ground(group="Caucasian", rate=PPV, side="at least", part=0.37),
            Ground(group="African-American", rate=PPV, side="at most", part=0.31),
            Ground(group="Caucasian", rate="tp + fp", side="floor", part=0.02),
        ),
        cover=(Covered(levels={PPV: (0.46, 0.71)}, bound=None),),
        work=60,
    )
    unproven = Combination(
        attribute="race",
        score="decile_score",
        groups=GROUPS,
        left_out={},
        people=6150,
        required={PP: 0.0},
        costs=(1.0, 1.0),
        selection_rate=0.493,
        free=True,
        status="not proven",
        accuracy_today=0.651,
        best_accuracy=0.6512,
        accuracy=None,
        cost=None,
        at_least=0.3512,
        gaps={},
        rule=(),
        instead=Instead(
            status="not proven", wider=None, at_least=None, gaps={}, accuracy=None, rule=()
        ),
        grounds=(),
        cover=(),
        work=12,
    )
    return tuple(
        Finding(
            id="combination@race",
            sentence=f"About {' and '.join(found.required)} it was found: {found.status}.",
            estimate=Estimate.undefined("no rule on these scores keeps it")
            if found.accuracy is None
            else Estimate(value=found.accuracy),
            evidence=found,
            caveats=(FOR_ANALYSIS,),
        )
        for found in (kept, impossible, unproven)
    )


def _price(
    criteria: tuple[str, ...],
    lost: float | None,
    limits: tuple[float, float] | None,
    within: float | None,
    tolerance: float | None,
    *,
    gap: float = 0.0,
    at_least: float | None = None,
) -> Price:
    return Price(
        criteria=criteria,
        exactly=_rule_price(0.0, lost, limits),
        within=None if tolerance is None else _rule_price(tolerance, within, None),
        joint_gap=JointGap(
            status="proven" if at_least is None else "not proven",
            gap=Estimate(value=gap, interval=_interval((gap - 0.01, gap + 0.01)))
            if gap
            else Estimate(value=0.0),
            at_least=gap if at_least is None else at_least,
            rule=_rule() if gap else (),
        ),
    )


def _rule_price(
    tolerance: float, lost: float | None, limits: tuple[float, float] | None
) -> RulePrice:
    if lost is None:
        return RulePrice(
            tolerance=tolerance,
            status="impossible",
            accuracy=None,
            at_most=None,
            lost=Estimate.undefined("no rule on these scores keeps it"),
        )
    return RulePrice(
        tolerance=tolerance,
        status="proven",
        accuracy=0.6512 - lost,
        at_most=0.6512 - lost,
        lost=Estimate(value=lost, interval=None if limits is None else _interval(limits)),
        rule=_rule(),
    )


def _interval(limits: tuple[float, float]) -> Interval:
    return Interval(low=limits[0], high=limits[1], level=0.95, method="given")


def _rule() -> tuple[GroupRule, ...]:
    return (
        GroupRule(
            group="African-American",
            parts=(
                RulePart(threshold=None, probability=0.024),
                RulePart(threshold=10.0, probability=0.39),
                RulePart(threshold=3.0, probability=0.586),
            ),
            rates={SR: 0.51, TPR: 0.59, FPR: 0.43, PPV: 0.59, NPV: 0.57, ACC: 0.58},
        ),
        GroupRule(
            group="Caucasian",
            parts=(RulePart(threshold=4.0, probability=1.0),),
            rates={SR: 0.46, TPR: 0.64, FPR: 0.35, PPV: 0.54, NPV: None, ACC: 0.65},
        ),
    )
