"""Withhold small cells once, on the counts, so that nothing later can reveal them."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

from fairaudit.core.cells import CELL_NAMES, Cells
from fairaudit.core.value import replace, value
from fairaudit.tally.counts import Counts, Key
from fairaudit.tally.small_strata import without_labels, without_small_strata

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

ALL = "all counts"
RATES = "everything but the number of people"
LABELS = "everything that uses the label"


@value
class Suppressed:
    """Counts that may be published, and what was withheld of which group.

    `withheld` maps a table's columns to its groups and what was withheld of each;
    `coarsened` has the values of those of whom more is known than told; `some_strata` says
    that the stratum of some people is withheld.
    """

    counts: Counts
    withheld: dict[tuple[str, ...], dict[str | None, str]]
    coarsened: frozenset[tuple[str | None, ...]] = frozenset()
    some_strata: bool = False


@value
class _Unsafe:
    """A group with a count that is too small, and what of it must go.

    `within` narrows it to its people in one group of another table.
    """

    columns: tuple[str, ...]
    group: str | None
    what: str
    within: tuple[tuple[str, ...], str | None] | None = None


def suppress(counts: Counts, tables: tuple[tuple[str, ...], ...], below: int) -> Suppressed:
    """Withhold every count from 1 to `below` − 1 in the tables that will be published.

    A group whose label-by-prediction cells are too small keeps its predictions only; one
    whose predictions are too few keeps its size only; one with too few people is taken out
    of *all* tables, so that no total, no other table and no group of "everyone else" gives
    it away by subtraction. Repeated until every published table is safe. Of strata with few
    people only the stratum is withheld.

    Parameters
    ----------
    counts : Counts
        Exact counts of people.
    tables : tuple of tuple of str
        The attributes and crossings that will be published.
    below : int
        The smallest count that may be shown; 0 may always be.

    Returns
    -------
    Suppressed
        The counts to use from here on.
    """
    withheld: dict[tuple[str, ...], dict[str | None, str]] = {}
    coarsened: set[tuple[str | None, ...]] = set()
    found = next(_unsafe(counts, tables, below), None)
    while found is not None:
        withheld.setdefault(found.columns, {})[found.group] = found.what
        about = [key for key in counts.cells if _is_about(key, counts, found)]
        coarsened.update(key.groups for key in about)
        counts = _without(counts, found, set(about))
        found = next(_unsafe(counts, tables, below), None)
    safe = without_small_strata(counts, tables, below) if counts.strata else counts
    return Suppressed(
        counts=safe,
        withheld=withheld,
        coarsened=frozenset(coarsened),
        some_strata=safe != counts,
    )


def _unsafe(
    counts: Counts, tables: tuple[tuple[str, ...], ...], below: int
) -> Iterator[_Unsafe]:
    """Find groups with a count that is too small, and what must go.

    Where a crossing is published beside one of its attributes, a group less its crossings
    leaves those whose other attributes are missing: they must not be few either.
    """
    for columns in tables:
        for group, cells in counts.by(columns).items():
            if what := _too_small(cells, below):
                yield _Unsafe(columns=columns, group=group, what=what)
    for coarse, fine in product(tables, tables):
        if set(coarse) < set(fine):
            for group, cells in _less_crossings(counts, coarse, fine).items():
                if what := _too_small(cells, below):
                    yield _Unsafe(
                        columns=fine, group=None, what=what, within=(coarse, group)
                    )


def _less_crossings(
    counts: Counts, coarse: tuple[str, ...], fine: tuple[str, ...]
) -> dict[str | None, Cells]:
    """Count the people of each group who are in no group of a crossing."""
    return counts.where(lambda key: counts.group_of(key, fine) is None).by(coarse)


def _too_small(cells: Cells, below: int) -> str | None:
    """Say what of a group must be withheld, `None` if nothing."""
    if 0 < cells.total < below:
        return ALL
    small = [name for name in CELL_NAMES if 0 < getattr(cells, name) < below]
    if not small:
        return None
    decisions = without_labels(cells)
    if any(0 < getattr(decisions, name) < below for name in CELL_NAMES):
        return RATES
    return LABELS


def _is_about(key: Key, counts: Counts, found: _Unsafe) -> bool:
    """Tell whether people of a key are those of whom something must go."""
    wanted = {found.columns: found.group}
    if found.within is not None:
        wanted[found.within[0]] = found.within[1]
    return all(counts.group_of(key, of) == group for of, group in wanted.items())


def _without(counts: Counts, found: _Unsafe, about: Container[Key]) -> Counts:
    """Take what must be withheld out of every cell of a group's people."""
    if found.what == ALL:
        return counts.where(lambda key: key not in about)
    coarser = {
        key: _coarser(cells, found.what) if key in about else cells
        for key, cells in counts.cells.items()
    }
    return replace(counts, cells=coarser)


def _coarser(cells: Cells, what: str) -> Cells:
    """Forget the labels, or the predictions as well."""
    return Cells(blank=cells.total) if what == RATES else without_labels(cells)
