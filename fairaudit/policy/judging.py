"""Hold requirements against evidence; the command, the API and tests all judge here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.criteria.catalogue import criterion_named
from fairaudit.criteria.comparisons import count_defined
from fairaudit.criteria.conditional import count_within_strata
from fairaudit.policy.constant_rule import without_empty_pass
from fairaudit.policy.criterion_rule import judge_criterion
from fairaudit.policy.number_rule import judge_number
from fairaudit.policy.waivers import waived

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.requirements import CriterionGate, Requirements
    from fairaudit.core.verdict import Verdict
    from fairaudit.core.words import Favourable
    from fairaudit.criteria.scored_groups import ScoredGroups


def judge(
    tables: Sequence[GroupTable],
    requirements: Requirements,
    *,
    favourable: Favourable | None,
    seed: int,
    today: date,
    scores: Sequence[ScoredGroups] = (),
) -> tuple[Verdict, ...]:
    """Apply every requirement to every table it concerns.

    A criterion fails when some comparison's lower limit, simultaneous over all gated
    comparisons of the audit, exceeds the tolerance; it passes when every comparison's
    one-sided 95 % upper limit is within it (intersection-union, so that no correction is
    needed); otherwise it is undecided. Where everybody has one decision, nothing passes
    that could not have failed.

    Parameters
    ----------
    tables : sequence of GroupTable
        The evidence, with counts.
    requirements : Requirements
        Gates, scope and waivers.
    favourable : {"selected", "not-selected"}, optional
        Which decision helps.
    seed : int
        For what is simulated.
    today : date
        The day that decides whether a waiver still holds.
    scores : sequence of ScoredGroups
        The groups of the same tables with their scores, where criteria on scores are
        required.

    Returns
    -------
    tuple of Verdict
        One per gate and table, in the order of the requirements.
    """
    family = gated_family(requirements.criteria, tables, scores)
    verdicts = []
    for gate in requirements.criteria:
        criterion = criterion_named(gate.criterion)
        if criterion.scores is not None:
            from fairaudit.policy.score_rule import judge_scores

            verdicts += [
                judge_scores(
                    gate,
                    criterion,
                    groups,
                    family_size=family,
                    min_group=requirements.min_group,
                )
                for groups in scores
            ]
            continue
        verdicts += [
            without_empty_pass(
                judge_criterion(
                    gate,
                    table,
                    family_size=family,
                    min_group=requirements.min_group,
                    favourable=favourable,
                ),
                gate,
                table,
                favourable,
            )
            for table in tables
        ]
    verdicts += [
        judge_number(gate, table, favourable=favourable, seed=seed)
        for gate in requirements.numbers
        for table in tables
        if gate.attribute in {None, table.attribute}
    ]
    return tuple(waived(verdict, requirements.waivers, today) for verdict in verdicts)


def gated_family(
    gates: Sequence[CriterionGate],
    tables: Sequence[GroupTable],
    scores: Sequence[ScoredGroups] = (),
) -> int:
    """Count the comparisons of all gated rates and scores over all tables, each once.

    Returns
    -------
    int
        The number that the simultaneous limits of a failure are corrected for; at least 1.
    """
    size = 0
    for table in tables:
        plain = {}
        for gate in gates:
            criterion = criterion_named(gate.criterion)
            if criterion.stratified:
                size += count_within_strata(table)
            else:
                plain.update({(rate.id, gate.measure): rate for rate in criterion.rates})
        size += sum(count_defined(rate, table) for rate in plain.values())
    asked = {gate.criterion: criterion_named(gate.criterion) for gate in gates}
    size += sum(
        criterion.scores.count(groups)
        for criterion in asked.values()
        if criterion.scores is not None
        for groups in scores
    )
    return max(1, size)
