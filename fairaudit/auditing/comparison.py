"""Two systems on the same people: both audits, and the paired difference between them."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

from fairaudit.auditing.facts import run_facts
from fairaudit.auditing.front_door import audit
from fairaudit.auditing.growth import (
    check_margin,
    criteria_compared,
    growth_gate,
    growth_verdict,
)
from fairaudit.auditing.joining import Joined, join, speaking_of
from fairaudit.auditing.left_out import NOTE, left_out, who_is_left_out
from fairaudit.auditing.paired_findings import (
    gap_change,
    gaps_finding,
    rate_change,
)
from fairaudit.auditing.request import (
    Texts,
    criterion_gates,
    make_bins,
    positive_texts,
    texts,
)
from fairaudit.core.errors import InputError
from fairaudit.core.requirements import Requirements
from fairaudit.core.value import replace, value
from fairaudit.criteria.criterion import Criterion
from fairaudit.engines import open_table
from fairaudit.policy.document import Policy
from fairaudit.report.model import AuditReport, DecisionAudit, Note, Study
from fairaudit.tally.counts import CROSS
from fairaudit.tally.paired_counts import pair_counts
from fairaudit.tally.rates import RATES
from fairaudit.tally.roles import Wanted, find_roles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from fairaudit.auditing.left_out import LeftOut
    from fairaudit.auditing.paired_findings import GapChange
    from fairaudit.core.columns import Roles
    from fairaudit.core.finding import Finding
    from fairaudit.core.provenance import Source
    from fairaudit.core.words import Favourable
    from fairaudit.engines.query import Table
    from fairaudit.tally.paired_counts import PairedGroup

_TOLD = (
    "selection_rate",
    "true_positive_rate",
    "false_positive_rate",
    "positive_predictive_value",
    "accuracy",
)
"""Rates whose change is told."""


def compare(  # noqa: PLR0913 - one question, its options by name
    old: Any,  # noqa: ANN401 - any frame, file or mapping of arrays
    new: Any,  # noqa: ANN401
    *,
    id_column: str,
    groups: Texts = None,
    label: str | None = None,
    prediction: str | None = None,
    score: str | None = None,
    threshold: float | None = None,
    positive: str | float | Mapping[str, str | float] | None = None,
    favourable: Favourable | None = None,
    bins: Mapping[str, Sequence[float]] | None = None,
    max_groups: int | None = None,
    names: tuple[str, str] = ("old", "new"),
    criterion: Texts = None,
    tolerance: float | None = None,
    no_worse: float | None = None,
    why: str | None = None,
    na: Texts = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    seed: int = 0,
    command: str | None = None,
    today: date | None = None,
) -> AuditReport:
    """What changed for whom between two systems that decided about the same people?

    Parameters
    ----------
    old, new : frame, path or mapping of str to array-like of shape (n_rows,)
        One row per person and table. Groups and the label may be in either.
    id_column : str
        The column that names a person in both.
    groups : str or sequence of str
        Columns that make groups; ``"sex×race"`` for a crossing.
    label, prediction, score : str, optional
        As of `audit`; the prediction, or the score, stands in both tables by one name.
    threshold : float, optional
        The score from which people are selected.
    positive : str, number or mapping from column to either, optional
        The positive value, where it is not 1 or true.
    favourable : {"selected", "not-selected"}, optional
        Whether a positive prediction helps or harms.
    bins : mapping of str to sequence of float, optional
        Edges that cut a numeric column into groups.
    max_groups : int, optional
        The most values a group column may have; 50 by default.
    names : tuple of str
        What the two systems are called, in the report and in messages about tables in
        memory.
    criterion, tolerance : str or sequence of str, and float, optional
        What the *new* system must keep to, judged as `audit` does.
    no_worse : float, optional
        By how much the largest gap of each criterion (the main ones where none is named)
        may grow: passed where the upper 95 % limit of its growth is within it. For
        criteria on rates of whole groups.
    why : str, optional
        Why this is required.
    na : str or sequence of str, optional
        Texts that mean missing, beside the empty cell.
    encoding, delimiter : str, optional
        How text files are written, where that is not found by itself.
    seed : int
        For what is drawn; recorded in the report.
    command : str, optional
        The command line, for the record.
    today : datetime.date, optional
        The day that decides whether waivers hold; today by default.

    Returns
    -------
    AuditReport
        Three parts: the study of what changed, then the audit of the old system and that of
        the new one, on the people that are in both tables. The study is of those about whom
        both decided; where more than 5 % are left out, no gate on a gap passes.

    Raises
    ------
    InputError
        When a person stands twice, the tables contradict each other about people, or the
        options cannot be followed.

    Examples
    --------
    >>> import fairaudit
    >>> who = {"id": [1, 2, 3, 4], "sex": ["f", "f", "m", "m"], "label": [1, 0, 1, 0]}
    >>> old = who | {"prediction": [0, 0, 1, 1]}
    >>> new = {"id": [4, 3, 2, 1], "prediction": [0, 1, 0, 1]}
    >>> report = fairaudit.compare(old, new, id_column="id", groups="sex")
    >>> report["gaps@sex"].findings[0].estimate.value
    -1.0
    """
    started = time.perf_counter()
    _check_names(names, id_column)
    check_margin(no_worse)
    if tolerance is not None or no_worse is None:
        criterion_gates(criterion, tolerance, None, Policy())
    wanted = Wanted(
        label=label,
        prediction=prediction,
        score=score,
        threshold=threshold,
        positive=positive_texts(positive),
        favourable=favourable,
        groups=texts(groups),
        bins=make_bins(bins) or (),
    )
    opened = partial(_opened, encoding=encoding, delimiter=delimiter, na=texts(na))
    with opened(old, names[0]) as first, opened(new, names[1]) as second:
        sources = (first.source, second.source)
        columns = tuple(dict.fromkeys((*first.columns, *second.columns)))
        where = " and ".join(source.name for source in sources)
        roles = find_roles(wanted, columns, where=where).roles
        criteria = criteria_compared(
            texts(criterion),
            labelled=roles.label is not None,
            gated=no_worse is not None,
        )
        own = roles.prediction or roles.score
        assert own is not None
        shared = [*roles.attributes, *([roles.label] if roles.label else [])]
        joined = join(first, second, id_column=id_column, shared=shared, own=[own])
        facts = run_facts(first.engine, command, started, today)
    asked = {"criterion": criterion, "tolerance": tolerance, "why": why}
    same = {"max_groups": max_groups, "seed": seed, "today": today}
    given: tuple[dict[str, Any], ...] = (
        same,
        same | asked if tolerance is not None else same,
    )
    audits = [
        _audited(joined, roles, place, source, options)
        for place, (source, options) in enumerate(zip(sources, given, strict=True))
    ]
    study = _study(
        joined,
        roles,
        Asked(
            names=names,
            criteria=criteria,
            no_worse=no_worse,
            why=why,
            seed=seed,
        ),
        sources,
    )
    return AuditReport(parts=(study, *audits), run=(facts, facts, facts))


def _check_names(names: object, id_column: object) -> None:
    """Refuse what cannot name two systems, or a column."""
    given = list(names) if isinstance(names, list | tuple) else []
    texts_only = all(isinstance(name, str) and name for name in given)
    if len(given) != 2 or not texts_only or given[0] == given[1]:
        raise InputError(
            "names: must be two different texts, such as ('old', 'new'), that say what "
            f"the systems are called; got {names!r}."
        )
    if not isinstance(id_column, str):
        raise InputError(
            "id_column: must be the name of the one column that says who a row is about; "
            f"got {id_column!r}."
        )


def _opened(data: Any, name: str, **options: Any) -> Table:  # noqa: ANN401 - as `compare` takes them
    """Open a table; one in memory goes by what its system is called."""
    with speaking_of(name):
        table = open_table(data, **options)
    if table.source.kind in {"frame", "arrays"}:
        table.source = replace(table.source, name=name)
    return table


@value
class Asked:
    """What is asked of a comparison."""

    names: tuple[str, str]
    criteria: tuple[Criterion, ...]
    no_worse: float | None
    why: str | None
    seed: int


def _audited(
    joined: Joined,
    roles: Roles,
    place: int,
    source: Source,
    options: Mapping[str, Any],
) -> DecisionAudit:
    """Audit one of the two systems on the people that are in both tables."""
    with speaking_of(source.name, joined.where):
        report = audit(
            joined.shared | (joined.second if place else joined.first),
            groups=["×".join(columns) for columns in roles.tables],
            label=roles.label,
            prediction=roles.prediction,
            score=roles.score if roles.prediction is None else None,
            threshold=roles.threshold,
            positive=roles.positive or None,
            favourable=roles.favourable,
            bins={cut.column: cut.edges for cut in roles.bins},
            **options,
        )
    part = report.parts[0]
    assert isinstance(part, DecisionAudit)
    return replace(part, source=source)


def _study(
    joined: Joined, roles: Roles, asked: Asked, sources: tuple[Source, Source]
) -> Study:
    """Tell what changed between the two."""
    by_table = _paired(joined, roles, asked.names)
    labelled = roles.label is not None
    everyone = joined.people + joined.only_first + joined.only_second + joined.without_id
    findings: list[Finding] = []
    changes: list[tuple[GapChange, LeftOut]] = []
    for columns in roles.tables:
        attribute, groups = CROSS.join(columns), by_table[columns]
        decided = tuple(group.decided for group in groups)
        here = [gap_change(one, decided, attribute, asked.seed) for one in asked.criteria]
        if here:
            findings.append(gaps_finding(here, attribute, asked.names))
        missing = [left_out(one, groups, everyone) for one in asked.criteria]
        changes += zip(here, missing, strict=True)
        findings += _rates(decided, attribute, asked.names, labelled=labelled)
    lacking = who_is_left_out(by_table, asked.names, labelled=labelled)
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
        notes=(*([NOTE] if lacking or everyone > joined.people else []), *_NOTES),
        seed=asked.seed,
    )


def _paired(
    joined: Joined, roles: Roles, systems: tuple[str, str]
) -> dict[tuple[str, ...], tuple[PairedGroup, ...]]:
    """Count the joined people by both decisions, in every table and all together."""
    (own, first), (_, second) = (
        next(iter(columns.items())) for columns in (joined.first, joined.second)
    )
    names = [f"{own} of {system}" for system in systems]
    by_name = dict(zip(names, (first, second), strict=True))
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
        open_table(joined.shared | by_name) as table,
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
