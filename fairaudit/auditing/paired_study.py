"""What changed for whom between two systems: findings, gates, and whom they leave out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.auditing.growth import growth_gate, growth_verdict
from fairaudit.auditing.joining import Joined, speaking_of
from fairaudit.auditing.left_out import NOTE, left_out, who_is_left_out
from fairaudit.auditing.paired_findings import gap_change, gaps_finding, rate_change
from fairaudit.core.requirements import Requirements
from fairaudit.core.value import replace, value
from fairaudit.criteria.criterion import Criterion
from fairaudit.engines import open_table
from fairaudit.report.model import Note, Study
from fairaudit.tally.counts import CROSS
from fairaudit.tally.paired_counts import pair_counts
from fairaudit.tally.rates import RATES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.auditing.left_out import LeftOut
    from fairaudit.auditing.paired_findings import GapChange
    from fairaudit.core.columns import Roles
    from fairaudit.core.finding import Finding
    from fairaudit.core.provenance import Source
    from fairaudit.tally.paired_counts import PairedGroup

_TOLD = (
    "selection_rate",
    "true_positive_rate",
    "false_positive_rate",
    "positive_predictive_value",
    "accuracy",
)
"""Rates whose change is told."""


@value
class Asked:
    """What is asked of a comparison."""

    names: tuple[str, str]
    criteria: tuple[Criterion, ...]
    no_worse: float | None
    why: str | None
    seed: int


def paired_study(
    joined: Joined, roles: Roles, asked: Asked, sources: tuple[Source, Source]
) -> Study:
    """What changed between the two systems?

    Parameters
    ----------
    joined : Joined
        The people of both tables.
    roles : Roles
        Which column plays which part.
    asked : Asked
        What to tell, and what to judge.
    sources : tuple of Source
        Where the two tables came from.

    Returns
    -------
    Study
        With a verdict on every gap of every table, where gaps are judged.
    """
    by_table = _paired(joined, roles, asked.names)
    labelled = roles.label is not None
    (whole,) = by_table[()]
    findings: list[Finding] = []
    changes: list[tuple[GapChange, LeftOut]] = []
    for columns in roles.tables:
        attribute, groups = CROSS.join(columns), by_table[columns]
        decided = tuple(group.decided for group in groups)
        here = [gap_change(one, decided, attribute, asked.seed) for one in asked.criteria]
        if here:
            findings.append(gaps_finding(here, attribute, asked.names))
        missing = [left_out(one, groups, whole, asked.names) for one in asked.criteria]
        changes += zip(here, missing, strict=True)
        findings += _rates(decided, attribute, asked.names, labelled=labelled)
    lacking = who_is_left_out(by_table, asked.names, joined.absent, labelled=labelled)
    margin, family = asked.no_worse, len(changes)
    return Study(
        subject=f"{asked.names[1]} against {asked.names[0]}",
        question="What changed for whom between two systems that decided about the same "
        "people?",
        sources=sources,
        design=(
            ("People", _people(joined, asked.names)),
            *([("Left out", lacking)] if lacking else []),
        ),
        findings=tuple(findings),
        requirements=Requirements(
            margins=()
            if margin is None
            else tuple(growth_gate(one, margin) for one, _ in changes),
            why=asked.why,
        ),
        verdicts=()
        if margin is None
        else tuple(growth_verdict(one, margin, family, lost) for one, lost in changes),
        notes=(*([NOTE] if lacking else []), *_NOTES),
        seed=asked.seed,
    )


def _paired(
    joined: Joined, roles: Roles, systems: tuple[str, str]
) -> dict[tuple[str, ...], tuple[PairedGroup, ...]]:
    """Count everybody by both decisions, in every table and all together."""
    (own,) = joined.first
    names = [f"{own} of {system}" for system in systems]
    everybody = [joined.everybody(place) for place in (0, 1)]
    shared = {column: everybody[0][column] for column in joined.shared}
    by_name = {name: all_of[own] for name, all_of in zip(names, everybody, strict=True)}
    positive = {name: roles.positive[own] for name in names if own in roles.positive}
    each = [
        replace(
            roles,
            prediction=name if roles.prediction is not None else None,
            score=name if roles.prediction is None else None,
            positive=roles.positive | positive,
        )
        for name in names
    ]
    with (
        speaking_of(" and ".join(systems)),
        open_table(shared | by_name) as table,
    ):
        return pair_counts(table, *each)


def _rates(
    groups: tuple[PairedGroup, ...],
    attribute: str,
    names: tuple[str, str],
    *,
    labelled: bool,
) -> Iterator[Finding]:
    """Tell how every rate changed."""
    for name in _TOLD:
        rate = RATES[name]
        if labelled or not rate.uses_label:
            found = rate_change(rate, groups, attribute, names)
            if found is not None:
                yield found


def _people(joined: Joined, names: tuple[str, str]) -> str:
    """Say who is compared, and who is not."""
    told = f"{joined.people:,} in both tables"
    for only, name in ((joined.only_first, names[0]), (joined.only_second, names[1])):
        if only:
            told += f"; {only:,} only in that of {name}"
    if joined.without_id:
        told += f"; {joined.without_id:,} rows without an id"
    return f"{told}{'; the others are not compared' if ';' in told else ''}"


_NOTES = (
    Note(
        id="same_people",
        kind="assumption",
        text="Both tables are about the same people at the same time: labels and groups "
        "are one and the same, only the decisions differ.",
    ),
    Note(
        id="change_is_not_fairness",
        kind="limit",
        text="A smaller gap can come from doing worse for the group that did better; look "
        "at every group's own change before calling it an improvement.",
    ),
)
