"""Withhold small cells once, on the counts, so that nothing later can reveal them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.cells import CELL_NAMES, Cells
from fairaudit.core.value import replace, value
from fairaudit.tally.counts import Counts, Key

if TYPE_CHECKING:
    from collections.abc import Iterator

ALL = "all counts"
RATES = "everything but the number of people"
LABELS = "everything that uses the label"


@value
class Suppressed:
    """Counts that may be published, and what was withheld of which group.

    `withheld` maps a table's columns to its groups and what was withheld of each.
    """

    counts: Counts
    withheld: dict[tuple[str, ...], dict[str | None, str]]


def suppress(counts: Counts, tables: tuple[tuple[str, ...], ...], below: int) -> Suppressed:
    """Withhold every count from 1 to `below` − 1 in the tables that will be published.

    A group whose label-by-prediction cells are too small keeps its predictions only; one
    whose predictions are too few keeps its size only; one with too few people is taken out
    of *all* tables, so that no total, no other table and no group of "everyone else" gives
    it away by subtraction. Repeated until every published table is safe.

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
    found = next(_unsafe(counts, tables, below), None)
    while found is not None:
        columns, group, what = found
        withheld.setdefault(columns, {})[group] = what
        counts = _without(counts, columns, group, what)
        found = next(_unsafe(counts, tables, below), None)
    return Suppressed(counts=counts, withheld=withheld)


def _unsafe(
    counts: Counts, tables: tuple[tuple[str, ...], ...], below: int
) -> Iterator[tuple[tuple[str, ...], str | None, str]]:
    """Find groups with a count that is too small, and what must go."""
    parts = [counts, *(counts.in_stratum(name) for name in counts.stratum_names())]
    for columns in tables:
        for part in parts if counts.strata else [counts]:
            for group, cells in part.by(columns).items():
                what = _too_small(cells, below)
                if what is not None:
                    yield columns, group, what


def _too_small(cells: Cells, below: int) -> str | None:
    """Say what of a group must be withheld, `None` if nothing."""
    if 0 < cells.total < below:
        return ALL
    small = [name for name in CELL_NAMES if 0 < getattr(cells, name) < below]
    if not small:
        return None
    selected, rejected, undecided = _by_prediction(cells)
    if any(0 < people < below for people in (selected, rejected, undecided)):
        return RATES
    return LABELS


def _by_prediction(cells: Cells) -> tuple[int | float, int | float, int | float]:
    """Count selected, rejected and without a prediction."""
    return (
        cells.tp + cells.fp + cells.unlabelled_selected,
        cells.fn + cells.tn + cells.unlabelled_rejected,
        cells.undecided_positive + cells.undecided_negative + cells.blank,
    )


def _without(
    counts: Counts, columns: tuple[str, ...], group: str | None, what: str
) -> Counts:
    """Take what must be withheld out of every cell of a group's people."""

    def is_in(key: Key) -> bool:
        return counts.group_of(key, columns) == group

    if what == ALL:
        return counts.where(lambda key: not is_in(key))
    coarser = {
        key: _coarser(cells, what) if is_in(key) else cells
        for key, cells in counts.cells.items()
    }
    return replace(counts, cells=coarser)


def _coarser(cells: Cells, what: str) -> Cells:
    """Forget the labels, or the predictions as well."""
    if what == RATES:
        return Cells(blank=cells.total)
    selected, rejected, undecided = _by_prediction(cells)
    return Cells(
        unlabelled_selected=selected, unlabelled_rejected=rejected, blank=undecided
    )
