"""How near the hardest pair of criteria comes to holding together, whoever is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.prices import GapAt
from fairaudit.core.value import value
from fairaudit.report.drawing.look import (
    BLUE,
    INK,
    RED,
    RULE,
    SAME,
    new_figure,
    our_settings,
    quiet_grid,
)
from fairaudit.report.numbers import share
from fairaudit.report.sections.population import criterion_title
from fairaudit.report.sections.prices import price_lists_of

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.prices import PriceList
    from fairaudit.report.model import DecisionAudit

NAME = "joint_gap"
PLACE = 60
CHAPTER = "together"
QUESTION = "How close can they come together, if more or fewer people were selected?"


@value
class JointGapChart:
    """The smallest joint gap of two criteria against the share of people selected."""

    criteria: str
    attribute: str
    today: float
    tolerance: float | None
    points: tuple[GapAt, ...]

    @property
    def title(self) -> str:
        """Say what is shown."""
        return f"Smallest joint gap of {self.criteria}, by {self.attribute}"

    @property
    def alt(self) -> str:
        """Say every point."""
        told = [
            f"Selecting {share(one.selection_rate)}: "
            + ("no rule." if one.gap is None else f"{one.gap:.3f}.")
            for one in self.points
        ]
        return " ".join([f"{self.title}.", *told])

    @property
    def headings(self) -> tuple[str, ...]:
        """Name the columns."""
        return ("people selected", "smallest joint gap", "no rule below")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Write every point."""
        return tuple(
            (
                share(one.selection_rate)
                + (" (today)" if one.selection_rate == self.today else ""),
                "no rule" if one.gap is None else f"{one.gap:.3f}",
                "–" if one.at_least is None else f"{one.at_least:.3f}",
            )
            for one in self.points
        )

    def figure(self) -> Figure:
        """Draw attained gaps on the area that no rule reaches."""
        known = [one for one in self.points if one.gap is not None]
        rates = [100 * one.selection_rate for one in known]
        gaps = [one.gap or 0.0 for one in known]
        with our_settings():
            figure = new_figure(3.3)
            axes = figure.subplots()
            quiet_grid(axes)
            axes.grid(visible=True, axis="y", color=RULE, linewidth=0.8)
            axes.fill_between(
                rates,
                0,
                [one.at_least or 0.0 for one in known],
                color=SAME,
                linewidth=0,
                label="no rule comes closer",
            )
            axes.plot(rates, gaps, "o-", color=BLUE, linewidth=1.8, label="a rule does")
            for one in known:
                if one.selection_rate == self.today:
                    axes.plot(
                        100 * one.selection_rate,
                        one.gap or 0.0,
                        "D",
                        color=RED,
                        markersize=9,
                        zorder=4,
                        label="as many selected as today",
                    )
            if self.tolerance is not None:
                axes.axhline(
                    self.tolerance,
                    color=INK,
                    linewidth=1.4,
                    dashes=(2.5, 1.5),
                    label=f"tolerated: {self.tolerance:g}",
                )
            axes.set_xlim(0, 100)
            axes.set_ylim(0, 1.15 * max([*gaps, self.tolerance or 0.0, 0.01]))
            axes.set_xlabel("people selected, %")
            axes.set_ylabel("smallest joint gap")
            figure.legend(
                *axes.get_legend_handles_labels(), loc="outside upper left", ncols=4
            )
            return figure


def charts(part: DecisionAudit, table: GroupTable) -> tuple[JointGapChart, ...]:
    """Give the joint gap of a table's price list."""
    return tuple(
        _chart(prices, part)
        for prices in price_lists_of(part, table.attribute)
        if any(one.gap is not None for one in prices.gap_by_selection_rate)
    )


def _chart(prices: PriceList, part: DecisionAudit) -> JointGapChart:
    """Read one price list."""
    titles = [criterion_title(name, part) for name in prices.gap_criteria]
    return JointGapChart(
        criteria=" and ".join(titles),
        attribute=prices.attribute,
        today=prices.selection_rate,
        tolerance=prices.tolerance,
        points=prices.gap_by_selection_rate,
    )
