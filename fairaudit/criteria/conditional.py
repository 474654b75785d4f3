"""Two groups' selection rates compared among people alike, stratum by stratum."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from fairaudit.core.errors import shown
from fairaudit.core.estimate import Estimate
from fairaudit.core.evidence import EVERYONE_ELSE, GroupTable, StratifiedComparison
from fairaudit.core.value import value
from fairaudit.criteria.comparisons import FAMILY_ALPHA, PASS_ALPHA, side, together
from fairaudit.inference.differences import verdict_limits
from fairaudit.inference.stratified import (
    common_difference,
    common_difference_limits,
    heterogeneity_p,
    mantel_haenszel,
)
from fairaudit.tally.rates import SELECTION_RATE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from fairaudit.core.evidence import Stratum
    from fairaudit.tally.rates import Proportion

Counts4 = tuple[float, float, float, float]
"""Selected and decided of the first group, then of the second."""


@value
class PairWithinStrata:
    """Two groups, or one and everyone else, in every stratum that has both.

    `weights` says what each stratum weighs, by its people; `withheld` why there are no
    strata, where the decisions of one side are not told.
    """

    first: str
    second: str
    strata: dict[str, Counts4]
    weights: dict[str, float]
    skipped: int
    withheld: str | None = None


def count_within_strata(table: GroupTable) -> int:
    """Count the comparisons of a table: each pair over all strata, and within each.

    Returns
    -------
    int
        The size of the family that a difference called shown must hold over.
    """
    return sum(1 + len(pair.strata) for pair in pairs_within_strata(table) if pair.strata)


def compare_within_strata(
    table: GroupTable, *, family: int, in_scope: Collection[str] | None = None
) -> tuple[StratifiedComparison, ...]:
    """Compare the groups of a table among people alike.

    Parameters
    ----------
    table : GroupTable
        Groups with their cells in every stratum.
    family : int
        Over how many comparisons a shown difference must hold at once.
    in_scope : collection of str, optional
        The groups a pass is claimed for; all of them by default.

    Returns
    -------
    tuple of StratifiedComparison
        One per pair; undefined where no stratum has both groups.
    """
    return tuple(_compared(pair, family, in_scope) for pair in pairs_within_strata(table))


def pairs_within_strata(table: GroupTable) -> Iterator[PairWithinStrata]:
    """Collect every pair's strata; people without a stratum are in none."""
    strata = [stratum for stratum in table.strata if stratum.name is not None]
    for first, second in _wanted(table):
        others = [second]
        if second == EVERYONE_ELSE:
            others = [row.name for row in table.compared if row.name != first]
        withheld = _withheld(table, {first, *others})
        both = {
            stratum.name or "": read
            for stratum in strata
            if withheld is None and (read := _read(stratum, first, others)) is not None
        }
        yield PairWithinStrata(
            first=first,
            second=second,
            strata={
                name: (one.successes, one.size, other.successes, other.size)
                for name, (one, other) in both.items()
            },
            weights={
                name: mantel_haenszel(one.denominator, other.denominator)
                for name, (one, other) in both.items()
            },
            skipped=0 if withheld else len(strata) - len(both),
            withheld=withheld,
        )


def _withheld(table: GroupTable, names: Collection[str]) -> str | None:
    """Give the reason why the decisions of some groups are not told in every stratum."""
    for row in table.groups:
        if row.name in names and row.withholds(SELECTION_RATE.id):
            return row.rates[SELECTION_RATE.id].undefined_because
    hidden = {
        row.name
        for stratum in table.strata
        for row in stratum.groups
        if row.kind == "withheld" and row.name in names
    }
    if not hidden:
        return None
    return f"small counts are withheld in strata of {shown(sorted(hidden))}"


def _wanted(table: GroupTable) -> list[tuple[str, str]]:
    """Name what is compared: all pairs, each group with the rest, or with a reference."""
    names = [row.name for row in table.compared]
    if table.compare == "pairs":
        return list(combinations(names, 2))
    if table.compare == "rest":
        return [(name, EVERYONE_ELSE) for name in names if len(names) > 1]
    reference = table.compare.removeprefix("reference:")
    return [(name, reference) for name in names if name != reference]


def _read(
    stratum: Stratum, first: str, others: Collection[str]
) -> tuple[Proportion, Proportion] | None:
    """Read both sides' selections in one stratum, `None` unless both are there."""
    rest = [side(row) for row in stratum.groups if row.name in others]
    own = [side(row) for row in stratum.groups if row.name == first]
    if not own or not rest:
        return None
    one = own[0].proportion(SELECTION_RATE)
    other = together(rest).proportion(SELECTION_RATE)
    if not one.denominator or not other.denominator:
        return None
    return one, other


def _compared(
    pair: PairWithinStrata, family: int, in_scope: Collection[str] | None
) -> StratifiedComparison:
    """Compare one pair over all its strata."""
    strata, weights = list(pair.strata.values()), list(pair.weights.values())
    named = {pair.first, pair.second} - {EVERYONE_ELSE}
    inside = in_scope is None or named <= set(in_scope)
    if not strata:
        reason = pair.withheld or f"no stratum has both {pair.first} and {pair.second}"
        return StratifiedComparison(
            first=pair.first,
            second=pair.second,
            common=Estimate.undefined(reason),
            at_least=None,
            at_most=None,
            worst_stratum=None,
            worst_stratum_at_least=None,
            heterogeneity_p=None,
            strata_used=0,
            strata_skipped=pair.skipped,
            in_scope=inside,
        )
    alpha = FAMILY_ALPHA / family
    within = {
        name: verdict_limits(*counts, alpha).at_least
        for name, counts in pair.strata.items()
    }
    worst = max(within, key=within.__getitem__)
    return StratifiedComparison(
        first=pair.first,
        second=pair.second,
        common=common_difference(strata, weights=weights),
        at_least=common_difference_limits(strata, alpha, weights=weights).at_least,
        at_most=common_difference_limits(strata, PASS_ALPHA, weights=weights).at_most,
        worst_stratum=worst,
        worst_stratum_at_least=within[worst],
        heterogeneity_p=heterogeneity_p(strata),
        strata_used=len(strata),
        strata_skipped=pair.skipped,
        in_scope=inside,
    )
