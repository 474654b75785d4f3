"""A study in words: what was asked and done, what was required, and its measurements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.measurement import Measurement
from fairaudit.core.value import value
from fairaudit.report.numbers import NBSP, count, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.core.estimate import Estimate, Interval
    from fairaudit.core.finding import Finding
    from fairaudit.core.measurement import Band, Measured
    from fairaudit.report.model import RunFacts, Study

NOTHING_REQUIRED = "NOTHING REQUIRED"
WITHOUT_GATE = "Nothing here is called a pass or a failure."
"""What is said where nothing was required of a study."""


@value
class TableText:
    """A table as text; `left` columns of words come before those of numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def study_introduction(study: Study) -> Iterator[tuple[str, str]]:
    """What was asked, of what, how, and what is required?

    Yields
    ------
    tuple of str
        A label and its text.
    """
    yield "Asked", study.question
    for number, source in enumerate(study.sources):
        read_as = f" ({source.read_as})" if source.read_as else ""
        yield "Data" if number == 0 else "and", f"{source.name}{read_as}"
    yield from study.design
    asked = study.requirements
    if asked.anything:
        gates = [gate.text for gate in asked.margins]
        yield "Required", listed([*gates, *(gate.text for gate in asked.numbers)])


def study_provenance(study: Study, run: RunFacts | None) -> Iterator[tuple[str, str]]:
    """Where did the data come from, and what was run?

    Yields
    ------
    tuple of str
        A label and its text.
    """
    from fairaudit.report.chapters.provenance import run_lines

    for source in study.sources:
        yield "Data", source.name
        if source.sha256 is not None:
            yield "SHA-256", f"{source.sha256} ({source.sha256_covers})"
    yield "Seed", str(study.seed)
    if run is not None:
        yield from run_lines(run)


def measurement_of(finding: Finding) -> Measurement | None:
    """Give the measurement a finding rests on, if it is one."""
    return finding.evidence if isinstance(finding.evidence, Measurement) else None


def measured_table(measurement: Measurement) -> TableText:
    """Which numbers were measured, each with how sure it is?

    Parameters
    ----------
    measurement : Measurement
        The measurement.

    Returns
    -------
    TableText
        Names first; columns that would be empty in every row are not there.
    """
    columns: list[tuple[str, list[str]]] = [
        ("", [one.name for one in measurement.rows]),
        ("of", [one.group or "" for one in measurement.rows]),
        (
            measurement.quantity,
            [_value(one.estimate, measurement.places) for one in measurement.rows],
        ),
        (
            _level(measurement),
            [limits(one.estimate.interval, measurement.places) for one in measurement.rows],
        ),
        ("p", [p_value(one) for one in measurement.rows]),
        ("counts", [_counts(one.estimate) for one in measurement.rows]),
        ("remark", [_remark(one) for one in measurement.rows]),
    ]
    kept = [
        (heading, cells)
        for place, (heading, cells) in enumerate(columns)
        if place in {0, 2} or any(cells)
    ]
    return TableText(
        headings=tuple(heading for heading, _ in kept),
        rows=tuple(zip(*(cells for _, cells in kept), strict=True)),
    )


def held_against(measurement: Measurement) -> str | None:
    """Say which ranges the numbers are held against."""
    bands = [_band(one, measurement.places) for one in measurement.bands]
    return f"Held against: {listed(bands)}." if bands else None


def limits(interval: Interval | None, places: int) -> str:
    """Write an interval with as many decimals as its number."""
    if interval is None:
        return ""
    low, high = (
        "none" if end is None else f"{end:.{places}f}"
        for end in (interval.low, interval.high)
    )
    return f"[{low},{NBSP}{high}]"


def p_value(one: Measured) -> str:
    """Write a p-value, never as 0.

    Examples
    --------
    >>> from fairaudit.core.estimate import Estimate
    >>> from fairaudit.core.measurement import Measured
    >>> p_value(Measured(name="a", estimate=Estimate(value=1.0), p_value=1e-6))
    '<0.001'
    """
    if one.p_value is None:
        return ""
    return "<0.001" if one.p_value < 0.001 else f"{one.p_value:.3f}"


def _value(estimate: Estimate, places: int) -> str:
    """Write a number, or that there is none."""
    return "undefined" if estimate.value is None else f"{estimate.value:.{places}f}"


def _counts(estimate: Estimate) -> str:
    """Write what a number was computed from."""
    if estimate.denominator is None:
        return ""
    if estimate.numerator is None:
        return f"of {count(estimate.denominator)}"
    return f"{count(estimate.numerator)} of {count(estimate.denominator)}"


def _remark(one: Measured) -> str:
    """Give the reason why there is no number before any other remark."""
    return "; ".join(text for text in (one.estimate.undefined_because, one.remark) if text)


def _level(measurement: Measurement) -> str:
    """Name the column of intervals by their level."""
    levels = {
        one.estimate.interval.level
        for one in measurement.rows
        if one.estimate.interval is not None
    }
    return f"{100 * min(levels):g}{NBSP}% interval" if len(levels) == 1 else "interval"


def _band(band: Band, places: int) -> str:
    """Write one range."""
    return f"{band.title} {band.low:.{places}f} to {band.high:.{places}f}"
