"""A report as tidy tables: one row per number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.evidence import Disparity
from fairaudit.core.measurement import Measurement
from fairaudit.report.model import DecisionAudit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd

    from fairaudit.core.estimate import Estimate
    from fairaudit.core.evidence import Gap, GroupRow, RateGap
    from fairaudit.core.measurement import Measured
    from fairaudit.report.model import AuditReport, Part

    Row = dict[str, Any]


def to_frame(report: AuditReport, what: str = "rates") -> pd.DataFrame:
    """Which table of numbers does a report hold?

    Parameters
    ----------
    report : AuditReport
        The report.
    what : {"rates", "gaps", "verdicts", "measured"}
        Rates of groups, gaps between them, what the gates came to, or what studies
        measured.

    Returns
    -------
    pandas.DataFrame
        One row per rate and group, per rate and criterion, per verdict, or per thing
        measured; `part` counts
        the report's parts from 0. An undefined number is missing and its reason is in
        `undefined_because`.

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
    "verdicts": (_VERDICT_COLUMNS, _verdicts),
    "measured": (_MEASURED_COLUMNS, _measured),
}
