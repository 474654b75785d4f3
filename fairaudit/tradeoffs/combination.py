"""One combination of criteria: the rule that keeps it, or the proof that none does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.core.prices import Combination, Covered, Ground, Instead
from fairaudit.core.spelling import option, spelled
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.feasibility.certificate import certificate
from fairaudit.feasibility.linear_program import Solver
from fairaudit.feasibility.question import Parity, question
from fairaudit.feasibility.regions import regions
from fairaudit.feasibility.rules import gaps
from fairaudit.feasibility.solve import WORK, best_rule, smallest_excess
from fairaudit.tradeoffs.price_findings import FOR_ANALYSIS, other_people
from fairaudit.tradeoffs.rules_shown import rules_shown
from fairaudit.tradeoffs.whom import not_asked, whom

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairaudit.feasibility.answers import Answer
    from fairaudit.feasibility.question import Question
    from fairaudit.feasibility.regions import Regions
    from fairaudit.tradeoffs.scored import Scored


def combination_finding(
    of: Scored,
    required: Mapping[str, float],
    *,
    costs: tuple[float, float] = (1.0, 1.0),
    free: bool = False,
    work: int = WORK,
) -> Finding:
    """Can these criteria hold together on these scores, and by which rule?

    Parameters
    ----------
    of : Scored
        Two or more groups with their scores and today's decisions.
    required : mapping of str to float
        Criteria, each with the largest gap that is accepted.
    costs : tuple of float
        What a false positive and a false negative cost.
    free : bool
        Whether the overall selection rate may change.
    work : int
        Linear programs after which the answer is "not proven".

    Returns
    -------
    Finding
        Its number is the accuracy of the rule, or why there is none.

    Raises
    ------
    InputError
        When a criterion is not known or is about strata, or a tolerance is outside [0, 1].

    References
    ----------
    [hardt2016], [mccormick1976]
    """
    found = combination(of, required, costs=costs, free=free, work=work)
    estimate = (
        Estimate.undefined(_status(found))
        if found.accuracy is None
        else Estimate(value=found.accuracy)
    )
    return Finding(
        id=f"combination@{of.attribute}",
        sentence=sentence(found),
        estimate=estimate,
        evidence=found,
        references=("hardt2016", "mccormick1976"),
        caveats=(FOR_ANALYSIS, *other_people(of)),
    )


def combination(
    of: Scored,
    required: Mapping[str, float],
    *,
    costs: tuple[float, float],
    free: bool,
    work: int,
) -> Combination:
    """Solve one combination; see `combination_finding`."""
    reach = regions(of.groups)
    solver = Solver(reach)
    held = None if free else of.selection_rate
    asked = question(_parities(required), selection_rate=held, costs=costs)
    answer = best_rule(reach, asked, work=work, solver=solver)
    unheld = question((), selection_rate=held, costs=costs)
    best = _accuracy(reach, best_rule(reach, unheld, work=work, solver=solver))
    instead = None
    shown = answer
    if answer.attained is None:
        shown = smallest_excess(reach, asked, work=work, solver=solver)
        instead = _instead(reach, asked, shown)
    proof = certificate(reach, answer if answer.status == "impossible" else shown)
    return Combination(
        attribute=of.attribute,
        score=of.score,
        groups=reach.names,
        left_out=of.left_out,
        people=of.people,
        required=dict(required),
        costs=costs,
        selection_rate=of.selection_rate,
        free=free,
        status=answer.status,
        accuracy_today=of.accuracy,
        best_accuracy=0.0 if best is None else best,
        accuracy=_accuracy(reach, answer),
        cost=answer.attained,
        at_least=_finite(answer.bound),
        gaps=_gaps(reach, asked, answer),
        rule=() if answer.weights is None else rules_shown(reach, answer.weights),
        instead=instead,
        grounds=tuple(
            Ground(group=one.group, rate=one.rate, side=one.side, part=one.part)
            for one in proof.grounds
        ),
        cover=tuple(
            Covered(
                levels=dict(
                    zip((one.rate.id for one in asked.ratios), levels, strict=True)
                ),
                bound=_finite(bound),
            )
            for levels, bound in proof.levels
        ),
        work=solver.solved,
    )


def sentence(found: Combination) -> str:
    """Say whether the combination can be kept, at what price, or what could be instead.

    For which groups is said with it: nobody may take it for an answer about the others.
    """
    of = whom(found.groups, found.people)
    others = not_asked(found.left_out)
    goals = " and ".join(
        f"{criterion_named(name).title} within {within:g}"
        for name, within in found.required.items()
    )
    held = (
        "whatever share is selected"
        if found.free
        else f"selecting {100 * found.selection_rate:.0f} % of them as today"
    )
    if found.accuracy is not None:
        return (
            f"On these scores {goals} can be kept for {of}, {held}: a rule does it with "
            f"{100 * found.accuracy:.1f} % right, against "
            f"{100 * found.best_accuracy:.1f} % for the best rule without this and "
            f"{100 * found.accuracy_today:.1f} % today.{others}"
        )
    if found.status == "not proven":
        return (
            f"Whether {goals} can be kept on these scores for {of}, {held}, is not proven: "
            f"the work ran out without a rule and without a proof that there is none."
            f"{others}"
        )
    wider = None if found.instead is None else found.instead.wider
    instead = (
        ""
        if wider is None
        else f" With every tolerance wider by {wider:.4f} some rule does."
    )
    return f"No rule on these scores keeps {goals} for {of}, {held}.{instead}{others}"


def _parities(required: Mapping[str, float]) -> list[Parity]:
    """Ask for every rate of every criterion."""
    asked = []
    for name, within in required.items():
        criterion = criterion_named(name)
        if criterion.stratified:
            raise InputError(
                f"{spelled('require')}: {criterion.id} compares people within strata, and "
                f"scores are profiled without. Require another criterion."
            )
        if not criterion.rates:
            raise InputError(
                f"{spelled('require')}: {criterion.id} is about the scores themselves, and "
                f"a rule only chooses whom to select by them. Require another criterion."
            )
        if not 0 <= within <= 1:
            raise InputError(
                f"{spelled('require')}: the tolerance of {criterion.id} must be between 0 "
                f"and 1; got {within:g}. Write 0.05 for five percentage points."
            )
        asked += [Parity(rate=rate, within=within) for rate in criterion.rates]
    if not asked:
        raise InputError(
            f"{spelled('require')}: name at least one criterion, such as "
            f"{option('require', {'demographic_parity': 0.05})}."
        )
    return asked


def _instead(reach: Regions, asked: Question, wider: Answer) -> Instead:
    """Write down what is possible with wider tolerances."""
    return Instead(
        status=wider.status,
        wider=wider.attained,
        at_least=None if wider.attained is None else _finite(wider.bound),
        gaps=_gaps(reach, asked, wider),
        accuracy=_accuracy(reach, wider),
        rule=() if wider.weights is None else rules_shown(reach, wider.weights),
    )


def _accuracy(reach: Regions, answer: Answer) -> float | None:
    """Give the share of people a rule is right about."""
    if answer.weights is None:
        return None
    cells = reach.mixed(answer.weights)
    return float(reach.portions @ (cells[:, 0] + cells[:, 3]))


def _gaps(reach: Regions, asked: Question, answer: Answer) -> dict[str, float]:
    """Give how far apart a rule leaves each rate."""
    if answer.weights is None:
        return {}
    found = gaps(asked, reach.mixed(answer.weights))
    return {
        parity.rate.id: float(gap)
        for parity, gap in zip(asked.parities, found, strict=True)
    }


def _status(found: Combination) -> str:
    """Say why there is no rule."""
    if found.status == "impossible":
        return "no rule on these scores keeps it"
    return "no rule was found before the work ran out"


def _finite(number: float) -> float | None:
    return number if math.isfinite(number) else None
