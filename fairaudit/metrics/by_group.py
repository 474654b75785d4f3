"""The rates of every group of a table, each with its interval or the reason it has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.cells import Cells
from fairaudit.core.estimate import Estimate
from fairaudit.core.evidence import MISSING, GroupRow, GroupTable, Stratum
from fairaudit.core.value import replace, value
from fairaudit.core.words import Favourable, worded
from fairaudit.criteria.catalogue import known_rates
from fairaudit.inference.proportions import rate_estimate
from fairaudit.inference.ratios import ratio_estimate
from fairaudit.tally.counts import CROSS, Key
from fairaudit.tally.rates import SELECTION_RATE, Rate, proportion
from fairaudit.tally.suppression import ALL, RATES, coarsened, without_labels

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairaudit.core.evidence import GroupKind
    from fairaudit.core.weights import Weights
    from fairaudit.tally.counts import Counts


@value
class TableSettings:
    """What a table of groups is made with.

    `expected` groups get a row even when nobody is in them. `withheld` says what is
    suppressed of which group, `overall_withheld` of everybody and `strata_withheld` of
    which groups in which stratum, all because of counts under `withheld_below`. `first`
    fixes the order of groups where they have one, such as bins; others follow by size.
    """

    compare: str
    favourable: Favourable | None = None
    labelled: bool = True
    expected: tuple[str, ...] = ()
    withheld: dict[str | None, str]
    overall_withheld: str | None = None
    strata_withheld: frozenset[tuple[str | None, str]] = frozenset()
    withheld_below: int | None = None
    first: tuple[str, ...] = ()


def group_table(
    counts: Counts, columns: tuple[str, ...], settings: TableSettings
) -> GroupTable:
    """Show every group that one attribute or crossing makes, with its rates.

    Parameters
    ----------
    counts : Counts
        People at the finest crossing.
    columns : tuple of str
        One attribute, or those of a crossing.
    settings : TableSettings
        Comparisons, direction, expected and withheld groups.

    Returns
    -------
    GroupTable
        Groups by size, the largest first; people without a recorded group last.
    """
    rows = _rows(counts, columns, settings)
    rows = _with_impact_ratios(rows, settings.favourable)
    everybody = sum(counts.cells.values(), Cells())
    return GroupTable(
        attribute=CROSS.join(columns),
        columns=columns,
        compare=settings.compare,
        groups=tuple(rows),
        overall=_row("overall", "overall", everybody, counts.all_weights, settings),
        strata=_strata(counts, columns, settings),
    )


def _rows(
    counts: Counts, columns: tuple[str, ...], settings: TableSettings
) -> list[GroupRow]:
    """Make the rows of a table in the order they are shown."""
    people, weights = counts.by(columns), counts.weights_by(columns)
    missing = people.pop(None, None)
    rows = [
        _row(name, "group", cells, weights.get(name), settings)
        for name, cells in people.items()
        if name is not None
    ]
    rows += [
        _row(name, "absent", Cells(), None, settings)
        for name in settings.expected
        if name not in people and name not in settings.withheld
    ]
    place = {name: number for number, name in enumerate(settings.first)}
    rows.sort(
        key=lambda row: (place.get(row.name, len(place)), -(row.people or 0), row.name)
    )
    if missing is not None:
        rows.append(_row(None, "missing", missing, weights.get(None), settings))
    return rows


def _row(
    name: str | None,
    kind: GroupKind,
    cells: Cells,
    weights: Weights | None,
    settings: TableSettings,
) -> GroupRow:
    """Make one row, of all its people or of nobody."""
    title = MISSING if name is None else name
    everybody = kind == "overall"
    what = settings.overall_withheld if everybody else settings.withheld.get(name)
    told = coarsened(cells, what)
    if told is None and not everybody:
        kind = "withheld"
    rates = {
        rate.id: _estimate(rate, title, told or Cells(), weights, settings, kind=kind)
        if what is None
        else _left(rate, title, told or Cells(), settings)
        for rate in known_rates().values()
        if settings.labelled or not rate.uses_label
    }
    return GroupRow(name=title, kind=kind, cells=told, weights=weights, rates=rates)


def _left(rate: Rate, title: str, told: Cells, settings: TableSettings) -> Estimate:
    """Estimate a rate of a group of which something is withheld."""
    read = proportion(rate, told)
    if read.denominator:
        return rate_estimate(read.numerator, read.denominator, size=read.size)
    who = "overall" if title == "overall" else f"in group {title}"
    return Estimate.undefined(
        f"counts below {settings.withheld_below}, and what would reveal them, are withheld "
        f"{who}"
    )


def _estimate(
    rate: Rate,
    title: str,
    cells: Cells,
    weights: Weights | None,
    settings: TableSettings,
    *,
    kind: GroupKind,
) -> Estimate:
    """Estimate one rate, or say why there is none."""
    read = proportion(rate, cells, weights)
    if read.denominator:
        return rate_estimate(read.numerator, read.denominator, size=read.size)
    among = worded(rate.among, settings.favourable)
    who = "anywhere" if kind == "overall" else f"in group {title}"
    reason = f"no {among} {who}"
    if kind == "absent":
        reason = f"expected group {title} has nobody in these data"
    return Estimate.undefined(reason, denominator=0)


def _with_impact_ratios(
    rows: Sequence[GroupRow], favourable: Favourable | None
) -> list[GroupRow]:
    """Add each group's favourable rate over that of the group that fares best."""
    fares = {
        row.name: favourable_counts(row, favourable)
        for row in rows
        if row.kind == "group" and row.rates[SELECTION_RATE.id].value is not None
    }
    if not fares:
        return list(rows)
    best = max(sorted(fares), key=lambda name: fares[name][0] / fares[name][1])
    made = []
    for row in rows:
        ratio = None
        if row.name in fares and row.kind == "group":
            ratio = _impact_ratio(row, fares[row.name], best, fares[best])
        made.append(replace(row, impact_ratio=ratio))
    return made


def favourable_counts(row: GroupRow, favourable: Favourable | None) -> tuple[float, float]:
    """Count those with the favourable decision and all decided, at the effective size."""
    read = proportion(SELECTION_RATE, row.cells or Cells(), row.weights)
    helped = read.size - read.successes if favourable == "not-selected" else read.successes
    return helped, read.size


def _impact_ratio(
    row: GroupRow, own: tuple[float, float], best_name: str, best: tuple[float, float]
) -> Estimate:
    """Divide a group's favourable rate by the best group's."""
    if not best[0]:
        return Estimate.undefined("nobody received the favourable decision")
    if row.name == best_name:
        return Estimate(value=1.0)
    return ratio_estimate(*own, *best)


def _strata(
    counts: Counts, columns: tuple[str, ...], settings: TableSettings
) -> tuple[Stratum, ...]:
    """Make the same rows within each stratum; where counts are withheld, without labels.

    People whose stratum is withheld join those whose stratum is not recorded.
    """
    if not counts.strata:
        return ()
    strata = []
    decisions = settings.withheld_below is not None
    told_not = [
        (group, stratum) for group, stratum in settings.strata_withheld if group is not None
    ]
    names = counts.stratum_names()
    if decisions:
        counts = _strata_told(counts, columns, settings)
        names = list(dict.fromkeys([*filter(None, names), *counts.stratum_names()]))
    for name in names:
        within = counts.in_stratum(name)
        weights = within.weights_by(columns)
        groups = tuple(
            GroupRow(
                name=group,
                kind="group",
                cells=without_labels(cells) if decisions else cells,
                weights=weights.get(group),
                rates={},
            )
            for group, cells in sorted(_known(within.by(columns)).items())
        )
        withheld = tuple(
            GroupRow(name=group, kind="withheld", cells=None, rates={})
            for group, stratum in sorted(told_not)
            if stratum == name
        )
        strata.append(Stratum(name=name, groups=(*groups, *withheld)))
    return tuple(strata)


def _strata_told(
    counts: Counts, columns: tuple[str, ...], settings: TableSettings
) -> Counts:
    """Leave out whose decisions are withheld, and forget the strata that are."""
    cells: dict[Key, Cells] = {}
    for key, here in counts.cells.items():
        group, stratum = counts.group_of(key, columns), counts.stratum_of(key)
        if settings.withheld.get(group) in {ALL, RATES}:
            continue
        to = key
        if (group, stratum) in settings.strata_withheld:
            to = replace(key, strata=(None,) * len(key.strata))
        cells[to] = cells.get(to, Cells()) + here
    return replace(counts, cells=cells)


def _known(people: Mapping[str | None, Cells]) -> dict[str, Cells]:
    """Leave out the people without a recorded group."""
    return {name: cells for name, cells in people.items() if name is not None}
