"""Gaps as linear rows: exact for rates over fixed people, McCormick's for precision.

A gap of at most e in a rate num/den means that some level v has v den <= num <= (v + e) den
in every group. Where den is fixed this is linear. Where it depends on the rule, v den is a
product of two unknowns; with v in [v1, v2] and den in [d1, d2] McCormick's four planes
enclose it, the tighter the narrower the box [mccormick1976].
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from fairaudit.feasibility.question import SELECTED, floors
from fairaudit.feasibility.regions import among

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from fairaudit.feasibility.question import Parity, Question
    from fairaudit.feasibility.regions import Regions

    Array = NDArray[np.float64]
    Indices = NDArray[np.int64]

Range = tuple[float, float]
Side = Literal["floor", "at least", "at most"]
Give = Literal["nothing", "upper sides", "everything"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """Where the levels of the ratios lie, and each group's denominators of them."""

    levels: tuple[Range, ...]
    spans: tuple[tuple[Range, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """What a row says in words.

    A group's rate lies at or above its level, or at or below that plus the tolerance; or
    cells of the group lie above their floor, and `rate` names them.
    """

    group: int
    rate: str
    side: Side


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Program:
    """A linear program over mixtures of corners and a few other unknowns.

    Minimise ``sum_g cells_g @ cost[g] + unknowns @ unknown_cost`` subject to
    ``cells_g @ cells[r] + unknowns @ unknowns[r] <= limit[r]`` for each row r of group
    g = `group[r]`, and, where `held` is not `None`, ``sum_g cells_g @ held_cells[g] ==
    held``. `cells_g` are linear in the weights of group g's corners, which sum to 1. The
    unknowns are the level of each parity and, last, by how much rows give way.
    """

    reasons: tuple[Reason, ...]
    cells: Array
    group: Indices
    unknowns: Array
    limit: Array
    low: Array
    high: Array
    cost: Array
    unknown_cost: Array
    held: float | None
    held_cells: Array


class _Rows:
    """Rows as they are collected."""

    def __init__(self, n_unknowns: int) -> None:
        self.give = n_unknowns - 1
        self.reasons: list[Reason] = []
        self.cells: list[Array] = []
        self.unknowns: list[dict[int, float]] = []
        self.limit: list[float] = []

    def add(
        self, reason: Reason, cells: Array, unknowns: dict[int, float], most: float
    ) -> None:
        """Add one row of one group."""
        self.reasons.append(reason)
        self.cells.append(cells)
        self.unknowns.append(unknowns)
        self.limit.append(most)


def relaxation(
    of: Regions, asked: Question, box: Box, *, widened: float, give: Give
) -> Program:
    """Write what every rule with its levels in a box must satisfy as linear rows.

    Parameters
    ----------
    of : Regions
        What each group can reach.
    asked : Question
        The gaps and what is held.
    box : Box
        Where each ratio's level and denominators lie.
    widened : float
        Added to every tolerance.
    give : {"nothing", "upper sides", "everything"}
        Which rows may give way by the last unknown: the upper sides of the gaps, which
        widens every tolerance by it; or every row, which is how far the rows contradict
        one another.

    Returns
    -------
    Program
        Without an objective yet; the overall selection rate never gives way.
    """
    import numpy as np

    n_parities, n_groups = len(asked.parities), len(of.people)
    rows = _Rows(n_parities + 1)
    low, high = np.zeros(n_parities + 1), np.ones(n_parities + 1)
    _add_floors(rows, of, asked)
    ratios = iter(zip(box.levels, box.spans, strict=True))
    for level, parity in enumerate(asked.parities):
        within = parity.within + widened
        if parity.linear:
            _add_linear(rows, of, parity, level=level, within=within)
            continue
        at, spans = next(ratios)
        low[level], high[level] = at
        for group, span in enumerate(spans):
            _add_mccormick(rows, group, parity, at, span, level=level, within=within)
    unknowns = np.zeros((len(rows.limit), n_parities + 1))
    for row, factors in zip(unknowns, rows.unknowns, strict=True):
        row[list(factors)] = list(factors.values())
    if give == "everything":
        unknowns[:, -1] = -1.0
    high[-1] = float(give != "nothing")
    return Program(
        reasons=tuple(rows.reasons),
        cells=np.array(rows.cells),
        group=np.array([reason.group for reason in rows.reasons]),
        unknowns=unknowns,
        limit=np.array(rows.limit),
        low=low,
        high=high,
        cost=np.zeros((n_groups, 4)),
        unknown_cost=np.zeros(n_parities + 1),
        held=asked.selection_rate,
        held_cells=of.portions[:, None] * among(SELECTED),
    )


def _add_floors(rows: _Rows, of: Regions, asked: Question) -> None:
    """Keep the cells of every group above their floors."""
    least = floors(of, asked)
    for cells, shares in zip(least.cells, least.least, strict=True):
        for group, share in enumerate(shares):
            reason = Reason(group=group, rate=" + ".join(cells), side="floor")
            rows.add(reason, -among(cells), {}, -float(share))


def _add_linear(
    rows: _Rows, of: Regions, parity: Parity, *, level: int, within: float
) -> None:
    """Hold a rate over fixed people between its level and that plus the tolerance."""
    people = of.shares[of.starts] @ among(parity.rate.denominator)
    for group, denominator in enumerate(people):
        rate = among(parity.rate.numerator) / denominator
        least, most = _sides(group, parity)
        rows.add(least, -rate, {level: 1.0}, 0.0)
        rows.add(most, rate, {level: -1.0, rows.give: -1.0}, within)


def _add_mccormick(
    rows: _Rows,
    group: int,
    parity: Parity,
    at: Range,
    span: Range,
    *,
    level: int,
    within: float,
) -> None:
    """Enclose level times denominator by four planes, two below and two above.

    Where the tolerance gives way by s, s den is at most s d2.
    """
    num, den = among(parity.rate.numerator), among(parity.rate.denominator)
    (v1, v2), (d1, d2) = at, span
    # At a point, or over one denominator, two of the planes are one.
    planes = 2 if v1 < v2 and d1 < d2 else 1
    least, most = _sides(group, parity)
    for v, d in ((v1, d1), (v2, d2))[:planes]:
        rows.add(least, v * den - num, {level: d}, d * v)
    for v, d in ((v2, d1), (v1, d2))[:planes]:
        above = num - (within + v) * den
        rows.add(most, above, {level: -d, rows.give: -d2}, -d * v)


def _sides(group: int, parity: Parity) -> tuple[Reason, Reason]:
    """Name the two sides of a gap in one group."""
    rate = parity.rate.id
    return (
        Reason(group=group, rate=rate, side="at least"),
        Reason(group=group, rate=rate, side="at most"),
    )


def first_box(of: Regions, asked: Question, *, open_ended: bool) -> Box:
    """Where can the level of each ratio lie at all?

    The level is the smallest of the groups' rates: no lower than the lowest that any group
    can have, no higher than the highest that each can have, and, unless the gap is
    `open_ended`, within the tolerance of the lowest of every group.
    """
    levels, spans = [], []
    every = floors(of, asked)
    for parity in asked.ratios:
        least = every.of(parity.rate.denominator).tolist()
        ranges = [_range(of, parity, g, floor) for g, floor in enumerate(least)]
        lows, highs = zip(*ranges, strict=True)
        low = min(lows) if open_ended else max(min(lows), max(lows) - parity.within)
        levels.append((min(low, *highs), min(highs)))
        spans.append(tuple((floor, 1.0) for floor in least))
    return Box(levels=tuple(levels), spans=tuple(spans))


def _range(of: Regions, parity: Parity, group: int, least: float) -> Range:
    """Between what does a ratio lie over one group's region, above its floor?

    A ratio of linear functions has its extremes at corners: those of the hull above the
    floor, and where an edge crosses it.
    """
    import numpy as np

    cells = of.shares[of.group == group]
    num = cells @ among(parity.rate.numerator)
    den = cells @ among(parity.rate.denominator)
    next_num, next_den = np.roll(num, -1), np.roll(den, -1)
    crosses = (den < least) != (next_den < least)
    part = (least - den[crosses]) / (next_den[crosses] - den[crosses])
    cut = num[crosses] + part * (next_num[crosses] - num[crosses])
    above = den >= least
    rates = np.concatenate([num[above] / den[above], cut / least])
    if not rates.size:
        return 0.0, 1.0
    return float(rates.min()), float(rates.max())
