"""People counted by the cell two systems put them in: a confusion matrix of the two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.cells import Cells
from fairaudit.core.value import value
from fairaudit.engines.query import CountQuery, KeyColumn
from fairaudit.tally.count_query import cell_of, understood
from fairaudit.tally.counts import CROSS

if TYPE_CHECKING:
    from fairaudit.core.columns import Roles
    from fairaudit.engines.query import Table

CellPair = tuple[str, str]
"""The cell a person is in by the first system and by the second, such as ("tp", "fn")."""

UNDECIDED = ("undecided_positive", "undecided_negative", "blank")
"""Cells of people about whom a system decided nothing."""


@value
class PairedGroup:
    """One group's people, by the cells both systems put them in."""

    name: str
    pairs: dict[CellPair, int]

    def cells(self, place: int) -> Cells:
        """Give the cells of the first (0) or the second (1) system alone."""
        sums: dict[str, int] = {}
        for pair, people in self.pairs.items():
            sums[pair[place]] = sums.get(pair[place], 0) + people
        return Cells(**sums)

    @property
    def decided(self) -> PairedGroup:
        """Keep those about whom both systems decided."""
        pairs = {
            pair: people
            for pair, people in self.pairs.items()
            if not set(pair) & set(UNDECIDED)
        }
        return PairedGroup(name=self.name, pairs=pairs)


def pair_counts(
    table: Table, first: Roles, second: Roles
) -> dict[tuple[str, ...], tuple[PairedGroup, ...]]:
    """How many people of each group did both systems put where?

    Parameters
    ----------
    table : Table
        With the groups, the label and the decisions of both systems.
    first, second : Roles
        The roles of either system; groups and label are the same columns.

    Returns
    -------
    dict of tuple of str to tuple of PairedGroup
        By table of groups, every one of them; people without a group are in none. Under
        `()` everybody is one group.
    """
    edges = {cut.column: cut.edges for cut in first.bins}
    keys = [KeyColumn(column=name, edges=edges.get(name)) for name in first.attributes]
    keys += [_decision(roles) for roles in (first, second)]
    if first.label is not None:
        keys.append(KeyColumn(column=first.label))
    cells = table.count(CountQuery(keys=tuple(keys))).cells
    place = len(first.attributes)
    read = [
        understood(roles, "prediction", cells, place + number)
        for number, roles in enumerate((first, second))
    ]
    labels = understood(first, "label", cells, place + 2)
    tables = (*first.tables, ())
    found: dict[tuple[str, ...], dict[str, dict[CellPair, int]]]
    found = {columns: {} for columns in tables}
    for cell in cells:
        happened = labels.get(cell.key[place + 2]) if first.label is not None else None
        by_one, by_other = (
            cell_of(happened, read[number].get(cell.key[place + number]))
            for number in (0, 1)
        )
        for columns in tables:
            name = _name(cell.key, first, columns)
            if name is not None:
                pairs = found[columns].setdefault(name, {})
                pair = (by_one, by_other)
                pairs[pair] = pairs.get(pair, 0) + int(cell.amount)
    return {
        columns: tuple(
            PairedGroup(name=name, pairs=groups[name]) for name in sorted(groups)
        )
        for columns, groups in found.items()
    }


def everybody(groups: tuple[PairedGroup, ...], name: str) -> PairedGroup:
    """Put all groups of a table together."""
    pairs: dict[CellPair, int] = {}
    for group in groups:
        for pair, people in group.pairs.items():
            pairs[pair] = pairs.get(pair, 0) + people
    return PairedGroup(name=name, pairs=pairs)


def _decision(roles: Roles) -> KeyColumn:
    """Give the column that decides."""
    if roles.prediction is not None:
        return KeyColumn(column=roles.prediction)
    assert roles.score is not None
    return KeyColumn(column=roles.score, threshold=roles.threshold)


def _name(
    key: tuple[str | None, ...], roles: Roles, columns: tuple[str, ...]
) -> str | None:
    """Name a row's group in one table; a missing part makes it missing."""
    parts = [key[roles.attributes.index(column)] for column in columns]
    known = [part for part in parts if part is not None]
    return CROSS.join(known) if len(known) == len(parts) else None
