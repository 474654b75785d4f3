"""The table of groups cell by cell: rate, limits, counts, and how far groups are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.evidence import GroupKind
from fairaudit.core.value import value
from fairaudit.report.numbers import count, decimal, percent, share_interval
from fairaudit.report.sections.gaps import disparities_of
from fairaudit.report.sections.groups import (
    IMPACT_RATIO,
    RateColumn,
    chosen_rows,
    estimate_in,
    is_small,
    no_number,
    rate_columns,
    rows_left_out,
)

if TYPE_CHECKING:
    from fairaudit.core.estimate import Estimate
    from fairaudit.core.evidence import GroupRow, GroupTable, RateGap
    from fairaudit.report.model import DecisionAudit


@value
class Cell:
    """One rate as texts; `why` there is none, where there is none."""

    number: str
    limits: str = ""
    counts: str = ""
    small: bool = False
    why: str | None = None


@value
class GroupLine:
    """One group: its people and its rates."""

    name: str
    kind: GroupKind
    people: str
    cells: tuple[Cell, ...]


@value
class GapLine:
    """How far apart the groups are in every column, under one heading."""

    title: str
    texts: tuple[str, ...]


@value
class GroupCells:
    """A table of groups, ready to lay out; `hidden` says who is not in it."""

    attribute: str
    columns: tuple[RateColumn, ...]
    lines: tuple[GroupLine, ...]
    gaps: tuple[GapLine, ...]
    reasons: tuple[str, ...]
    hidden: str | None

    @property
    def any_small(self) -> bool:
        """Tell whether a rate is marked as one of few people."""
        return any(cell.small for line in self.lines for cell in line.cells)


def group_cells(
    part: DecisionAudit,
    table: GroupTable,
    *,
    most: int,
    columns: tuple[RateColumn, ...] | None = None,
) -> GroupCells:
    """What are the rates of every group, of how many people, and how far apart?

    Parameters
    ----------
    part : DecisionAudit
        The audit.
    table : GroupTable
        One of its tables.
    most : int
        Groups shown at most; those that gaps are between come first.
    columns : tuple of RateColumn, optional
        The rates to show; by default the usual ones and those of the gates.

    Returns
    -------
    GroupCells
        Texts in the order they are read.
    """
    if columns is None:
        columns = tuple(one for one in rate_columns(part, table) if not one.optional)
    rows = chosen_rows(table, disparities_of(part, table.attribute), most)
    lines = tuple(_line(row, columns, part, table) for row in (*rows, table.overall))
    return GroupCells(
        attribute=table.attribute,
        columns=columns,
        lines=lines,
        gaps=_gaps(part, table, columns),
        reasons=tuple(
            dict.fromkeys(cell.why for line in lines for cell in line.cells if cell.why)
        ),
        hidden=rows_left_out(table, rows),
    )


def every_column(part: DecisionAudit, table: GroupTable) -> tuple[RateColumn, ...]:
    """Give a column for every rate that was measured, the usual ones first."""
    usual = rate_columns(part, table)
    known = {column.id for column in usual}
    others = (
        RateColumn(
            id=rate,
            symbol=part.glossary[rate].symbol if rate in part.glossary else rate,
            plain=part.glossary[rate].plain if rate in part.glossary else "",
            optional=True,
        )
        for rate in sorted(table.overall.rates)  # as a stored report has them
        if rate not in known
    )
    return (*usual, *others)


def _line(
    row: GroupRow,
    columns: tuple[RateColumn, ...],
    part: DecisionAudit,
    table: GroupTable,
) -> GroupLine:
    """Write one group."""
    withheld = part.population.withheld.get(f"{table.attribute}: {row.name}")
    return GroupLine(
        name=row.name,
        kind=row.kind,
        people="withheld" if row.people is None else count(row.people),
        cells=tuple(
            _cell(estimate_in(row, column), column, row, withheld) for column in columns
        ),
    )


def _cell(
    estimate: Estimate | None, column: RateColumn, row: GroupRow, withheld: str | None
) -> Cell:
    """Write one rate."""
    if estimate is None:
        return Cell(
            number="–", why=withheld and f"group {row.name} is withheld: {withheld}"
        )
    if estimate.value is None:
        return Cell(number=no_number(row, column), why=estimate.undefined_because)
    limits = estimate.interval
    if column.id == IMPACT_RATIO:
        known = limits is not None and limits.low is not None and limits.high is not None
        return Cell(
            number=decimal(estimate.value),
            limits=f"[{decimal(limits.low)}–{decimal(limits.high)}]"
            if known and limits and limits.low is not None and limits.high is not None
            else "",
        )
    counts = ""
    if estimate.numerator is not None and estimate.denominator is not None:
        counts = f"{count(estimate.numerator)} of {count(estimate.denominator)}"
    return Cell(
        number=f"{percent(estimate.value)} %",
        limits=share_interval(limits),
        counts=counts,
        small=is_small(estimate),
    )


def _gaps(
    part: DecisionAudit, table: GroupTable, columns: tuple[RateColumn, ...]
) -> tuple[GapLine, ...]:
    """Write the gaps under the columns they are of."""
    known: dict[str, RateGap] = {}
    for disparity in disparities_of(part, table.attribute):
        for gap in disparity.gaps:
            known.setdefault(gap.rate, gap)
    if not known:
        return ()

    def texts(of: str) -> tuple[str, ...]:
        return tuple(_gap(known[one.id], of) if one.id in known else "–" for one in columns)

    return (
        GapLine(title="Largest gap seen", texts=texts("seen")),
        GapLine(title="… less noise", texts=texts("less noise")),
        GapLine(title="… surely at least", texts=texts("shown")),
        GapLine(title="… surely at most", texts=texts("not excluded")),
    )


def _gap(gap: RateGap, of: str) -> str:
    """Write one gap of one rate."""
    numbers: dict[str, float | None] = {
        "seen": gap.largest.value if gap.largest else None,
        "less noise": gap.noise_corrected,
        "shown": gap.shown.value if gap.shown else 0.0,
        "not excluded": gap.not_excluded.value if gap.not_excluded else None,
    }
    number = numbers[of]
    if number is None:
        return "–"
    if of == "shown" and gap.shown is None:
        return "none shown"
    return decimal(number, against=0.0 if of == "shown" else None)
