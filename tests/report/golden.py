"""Reports made by hand, with real numbers, for the tests of renderers and storage.

COMPAS by race and by sex: ProPublica's two-year file, 7,214 people. No analysis of the
package is used, so that a renderer's snapshot changes only when the renderer does.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fairaudit.core.cells import Cells
from fairaudit.core.requirements import CriterionGate, NumberGate, Requirements, Waiver
from fairaudit.core.value import replace
from fairaudit.core.verdict import MissingData, OutsideScope, Scope, Verdict
from fairaudit.report.rewriting import rewritten
from tests.report.by_hand import MAIN, table_of
from tests.report.prices_by_hand import combination_findings, price_finding
from tests.report.report_by_hand import report_of, verdict_of

if TYPE_CHECKING:
    from fairaudit.core.evidence import GroupRow
    from fairaudit.report.model import AuditReport

BY_RACE = {
    "African-American": Cells(tp=1369, fp=805, fn=532, tn=990),
    "Caucasian": Cells(tp=505, fp=349, fn=461, tn=1139),
    "Hispanic": Cells(tp=103, fp=87, fn=129, tn=318),
    "Other": Cells(tp=43, fp=36, fn=90, tn=208),
    "Asian": Cells(tp=6, fp=2, fn=3, tn=21),
    "Native American": Cells(tp=9, fp=3, fn=1, tn=5),
}
BY_SEX = {
    "Male": Cells(tp=1732, fp=994, fn=1021, tn=2072),
    "Female": Cells(tp=303, fp=288, fn=195, tn=609),
}


@cache
def compas() -> AuditReport:
    """One table and one gate that is undecided: the usual first page."""
    table = table_of("race", BY_RACE)
    gate = CriterionGate(criterion="predictive_parity", tolerance=0.1)
    verdict = verdict_of(
        gate,
        table,
        status="undecided",
        because="no gap above 0.1 is shown, but the largest gap not excluded is 0.43 "
        "(Other v Asian); about 760 flags in each group would settle it.",
        rows_needed=753,
        rows_unit="flags",
    )
    return report_of(
        tables=(table,),
        requirements=Requirements(
            criteria=(gate,), why="a high score must mean the same risk for everyone"
        ),
        verdicts=(verdict,),
    )


@cache
def no_gate() -> AuditReport:
    """Nothing was required."""
    return report_of(
        tables=(table_of("race", BY_RACE),), requirements=Requirements(), verdicts=()
    )


@cache
def everything() -> AuditReport:
    """Every status, a scope, an undefined rate, missing values and nobody's reason."""
    by_race = table_of("race", BY_RACE, missing=Cells(tp=3, tn=4))
    by_sex = table_of("sex", BY_SEX, absent="Nonbinary")
    scope = Scope(
        min_group=100,
        inside=("African-American", "Caucasian", "Hispanic", "Other"),
        outside=(
            OutsideScope(name="Asian", size=32, not_excluded=0.301),
            OutsideScope(name="Native American", size=18, not_excluded=0.276),
        ),
        share_of_people=7164 / 7214,
    )
    waiver = Waiver(
        gate="equalized_odds",
        owner="R. Ruiz",
        reason="the score is being replaced in spring",
        expires="2026-12-31",
    )
    gates = {
        name: CriterionGate(criterion=name, tolerance=0.1)
        for name in (*MAIN, "overall_accuracy_equality")
    }
    four_fifths = NumberGate(number="impact_ratio", relation=">=", limit="0.8")
    missing = MissingData(share=7 / 7221, worst_case=None, blocks_pass=False)
    verdicts = (
        verdict_of(
            gates["demographic_parity"],
            by_race,
            status="fail",
            because="59 % v 21 % of people were flagged (African-American v Other, SR): "
            "a gap of 0.38, at least 0.31, shown to be above 0.1 (limits simultaneous over "
            "75 comparisons); so do 3 more comparisons.",
            missing=missing,
        ),
        verdict_of(
            gates["equalized_odds"],
            by_race,
            status="waived",
            because="72 % v 32 % of the actual positives were flagged (African-American v "
            "Other, TPR): a gap of 0.40, at least 0.25, shown to be above 0.1.",
            waiver=waiver,
            before_waiver="fail",
        ),
        verdict_of(
            gates["predictive_parity"],
            by_race,
            status="undecided",
            because="no gap above 0.1 is shown, but the largest gap not excluded is 0.43 "
            "(Other v Asian); with the gap left after noise correction no number of people "
            "would make it pass.",
            unreachable=True,
        ),
        verdict_of(
            gates["predictive_parity"],
            by_sex,
            status="undecided",
            because="expected group Nonbinary has nobody in these data, so it cannot be "
            "compared.",
        ),
        verdict_of(
            gates["overall_accuracy_equality"],
            by_race,
            status="pass",
            because="passes for 4 of 6 groups, >99 % of people; undecided for Asian (32), "
            "Native American (18): gaps up to 0.30 not excluded. Inside the scope the "
            "largest gap not excluded is 0.07 (African-American v Other).",
            scope=scope,
        ),
        Verdict(
            id="impact_ratio>=0.8@race",
            gate=four_fifths,
            attribute="race",
            status="fail",
            because="impact ratio is 0.4217 (Native American 6 of 18, Other 298 of 377), "
            "which breaks >= 0.8. Of perfectly fair processes of this size, 61 % would "
            "break it.",
            value=0.421707,
            fair_failure_share=0.6113,
        ),
    )
    return report_of(
        tables=(by_race, by_sex),
        requirements=Requirements(
            criteria=tuple(gates.values()),
            numbers=(four_fifths,),
            min_group=100,
            undecided="pass",
            waivers=(waiver,),
        ),
        verdicts=verdicts,
        left_out=7,
    )


@cache
def no_labels() -> AuditReport:
    """A table that says who was selected and not what happened."""
    report = no_gate()
    part = report.parts[0]
    table = part.tables[0]
    bare = replace(
        table,
        groups=tuple(_without_labels(row) for row in table.groups),
        overall=_without_labels(table.overall),
    )
    kept = [one for one in part.findings if one.id.startswith("demographic_parity")]
    part = replace(
        part,
        tables=(bare,),
        findings=tuple(kept),
        roles=replace(part.roles, label=None, favourable=None),
    )
    return replace(report, parts=(part,))


@cache
def many_groups() -> AuditReport:
    """More groups than a page holds."""
    cells = {
        f"group {place:02}": Cells(tp=20 + place, fp=10, fn=10, tn=30 + place % 7)
        for place in range(60)
    }
    return report_of(
        tables=(table_of("department", cells),), requirements=Requirements(), verdicts=()
    )


HOSTILE_NAMES = {
    "African-American": "\x1b[2J\x1b[1;1HALL CHECKS PASSED",
    "Caucasian": "[red]bold[/red] <script>alert(1)</script>",
    "Hispanic": "a\nPASS  everything\r\x9b31m",
    "Other": "\u202egnihton\u2069 \u05d0\u05d7\u05e8 \u05de\u05d0\u05d3",
    "Asian": "\u4e2d\u6587\u540d\u5b57" * 4,
    "Native American": "N" * 10_000,
    "race": "=cmd|'/c calc'!A1 ",
}


@cache
def hostile() -> AuditReport:
    """The usual first page with names that try everything."""
    report = compas()

    def renamed(text: str) -> str:
        for name, other in HOSTILE_NAMES.items():
            text = text.replace(name, other)
        return text

    return replace(report, parts=(rewritten(report.parts[0], renamed),))


def _without_labels(row: GroupRow) -> GroupRow:
    """Keep what needs no label."""
    assert row.cells is not None
    cells = Cells(
        unlabelled_selected=row.cells.tp + row.cells.fp,
        unlabelled_rejected=row.cells.fn + row.cells.tn,
    )
    rates = {"selection_rate": row.rates["selection_rate"]}
    return replace(row, cells=cells, rates=rates)


@cache
def prices() -> AuditReport:
    """The usual first page, and what criteria would cost on the scores."""
    report = compas()
    part = report.parts[0]
    findings = (*part.findings, price_finding())
    return replace(report, parts=(replace(part, findings=findings),))


@cache
def combinations() -> AuditReport:
    """Nothing but combinations of criteria that were put to the scores."""
    report = no_gate()
    return replace(
        report, parts=(replace(report.parts[0], findings=combination_findings()),)
    )


@cache
def two_parts() -> AuditReport:
    """Two audits in one report."""
    return compas() + no_labels()


GOLDEN = {
    made.__name__: made
    for made in (
        combinations,
        compas,
        everything,
        hostile,
        many_groups,
        no_gate,
        no_labels,
        prices,
        two_parts,
    )
}
"""Every report by its name."""
