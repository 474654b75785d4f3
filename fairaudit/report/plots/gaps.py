"""How far apart the groups are by every criterion, beside what is tolerated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fairaudit.core.requirements import CriterionGate
from fairaudit.core.value import value
from fairaudit.report.drawing.look import (
    BLUE,
    INK,
    OPEN,
    RED,
    SOFT,
    drawn_names,
    new_figure,
    our_settings,
    quiet_grid,
)
from fairaudit.report.numbers import decimal
from fairaudit.report.sections.gaps import disparities_of
from fairaudit.report.sections.population import criterion_title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from fairaudit.core.evidence import Disparity, GroupTable
    from fairaudit.core.verdict import Verdict
    from fairaudit.report.model import DecisionAudit

NAME = "gaps"
PLACE = 20
CHAPTER = "rates"
QUESTION = "How far apart are the groups, and how far is still acceptable?"

Side = Literal["same", "apart", "open"]


@value
class GapBar:
    """The gap of one rate: seen, less noise, and the limits it surely lies between.

    `at_least` and `at_most` decide the verdict where there is a `tolerance`.
    """

    title: str
    seen: float | None
    less_noise: float | None
    at_least: float
    at_most: float | None
    tolerance: float | None

    @property
    def side(self) -> Side:
        """Say on which side of the tolerance the gap surely is."""
        if self.tolerance is None:
            return "open"
        if self.at_least > self.tolerance:
            return "apart"
        known = self.at_most is not None and self.at_most <= self.tolerance
        return "same" if known else "open"


@value
class GapsChart:
    """The gaps of one table's criteria."""

    attribute: str
    bars: tuple[GapBar, ...]

    @property
    def title(self) -> str:
        """Say what is shown."""
        return f"Largest gap between groups by {self.attribute}, criterion by criterion"

    @property
    def alt(self) -> str:
        """Say what every bar shows."""
        return f"{self.title}. " + " ".join(_told(bar) for bar in self.bars)

    @property
    def headings(self) -> tuple[str, ...]:
        """Name the columns."""
        return ("criterion", "seen", "less noise", "at least", "at most", "tolerated")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Write every bar's numbers."""
        return tuple(
            (
                bar.title,
                _written(bar.seen, bar.tolerance),
                _written(bar.less_noise, bar.tolerance),
                _written(bar.at_least, bar.tolerance),
                _written(bar.at_most, bar.tolerance),
                "not required" if bar.tolerance is None else f"{bar.tolerance:g}",
            )
            for bar in self.bars
        )

    def figure(self) -> Figure:
        """Draw each gap as a dot between its limits, and the tolerance across."""
        with our_settings():
            figure = new_figure(1.1 + 0.44 * len(self.bars))
            axes = figure.subplots()
            quiet_grid(axes)
            for place, bar in enumerate(self.bars):
                _draw(axes, place, bar)
            titles = drawn_names((bar.title for bar in self.bars), longest=48)
            axes.set_yticks(range(len(self.bars)), titles)
            axes.set_ylim(len(self.bars) - 0.4, -0.6)
            axes.set_xlim(-0.01, 1.01)
            axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "0.25", "0.5", "0.75", "1"])
            axes.set_xlabel("gap: highest rate minus lowest")
            figure.legend(
                *axes.get_legend_handles_labels(), loc="outside upper left", ncols=4
            )
            return figure


def charts(part: DecisionAudit, table: GroupTable) -> tuple[GapsChart, ...]:
    """Give the gaps of the main and the required criteria."""
    verdicts = {
        verdict.gate.criterion: verdict
        for verdict in part.verdicts
        if isinstance(verdict.gate, CriterionGate) and verdict.attribute == table.attribute
    }
    bars = tuple(
        bar
        for disparity in disparities_of(part, table.attribute)
        if disparity.main or disparity.criterion in verdicts
        for bar in _bars(disparity, verdicts.get(disparity.criterion), part)
    )
    return (GapsChart(attribute=table.attribute, bars=bars),) if bars else ()


def _bars(
    disparity: Disparity, verdict: Verdict | None, part: DecisionAudit
) -> Iterator[GapBar]:
    """Measure every rate of one criterion."""
    title = criterion_title(disparity.criterion, part)
    gate = verdict.gate if verdict is not None else None
    tolerance = None
    if isinstance(gate, CriterionGate) and gate.measure == "difference":
        tolerance = gate.tolerance
    for gap in disparity.gaps:
        term = part.glossary.get(gap.rate)
        symbol = f" ({term.symbol if term else gap.rate})"
        at_least = gap.shown.value if gap.shown else 0.0
        at_most = gap.not_excluded.value if gap.not_excluded else None
        if verdict is not None and tolerance is not None:
            at_least, at_most = _deciding(verdict, gap.rate)
        yield GapBar(
            title=f"{title}{symbol if len(disparity.gaps) > 1 else ''}",
            seen=gap.largest.value if gap.largest else None,
            less_noise=gap.noise_corrected,
            at_least=at_least,
            at_most=at_most,
            tolerance=tolerance,
        )
    if disparity.stratified:
        compared = disparity.stratified
        seen = [abs(one.common.value) for one in compared if one.common.value is not None]
        yield GapBar(
            title=title,
            seen=max(seen, default=None),
            less_noise=None,
            at_least=max(one.at_least or 0.0 for one in compared),
            at_most=max(1.0 if one.at_most is None else one.at_most for one in compared),
            tolerance=tolerance,
        )


def _deciding(verdict: Verdict, rate: str) -> tuple[float, float | None]:
    """Give the limits that decide a verdict; what is undefined excludes nothing."""
    compared = [one for one in verdict.comparisons if one.rate == rate]
    if not compared:
        return 0.0, None
    return (
        max(one.at_least or 0.0 for one in compared),
        max(1.0 if one.at_most is None else one.at_most for one in compared),
    )


def _draw(axes: Axes, place: int, bar: GapBar) -> None:
    """Draw one gap; what a mark means is said once."""
    colour = {"apart": RED, "same": BLUE, "open": SOFT}[bar.side]

    def once(text: str) -> str:
        known = axes.get_legend_handles_labels()[1]
        return f"_{text}" if text in known else text

    high = 1.0 if bar.at_most is None else bar.at_most
    axes.plot(
        [bar.at_least, high],
        [place, place],
        color=colour,
        linewidth=2.2,
        marker="|",
        markersize=10,
        markeredgewidth=2.2,
        label=once("at least – at most"),
    )
    if bar.seen is not None:
        axes.plot(
            bar.seen, place, "o", color=colour, markersize=6.5, zorder=4, label=once("seen")
        )
    if bar.less_noise is not None:
        axes.plot(
            bar.less_noise,
            place,
            "D",
            markerfacecolor=OPEN,
            markeredgecolor=colour,
            markersize=6,
            zorder=3,
            label=once("less noise"),
        )
    if bar.tolerance is not None:
        axes.plot(
            [bar.tolerance, bar.tolerance],
            [place - 0.42, place + 0.42],
            color=INK,
            linewidth=1.6,
            dashes=(2.5, 1.5),
            zorder=5,
            label=once("tolerated"),
        )


def _told(bar: GapBar) -> str:
    """Say in a sentence what one bar shows."""
    at_most = (
        "no upper limit" if bar.at_most is None else f"at most {_written(bar.at_most)}"
    )
    tolerated = "" if bar.tolerance is None else f", tolerated {bar.tolerance:g}"
    seen = "undefined" if bar.seen is None else f"{_written(bar.seen)} seen"
    return f"{bar.title}: {seen}, at least {_written(bar.at_least)}, {at_most}{tolerated}."


def _written(number: float | None, against: float | None = None) -> str:
    """Write a gap that may be missing."""
    return "–" if number is None else decimal(number, against=against)
