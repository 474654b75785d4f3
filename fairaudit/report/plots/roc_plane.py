"""The plane of error rates: what each group's scores can reach, and where it is today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.score_evidence import ScoreSummary
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
from fairaudit.report.sections.prices import price_lists_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from fairaudit.core.evidence import GroupRow, GroupTable
    from fairaudit.core.score_evidence import ScoredGroup
    from fairaudit.report.model import DecisionAudit

NAME = "roc_plane"
PLACE = 70
CHAPTER = "together"
QUESTION = "For experts: which error rates can each group's scores reach?"

MOST_GROUPS = 4
"""Groups drawn: those of the price list, else the largest."""

_LOOKS = ((BLUE, "-", "o"), (RED, "--", "D"), (INK, ":", "s"), (SOFT, "-.", "^"))


@value
class Reach:
    """One group: the hull of its ROC curve, where it is today, its share of positives.

    `hull` goes through some thresholds where there are many, so that a little more can be
    reached than is drawn.
    """

    name: str
    hull: tuple[tuple[float, float], ...]
    today: tuple[float, float] | None
    base_rate: float | None


@value
class RocPlaneChart:
    """The ROC hulls of some groups, with lines along which precision is the same."""

    attribute: str
    precision: float | None
    groups: tuple[Reach, ...]

    @property
    def title(self) -> str:
        """Say what is shown."""
        return f"Error rates that scores can reach, by {self.attribute}"

    @property
    def alt(self) -> str:
        """Say where every group is."""
        told = [
            f"{one.name} is at a false positive rate of {100 * one.today[0]:.0f} % and a "
            f"true positive rate of {100 * one.today[1]:.0f} %."
            for one in self.groups
            if one.today is not None
        ]
        lines = ""
        if self.precision is not None:
            lines = (
                f"Thin lines show where flags or selections of a group are right "
                f"{100 * self.precision:.0f} % of the time; they differ between groups "
                "whose base rates differ."
            )
        return " ".join([f"{self.title}.", *told, lines]).strip()

    @property
    def headings(self) -> tuple[str, ...]:
        """Name the columns."""
        return (self.attribute, "FPR today", "TPR today", "base rate")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Write where every group is."""
        return tuple(
            (
                one.name,
                *(("–", "–") if one.today is None else map(_percent, one.today)),
                "–" if one.base_rate is None else _percent(one.base_rate),
            )
            for one in self.groups
        )

    def figure(self) -> Figure:
        """Draw the hulls in a square, today's points, and the lines of one precision."""
        with our_settings():
            figure = new_figure(5.6, width=6.6)
            axes = figure.subplots()
            quiet_grid(axes)
            axes.grid(visible=True, axis="y", color=RULE, linewidth=0.8)
            axes.plot([0, 100], [0, 100], color=RULE, linewidth=1.2)
            names = drawn_names(one.name for one in self.groups)
            for look, name, one in zip(_LOOKS, names, self.groups, strict=False):
                self._draw(axes, look, name, one)
            if any(one.today is not None for one in self.groups):
                axes.plot([], [], "o", color=SOFT, markersize=9, label="mark: today")
            if self.precision is not None:
                right = f"thin: right {100 * self.precision:.0f} % of the time (PPV)"
                axes.plot([], [], color=SOFT, linewidth=0.8, label=right)
            axes.set_xlim(-1, 101)
            axes.set_ylim(-1, 101)
            axes.set_aspect("equal")
            axes.set_xlabel("of the actual negatives, % selected (FPR)")
            axes.set_ylabel("of the actual positives, % selected (TPR)")
            axes.legend(loc="lower right")
            return figure

    def _draw(self, axes: Axes, look: tuple[str, str, str], name: str, one: Reach) -> None:
        """Draw one group."""
        colour, line, marker = look
        hull = [(100 * x, 100 * y) for x, y in one.hull]
        axes.plot(*zip(*hull, strict=True), line, color=colour, linewidth=1.8, label=name)
        if one.today is not None:
            x, y = one.today
            axes.plot(100 * x, 100 * y, marker, color=colour, markersize=9, zorder=4)
        slope = _slope(self.precision, one.base_rate)
        if slope is not None:
            reach = min(100.0, 100.0 / slope)
            axes.plot([0, reach], [0, slope * reach], line, color=colour, linewidth=0.8)


def charts(part: DecisionAudit, table: GroupTable) -> tuple[RocPlaneChart, ...]:
    """Give the plane of a table whose groups have scores and labels."""
    rows = {row.name: row for row in table.groups}
    groups = tuple(
        _reach(group, rows.get(group.name)) for group in _chosen(part, table, rows)
    )
    if len(groups) < 2:
        return ()
    precision = table.overall.rates.get("positive_predictive_value")
    return (
        RocPlaneChart(
            attribute=table.attribute,
            precision=precision.value if precision is not None else None,
            groups=groups,
        ),
    )


def _chosen(
    part: DecisionAudit, table: GroupTable, rows: dict[str, GroupRow]
) -> Iterator[ScoredGroup]:
    """Choose the groups to draw."""
    scored = {
        group.name: group
        for finding in part.findings
        if isinstance(finding.evidence, ScoreSummary)
        and finding.evidence.attribute == table.attribute
        for group in finding.evidence.groups
        if len(group.roc) > 1
    }
    priced = [name for one in price_lists_of(part, table.attribute) for name in one.groups]

    def people(name: str) -> float:
        row = rows.get(name)
        return float((row.people if row is not None else 0) or 0)

    names = priced or sorted(scored, key=lambda name: -people(name))
    for name in [name for name in names if name in scored][:MOST_GROUPS]:
        yield scored[name]


def _reach(group: ScoredGroup, row: GroupRow | None) -> Reach:
    """Read one group."""
    rates = row.rates if row is not None else {}

    def rate(name: str) -> float | None:
        return rates[name].value if name in rates else None

    fpr, tpr = rate("false_positive_rate"), rate("true_positive_rate")
    return Reach(
        name=group.name,
        hull=upper_hull(
            (point.false_positive_rate, point.true_positive_rate) for point in group.roc
        ),
        today=None if fpr is None or tpr is None else (fpr, tpr),
        base_rate=rate("base_rate"),
    )


def upper_hull(points: Iterable[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
    """Which corners bound from above what mixing thresholds at random can reach?

    Parameters
    ----------
    points : iterable of tuple
        FPR and TPR of each threshold; nobody and everybody selected are added.

    Returns
    -------
    tuple of tuple
        From (0, 0) to (1, 1), every edge less steep than the one before it.

    References
    ----------
    [hardt2016]
    """
    hull: list[tuple[float, float]] = []
    for x, y in sorted({(0.0, 0.0), *points, (1.0, 1.0)}):
        while len(hull) > 1 and _not_below(hull[-2], hull[-1], (x, y)):
            hull.pop()
        hull.append((x, y))
    return tuple(hull)


def _not_below(
    first: tuple[float, float], middle: tuple[float, float], last: tuple[float, float]
) -> bool:
    """Say whether the line from first to last passes the middle or runs above it."""
    run, rise = last[0] - first[0], last[1] - first[1]
    return run * (middle[1] - first[1]) <= rise * (middle[0] - first[0])


def _slope(precision: float | None, base_rate: float | None) -> float | None:
    """Give the slope of the line with that precision: TPR = slope × FPR.

    From precision = b TPR / (b TPR + (1 − b) FPR) for a base rate b.
    """
    if precision is None or base_rate is None:
        return None
    if not 0 < precision < 1 or not 0 < base_rate < 1:
        return None
    return precision / (1 - precision) * (1 - base_rate) / base_rate


def _percent(part: float) -> str:
    """Write a rate."""
    return f"{100 * part:.1f} %"
