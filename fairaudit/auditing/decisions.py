"""One table of decisions: counted, measured and judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.auditing.evidence import (
    TableRequest,
    digest,
    glossary,
    make_findings,
    make_score_findings,
    make_tables,
    measurable,
)
from fairaudit.auditing.notes import (
    group_notes,
    limit_notes,
    reading_notes,
    score_notes,
    selection_notes,
    suppression_notes,
)
from fairaudit.auditing.population import population_of
from fairaudit.auditing.request import (
    check_counted,
    check_measurable,
    check_withheld,
    expected_groups,
    scores_wanted,
)
from fairaudit.core.value import replace
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.criteria.comparisons import check_compare
from fairaudit.engines.bins import bin_labels
from fairaudit.report.model import DecisionAudit
from fairaudit.tally.count_query import tally
from fairaudit.tally.roles import Wanted, find_roles
from fairaudit.tally.suppression import Suppressed, suppress

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.requirements import Requirements
    from fairaudit.core.verdict import Verdict
    from fairaudit.core.words import Favourable
    from fairaudit.criteria.scored_groups import ScoredGroups
    from fairaudit.engines.query import Table
    from fairaudit.policy.document import Policy
    from fairaudit.tally.profile import ScoreProfile

_MAX_GROUPS = 50


def audited(
    table: Table,
    policy: Policy,
    expect_groups: Sequence[str] | Mapping[str, Sequence[str]],
    *,
    scores: bool,
    seed: int,
    today: date,
) -> tuple[DecisionAudit, ScoreProfile | None]:
    """What do the decisions in one table show, and do they keep what is required?

    Parameters
    ----------
    table : Table
        Open data.
    policy : Policy
        Roles of columns, settings and requirements.
    expect_groups : sequence of str or mapping of str to sequence of str
        Groups that must be there.
    scores : bool
        Whether the scores are wanted back.
    seed : int
        For what is resampled.
    today : datetime.date
        The day that decides whether waivers hold.

    Returns
    -------
    tuple of DecisionAudit and ScoreProfile or None
        The part of a report, and the scores where they are there and wanted.

    Raises
    ------
    InputError
        When the table cannot be audited as the policy says.
    """
    found = find_roles(_wanted(policy), table.columns, where=table.source.name)
    roles, requirements = found.roles, policy.requirements
    check_withheld(policy.suppress_below, roles)
    scored = scores_wanted(roles, policy.suppress_below)
    check_measurable(requirements, measurable(roles, scored=scored), roles)
    if policy.compare is not None:
        check_compare(policy.compare)
    expected = expected_groups(expect_groups, roles)
    tallied = tally(
        table,
        roles,
        max_groups=policy.max_groups or _MAX_GROUPS,
        profile=scored or (scores and roles.score is not None),
    )
    kept = tallied.profile
    if scored:
        check_counted(kept, requirements)
    else:
        tallied = replace(tallied, profile=None)
    safe = Suppressed(counts=tallied.counts, withheld={})
    if policy.suppress_below is not None:
        safe = suppress(tallied.counts, roles.tables, policy.suppress_below)
    tables = make_tables(
        roles,
        TableRequest(
            compare=policy.compare,
            expected=expected,
            order={cut.column: bin_labels(cut.edges) for cut in roles.bins},
            safe=safe,
            withheld_below=policy.suppress_below,
        ),
    )
    by_group = _scores(tallied.profile, tables)
    tolerances = [
        gate.tolerance
        for gate in requirements.criteria
        if gate.measure == "difference" and criterion_named(gate.criterion).rates
    ]
    findings, unpriced = make_findings(
        tables,
        roles,
        tolerance=min(tolerances, default=None),
        seed=seed,
        profile=tallied.profile,
    )
    made = DecisionAudit(
        source=table.source,
        roles=roles,
        population=population_of(tallied, safe, roles, policy.suppress_below),
        tables=tables,
        findings=(
            *findings,
            *(
                ()
                if tallied.profile is None
                else make_score_findings(tallied.profile, by_group, roles, seed=seed)
            ),
        ),
        requirements=requirements,
        verdicts=_verdicts(
            tables, requirements, by_group, roles.favourable, seed=seed, today=today
        ),
        notes=(
            *reading_notes(table.source, roles, tallied, found.taken),
            *selection_notes(tables, roles),
            *group_notes(tables, expected),
            *score_notes(roles, tallied.profile, policy.suppress_below),
            *suppression_notes(policy.suppress_below, safe),
            *limit_notes(roles, requirements, today=today),
            *unpriced,
        ),
        glossary=glossary(roles.favourable),
        seed=seed,
        disclosure=policy.disclosure,
        signature=policy.signature,
        cells_sha256=digest(
            safe, only=None if policy.suppress_below is None else roles.tables
        ),
    )
    return made, kept


def _verdicts(
    tables: tuple[GroupTable, ...],
    requirements: Requirements,
    scores: tuple[ScoredGroups, ...],
    favourable: Favourable | None,
    *,
    seed: int,
    today: date,
) -> tuple[Verdict, ...]:
    """Judge what is required; where nothing is, the rules need not be loaded."""
    if not requirements.anything:
        return ()
    from fairaudit.policy.judging import judge

    return judge(
        tables,
        requirements,
        favourable=favourable,
        seed=seed,
        today=today,
        scores=scores,
    )


def _scores(
    profile: ScoreProfile | None, tables: tuple[GroupTable, ...]
) -> tuple[ScoredGroups, ...]:
    """Give the scores of every table; without any, what reads them is not loaded."""
    if profile is None:
        return ()
    from fairaudit.criteria.scored_groups import scored_groups

    return tuple(scored_groups(profile, table) for table in tables)


def _wanted(policy: Policy) -> Wanted:
    """Say which columns are asked for."""
    return Wanted(
        label=policy.label,
        prediction=policy.prediction,
        score=policy.score,
        threshold=policy.threshold,
        positive=policy.positive,
        favourable=policy.favourable,
        groups=policy.groups,
        bins=policy.bins,
        strata=policy.strata,
        count=policy.count,
        weight=policy.weight,
    )
