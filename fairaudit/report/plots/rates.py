"""The rates of every group with their intervals, one panel per rate."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.report.drawing.look import (
    BLUE,
    MOST_GROUPS,
    OPEN,
    SOFT,
    WIDTH,
    drawn_names,
    new_figure,
    our_settings,
    quiet_grid,
)
from fairaudit.report.numbers import count, share, share_interval
from fairaudit.report.sections.gaps import disparities_of
from fairaudit.report.sections.groups import (
    IMPACT_RATIO,
    RateColumn,
    chosen_rows,
    is_small,
    rate_columns,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from fairaudit.core.estimate import Estimate
    from fairaudit.core.evidence import GroupRow, GroupTable
    from fairaudit.report.model import DecisionAudit

NAME = "rates"
PLACE = 10
CHAPTER = "rates"
QUESTION = "How often does it happen in each group, and how sure is that?"

_IN_A_ROW = 3


@value
class Point:
    """One rate of one group; `None` where it has no value."""

    rate: float | None
    low: float | None
    high: float | None
    small: bool
    text: str


@value
class RatesChart:
    """Rates by group: `points` has a row per group and a column per rate."""

    attribute: str
    groups: tuple[str, ...]
    columns: tuple[RateColumn, ...]
    points: tuple[tuple[Point, ...], ...]
    overall: tuple[Point, ...]

    @property
    def title(self) -> str:
        """Say what is shown."""
        return f"Rates by {self.attribute}, with 95 % intervals"

    @property
    def alt(self) -> str:
        """Say which group is highest and lowest in every rate."""
        told = [
            text
            for number, column in enumerate(self.columns)
            if (text := self._extremes(number, column))
        ]
        return f"{self.title}. {' '.join(told)} All numbers are in the table."

    @property
    def headings(self) -> tuple[str, ...]:
        """Name the columns."""
        return (
            self.attribute,
            *(f"{column.plain} ({column.symbol})".strip() for column in self.columns),
        )

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Write every rate with its interval and counts."""
        named = zip((*self.groups, "overall"), (*self.points, self.overall), strict=True)
        return tuple((name, *(point.text for point in points)) for name, points in named)

    def figure(self) -> Figure:
        """Draw one panel per rate, all on the same scale."""
        with our_settings():
            down = -(-len(self.columns) // _IN_A_ROW)
            across = min(_IN_A_ROW, len(self.columns))
            figure = new_figure(down * (1.05 + 0.27 * len(self.groups)), width=WIDTH)
            panels = figure.subplots(down, across, squeeze=False, sharex=True).flat
            for number, panel in enumerate(panels):
                if number < len(self.columns):
                    self._panel(panel, number, first=number % across == 0)
                else:
                    panel.set_visible(False)
            return figure

    def _panel(self, axes: Axes, number: int, *, first: bool) -> None:
        """Draw one rate."""
        quiet_grid(axes)
        column = self.columns[number]
        title = column.symbol if column.symbol.isupper() else column.symbol.capitalize()
        axes.set_title(f"{title}\n\n")
        plain = axes.text(0, 1.03, _wrapped(column.plain), transform=axes.transAxes)
        plain.set(color=SOFT, fontsize=9, linespacing=1.15, in_layout=False)
        overall = self.overall[number].rate
        if overall is not None:
            axes.axvline(overall, color=SOFT, linewidth=1, dashes=(4, 3))
        for place, points in enumerate(self.points):
            _draw(axes, place, points[number])
        places = range(len(self.groups))
        axes.set_yticks(places, drawn_names(self.groups) if first else [""] * len(places))
        axes.set_ylim(len(self.groups) - 0.4, -0.6)
        axes.set_xlim(-0.02, 1.02)
        axes.set_xticks([0, 0.5, 1], ["0 %", "50 %", "100 %"])
        axes.tick_params(labelbottom=True)

    def _extremes(self, number: int, column: RateColumn) -> str:
        """Name the groups at both ends of one rate."""
        known = {
            name: points[number].rate
            for name, points in zip(self.groups, self.points, strict=True)
            if points[number].rate is not None
        }
        if len(known) < 2:
            return ""
        high = max(known, key=lambda name: known[name] or 0)
        low = min(known, key=lambda name: known[name] or 0)
        return (
            f"{column.symbol}: from {share(known[low] or 0)} ({low}) "
            f"to {share(known[high] or 0)} ({high})."
        )


def charts(part: DecisionAudit, table: GroupTable) -> tuple[RatesChart, ...]:
    """Give the usual rates of one table."""
    columns = tuple(
        one
        for one in rate_columns(part, table)
        if one.id != IMPACT_RATIO and not one.optional
    )
    rows = tuple(
        row
        for row in chosen_rows(table, disparities_of(part, table.attribute), MOST_GROUPS)
        if row.kind in {"group", "missing"}
    )
    if not columns or not rows:
        return ()
    return (
        RatesChart(
            attribute=table.attribute,
            groups=tuple(row.name for row in rows),
            columns=columns,
            points=tuple(_points(row, columns) for row in rows),
            overall=_points(table.overall, columns),
        ),
    )


def _points(row: GroupRow, columns: tuple[RateColumn, ...]) -> tuple[Point, ...]:
    """Read a row's rates."""
    return tuple(_point(row.rates.get(column.id)) for column in columns)


def _point(estimate: Estimate | None) -> Point:
    """Read one rate."""
    if estimate is None or estimate.value is None:
        why = estimate.undefined_because if estimate is not None else None
        return Point(rate=None, low=None, high=None, small=False, text=why or "–")
    limits = estimate.interval
    text = f"{share(estimate.value)} {share_interval(limits)}".strip()
    if estimate.numerator is not None and estimate.denominator is not None:
        text += f" ({count(estimate.numerator)} of {count(estimate.denominator)})"
    return Point(
        rate=estimate.value,
        low=None if limits is None else limits.low,
        high=None if limits is None else limits.high,
        small=is_small(estimate),
        text=text,
    )


def _draw(axes: Axes, place: int, point: Point) -> None:
    """Draw one rate: a dot on its interval, hollow where few people are behind it."""
    if point.rate is None:
        axes.text(0.02, place, "undefined", color=SOFT, fontsize=8.5, va="center")
        return
    if point.low is not None and point.high is not None:
        axes.plot([point.low, point.high], [place, place], color=BLUE, linewidth=2.2)
    axes.plot(
        [point.rate],
        [place],
        marker="o",
        markersize=6,
        color=BLUE,
        markerfacecolor=OPEN if point.small else BLUE,
        linestyle="none",
        zorder=3,
    )


def _wrapped(text: str) -> str:
    """Set what a rate means in at most two lines above its panel."""
    return "\n".join(wrap(text, 26, max_lines=2, placeholder=" …"))
