"""How far a table is from a criterion: measured and described, not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.evidence import Comparison, Disparity, Gap, GroupTable, RateGap
from fairaudit.criteria.comparisons import compare_rate, count_defined, side
from fairaudit.criteria.conditional import compare_within_strata, count_within_strata
from fairaudit.inference.noise import noise_corrected

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.criteria.criterion import Criterion
    from fairaudit.tally.rates import Rate


def family_size(criterion: Criterion, tables: Sequence[GroupTable]) -> int:
    """Count the comparisons a criterion makes over several tables.

    Returns
    -------
    int
        At least 1, so that it can divide an error rate.
    """
    if criterion.stratified:
        return max(1, sum(count_within_strata(table) for table in tables))
    return max(
        1, sum(count_defined(rate, table) for rate in criterion.rates for table in tables)
    )


def measure(criterion: Criterion, table: GroupTable, *, family: int) -> Disparity:
    """Say how far apart the groups of a table are in what a criterion wants equal.

    Parameters
    ----------
    criterion : Criterion
        The rates that should be equal.
    table : GroupTable
        Groups with their cells.
    family : int
        How many comparisons the criterion makes in the whole audit (`family_size`); the
        differences called shown hold for all of them at once.

    Returns
    -------
    Disparity
        One gap per rate, with the groups whose rate is undefined and why; among people
        alike instead every pair's common difference.
    """
    alike = criterion.stratified
    return Disparity(
        criterion=criterion.id,
        main=criterion.main,
        attribute=table.attribute,
        family_size=family,
        gaps=() if alike else tuple(_gap(rate, table, family) for rate in criterion.rates),
        stratified=compare_within_strata(table, family=family) if alike else (),
    )


def _gap(rate: Rate, table: GroupTable, family: int) -> RateGap:
    """Measure one rate over all groups of a table."""
    read = {row.name: side(row).proportion(rate) for row in table.compared}
    rates = {name: one.value for name, one in read.items() if one.value is not None}
    undefined = {
        row.name: row.rates[rate.id].undefined_because or ""
        for row in table.compared
        if row.name not in rates
    }
    compared = compare_rate(rate, table, family_size=family)
    enough = len(rates) > 1
    corrected = noise_corrected(
        [read[name].successes for name in rates], [read[name].size for name in rates]
    )
    return RateGap(
        rate=rate.id,
        largest=_largest(rates) if enough else None,
        noise_corrected=corrected.gap if enough else None,
        between_group_sd=corrected.between_group_sd if enough else None,
        shown=_most(compared, [one.at_least for one in compared]),
        not_excluded=_most(compared, [one.at_most for one in compared]),
        ratio=_ratio(rates) if enough else None,
        undefined=undefined,
    )


def _largest(rates: dict[str, float]) -> Gap:
    """Give max minus min, and between whom; ties go to the first name."""
    high = max(sorted(rates), key=rates.__getitem__)
    low = min(sorted(rates), key=rates.__getitem__)
    return Gap(value=rates[high] - rates[low], high=high, low=low)


def _ratio(rates: dict[str, float]) -> float | None:
    """Give min over max; 0/0 has no value."""
    return min(rates.values()) / max(rates.values()) if max(rates.values()) else None


def _most(compared: Sequence[Comparison], limits: Sequence[float | None]) -> Gap | None:
    """Give the comparison with the largest limit above zero, the higher group first."""
    known = [
        (limit, one)
        for limit, one in zip(limits, compared, strict=True)
        if limit is not None and limit > 0
    ]
    if not known:
        return None
    limit, one = max(known, key=lambda pair: pair[0])
    first_is_higher = (one.difference.value or 0) >= 0
    high, low = (one.first, one.second) if first_is_higher else (one.second, one.first)
    return Gap(value=limit, high=high, low=low)
