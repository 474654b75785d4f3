"""How near the bill's two groups come on their scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.prices import PriceList
from fairaudit.criteria.catalogue import catalogue
from fairaudit.feasibility.linear_program import Solver
from fairaudit.feasibility.question import parities, question
from fairaudit.feasibility.regions import regions
from fairaudit.feasibility.rules import rule
from fairaudit.feasibility.shadow_prices import shadow
from fairaudit.feasibility.solve import smallest_joint_gap
from fairaudit.tally.rates import (
    FALSE_POSITIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    TRUE_POSITIVE_RATE,
)
from fairaudit.tradeoffs.price_intervals import intervals
from fairaudit.tradeoffs.prices import WORK, joint_gap_shown

if TYPE_CHECKING:
    import numpy as np

    from fairaudit.core.finding import Finding
    from fairaudit.core.prices import JointGap
    from fairaudit.tradeoffs.scored import Scored

_THREE = (TRUE_POSITIVE_RATE, FALSE_POSITIVE_RATE, POSITIVE_PREDICTIVE_VALUE)


def three_of(prices: Finding) -> JointGap:
    """Read the joint gap of both error rates and precision off a price list."""
    assert isinstance(prices.evidence, PriceList)
    wanted = {rate.id for rate in _THREE}
    known = catalogue()
    return next(
        price.joint_gap
        for price in prices.evidence.prices
        if {rate.id for name in price.criteria for rate in known[name].rates} == wanted
    )


def joint_gap_on_scores(
    of: Scored, *, rng: np.random.Generator, draws: int = 1_000, work: int = WORK
) -> JointGap:
    """How near can both error rates and precision come, selecting as many as today?

    Parameters
    ----------
    of : Scored
        The two groups of a bill.
    rng : numpy.random.Generator
        Source of randomness for the interval.
    draws : int
        How many redrawn samples.
    work : int
        Linear programs after which the gap is left "not proven".

    Returns
    -------
    JointGap
        The gap a rule attains, and the one below which none goes.
    """
    reach = regions(of.groups)
    solver = Solver(reach)
    asked = question(parities(_THREE, 0.0), selection_rate=of.selection_rate)
    answer = smallest_joint_gap(reach, asked, work=work, solver=solver)
    worth = shadow(reach, asked, answer, goal="excess", solver=solver)
    made = None if answer.weights is None else rule(reach, answer.weights)
    (interval,) = intervals(
        of.groups, [(worth, made)], present=of.present, draws=draws, rng=rng
    )
    return joint_gap_shown(reach, answer, interval)
