"""Tables and findings of an audit, made from its counts."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from fairaudit.core.cells import CELL_NAMES
from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.finding import Finding
from fairaudit.core.seeds import generator
from fairaudit.core.value import value
from fairaudit.core.words import worded
from fairaudit.criteria.catalogue import catalogue, known_rates
from fairaudit.criteria.disparity import family_size, measure
from fairaudit.criteria.findings import disparity_finding
from fairaudit.metrics.by_group import TableSettings, group_table
from fairaudit.report.model import Note, Term
from fairaudit.tally.suppression import Suppressed
from fairaudit.tradeoffs.findings import bill_finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairaudit.core.cells import Cells
    from fairaudit.core.columns import Roles
    from fairaudit.core.estimate import Amount
    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.prices import JointGap
    from fairaudit.core.words import Favourable
    from fairaudit.criteria.criterion import Criterion
    from fairaudit.criteria.scored_groups import ScoredGroups
    from fairaudit.tally.profile import ScoreProfile


@value
class TableRequest:
    """What the tables of an audit are to show beside the groups that are there.

    `expected` and `order` map an attribute to group names; `safe` says what is withheld
    because of counts under `withheld_below`.
    """

    compare: str | None
    expected: dict[str, tuple[str, ...]]
    order: dict[str, tuple[str, ...]]
    safe: Suppressed
    withheld_below: int | None


def make_tables(roles: Roles, request: TableRequest) -> tuple[GroupTable, ...]:
    """Make one table per attribute and crossing that was asked for."""
    safe = request.safe
    names = {columns: set(safe.told(columns)) for columns in roles.tables}
    _check_reference(request, names)
    return tuple(
        group_table(
            safe.counts,
            columns,
            TableSettings(
                compare=_compare(request.compare, columns, names[columns], safe),
                favourable=roles.favourable,
                labelled=roles.label is not None,
                expected=request.expected.get(columns[0], ()) if len(columns) == 1 else (),
                withheld=safe.withheld.get(columns, {}),
                overall_withheld=safe.overall,
                strata_withheld=frozenset(
                    (group, stratum) for of, group, stratum in safe.strata if of == columns
                ),
                withheld_below=request.withheld_below,
                first=request.order.get(columns[0], ()) if len(columns) == 1 else (),
            ),
        )
        for columns in roles.tables
    )


def measurable(roles: Roles, *, scored: bool) -> dict[str, Criterion]:
    """Find the criteria that the columns of an audit allow, and its scores if counted."""
    return {
        name: criterion
        for name, criterion in catalogue().items()
        if (roles.label is not None or not criterion.uses_label)
        and (roles.strata or not criterion.stratified)
        and (scored or criterion.scores is None)
    }


def make_findings(
    tables: tuple[GroupTable, ...],
    roles: Roles,
    *,
    tolerance: float | None,
    seed: int,
    profile: ScoreProfile | None = None,
) -> tuple[tuple[Finding, ...], tuple[Note, ...]]:
    """Measure every criterion on every table; present the bill and the prices of each."""
    findings = []
    priced: list[tuple[GroupTable, Finding | Note, JointGap | None]] = []
    if profile is not None:
        from fairaudit.auditing.prices import price_findings

        made = price_findings(tables, profile, roles, tolerance=tolerance, seed=seed)
        priced = list(made)
    on_scores = {table.attribute: joint for table, _, joint in priced}
    for criterion in measurable(roles, scored=False).values():
        family = family_size(criterion, tables)
        findings += [
            disparity_finding(criterion, measure(criterion, table, family=family))
            for table in tables
        ]
    if roles.label is not None:
        bills = [
            bill_finding(
                table,
                tolerance=tolerance,
                favourable=roles.favourable,
                rng=generator(seed, "bill", table.attribute),
                on_scores=on_scores.get(table.attribute),
            )
            for table in tables
        ]
        findings += [bill for bill in bills if bill is not None]
    findings += [found for _, found, _ in priced if isinstance(found, Finding)]
    notes = tuple(note for _, note, _ in priced if isinstance(note, Note))
    return tuple(findings), notes


def make_score_findings(
    profile: ScoreProfile,
    scores: Sequence[ScoredGroups],
    roles: Roles,
    *,
    seed: int,
) -> tuple[Finding, ...]:
    """Describe the scores of every table, and measure every criterion on them."""
    from fairaudit.criteria.score_disparity import (
        measure_scores,
        score_family_size,
        score_finding,
    )
    from fairaudit.criteria.score_summary import score_summary, summary_finding

    assert roles.score is not None
    findings = []
    for groups in scores:
        rng = generator(seed, "calibration", groups.table.attribute)
        summary = score_summary(profile, groups, score=roles.score, rng=rng)
        findings.append(summary_finding(summary))
    for criterion in catalogue().values():
        if criterion.scores is None:
            continue
        family = score_family_size(criterion, scores)
        findings += [
            score_finding(criterion, measure_scores(criterion, groups, family=family))
            for groups in scores
        ]
    return tuple(findings)


def glossary(favourable: Favourable | None) -> dict[str, Term]:
    """Name every rate and criterion in the words of the direction."""
    terms = {
        rate.id: Term(
            symbol=rate.symbol,
            title=rate.title,
            plain=worded(rate.plain, favourable),
            among=worded(rate.among, favourable),
        )
        for rate in known_rates().values()
    }
    for criterion in catalogue().values():
        symbols = ", ".join(rate.symbol for rate in criterion.rates)
        if criterion.scores is not None:
            symbols = criterion.scores.symbol
        terms[criterion.id] = Term(
            symbol=symbols, title=criterion.title, plain=criterion.asks(favourable)
        )
    return terms


def digest(safe: Suppressed, *, only: tuple[tuple[str, ...], ...] | None = None) -> str:
    """Hash the counts themselves: the same for every engine that read the same data.

    Parameters
    ----------
    safe : Suppressed
        People at the finest crossing, and what of them may be told.
    only : tuple of tuple of str, optional
        Hash no more than what is told of these tables: where small counts are withheld,
        those behind a hash of them could be found by trying.

    Returns
    -------
    str
        SHA-256 in hexadecimal.
    """
    counts = safe.counts
    cells = [[key.groups, key.strata, here] for key, here in counts.cells.items()]
    if only is not None:
        cells = [
            [columns, group, here]
            for columns in only
            for group, here in safe.told(columns).items()
        ]
    texts = [json.dumps(cell, default=_plain) for cell in cells]
    text = json.dumps([counts.attributes, counts.strata, sorted(texts)])
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(cells: Cells) -> list[Amount]:
    """List cells in their fixed order."""
    return [getattr(cells, name) for name in CELL_NAMES]


def _compare(
    wanted: str | None,
    columns: tuple[str, ...],
    names: set[str | None],
    safe: Suppressed,
) -> str:
    """Choose the comparison of one table; a reference holds where the table has it.

    Where everybody is not told, nor is everyone else.
    """
    told = safe.overall is None and None not in safe.withheld.get(columns, {})
    usual = "rest" if len(columns) > 1 and told else "pairs"
    if wanted is None:
        return usual
    if wanted.startswith("reference:") and wanted.removeprefix("reference:") not in names:
        return usual
    return wanted


def _check_reference(
    request: TableRequest, names: Mapping[tuple[str, ...], set[str | None]]
) -> None:
    """Refuse a reference group that no table has."""
    if request.compare is None or not request.compare.startswith("reference:"):
        return
    group = request.compare.removeprefix("reference:")
    known = sorted({name for here in names.values() for name in here if name is not None})
    if group in known:
        return
    if any(group in withheld for withheld in request.safe.withheld.values()):
        raise InputError(
            f"compare: reference group {group!r} is withheld, as counts below "
            f"{request.withheld_below} are, and what would reveal them. Choose another: "
            f"{shown(known)}."
        )
    raise InputError(
        f"compare: reference group {group!r} is in no table. "
        f"Groups: {shown(known)}.{did_you_mean(group, known)}"
    )
