"""Reports put together from tables: findings measured, verdicts as given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.columns import Roles
from fairaudit.core.estimate import Estimate
from fairaudit.core.evidence import Disparity
from fairaudit.core.finding import Finding
from fairaudit.core.provenance import Source
from fairaudit.core.value import replace
from fairaudit.core.verdict import Scope, Verdict
from fairaudit.report.model import (
    AuditReport,
    DecisionAudit,
    LedgerLine,
    Note,
    Population,
    RunFacts,
    Term,
)
from tests.report.bill_by_hand import bill_of
from tests.report.by_hand import CRITERIA, MAIN, RATES, comparisons_of, gap_of

if TYPE_CHECKING:
    from typing import Any

    from fairaudit.core.evidence import Comparison, GroupTable
    from fairaudit.core.requirements import CriterionGate, Requirements
    from fairaudit.core.verdict import Judgement


def report_of(
    *,
    tables: tuple[GroupTable, ...],
    requirements: Requirements,
    verdicts: tuple[Verdict, ...],
    left_out: int = 0,
) -> AuditReport:
    """Put a report together."""
    people = 7214 + left_out
    ledger = [LedgerLine(name="used", rows=414, people=7214)]
    if left_out:
        ledger.append(LedgerLine(name="missing race", rows=left_out, people=left_out))
    part = DecisionAudit(
        source=Source(
            kind="file",
            name="datasets/compas.csv",
            sha256="5f" * 32,
            sha256_covers="the file's bytes",
            read_as="CSV, UTF-8, ','",
        ),
        roles=Roles(
            label="two_year_recid",
            prediction=None,
            score="decile_score",
            threshold=5.0,
            positive={},
            favourable="not-selected",
            tables=tuple(table.columns for table in tables),
            amount="count",
            amount_kind="count",
        ),
        population=Population(
            rows=414 + left_out, people=people, ledger=tuple(ledger), withheld={}
        ),
        tables=tables,
        findings=tuple(finding for table in tables for finding in _findings(table)),
        requirements=requirements,
        verdicts=verdicts,
        notes=_NOTES,
        glossary=_glossary(),
        seed=0,
        cells_sha256="a0" * 32,
    )
    run = RunFacts(
        created="2026-01-02T03:04:05+00:00",
        command="fairaudit check datasets/compas.csv --group race",
        engine="duckdb",
        seconds=0.25,
        versions={"fairaudit": "0.1.0", "duckdb": "2.0.0"},
        today="2026-01-02",
    )
    return AuditReport(parts=(part,), run=(run,))


_NOTES = (
    Note(id="read_as", kind="fact", text="Read as CSV, UTF-8, ','."),
    Note(
        id="small_race",
        kind="doubt",
        text="Too small to judge by themselves in race, fewer than 30 people: Native "
        "American (18).",
    ),
    Note(
        id="label_trusted",
        kind="limit",
        text="Whether the label (two_year_recid) is itself fair cannot be seen in these "
        "data: where it records past decisions, so does every rate that uses it.",
    ),
    Note(
        id="columns_taken",
        kind="assumption",
        text="Found by name: label column taken: 'two_year_recid'.",
    ),
)


def _glossary() -> dict[str, Term]:
    """Name rates and criteria."""
    terms = {
        rate: Term(symbol=symbol, title=rate.replace("_", " "), plain=plain, among=among)
        for rate, (symbol, _, _, plain, among) in RATES.items()
    }
    for criterion, rates in CRITERIA.items():
        terms[criterion] = Term(
            symbol=", ".join(RATES[rate][0] for rate in rates),
            title=criterion.replace("_", " "),
            plain="Is it the same for each group?",
        )
    return terms


def verdict_of(
    gate: CriterionGate,
    table: GroupTable,
    **fields: Any,  # noqa: ANN401 - fields of a verdict
) -> Verdict:
    """Judge every pair; status and reason are given."""
    rates = CRITERIA[gate.criterion]
    scope = fields.get("scope")
    inside = scope.inside if isinstance(scope, Scope) else None
    comparisons = tuple(
        replace(
            one,
            status=_status(one, gate.tolerance),
            in_scope=inside is None or {one.first, one.second} <= set(inside),
        )
        for rate in rates
        for one in comparisons_of(table, rate, family=15 if len(rates) == 1 else 75)
    )
    return Verdict(
        id=f"{gate.criterion}@{table.attribute}",
        gate=gate,
        attribute=table.attribute,
        value=max(abs(one.difference.value or 0.0) for one in comparisons),
        family_size=15 if len(rates) == 1 else 75,
        comparisons=comparisons,
        **fields,
    )


def _status(one: Comparison, tolerance: float) -> Judgement:
    """Judge a pair."""
    if one.at_least is None or one.at_most is None:
        return "undecided"
    if one.at_least > tolerance:
        return "fail"
    return "pass" if one.at_most <= tolerance else "undecided"


def _findings(table: GroupTable) -> list[Finding]:
    """Measure every criterion, and add the bill of COMPAS's two largest groups."""
    findings = []
    for criterion, rates in CRITERIA.items():
        gaps = tuple(gap_of(table, rate) for rate in rates)
        largest = max((gap.largest.value for gap in gaps if gap.largest), default=0.0)
        title = criterion.replace("_", " ").capitalize()
        findings.append(
            Finding(
                id=f"{criterion}@{table.attribute}",
                sentence=f"{title} by {table.attribute}: the largest gap is {largest:.2f}.",
                estimate=Estimate(value=largest),
                evidence=Disparity(
                    criterion=criterion,
                    main=criterion in MAIN,
                    attribute=table.attribute,
                    family_size=len(comparisons_of(table, rates[0], 1)) * len(rates),
                    gaps=gaps,
                ),
                references=("hardt2016",),
            )
        )
    if table.attribute == "race":
        bill = bill_of({row.name: row.cells for row in table.groups[:2] if row.cells})
        findings.append(
            Finding(
                id="bill@race",
                sentence=bill.lines.exactly,
                estimate=bill.odds_ratio,
                evidence=bill,
                references=("chouldechova2017",),
            )
        )
    return findings
