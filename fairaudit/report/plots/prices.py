"""The price list: accuracy that each criterion, alone or combined, costs on the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.prices import PriceList
from fairaudit.core.value import value
from fairaudit.report.drawing.look import (
    BLUE,
    INK,
    OPEN,
    RED,
    RULE,
    SOFT,
    drawn_names,
    new_figure,
    our_settings,
    quiet_grid,
)
from fairaudit.report.sections.prices import (
    PriceRow,
    price_headings,
    price_lists_of,
    price_rows,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.prices import JointGap, RulePrice
    from fairaudit.report.model import DecisionAudit

NAME = "prices"
PLACE = 50
CHAPTER = "together"
QUESTION = "What would it cost to hold each criterion, and which cannot be had together?"

_HEIGHT = 0.36
_IMPOSSIBLE = "not possible on these scores"


@value
class PricesChart:
    """What every combination costs, exactly and within the tolerance."""

    prices: PriceList
    listed: tuple[PriceRow, ...]

    @property
    def title(self) -> str:
        """Say what is shown."""
        return f"What holding each criterion costs, by {self.prices.attribute}"

    @property
    def alt(self) -> str:
        """Say every price."""
        told = [
            f"{row.criteria}: exactly {row.exactly}"
            + (f", {self.headings[2]} {row.within}" if row.within else "")
            + f", smallest joint gap {row.gap}."
            for row in self.listed
        ]
        return " ".join([f"{self.title}, in points of accuracy.", *told])

    @property
    def headings(self) -> tuple[str, ...]:
        """Name the columns."""
        return price_headings(self.prices)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Write the list."""
        wide = len(self.headings) > 3
        return tuple(
            (row.criteria, row.exactly, *((row.within,) if wide else ()), row.gap)
            for row in self.listed
        )

    def figure(self) -> Figure:
        """Draw each price as a bar with its interval; what cannot be had as a cross."""
        prices = self.prices.prices
        both = self.prices.tolerance is not None
        with our_settings():
            figure = new_figure(1.3 + (0.62 if both else 0.46) * len(prices))
            axes = figure.subplots()
            quiet_grid(axes)
            reach = 1.22 * max(self._longest(), 1.0)
            for place, price in enumerate(prices):
                up = -_HEIGHT / 2 if both else 0.0
                _bar(axes, place + up, price.exactly, BLUE, "exactly")
                if price.exactly.status == "impossible":
                    _nearest(axes, place, price.joint_gap, reach)
                if price.within is not None:
                    within = f"within {price.within.tolerance:g}"
                    _bar(axes, place - up, price.within, SOFT, within, hatch="///")
            names = drawn_names((row.criteria for row in self.listed), longest=40)
            axes.set_yticks(range(len(prices)), names)
            axes.set_ylim(len(prices) - 0.4, -0.6)
            axes.set_xlim(0, reach)
            axes.set_xlabel("points of accuracy lost against the best rule on these scores")
            figure.legend(
                *axes.get_legend_handles_labels(), loc="outside upper left", ncols=3
            )
            return figure

    def _longest(self) -> float:
        """Give the longest bar with its interval, in points."""
        ends = [0.0]
        for price in self.prices.prices:
            for one in (price.exactly, price.within):
                if one is not None and one.lost.value is not None:
                    interval = one.lost.interval
                    high = interval.high if interval is not None else None
                    ends.append(100 * max(one.lost.value, high or 0.0))
        return max(ends)


def charts(part: DecisionAudit, table: GroupTable) -> tuple[PricesChart, ...]:
    """Give the price list of a table."""
    return tuple(
        PricesChart(
            prices=prices,
            listed=tuple(price_rows(prices, part)),
        )
        for prices in price_lists_of(part, table.attribute)
    )


def _nearest(axes: Axes, place: float, gap: JointGap, reach: float) -> None:
    """Say how near a combination that cannot be had can come."""
    if gap.gap.value is not None:
        axes.text(
            0.05 * reach,
            place,
            f"at best {100 * gap.gap.value:.1f} points apart",
            va="center",
            fontsize=9.5,
            color=INK,
        )


def _bar(
    axes: Axes, place: float, price: RulePrice, colour: str, label: str, hatch: str = ""
) -> None:
    """Draw one price; what a bar means is said once."""
    known = axes.get_legend_handles_labels()[1]

    def once(text: str) -> str:
        return f"_{text}" if text in known else text

    lost = price.lost
    if lost.value is None:
        axes.plot(
            0.02,
            place,
            transform=axes.get_yaxis_transform(),
            marker="x",
            markersize=8,
            markeredgewidth=2.2,
            color=RED,
            linestyle="none",
            label=once(_IMPOSSIBLE if price.status == "impossible" else "not proven"),
        )
        return
    points = 100 * lost.value
    axes.barh(
        place,
        points,
        height=_HEIGHT,
        color=colour if not hatch else OPEN,
        edgecolor=colour if hatch else RULE,
        hatch=hatch,
        label=once(label),
    )
    end = points
    interval = lost.interval
    if interval is not None and interval.low is not None and interval.high is not None:
        low, high = 100 * interval.low, 100 * interval.high
        axes.plot([low, high], [place, place], color=INK, linewidth=1.4)
        end = max(end, high)
    axes.annotate(
        f"{points:.1f}",
        (end, place),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        fontsize=9.5,
        color=INK,
    )
