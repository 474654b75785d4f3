"""Rates, gaps and verdicts in one tidy table: a row each, under a header that stays.

::

    part,kind,attribute,group,other_group,criterion,rate,value,low,high,at_least,at_m...
    0,group,race,Asian,,,base_rate,0.28125,0.155646,0.453745,,,9,32,,,
    0,largest gap,race,Native American,Other,demographic_parity,selection_rate,0.4571...
    0,difference,race,African-American,Caucasian,predictive_parity,positive_predictiv...
    0,verdict,race,,,predictive_parity,,0.207895,,,,,,,undecided,,"no gap above 0.1 i...

`part` counts the report's parts from 0. `kind` says what a row is about:

- "group", "missing", "absent", "withheld" or "overall": one rate of such a group;
- "largest gap", "shown gap", "not excluded gap", "noise-corrected gap" or "smallest ratio":
  how far apart one rate of a criterion is, between `group`, the higher, and `other_group`;
- "difference": `group` less `other_group`, or their ratio where a gate asks for one, with
  the limits that decide the gate and what they show; "difference among people alike" is
  that within strata;
- "auc" and "mean score of positives" or "of negatives": how a group's scores rank it;
- "difference in scores": a criterion on scores, `group` less `other_group` where they are
  furthest apart;
- "price" and "smallest joint gap": accuracy lost by the best rule that keeps the criteria,
  joined by "+", within `at_most`, and how near any rule brings them;
- "combination": the accuracy of the best rule that keeps what was asked for, the answer
  under `because`; "wider tolerance": by how much every tolerance must grow where no rule
  does, and "rate under the rule": one rate of a group under the rule that keeps it or comes
  nearest;
- "measured": what a study measured of `name`, its finding under `criterion` and its unit
  under `rate`;
- "verdict": what a gate came to, and because of what.

An undefined number is empty and its reason is in `undefined_because`. There are no rows of
the data. The bill is in the JSON alone.

Text that a spreadsheet would take for a formula has an apostrophe before it, and what a
terminal would act on stands as its escape: such names, and only those, are not as in the
data.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any

from fairaudit.core.evidence import Comparison, Disparity, StratifiedComparison
from fairaudit.core.measurement import Measurement
from fairaudit.core.prices import Combination, PriceList
from fairaudit.core.requirements import CriterionGate
from fairaudit.core.score_evidence import ScoreDisparity, ScoreSummary
from fairaudit.report.model import DecisionAudit
from fairaudit.report.sanitise import terminal_text
from fairaudit.report.sections.combination import rule_of
from fairaudit.report.sections.groups import IMPACT_RATIO

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.estimate import Estimate
    from fairaudit.core.evidence import GroupRow, RateGap
    from fairaudit.core.finding import Finding
    from fairaudit.core.verdict import Verdict
    from fairaudit.report.model import AuditReport, Part

    Row = dict[str, Any]

FORMAT = "csv"
SUFFIXES = (".csv",)

HEADER = (
    "part",
    "kind",
    "attribute",
    "group",
    "other_group",
    "criterion",
    "rate",
    "value",
    "low",
    "high",
    "at_least",
    "at_most",
    "numerator",
    "denominator",
    "status",
    "undefined_because",
    "because",
    "name",
    "p_value",
)
"""Stable: columns are added at the end, never moved or renamed."""

# Where a cell begins, and behind a sign at which a spreadsheet of another country, or one
# that was told so, would begin a cell; in full width as well, as East Asian ones read them.
_FORMULA = re.compile("(?:^|(?<=[;,|\"']))(?=[=+@\uff1d\uff0b\uff0d\uff20-])")


def render(report: AuditReport, *, width: int = 80, color: bool = False) -> str:
    """Write rates, gaps and verdicts of a report as CSV.

    Parameters
    ----------
    report : AuditReport
        The report.
    width : int
        Taken by every renderer; of no use here.
    color : bool
        Likewise.

    Returns
    -------
    str
        One line per number, ended by line feeds; numbers in full.
    """
    del width, color
    written = io.StringIO()
    writer = csv.DictWriter(written, HEADER, lineterminator="\n")
    writer.writeheader()
    for number, part in enumerate(report.parts):
        for row in _rows(part):
            cells = {name: _cell(one) for name, one in row.items()}
            writer.writerow({"part": number, **cells})
    return written.getvalue()


def cell_text(text: str) -> str:
    """Write a text so that no spreadsheet computes it and no terminal acts on it.

    Examples
    --------
    >>> cell_text("=1+1"), cell_text("a=b")
    ("'=1+1", 'a=b')
    """
    return _FORMULA.sub("'", terminal_text(text))


def _cell(found: object) -> object:
    """Escape texts; numbers are of our own making."""
    return cell_text(found) if isinstance(found, str) else found


def _rows(part: Part) -> Iterator[Row]:
    """Give every number of one audit."""
    for table in part.tables if isinstance(part, DecisionAudit) else ():
        for row in (*table.groups, table.overall):
            for one in _rates(row):
                yield {"attribute": table.attribute, **one}
    for finding in part.findings:
        yield from _finding(finding)
    for verdict in part.verdicts:
        yield from _verdict(verdict)


def _finding(finding: Finding) -> Iterator[Row]:
    """Give every number of one finding."""
    if isinstance(finding.evidence, Disparity):
        yield from _disparity(finding.evidence)
    elif isinstance(finding.evidence, Measurement):
        yield from _measurement(finding.id, finding.evidence)
    elif isinstance(finding.evidence, ScoreSummary | ScoreDisparity):
        yield from _scores(finding.evidence)
    elif isinstance(finding.evidence, Combination):
        yield from _combination(finding.evidence, finding.sentence)
    elif isinstance(finding.evidence, PriceList):
        yield from _prices(finding.evidence)


def _measurement(finding: str, measurement: Measurement) -> Iterator[Row]:
    """Give everything that one finding of a study measured."""
    for one in measurement.rows:
        yield {
            "kind": "measured",
            "group": one.group,
            "criterion": finding,
            "rate": measurement.quantity,
            **_estimated(one.estimate),
            "numerator": one.estimate.numerator,
            "denominator": one.estimate.denominator,
            "because": one.remark,
            "name": one.name,
            "p_value": one.p_value,
        }


def _scores(evidence: ScoreSummary | ScoreDisparity) -> Iterator[Row]:
    """Give how scores rank each group, or how far groups are apart in them."""
    about = {"attribute": evidence.attribute}
    if isinstance(evidence, ScoreDisparity):
        for one in evidence.comparisons:
            yield {
                **about,
                "kind": "difference in scores",
                "group": one.first,
                "other_group": one.second,
                "criterion": evidence.criterion,
                "at_least": one.at_least,
                "at_most": one.at_most,
                "status": one.status,
                **_estimated(one.difference),
            }
        return
    for group in (*evidence.groups, evidence.overall):
        for kind, estimate in (
            ("auc", group.auc),
            ("mean score of positives", group.mean_of_positives),
            ("mean score of negatives", group.mean_of_negatives),
        ):
            yield {**about, "kind": kind, "group": group.name, **_estimated(estimate)}


def _combination(found: Combination, answer: str) -> Iterator[Row]:
    """Give the answer to what was asked for, and the rates of its rule."""
    about: Row = {
        "attribute": found.attribute,
        "criterion": "+".join(found.required),
    }
    yield {
        **about,
        "kind": "combination",
        "value": found.accuracy,
        "status": found.status,
        "because": answer,
    }
    if found.instead is not None:
        yield {
            **about,
            "kind": "wider tolerance",
            "value": found.instead.wider,
            "at_least": found.instead.at_least,
            "status": found.instead.status,
        }
    for of in rule_of(found):
        for rate, share in sorted(of.rates.items()):
            yield {
                **about,
                "kind": "rate under the rule",
                "group": of.group,
                "rate": rate,
                "value": share,
                "undefined_because": None
                if share is not None
                else "its denominator is empty",
            }


def _prices(evidence: PriceList) -> Iterator[Row]:
    """Give what every combination of criteria costs."""
    about: Row = {"attribute": evidence.attribute}
    for price in evidence.prices:
        named = {**about, "criterion": "+".join(price.criteria)}
        for one in (price.exactly, price.within):
            if one is not None:
                yield {
                    **named,
                    "kind": "price",
                    "at_most": one.tolerance,
                    "status": one.status,
                    **_estimated(one.lost),
                }
        yield {
            **named,
            "kind": "smallest joint gap",
            "at_least": price.joint_gap.at_least,
            "status": price.joint_gap.status,
            **_estimated(price.joint_gap.gap),
        }


def _estimated(estimate: Estimate) -> Row:
    """Give a number with its interval, or why there is none."""
    limits = estimate.interval
    return {
        "value": estimate.value,
        "low": limits and limits.low,
        "high": limits and limits.high,
        "undefined_because": estimate.undefined_because,
    }


def _rates(row: GroupRow) -> Iterator[Row]:
    """Give every rate of one group."""
    estimates = dict(row.rates)
    if row.impact_ratio is not None:
        estimates[IMPACT_RATIO] = row.impact_ratio
    for rate, estimate in sorted(estimates.items()):
        yield _rate(row, rate, estimate)


def _rate(row: GroupRow, rate: str, estimate: Estimate) -> Row:
    """Give one rate of one group."""
    return {
        "kind": row.kind,
        "group": row.name,
        "rate": rate,
        **_estimated(estimate),
        "numerator": estimate.numerator,
        "denominator": estimate.denominator,
    }


def _disparity(disparity: Disparity) -> Iterator[Row]:
    """Give how far apart the groups of a table are by one criterion."""
    about = {"attribute": disparity.attribute, "criterion": disparity.criterion}
    for gap in disparity.gaps:
        for found in _gap(gap):
            yield {**about, "rate": gap.rate, **found}
    for one in disparity.stratified:
        yield {**about, **_comparison(one)}


def _gap(gap: RateGap) -> Iterator[Row]:
    """Give one rate's gaps, each with the groups it is between."""
    for kind, found in (
        ("largest gap", gap.largest),
        ("shown gap", gap.shown),
        ("not excluded gap", gap.not_excluded),
    ):
        if found is not None:
            yield {
                "kind": kind,
                "group": found.high,
                "other_group": found.low,
                "value": found.value,
            }
    if gap.noise_corrected is not None:
        yield {"kind": "noise-corrected gap", "value": gap.noise_corrected}
    if gap.ratio is not None:
        yield {"kind": "smallest ratio", "value": gap.ratio}
    for group, why in gap.undefined.items():
        yield {"kind": "largest gap", "group": group, "undefined_because": why}


def _comparison(one: Comparison | StratifiedComparison) -> Row:
    """Give one pair's difference, the limits that decide, and what those show."""
    alike = isinstance(one, StratifiedComparison)
    seen = one.common if isinstance(one, StratifiedComparison) else one.difference
    limits = seen.interval
    return {
        "kind": "difference among people alike" if alike else "difference",
        "group": one.first,
        "other_group": one.second,
        "rate": None if isinstance(one, StratifiedComparison) else one.rate,
        "value": seen.value,
        "low": limits and limits.low,
        "high": limits and limits.high,
        "at_least": one.at_least,
        "at_most": one.at_most,
        "status": one.status,
        "undefined_because": seen.undefined_because,
    }


def _verdict(verdict: Verdict) -> Iterator[Row]:
    """Give what a gate came to, behind every comparison that it rests on."""
    gate = verdict.gate
    about = {
        "attribute": verdict.attribute,
        "criterion": gate.criterion if isinstance(gate, CriterionGate) else gate.text,
    }
    compared: tuple[Comparison | StratifiedComparison, ...]
    compared = (*verdict.comparisons, *verdict.stratified)
    for one in compared:
        yield {**about, **_comparison(one)}
    yield {
        **about,
        "kind": "verdict",
        "value": verdict.value,
        "status": verdict.status,
        "because": verdict.because,
    }
