"""Strata in which a group has too few people are not told apart."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from fairaudit.core.cells import Cells
from fairaudit.core.value import replace, value
from fairaudit.tally.counts import Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.tally.counts import Counts

Tables = tuple[tuple[str, ...], ...]


@value
class _Part:
    """The people of one group, or of one within another, who are in one stratum."""

    groups: dict[tuple[str, ...], str | None]
    stratum: str


def without_labels(cells: Cells) -> Cells:
    """Forget the labels, as strata need none."""
    return Cells(
        unlabelled_selected=cells.tp + cells.fp + cells.unlabelled_selected,
        unlabelled_rejected=cells.fn + cells.tn + cells.unlabelled_rejected,
        blank=cells.undecided_positive + cells.undecided_negative + cells.blank,
    )


def without_small_strata(counts: Counts, tables: Tables, below: int) -> Counts:
    """Take people out of strata where there are few like them.

    They stay in their group, and join those whose stratum is not recorded; where these are
    then too few, the group's next smallest stratum joins them. Labels are not looked at:
    strata are published by decision alone.

    Parameters
    ----------
    counts : Counts
        Counts of which every table over all strata is safe.
    tables : tuple of tuple of str
        The attributes and crossings that will be published.
    below : int
        The smallest count that may be shown.

    Returns
    -------
    Counts
        The same people of every group, in fewer strata.
    """
    found = next(_small(counts, tables, below), None)
    while found is not None:
        counts = _taken_out(counts, found)
        found = next(_small(counts, tables, below), None)
    return counts


def _small(counts: Counts, tables: Tables, below: int) -> Iterator[_Part]:
    """Find people to take out of their stratum.

    A group less its crossings leaves those whose other attributes are missing, in every
    stratum as over all.
    """
    for columns in tables:
        for group in counts.by(columns):
            yield from _of_one(counts, {columns: group}, below)
    for coarse, fine in product(tables, tables):
        if set(coarse) < set(fine):
            for group in counts.by(coarse):
                yield from _of_one(counts, {coarse: group, fine: None}, below)


def _of_one(
    counts: Counts, groups: dict[tuple[str, ...], str | None], below: int
) -> Iterator[_Part]:
    """Find the strata that some people must leave."""
    own = counts.where(lambda key: _is_in(counts, key, groups))
    sizes = {
        name: without_labels(sum(own.in_stratum(name).cells.values(), Cells()))
        for name in own.stratum_names()
    }
    named = {name: cells for name, cells in sizes.items() if name is not None}
    yield from (
        _Part(groups=groups, stratum=name)
        for name, cells in named.items()
        if _is_small(cells, below)
    )
    if named and _is_small(sizes.get(None, Cells()), below):
        yield _Part(groups=groups, stratum=min(named, key=lambda name: named[name].total))


def _is_small(cells: Cells, below: int) -> bool:
    """Tell whether a decision or the whole stratum has too few people."""
    numbers = (
        cells.unlabelled_selected,
        cells.unlabelled_rejected,
        cells.blank,
        cells.total,
    )
    return any(0 < people < below for people in numbers)


def _taken_out(counts: Counts, part: _Part) -> Counts:
    """Record the stratum of some people as missing."""
    inside = counts.in_stratum(part.stratum).cells
    cells: dict[Key, Cells] = {}
    for key, here in counts.cells.items():
        to = key
        if key in inside and _is_in(counts, key, part.groups):
            to = Key(groups=key.groups, strata=(None,) * len(key.strata))
        cells[to] = cells.get(to, Cells()) + here
    return replace(counts, cells=cells)


def _is_in(counts: Counts, key: Key, groups: dict[tuple[str, ...], str | None]) -> bool:
    """Tell whether a key's people are in all of some groups."""
    return all(counts.group_of(key, of) == group for of, group in groups.items())
