"""Withhold small counts, whole groups at a time, so that nothing printed reveals them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.cells import CELL_NAMES, Cells
from fairaudit.core.value import replace, value
from fairaudit.tally.counts import Counts
from fairaudit.tally.subtraction import Part, lay_out, safe_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from fairaudit.core.estimate import Amount

Columns = tuple[str, ...]

ALL = "all counts"
RATES = "everything but the number of people"
LABELS = "everything that uses the label"


@value
class Suppressed:
    """Exact counts of everybody, and what of them may not be printed.

    `withheld` maps a table's columns to its groups and what is withheld of each, and
    `overall` says what is withheld of everybody together; what is not withheld is of all
    the people it names. `strata` has the groups, with columns and stratum, whose people in
    that stratum are not told apart.
    """

    counts: Counts
    withheld: dict[Columns, dict[str | None, str]]
    overall: str | None = None
    strata: frozenset[tuple[Columns, str | None, str]] = frozenset()

    def told(self, columns: Columns) -> dict[str | None, Cells]:
        """Give what may be printed of each group of a table."""
        here = self.withheld.get(columns, {})
        told = {
            group: coarsened(cells, here.get(group))
            for group, cells in self.counts.by(columns).items()
        }
        return {group: cells for group, cells in told.items() if cells is not None}


def without_labels(cells: Cells) -> Cells:
    """Forget the labels."""
    return Cells(
        unlabelled_selected=cells.tp + cells.fp + cells.unlabelled_selected,
        unlabelled_rejected=cells.fn + cells.tn + cells.unlabelled_rejected,
        blank=cells.undecided_positive + cells.undecided_negative + cells.blank,
    )


def coarsened(cells: Cells, what: str | None) -> Cells | None:
    """Give what is left of a group's cells when something is withheld, if anything."""
    if what == ALL:
        return None
    if what == RATES:
        return Cells(blank=cells.total)
    return without_labels(cells) if what == LABELS else cells


def suppress(counts: Counts, tables: tuple[Columns, ...], below: int) -> Suppressed:
    """Withhold every count from 1 to `below` − 1, and every group that would reveal one.

    A group is printed with all its people or not at all: first its number of people is
    looked at, then its decisions, then its labels. Where a small count is withheld, but is
    what others leave of a total, the smallest of these others is withheld too, until no
    small count is a sum or difference of what is printed. Of strata only decisions are
    printed.

    Parameters
    ----------
    counts : Counts
        Exact counts of people.
    tables : tuple of tuple of str
        The attributes and crossings that will be printed.
    below : int
        The smallest count that may be shown; 0 may always be.

    Returns
    -------
    Suppressed
        The same counts, and what of them may be printed.
    """
    everything: tuple[tuple[str, Callable[[Cells], tuple[Amount, ...]]], ...] = (
        (ALL, lambda cells: (cells.total,)),
        (RATES, lambda cells: _listed(without_labels(cells))),
        (LABELS, _listed),
    )
    parts = list(_parts(counts, tables))
    layout = lay_out(counts, parts)
    told = {part for part in parts if part.stratum is None}
    withheld: dict[Columns, dict[str | None, str]] = {}
    strata: set[tuple[Columns, str | None, str]] = set()
    overall: str | None = None
    for what, read in everything:
        asked = {
            part
            for part in parts
            if replace(part, stratum=None) in told
            and (part.stratum is None or what == RATES)
        }
        amounts = [read(cells) for cells in counts.cells.values() if cells.total]
        safe = safe_parts(layout, amounts, asked, below)
        told &= safe.parts
        for part in parts:
            if part not in asked - safe.parts:
                continue
            if part.stratum is None:
                withheld.setdefault(part.columns, {})[part.group] = what
            elif replace(part, stratum=None) in told:
                strata.add((part.columns, part.group, part.stratum))
        if overall is None and not safe.total:
            overall = what
    return Suppressed(
        counts=counts, withheld=withheld, overall=overall, strata=frozenset(strata)
    )


def _parts(counts: Counts, tables: tuple[Columns, ...]) -> Iterator[Part]:
    """Name every group of every table, and its people of each recorded stratum."""
    found = {
        Part(columns=columns, group=counts.group_of(key, columns), stratum=stratum)
        for columns in tables
        for key in counts.cells
        for stratum in {None, counts.stratum_of(key)}
    }
    for columns in tables:
        here = [part for part in found if part.columns == columns]
        yield from sorted(here, key=lambda one: (one.group or "", one.stratum or ""))


def _listed(cells: Cells) -> tuple[Amount, ...]:
    """List cells in their fixed order."""
    return tuple(getattr(cells, name) for name in CELL_NAMES)
