"""The price list: what each main criterion, and each combination, costs on given scores."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING, Literal

from fairaudit.core.estimate import Estimate
from fairaudit.core.prices import JointGap, Price, PriceList, RulePrice
from fairaudit.criteria.catalogue import catalogue
from fairaudit.feasibility.linear_program import Solver
from fairaudit.feasibility.question import parities, question
from fairaudit.feasibility.regions import regions
from fairaudit.feasibility.rules import rule
from fairaudit.feasibility.shadow_prices import shadow
from fairaudit.feasibility.solve import best_rule, smallest_joint_gap
from fairaudit.tradeoffs.frontier import gap_by_selection_rate
from fairaudit.tradeoffs.price_intervals import METHOD, intervals
from fairaudit.tradeoffs.rules_shown import rules_shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np

    from fairaudit.core.estimate import Interval
    from fairaudit.criteria.criterion import Criterion
    from fairaudit.feasibility.answers import Answer
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.feasibility.shadow_prices import Shadow
    from fairaudit.tradeoffs.scored import Scored

WORK = 1_600
"""Linear programs, divided by the number of groups, after which a price is left open.

A program grows with the groups, and a list for thirty must come to an end too.
"""

_NEAR = 2e-5
"""How near prices and gaps of a list come to their bounds: the last digit is two more."""

_ZERO = 5e-8


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Asked:
    """One question of the list, its answer, and what its rows are worth."""

    criteria: tuple[str, ...]
    kind: Literal["free", "exactly", "within", "gap"]
    question: Question
    answer: Answer
    shadow: Shadow | None


def price_list(
    of: Scored,
    *,
    tolerance: float | None,
    rng: np.random.Generator,
    draws: int = 1_000,
    work: int = WORK,
) -> PriceList:
    """What does each main criterion cost on these scores, alone and with the others?

    Parameters
    ----------
    of : Scored
        Two or more groups, each with people of both outcomes, and today's decisions.
    tolerance : float, optional
        The gap that is accepted; `None` where none was given.
    rng : numpy.random.Generator
        Source of randomness for the intervals.
    draws : int, default 1_000
        How many redrawn samples; 0 for no intervals.
    work : int
        Linear programs, divided by the number of groups, after which one price is left
        "not proven".

    Returns
    -------
    PriceList
        For every combination: the accuracy lost exactly and within the tolerance, and the
        smallest joint gap that any rule reaches; selecting as many people as today.

    References
    ----------
    [hardt2016], [chouldechova2017], [corbettdavies2017], [mccormick1976]
    """
    reach = regions(of.groups)
    solver = Solver(reach)
    work = max(work // len(of.groups), 1)
    asked = list(_answers(of, reach, solver, tolerance=tolerance, work=work))
    rules = [
        None if one.answer.weights is None else rule(reach, one.answer.weights)
        for one in asked
    ]
    spread = intervals(
        of.groups,
        [(one.shadow, made) for one, made in zip(asked, rules, strict=True)],
        present=of.present,
        draws=draws,
        rng=rng,
    )
    free = asked[0].answer
    assert free.attained is not None
    by_key = {
        (one.criteria, one.kind): (one, interval)
        for one, interval in zip(asked, spread, strict=True)
    }
    best = 1 - free.attained
    gap_criteria = _hardest(asked)
    return PriceList(
        attribute=of.attribute,
        score=of.score,
        groups=tuple(group.name for group in of.groups),
        left_out=of.left_out,
        people=of.people,
        selection_rate=of.selection_rate,
        accuracy_today=of.accuracy,
        best_accuracy=best,
        tolerance=tolerance,
        prices=tuple(
            Price(
                criteria=criteria,
                exactly=_price(reach, *by_key[criteria, "exactly"], best=best),
                within=None
                if tolerance is None
                else _price(reach, *by_key[criteria, "within"], best=best),
                joint_gap=joint_gap_shown(
                    reach, by_key[criteria, "gap"][0].answer, by_key[criteria, "gap"][1]
                ),
            )
            for criteria in _combinations()
        ),
        gap_criteria=gap_criteria,
        gap_by_selection_rate=gap_by_selection_rate(
            reach,
            _question(gap_criteria, 0.0, of.selection_rate),
            solver=solver,
            present=by_key[gap_criteria, "gap"][0].answer,
        ),
        draws=draws,
        method=METHOD,
    )


def _combinations() -> tuple[tuple[str, ...], ...]:
    """Combine the main criteria in every way, fewest first."""
    main = [criterion.id for criterion in catalogue().values() if criterion.main]
    return tuple(
        chosen for size in range(1, len(main) + 1) for chosen in combinations(main, size)
    )


def _hardest(asked: Sequence[_Asked]) -> tuple[str, ...]:
    """Name the pair of criteria that comes least near to holding together."""
    pairs = [one for one in asked if one.kind == "gap" and len(one.criteria) == 2]
    return max(pairs, key=lambda one: one.answer.attained or 0.0).criteria


def _question(criteria: Sequence[str], within: float, held: float) -> Question:
    """Ask criteria to hold within a tolerance."""
    known: Mapping[str, Criterion] = catalogue()
    rates = [rate for name in criteria for rate in known[name].rates]
    return question(parities(rates, within), selection_rate=held)


def _answers(
    of: Scored, reach: Regions, solver: Solver, *, tolerance: float | None, work: int
) -> Iterator[_Asked]:
    """Ask every question of the list, the best rule without any criterion first."""
    held = of.selection_rate
    free = _question((), 0.0, held)
    yield _asked((), "free", free, best_rule(reach, free, solver=solver), reach, solver)
    shown: dict[tuple[str, ...], float] = {(): 0.0}
    for criteria in _combinations():
        exact = _question(criteria, 0.0, held)
        # What fewer criteria cannot do, more cannot either.
        known = max(bound for less, bound in shown.items() if set(less) < set(criteria))
        gap = smallest_joint_gap(
            reach, exact, work=work, tolerance=_NEAR, solver=solver, known=known
        )
        shown[criteria] = 0.0 if gap.attained is None else gap.bound
        yield _asked(criteria, "gap", exact, gap, reach, solver)
        within: list[tuple[Literal["exactly", "within"], float]] = [("exactly", 0.0)]
        if tolerance is not None:
            within.append(("within", tolerance))
        for kind, limit in within:
            about = _question(criteria, limit, held)
            answer = _impossible(gap) if gap.bound > limit + _ZERO else None
            if answer is None:
                answer = best_rule(reach, about, work=work, tolerance=_NEAR, solver=solver)
            yield _asked(criteria, kind, about, answer, reach, solver)


def _impossible(gap: Answer) -> Answer:
    """Say of a tolerance below the smallest joint gap that no rule keeps it."""
    return replace(gap, status="impossible", attained=None, weights=None, work=0)


def _asked(
    criteria: tuple[str, ...],
    kind: Literal["free", "exactly", "within", "gap"],
    about: Question,
    answer: Answer,
    reach: Regions,
    solver: Solver,
) -> _Asked:
    """Keep an answer with what its rows are worth."""
    goal: Literal["cost", "excess"] = "excess" if kind == "gap" else "cost"
    worth = shadow(reach, about, answer, goal=goal, solver=solver)
    return _Asked(criteria=criteria, kind=kind, question=about, answer=answer, shadow=worth)


def _price(
    reach: Regions, asked: _Asked, interval: Interval | None, *, best: float
) -> RulePrice:
    """Write down the price of one combination within one tolerance."""
    answer = asked.answer
    tolerance = asked.question.parities[0].within
    if answer.attained is None or answer.weights is None:
        because = (
            "no rule on these scores keeps it"
            if answer.status == "impossible"
            else "no rule was found before the work ran out"
        )
        return RulePrice(
            tolerance=tolerance,
            status=answer.status,
            accuracy=None,
            at_most=None,
            lost=Estimate.undefined(because),
        )
    accuracy = 1 - answer.attained
    return RulePrice(
        tolerance=tolerance,
        status=answer.status,
        accuracy=accuracy,
        at_most=1 - answer.bound,
        lost=Estimate(value=max(best - accuracy, 0.0), interval=interval),
        rule=rules_shown(reach, answer.weights),
    )


def joint_gap_shown(reach: Regions, answer: Answer, interval: Interval | None) -> JointGap:
    """Write down how near one combination can come."""
    if answer.attained is None or answer.weights is None:
        return JointGap(
            status=answer.status,
            gap=Estimate.undefined("no rule keeps every group's least selection"),
            at_least=None,
        )
    attained = 0.0 if answer.attained < _ZERO else answer.attained
    return JointGap(
        status=answer.status,
        gap=Estimate(value=attained, interval=interval),
        at_least=min(answer.bound, attained),
        rule=rules_shown(reach, answer.weights),
    )
