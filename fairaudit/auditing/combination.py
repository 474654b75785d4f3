"""One combination of criteria put to a scored table: can it hold, and by which rule?"""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from fairaudit.auditing.arguments import (
    Texts,
    check_choice,
    check_given,
    native,
    texts,
    tolerances,
)
from fairaudit.auditing.evidence import TableRequest, digest, glossary, make_tables
from fairaudit.auditing.facts import run_facts
from fairaudit.auditing.notes import limit_notes, reading_notes
from fairaudit.auditing.population import population_of
from fairaudit.auditing.prices import scored_table
from fairaudit.auditing.request import make_bins, positive_texts
from fairaudit.core.errors import InputError
from fairaudit.core.requirements import Requirements
from fairaudit.core.spelling import option
from fairaudit.engines import open_table
from fairaudit.engines.bins import bin_labels
from fairaudit.feasibility.solve import WORK
from fairaudit.report.model import AuditReport, DecisionAudit
from fairaudit.tally.count_query import tally
from fairaudit.tally.roles import Wanted, find_roles
from fairaudit.tally.suppression import Suppressed
from fairaudit.tradeoffs.combination import combination_finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairaudit.core.columns import Roles
    from fairaudit.core.finding import Finding
    from fairaudit.core.words import Favourable
    from fairaudit.engines.query import Table

_MAX_GROUPS = 50


def can_hold(  # noqa: PLR0913 - one question, its options by name
    data: Any,  # noqa: ANN401 - any frame, file or mapping of arrays
    require: Mapping[str, float],
    *,
    groups: Texts = None,
    score: str | None = None,
    label: str | None = None,
    prediction: str | None = None,
    threshold: float | None = None,
    positive: str | float | Mapping[str, str | float] | None = None,
    favourable: Favourable | None = None,
    count: str | None = None,
    bins: Mapping[str, Sequence[float]] | None = None,
    max_groups: int | None = None,
    costs: tuple[float, float] = (1.0, 1.0),
    free_selection: bool = False,
    work: int = WORK,
    na: Texts = None,
    encoding: str | None = None,
    delimiter: str | None = None,
    seed: int = 0,
    command: str | None = None,
) -> AuditReport:
    """Can these criteria hold together on these scores, and by which rule?

    Parameters
    ----------
    data : frame, path or mapping of str to array-like of shape (n_rows,)
        As for `audit`.
    require : mapping of str to float
        Criteria with the largest gap that is accepted, such as
        ``{"demographic_parity": 0.05, "predictive_parity": 0.05}``.
    groups : str or sequence of str
        Columns that make groups; each is answered by itself.
    score : str
        The number behind the decision; a higher one means more likely positive.
    label, prediction : str, optional
        What happened and what was decided; found by well-known names when left out.
    threshold : float, optional
        Instead of a prediction: people at or above the threshold were selected.
    positive : str, number or mapping from column to either, optional
        The positive value of labels and predictions, where it is not 1 or true.
    favourable : {"selected", "not-selected"}, optional
        Whether a positive prediction helps or harms the person it is about.
    count : str, optional
        How many people a row stands for.
    bins : mapping of str to sequence of float, optional
        Edges that cut a numeric column into groups.
    max_groups : int, optional
        The most values a group column may have; 50 by default.
    costs : tuple of float
        What a false positive and a false negative cost; the rule costs least.
    free_selection : bool
        Whether another share of people may be selected than today.
    work : int
        Linear programs after which the answer is "not proven".
    na : str or sequence of str, optional
        Texts that mean missing, beside the empty cell.
    encoding, delimiter : str, optional
        How a text file is written, where that is not found by itself.
    seed : int
        Recorded in the report.
    command : str, optional
        The command line, for the record.

    Returns
    -------
    AuditReport
        One finding for each group column: the rule that keeps the criteria, with its
        accuracy, or what shows that none does and what is possible instead.

    Raises
    ------
    InputError
        When the data or the options cannot be used as given.

    Examples
    --------
    >>> import fairaudit
    >>> people = {
    ...     "y_true": [1, 1, 0, 0] * 100 + [1, 0, 0, 0] * 100,
    ...     "score": [3, 2, 2, 1] * 100 + [3, 3, 2, 1] * 100,
    ...     "g": ["a"] * 400 + ["b"] * 400,
    ... }
    >>> report = fairaudit.can_hold(
    ...     people, {"demographic_parity": 0.05}, groups="g", score="score", threshold=2
    ... )
    >>> report.findings[0].evidence.status
    'proven'
    """
    started = time.perf_counter()
    check_choice("favourable", favourable, ("selected", "not-selected"))
    check_given(
        {
            "label": label,
            "prediction": prediction,
            "score": score,
            "threshold": threshold,
            "count": count,
            "max_groups": max_groups,
            "costs": costs,
            "work": work,
            "encoding": encoding,
            "delimiter": delimiter,
            "seed": seed,
        }
    )
    required = tolerances("require", require)
    wanted = Wanted(
        label=label,
        prediction=prediction,
        score=score,
        threshold=native(threshold),
        positive=positive_texts(positive),
        favourable=favourable,
        groups=texts("groups", groups),
        bins=make_bins(bins),
        count=count,
    )
    missing = texts("na", na)
    with open_table(data, encoding=encoding, delimiter=delimiter, na=missing) as table:
        part = _answered(
            table,
            wanted,
            required,
            costs=(float(costs[0]), float(costs[1])),
            free=free_selection,
            work=work,
            seed=native(seed),
            max_groups=max_groups or _MAX_GROUPS,
        )
        engine = table.engine
    return AuditReport(parts=(part,), run=(run_facts(engine, command, started, None),))


def _answered(
    table: Table,
    wanted: Wanted,
    required: dict[str, float],
    *,
    costs: tuple[float, float],
    free: bool,
    work: int,
    seed: int,
    max_groups: int,
) -> DecisionAudit:
    """Count one table by score and answer for each of its group columns."""
    found = find_roles(wanted, table.columns, where=table.source.name)
    roles = found.roles
    _check_roles(roles, where=table.source.name)
    tallied = tally(table, roles, max_groups=max_groups, profile=True)
    safe = Suppressed(counts=tallied.counts, withheld={})
    request = TableRequest(
        compare=None,
        expected={},
        order={cut.column: bin_labels(cut.edges) for cut in roles.bins},
        safe=safe,
        withheld_below=None,
    )
    tables = make_tables(roles, request)
    findings: list[Finding] = []
    for one in tables:
        assert tallied.profile is not None
        scored = scored_table(one, tallied.profile, roles)
        if isinstance(scored, str):
            raise InputError(f"{table.source.name}, {one.attribute}: {scored}.")
        findings.append(
            combination_finding(scored, required, costs=costs, free=free, work=work)
        )
    today = datetime.now(UTC).date()
    return DecisionAudit(
        source=table.source,
        roles=roles,
        population=population_of(tallied, safe, roles, None),
        tables=tables,
        findings=tuple(findings),
        requirements=Requirements(),
        verdicts=(),
        notes=(
            *reading_notes(table.source, roles, tallied, found.taken),
            *limit_notes(roles, Requirements(), today=today),
        ),
        glossary=glossary(roles.favourable),
        seed=seed,
        cells_sha256=digest(safe),
    )


def _check_roles(roles: Roles, *, where: str) -> None:
    """Refuse a table without scores or labels."""
    if roles.score is None:
        raise InputError(
            f"{where}: which rule keeps criteria is looked for among thresholds on a "
            f"score, and none was named. Add {option('score', 'COLUMN')}."
        )
    if roles.label is None:
        raise InputError(
            f"{where}: what a rule gets right needs a label, and none was named or found. "
            f"Add {option('label', 'COLUMN')}."
        )
