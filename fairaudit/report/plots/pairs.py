"""Which two groups were shown alike or different by a required criterion: the matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from fairaudit.core.requirements import CriterionGate
from fairaudit.core.value import value
from fairaudit.report.drawing.look import (
    APART,
    INK,
    MOST_GROUPS,
    OPEN,
    RULE,
    SAME,
    SOFT,
    drawn_names,
    new_figure,
    our_settings,
)
from fairaudit.report.numbers import decimal
from fairaudit.report.sections.pairs import pairs_of
from fairaudit.report.sections.population import gate_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.verdict import Verdict
    from fairaudit.report.model import DecisionAudit
    from fairaudit.report.sections.pairs import Pair

NAME = "pairs"
PLACE = 30
CHAPTER = "rates"
QUESTION = "Which two groups are shown to be alike, which different, which is open?"

_LOOKS = {
    "pass": ("=", SAME, "", "alike"),
    "undecided": ("?", OPEN, "", "not settled"),
    "fail": ("≠", APART, "////", "different"),
}
"""Sign, colour, hatch and word of every status: it can be told without colour."""

_WORDS = {status: look[3] for status, look in _LOOKS.items()}
_SIDE = 0.36
_LETTER = 0.12
_SLANTED = 0.08
"""Inches of a square, of a wide letter, and of its height in a slanted name: names must
leave room for the squares, or there is no layout."""

_MOST_IN_WORDS = 6


@value
class Settled:
    """What was shown of two groups, and the limits that decide it."""

    first: str
    second: str
    status: Literal["pass", "undecided", "fail"]
    at_least: float | None
    at_most: float | None


@value
class PairsChart:
    """Every pair of one verdict; `left_out` pairs are of groups too many to draw."""

    criterion: str
    attribute: str
    groups: tuple[str, ...]
    others: tuple[str, ...]
    pairs: tuple[Settled, ...]
    left_out: int

    @property
    def title(self) -> str:
        """Say what is shown."""
        return f"Pair by pair: {self.criterion}, by {self.attribute}"

    @property
    def alt(self) -> str:
        """Count the pairs, and name those that differ and those that are alike."""
        told = [
            f"{len(chosen)} {word}{_named(chosen)}."
            for status, word in _WORDS.items()
            if (chosen := [one for one in self.pairs if one.status == status])
        ]
        return f"{self.title}. {len(self.pairs)} pairs: {' '.join(told)}"

    @property
    def headings(self) -> tuple[str, ...]:
        """Name the columns."""
        return ("group", "and", "shown", "apart at least", "apart at most")

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Write every pair, those that differ first."""
        order = ("fail", "undecided", "pass")
        return tuple(
            (
                one.first,
                one.second,
                _WORDS[one.status],
                "–" if one.at_least is None else decimal(one.at_least),
                "–" if one.at_most is None else decimal(one.at_most),
            )
            for one in sorted(self.pairs, key=lambda one: order.index(one.status))
        )

    def figure(self) -> Figure:
        """Draw a square for every pair, with a sign in it."""
        with our_settings():
            down, across = drawn_names(self.groups), drawn_names(self.others)
            figure = new_figure(
                0.9 + _SIDE * len(down) + _SLANTED * max(map(len, across)),
                width=1.6 + _SIDE * len(across) + _LETTER * max(map(len, (*down, *across))),
            )
            axes = figure.subplots()
            for one in self.pairs:
                self._square(axes, one)
            axes.set_xlim(-0.5, len(self.others) - 0.5)
            axes.set_ylim(len(self.groups) - 0.5, -0.5)
            axes.set_aspect("equal")
            axes.set_yticks(range(len(down)), down)
            axes.set_xticks(
                range(len(across)),
                across,
                rotation=40,
                ha="right",
                rotation_mode="anchor",
                color=INK,
            )
            axes.tick_params(axis="both", length=0)
            axes.spines["bottom"].set_visible(False)
            figure.legend(handles=_legend(self.pairs), loc="outside upper left", ncols=3)
            return figure

    def _square(self, axes: Axes, one: Settled) -> None:
        """Draw one pair, below the diagonal where every group meets every other."""
        from matplotlib.patches import Rectangle

        places = [
            (self.groups.index(down), self.others.index(across))
            for down, across in ((one.first, one.second), (one.second, one.first))
            if down in self.groups and across in self.others
        ]
        if not places:
            return
        down, across = max(places)
        sign, colour, hatch, _ = _LOOKS[one.status]
        axes.add_patch(
            Rectangle(
                (across - 0.46, down - 0.46),
                0.92,
                0.92,
                facecolor=colour,
                edgecolor=RULE,
                hatch=hatch,
                linewidth=0.6,
            )
        )
        axes.text(
            across,
            down,
            sign,
            ha="center",
            va="center",
            fontsize=12,
            weight="bold",
            color=SOFT if one.status == "undecided" else INK,
        )


def charts(part: DecisionAudit, table: GroupTable) -> tuple[PairsChart, ...]:
    """Give one matrix for every required criterion of a table."""
    return tuple(
        _chart(verdict, verdict.gate, part, table)
        for verdict in part.verdicts
        if isinstance(verdict.gate, CriterionGate)
        and verdict.attribute == table.attribute
        and pairs_of(verdict)
    )


def _chart(
    verdict: Verdict, gate: CriterionGate, part: DecisionAudit, table: GroupTable
) -> PairsChart:
    """Lay out one verdict's pairs, the largest groups first."""
    pairs = pairs_of(verdict)
    by_size = sorted(table.groups, key=lambda row: -(row.people or 0))
    known = [row.name for row in by_size]
    firsts = _in_order((pair.first for pair in pairs), known)
    seconds = _in_order((pair.second for pair in pairs), known)
    groups, others = firsts, seconds
    if table.compare == "pairs":
        every = _in_order((*firsts, *seconds), known)
        groups, others = every[1:], every[:-1]
    groups, others = groups[:MOST_GROUPS], others[:MOST_GROUPS]
    drawn = {*groups, *others}
    kept = [pair for pair in pairs if pair.first in drawn and pair.second in drawn]
    return PairsChart(
        criterion=gate_title(gate, part),
        attribute=table.attribute,
        groups=tuple(groups),
        others=tuple(others),
        pairs=tuple(_settled(pair) for pair in kept),
        left_out=len(pairs) - len(kept),
    )


def _settled(pair: Pair) -> Settled:
    """Read what was shown of one pair."""
    return Settled(
        first=pair.first,
        second=pair.second,
        status=pair.status,
        at_least=pair.surest.at_least,
        at_most=pair.loosest.at_most,
    )


def _in_order(names: Iterable[str], known: Sequence[str]) -> list[str]:
    """Name each once, in the order of the table; others, such as the rest, at the end."""
    place = {name: number for number, name in enumerate(known)}
    return sorted(dict.fromkeys(names), key=lambda name: place.get(name, len(place)))


def _named(chosen: Sequence[Settled]) -> str:
    """Name some pairs."""
    if len(chosen) > _MOST_IN_WORDS:
        return ""
    return f" ({'; '.join(f'{one.first} and {one.second}' for one in chosen)})"


def _legend(pairs: Iterable[Settled]) -> list[object]:
    """Explain the signs that are there."""
    from matplotlib.patches import Patch

    found = {one.status for one in pairs}
    return [
        Patch(facecolor=colour, edgecolor=RULE, hatch=hatch, label=f"{sign}  {word}")
        for status, (sign, colour, hatch, word) in _LOOKS.items()
        if status in found
    ]
