"""People made up for tests: cells as columns of an audit, and as tables of groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.cells import Cells
from fairaudit.core.weights import Weights
from fairaudit.metrics.by_group import TableSettings, group_table
from fairaudit.tally.counts import Counts, Key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairaudit.core.evidence import GroupTable

    Groups = Mapping[str, Cells] | Mapping[str | None, Cells]
    Strata = (
        Mapping[tuple[str, str], Cells]
        | Mapping[tuple[str, str | None], Cells]
        | Mapping[tuple[str | None, str], Cells]
    )

_LABEL_AND_PREDICTION = {"tp": (1, 1), "fp": (0, 1), "fn": (1, 0), "tn": (0, 0)}


def columns_of(people: Mapping[str, Mapping[str, int]]) -> dict[str, list[Any]]:
    """Write groups and their tp, fp, fn, tn as the columns of a count table."""
    rows = [
        (group, *_LABEL_AND_PREDICTION[name], count)
        for group, cells in people.items()
        for name, count in cells.items()
        if name in _LABEL_AND_PREDICTION and count
    ]
    names = ("group", "label", "prediction", "count")
    return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def selections(people: Mapping[str, tuple[int, int]]) -> dict[str, list[Any]]:
    """Write groups with their selected and all decided as a count table without labels."""
    columns: dict[str, list[Any]] = {"group": [], "prediction": [], "count": []}
    for group, (selected, decided) in people.items():
        columns["group"] += [group, group]
        columns["prediction"] += [1, 0]
        columns["count"] += [selected, decided - selected]
    return columns


def table_of(
    people: Groups,
    *,
    squares: Groups | None = None,
    compare: str = "pairs",
    expected: tuple[str, ...] = (),
) -> GroupTable:
    """Make the table of one attribute, called "group"."""
    counts = Counts(
        attributes=("group",),
        cells={Key(groups=(name,)): cells for name, cells in people.items()},
        weights={
            Key(groups=(name,)): Weights(squares=here)
            for name, here in (squares or {}).items()
        }
        or None,
    )
    settings = TableSettings(compare=compare, expected=expected, withheld={})
    return group_table(counts, ("group",), settings)


def strata_of(people: Strata, *, compare: str = "pairs") -> GroupTable:
    """Make a table of groups within strata; keys are group and stratum."""
    counts = Counts(
        attributes=("group",),
        strata=("stratum",),
        cells={
            Key(groups=(group,), strata=(stratum,)): cells
            for (group, stratum), cells in people.items()
        },
    )
    return group_table(counts, ("group",), TableSettings(compare=compare, withheld={}))


def rate_of(table: GroupTable, group: str, rate: str) -> float | None:
    """Look one rate of one group up."""
    (found,) = (row.rates[rate].value for row in table.groups if row.name == group)
    return found
