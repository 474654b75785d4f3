"""A report as tidy tables: one row per number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.evidence import Comparison, Disparity, StratifiedComparison
from fairaudit.core.measurement import Measurement
from fairaudit.core.requirements import CriterionGate
from fairaudit.core.score_evidence import ScoreDisparity
from fairaudit.report.model import DecisionAudit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from fairaudit.core.estimate import Estimate
    from fairaudit.core.evidence import Gap, GroupRow, RateGap
    from fairaudit.core.measurement import Measured
    from fairaudit.core.score_evidence import ScoreComparison
    from fairaudit.report.model import AuditReport, Part

    Row = dict[str, Any]
    _Compared = Comparison | StratifiedComparison | ScoreComparison


def to_frame(report: AuditReport, what: str = "rates") -> pd.DataFrame:
    """Which table of numbers does a report hold?

    Parameters
    ----------
    report : AuditReport
        The report.
    what : {"rates", "gaps", "comparisons", "verdicts", "measured"}
        Rates of groups, gaps between them, the comparisons of two groups that gates rest
        on, what the gates came to, or what studies measured.

    Returns
    -------
    pandas.DataFrame
        One row per rate and group, per rate and criterion, per rate and two groups, per
        verdict, or per thing measured; `part` counts the report's parts from 0. An
        undefined number is missing and its reason is in `undefined_because`.
        `at_least` and `at_most` are the limits that decide a gate: of a difference without
        its sign, or by how much a ratio falls short of 1 where `measure` says so.

    Raises
    ------
    InputError
        When there is no such table.
    """
    import pandas as pd

    if what not in _TABLES:
        raise InputError(
            f"to_frame: what must be one of {shown(_TABLES)}; got {what!r}."
            f"{did_you_mean(what, _TABLES)}"
        )
    columns, rows_of = _TABLES[what]
    rows = [
        {"part": number, **row}
        for number, part in enumerate(report.parts)
        for row in rows_of(part)
    ]
    frame = pd.DataFrame(rows, columns=["part", *columns])
    numbers = [column for column in columns if column in _NUMBERS]
    return frame.astype(dict.fromkeys(numbers, "float64"))


_NUMBERS = {
    "value",
    "low",
    "high",
    "largest",
    "noise_corrected",
    "shown",
    "not_excluded",
    "difference",
    "at_least",
    "at_most",
    "ratio",
    "fair_failure_share",
    "p_value",
}
"""Columns of fractions, which may all be undefined."""


def _rates(part: Part) -> Iterator[Row]:
    """Give every rate of every group."""
    for table in part.tables if isinstance(part, DecisionAudit) else ():
        for row in (*table.groups, table.overall):
            estimates = dict(row.rates)
            if row.impact_ratio is not None:
                estimates["impact_ratio"] = row.impact_ratio
            for rate, estimate in estimates.items():
                yield {"attribute": table.attribute, **_rate(row, rate, estimate)}


def _rate(row: GroupRow, rate: str, estimate: Estimate) -> Row:
    """Give one rate of one group."""
    limits = estimate.interval
    return {
        "group": row.name,
        "kind": row.kind,
        "people": row.people,
        "rate": rate,
        "value": estimate.value,
        "low": limits and limits.low,
        "high": limits and limits.high,
        "numerator": estimate.numerator,
        "denominator": estimate.denominator,
        "undefined_because": estimate.undefined_because,
    }


def _gaps(part: Part) -> Iterator[Row]:
    """Give every gap of every criterion."""
    for finding in part.findings:
        disparity = finding.evidence
        if isinstance(disparity, Disparity):
            for gap in disparity.gaps:
                first = {"attribute": disparity.attribute, "criterion": disparity.criterion}
                yield first | _gap(gap)


def _gap(gap: RateGap) -> Row:
    """Give one rate's gaps, each with the groups it is between."""
    return {
        "rate": gap.rate,
        "noise_corrected": gap.noise_corrected,
        "ratio": gap.ratio,
        **_between("largest", gap.largest),
        **_between("shown", gap.shown),
        **_between("not_excluded", gap.not_excluded),
    }


def _between(name: str, gap: Gap | None) -> Row:
    """Give a gap and its two groups."""
    return {
        name: gap and gap.value,
        f"{name}_high": gap and gap.high,
        f"{name}_low": gap and gap.low,
    }


def _comparisons(part: Part) -> Iterator[Row]:
    """Give every comparison of a gate; without one, those that are findings."""
    compared: dict[tuple[str, str, str], tuple[_Compared, ...]] = {}
    for verdict in part.verdicts:
        gate = verdict.gate
        if isinstance(gate, CriterionGate):
            key = (verdict.attribute, gate.criterion, gate.measure)
            compared[key] = (*verdict.comparisons, *verdict.stratified, *verdict.scored)
    judged = {key[:2] for key in compared}
    for finding in part.findings:
        found = finding.evidence
        if not isinstance(found, Disparity | ScoreDisparity):
            continue
        if (found.attribute, found.criterion) not in judged:
            key = (found.attribute, found.criterion, "difference")
            compared[key] = (
                found.stratified if isinstance(found, Disparity) else found.comparisons
            )
    for (attribute, criterion, measure), these in compared.items():
        first = {"attribute": attribute, "criterion": criterion, "measure": measure}
        for one in these:
            yield first | _comparison(one)


def _comparison(one: _Compared) -> Row:
    """Give what is seen of two groups, and the limits that decide."""
    seen = one.common if isinstance(one, StratifiedComparison) else one.difference
    return {
        "rate": one.rate if isinstance(one, Comparison) else None,
        "first": one.first,
        "second": one.second,
        "difference": seen.value,
        "low": seen.interval and seen.interval.low,
        "high": seen.interval and seen.interval.high,
        "at_least": one.at_least,
        "at_most": one.at_most,
        "in_scope": one.in_scope,
        "status": one.status,
        "undefined_because": seen.undefined_because,
    }


def _verdicts(part: Part) -> Iterator[Row]:
    """Give every verdict."""
    for verdict in part.verdicts:
        yield {name: getattr(verdict, name) for name in _VERDICT_COLUMNS}


def _measured(part: Part) -> Iterator[Row]:
    """Give everything that the findings of a study measured."""
    for finding in part.findings:
        measurement = finding.evidence
        if isinstance(measurement, Measurement):
            for one in measurement.rows:
                first = {"finding": finding.id, "quantity": measurement.quantity}
                yield first | _measure(one)


def _measure(one: Measured) -> Row:
    """Give what one thing measures."""
    limits = one.estimate.interval
    return {
        "name": one.name,
        "group": one.group,
        "value": one.estimate.value,
        "low": limits and limits.low,
        "high": limits and limits.high,
        "p_value": one.p_value,
        "numerator": one.estimate.numerator,
        "denominator": one.estimate.denominator,
        "undefined_because": one.estimate.undefined_because,
        "remark": one.remark,
    }


_RATE_COLUMNS = (
    "attribute",
    "group",
    "kind",
    "people",
    "rate",
    "value",
    "low",
    "high",
    "numerator",
    "denominator",
    "undefined_because",
)
_GAP_COLUMNS = (
    "attribute",
    "criterion",
    "rate",
    "largest",
    "largest_high",
    "largest_low",
    "noise_corrected",
    "shown",
    "shown_high",
    "shown_low",
    "not_excluded",
    "not_excluded_high",
    "not_excluded_low",
    "ratio",
)
_COMPARISON_COLUMNS = (
    "attribute",
    "criterion",
    "measure",
    "rate",
    "first",
    "second",
    "difference",
    "low",
    "high",
    "at_least",
    "at_most",
    "in_scope",
    "status",
    "undefined_because",
)
_VERDICT_COLUMNS = (
    "id",
    "attribute",
    "status",
    "because",
    "value",
    "family_size",
    "rows_needed",
    "rows_unit",
    "unreachable",
    "fair_failure_share",
    "before_waiver",
)
_MEASURED_COLUMNS = (
    "finding",
    "quantity",
    "name",
    "group",
    "value",
    "low",
    "high",
    "p_value",
    "numerator",
    "denominator",
    "undefined_because",
    "remark",
)
_TABLES: dict[str, tuple[tuple[str, ...], Callable[[Part], Iterator[Row]]]] = {
    "rates": (_RATE_COLUMNS, _rates),
    "gaps": (_GAP_COLUMNS, _gaps),
    "comparisons": (_COMPARISON_COLUMNS, _comparisons),
    "verdicts": (_VERDICT_COLUMNS, _verdicts),
    "measured": (_MEASURED_COLUMNS, _measured),
}
