"""The bill as a waterfall: who pays for unequal base rates, in log odds."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.report.drawing.look import (
    BLUE,
    INK,
    RED,
    RULE,
    SOFT,
    drawn_names,
    new_figure,
    our_settings,
    quiet_grid,
)
from fairaudit.report.numbers import share
from fairaudit.report.sections.tradeoffs import bills_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from fairaudit.core.bill import Bill, BillSide
    from fairaudit.core.evidence import GroupTable
    from fairaudit.report.model import DecisionAudit

NAME = "bill"
PLACE = 40
CHAPTER = "together"
QUESTION = "Base rates differ: in which rates is that paid for?"


@value
class Payment:
    """What one rate pays: its term in log odds, and the rate in both groups in words."""

    name: str
    term: float
    detail: str


@value
class BillChart:
    """One bill: payments that add up to the log odds ratio of base rates."""

    first: str
    second: str
    total: float
    payments: tuple[Payment, ...]

    @property
    def title(self) -> str:
        """Say what is shown."""
        return f"Who pays for unequal base rates: {self.first} and {self.second}"

    @property
    def alt(self) -> str:
        """Say what every rate pays."""
        paid = ", ".join(f"{one.name} pays {one.term:+.2f}" for one in self.payments)
        return f"{self.title}. In log odds: {paid}; together {self.total:.2f}."

    @property
    def headings(self) -> tuple[str, ...]:
        """Name the columns."""
        return ("paid in", f"{self.first} v {self.second}", "log odds")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Write every payment and the sum."""
        paid = [(one.name, one.detail, f"{one.term:+.2f}") for one in self.payments]
        return (*paid, ("base rates: the bill", "", f"{self.total:+.2f}"))

    def figure(self) -> Figure:
        """Draw every payment where the one before it ended."""
        with our_settings():
            figure = new_figure(1.0 + 0.5 * (len(self.payments) + 1))
            axes = figure.subplots()
            quiet_grid(axes)
            ends = list(accumulate(one.term for one in self.payments))
            starts = [0.0, *ends[:-1]]
            for place, (one, start) in enumerate(zip(self.payments, starts, strict=True)):
                _bar(axes, place, start, one.term, RED if one.term >= 0 else BLUE)
            last = len(self.payments)
            _bar(axes, last, 0.0, self.total, SOFT)
            for place, end in enumerate(ends):
                axes.plot([end, end], [place, place + 1], color=SOFT, linewidth=0.9)
            titles = drawn_names((one.name for one in self.payments), longest=48)
            names = [
                f"{title}\n{one.detail}"
                for title, one in zip(titles, self.payments, strict=True)
            ]
            axes.set_yticks(range(last + 1), [*names, "base rates: the bill"])
            axes.set_ylim(last + 0.6, -0.6)
            axes.axvline(0, color=INK, linewidth=0.9)
            reach = [0.0, self.total, *ends]
            room = 0.16 * (max(reach) - min(reach) or 1.0)
            axes.set_xlim(min(reach) - room, max(reach) + room)
            axes.set_xlabel("log odds: + widens the gap, − narrows it")
            return figure


def charts(part: DecisionAudit, table: GroupTable) -> tuple[BillChart, ...]:
    """Give every bill of a table that adds up."""
    return tuple(
        _chart(bill, bill.positive_side, part, table)
        for bill in bills_of(part, table.attribute)
        if bill.positive_side is not None
    )


def _chart(bill: Bill, side: BillSide, part: DecisionAudit, table: GroupTable) -> BillChart:
    """Read one bill, the largest payment first."""
    rates = {
        row.name: row.rates for row in table.groups if row.name in {bill.first, bill.second}
    }

    def payment(rate: str, term: float) -> Payment:
        known = part.glossary.get(rate)
        both = [
            rates[name][rate].value
            for name in (bill.first, bill.second)
            if name in rates and rate in rates[name]
        ]
        shown = " v ".join(share(one) for one in both if one is not None)
        return Payment(name=known.title if known else rate, term=term, detail=shown)

    terms = sorted(side.terms.items(), key=lambda term: (-term[1], term[0]))
    return BillChart(
        first=bill.first,
        second=bill.second,
        total=side.total,
        payments=tuple(payment(rate, term) for rate, term in terms),
    )


def _bar(axes: Axes, place: int, start: float, term: float, colour: str) -> None:
    """Draw one payment with its number at its end."""
    axes.barh(
        place,
        term,
        left=start,
        height=0.56,
        color=colour,
        edgecolor=RULE,
        hatch="///" if term < 0 else "",
    )
    right = max(start, start + term)
    axes.annotate(
        f"{term:+.2f}".replace("-", "−"),
        (right, place),
        xytext=(5, 0),
        textcoords="offset points",
        va="center",
        color=INK,
        weight="bold",
    )
