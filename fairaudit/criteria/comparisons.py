"""Which groups are held against which, and one rate of each pair compared."""

from __future__ import annotations

from itertools import accumulate, combinations
from typing import TYPE_CHECKING, Literal

from fairaudit.core.cells import Cells
from fairaudit.core.errors import InputError, did_you_mean, shown
from fairaudit.core.estimate import Estimate
from fairaudit.core.evidence import EVERYONE_ELSE, MISSING, Comparison, GroupRow, GroupTable
from fairaudit.core.value import value
from fairaudit.core.weights import Weights
from fairaudit.inference.differences import difference_estimate, verdict_limits
from fairaudit.inference.ratios import ratio_estimate, ratio_verdict_limits
from fairaudit.tally.rates import SELECTION_RATE, Proportion, Rate, proportion
from fairaudit.tally.suppression import ALL, LABELS, RATES, coarsened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

Measure = Literal["difference", "ratio"]

FAMILY_ALPHA = 0.05
"""A difference is shown when simultaneous two-sided 95 % limits exclude the tolerance."""

PASS_ALPHA = 0.10
"""A pass needs every one-sided 95 % limit within the tolerance: two-sided 90 %."""


@value
class Side:
    """One side of a comparison: a group, or everyone else."""

    name: str
    cells: Cells
    weights: Weights | None = None

    def proportion(self, rate: Rate) -> Proportion:
        """Read a rate's counts."""
        return proportion(rate, self.cells, self.weights)


def side(row: GroupRow) -> Side:
    """Make a group one side of a comparison."""
    return Side(name=row.name, cells=row.cells or Cells(), weights=row.weights)


def pairings(table: GroupTable) -> Iterator[tuple[Side, Side]]:
    """Give every comparison of a table: all pairs, each with the rest, or with a reference.

    Raises
    ------
    InputError
        When the reference is not a group of the table.
    """
    sides = [side(row) for row in table.compared]
    if table.compare == "pairs":
        yield from combinations(sides, 2)
    elif table.compare == "rest":
        withholds = any(not row.whole for row in table.groups)
        rests = _rests_of_everybody(table) if withholds else _rests(sides)
        yield from zip(sides, rests, strict=False)
    else:
        reference = _reference(table, sides)
        yield from ((one, reference) for one in sides if one is not reference)


def check_compare(compare: str) -> None:
    """Refuse a comparison that is none of the three.

    Raises
    ------
    InputError
        When it is neither "pairs", "rest" nor "reference:GROUP".
    """
    if compare not in {"pairs", "rest"} and not compare.startswith("reference:"):
        raise InputError(
            f"compare: must be pairs, rest or reference:GROUP; got {compare!r}."
            f"{did_you_mean(compare, ['pairs', 'rest', 'reference:GROUP'])}"
        )


def compare_rate(
    rate: Rate,
    table: GroupTable,
    *,
    family_size: int,
    measure: Measure = "difference",
    in_scope: Collection[str] | None = None,
    printed: bool = True,
) -> tuple[Comparison, ...]:
    """Hold one rate of every pair side by side.

    Parameters
    ----------
    rate : Rate
        The rate to compare.
    table : GroupTable
        Its groups.
    family_size : int
        Over how many comparisons the lower limits must hold at once (Bonferroni).
    measure : {"difference", "ratio"}
        What the limits are of; under "ratio" how far smaller over larger is below 1.
    in_scope : collection of str, optional
        The groups a pass is claimed for; all of them by default.
    printed : bool
        Whether a difference needs the interval that is printed with it; finding that takes
        most of the time.

    Returns
    -------
    tuple of Comparison
        Undefined ones included, with the reason.
    """
    estimate = ratio_estimate if measure == "ratio" else difference_estimate
    return tuple(
        _compared(
            rate,
            first,
            second,
            estimate=estimate if printed else _plain_difference,
            alpha=FAMILY_ALPHA / family_size,
            measure=measure,
            in_scope=in_scope,
        )
        for first, second in pairings(table)
    )


def count_defined(rate: Rate, table: GroupTable) -> int:
    """Count the comparisons of a rate that the data allow."""
    return sum(
        1
        for first, second in pairings(table)
        if first.proportion(rate).denominator and second.proportion(rate).denominator
    )


def _compared(
    rate: Rate,
    first: Side,
    second: Side,
    *,
    estimate: Callable[[float, float, float, float], Estimate],
    alpha: float,
    measure: Measure,
    in_scope: Collection[str] | None,
) -> Comparison:
    """Compare one pair."""
    one, other = first.proportion(rate), second.proportion(rate)
    counts = (one.successes, one.size, other.successes, other.size)
    at_least, at_most = None, None
    if one.denominator and other.denominator:
        at_least = shown_limit(counts, alpha, measure)
        at_most = allowed_limit(counts, measure)
    return Comparison(
        rate=rate.id,
        first=first.name,
        second=second.name,
        difference=estimate(*counts),
        at_least=at_least,
        at_most=at_most,
        in_scope=in_scope is None
        or {first.name, second.name} - {EVERYONE_ELSE} <= set(in_scope),
    )


def _plain_difference(x1: float, n1: float, x2: float, n2: float) -> Estimate:
    """Subtract two shares, without an interval."""
    if not n1 or not n2:
        return Estimate.undefined("a rate is undefined")
    return Estimate(value=x1 / n1 - x2 / n2)


def shown_limit(
    counts: tuple[float, float, float, float], alpha: float, measure: Measure
) -> float:
    """Give the lower limit that a failure is decided by.

    Of |difference|, or of how far smaller over larger falls short of 1; never below 0.
    """
    if measure == "difference":
        return verdict_limits(*counts, alpha).at_least
    limits = ratio_verdict_limits(*counts, alpha)
    below = 1 - limits.upper if limits.upper is not None else 0.0
    above = 1 - 1 / limits.lower if limits.lower > 0 else 0.0
    return max(0.0, below, above)


def allowed_limit(counts: tuple[float, float, float, float], measure: Measure) -> float:
    """Give the one-sided 95 % upper limit that a pass is decided by."""
    if measure == "difference":
        return verdict_limits(*counts, PASS_ALPHA).at_most
    limits = ratio_verdict_limits(*counts, PASS_ALPHA)
    return max(1 - limits.lower, 1.0 if limits.upper is None else 1 - 1 / limits.upper)


def together(sides: list[Side]) -> Side:
    """Count several groups as one."""
    weights = [one.weights for one in sides if one.weights is not None]
    return Side(
        name=EVERYONE_ELSE,
        cells=sum((one.cells for one in sides), Cells()),
        weights=sum(weights, Weights()) if weights else None,
    )


def _rests(sides: list[Side]) -> Iterator[Side]:
    """Count for each group all others as one; a lone group has none."""
    if len(sides) < 2:
        return
    before = list(accumulate(sides, lambda one, other: together([one, other])))
    after = list(accumulate(sides[::-1], lambda one, other: together([other, one])))[::-1]
    for place in range(len(sides)):
        lower = [before[place - 1]] if place else []
        yield together([*lower, *after[place + 1 : place + 2]])


def _rests_of_everybody(table: GroupTable) -> Iterator[Side]:
    """Take each group from everybody, for all others where some of these are withheld.

    What is not told of everybody, of the group or of those without one is not told of all
    others; a lone group has none.
    """
    if len(table.compared) < 2:
        return
    unknown = [row for row in table.groups if row.name == MISSING]
    for row in table.compared:
        known = [table.overall, row, *unknown]
        what = next(
            (one for one in (ALL, RATES, LABELS) if one in map(_withheld, known)), None
        )
        everybody, *taken = (coarsened(one.cells or Cells(), what) for one in known)
        cells = Cells()
        if what not in {ALL, RATES} and everybody is not None:
            cells = everybody.less(sum((one for one in taken if one is not None), Cells()))
        yield Side(name=EVERYONE_ELSE, cells=cells)


def _withheld(row: GroupRow) -> str | None:
    """Say what is withheld of a row."""
    if row.cells is None:
        return ALL
    if row.withholds(SELECTION_RATE.id):
        return RATES
    return None if row.whole else LABELS


def _reference(table: GroupTable, sides: list[Side]) -> Side:
    """Find the group that all others are compared with."""
    wanted = table.compare.removeprefix("reference:")
    for one in sides:
        if one.name == wanted:
            return one
    names = [one.name for one in sides]
    raise InputError(
        f"compare: reference group {wanted!r} is not among the groups of "
        f"{table.attribute}: "
        f"{shown(names)}.{did_you_mean(wanted, names)}"
    )
