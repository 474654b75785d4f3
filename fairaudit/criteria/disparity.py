"""How far a table is from a criterion: measured and described, not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.evidence import (
    Comparison,
    Disparity,
    Gap,
    GroupTable,
    RateGap,
    StratifiedComparison,
)
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
        One gap per rate, with the groups whose rate is undefined and why; for a stratified
        criterion the common gap among people alike.
    """
    stratified: tuple[StratifiedComparison, ...] = ()
    if criterion.stratified:
        stratified = compare_within_strata(table, family=family)
        gaps = tuple(_gap_alike(rate, stratified) for rate in criterion.rates)
    else:
        gaps = tuple(_gap(rate, table, family) for rate in criterion.rates)
    return Disparity(
        criterion=criterion.id,
        main=criterion.main,
        attribute=table.attribute,
        family_size=family,
        gaps=gaps,
        stratified=stratified,
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
    compared = compare_rate(rate, table, family_size=family, printed=False)
    enough = len(rates) > 1
    shown = _most(compared, [one.at_least for one in compared])
    corrected = noise_corrected(
        [read[name].successes for name in rates],
        [read[name].size for name in rates],
        at_least=shown.value if shown else 0.0,
    )
    return RateGap(
        rate=rate.id,
        largest=_largest(rates) if enough else None,
        noise_corrected=corrected.gap if enough else None,
        between_group_sd=corrected.between_group_sd if enough else None,
        shown=shown,
        not_excluded=_most(compared, [one.at_most for one in compared]),
        ratio=_ratio(rates) if enough else None,
        undefined=undefined,
    )


def _gap_alike(rate: Rate, compared: Sequence[StratifiedComparison]) -> RateGap:
    """Measure a rate over all groups among people alike: by common differences."""
    seen = [one.common.value for one in compared]
    return RateGap(
        rate=rate.id,
        largest=_widest(compared, [value and abs(value) for value in seen]),
        noise_corrected=None,
        between_group_sd=None,
        shown=_most(compared, [one.at_least for one in compared]),
        not_excluded=_most(compared, [one.at_most for one in compared]),
        ratio=None,
        undefined={
            f"{one.first} – {one.second}": one.common.undefined_because
            for one in compared
            if one.common.undefined_because is not None
        },
    )


def _largest(rates: dict[str, float]) -> Gap:
    """Give max minus min, and between whom; ties go to the first name."""
    names = sorted(rates)
    high = max(names, key=rates.__getitem__)
    low = min((name for name in names if name != high), key=rates.__getitem__)
    return Gap(value=rates[high] - rates[low], high=high, low=low)


def _ratio(rates: dict[str, float]) -> float | None:
    """Give min over max; 0/0 has no value."""
    return min(rates.values()) / max(rates.values()) if max(rates.values()) else None


def _most(
    compared: Sequence[Comparison | StratifiedComparison],
    limits: Sequence[float | None],
) -> Gap | None:
    """Give the comparison with the largest limit, `None` unless it is above zero."""
    found = _widest(compared, limits)
    return found if found is not None and found.value > 0 else None


def _widest(
    compared: Sequence[Comparison | StratifiedComparison],
    sizes: Sequence[float | None],
) -> Gap | None:
    """Give the comparison of the largest size, the higher group first."""
    known = [
        (size, one) for size, one in zip(sizes, compared, strict=True) if size is not None
    ]
    if not known:
        return None
    size, one = max(known, key=lambda pair: pair[0])
    seen = one.difference if isinstance(one, Comparison) else one.common
    names = (one.second, one.first) if (seen.value or 0) < 0 else (one.first, one.second)
    return Gap(value=size, high=names[0], low=names[1])
