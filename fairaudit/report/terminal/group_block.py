"""The table of groups, in as many blocks as its columns need at this width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.report.numbers import NBSP, count, decimal, listed, percent
from fairaudit.report.sections.footnotes import footnotes
from fairaudit.report.sections.gaps import disparities_of
from fairaudit.report.sections.groups import (
    IMPACT_RATIO,
    cell_texts,
    chosen_rows,
    groups_title,
    rate_columns,
)
from fairaudit.report.terminal.layout import Column, grid, widest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.core.evidence import GroupRow, GroupTable
    from fairaudit.report.model import DecisionAudit
    from fairaudit.report.sections.groups import RateColumn
    from fairaudit.report.terminal.look import Look


MOST_ROWS = 24
"""Groups shown at most; how many are not is said."""

_NARROWEST_NAMES = 16
_WIDEST_NAMES = 28


@value
class _Set:
    """A column ready to print: its headings, its cells and its width."""

    plain: str
    symbol: str
    cells: tuple[str, ...]
    optional: bool

    @property
    def width(self) -> int:
        """Give the cells it takes, the longest word of its heading included."""
        return widest((*self.cells, self.symbol, *self.plain.split(" ")))


@value
class _Fit:
    """How wide names are and how far columns stand apart."""

    names: int
    gap: int


def group_block(part: DecisionAudit, table: GroupTable, look: Look) -> list[str]:
    """Print every group's people and rates.

    Parameters
    ----------
    part : DecisionAudit
        The audit.
    table : GroupTable
        One of its tables.
    look : Look
        Width and colour.

    Returns
    -------
    list of str
        Lines no wider than the page.
    """
    chosen = chosen_rows(table, disparities_of(part, table.attribute), MOST_ROWS)
    rows = (*chosen, table.overall)
    columns = rate_columns(part, table)
    names = tuple(row.name for row in rows)
    people = _Set(plain="", symbol="people", cells=_people(rows), optional=False)
    rates = [_set(rows, column) for column in columns]
    lines = look.heading(groups_title(table))
    printed: list[_Set] = []
    for fit, block in _blocks(names, people, rates, look.width):
        lines += [""] * bool(printed) + _grid(names, block, fit, look)
        printed += block
    shown = [column for column, one in zip(columns, rates, strict=True) if one in printed]
    for note in footnotes(part, table, chosen, shown):
        lines += look.text(note)
    no_room = [column.symbol for column in columns if column not in shown]
    if no_room:
        lines += look.text(f"No room at this width: {listed(no_room)}.")
    return lines


def _people(rows: Sequence[GroupRow]) -> tuple[str, ...]:
    """Write the people of each group."""
    return tuple("withheld" if row.people is None else count(row.people) for row in rows)


def _set(rows: Sequence[GroupRow], column: RateColumn) -> _Set:
    """Write one rate of every group, aligned on its digits."""
    write = decimal if column.id == IMPACT_RATIO else percent
    texts = [cell_texts(row, column, write) for row in rows]
    wide = [widest(text[place] for text in texts if len(text) > 1) for place in (0, 2)]
    cells = []
    for text in texts:
        if len(text) == 1:
            cells.append(text[0])
        else:
            number, mark, low, high = text
            limits = f"[{low.rjust(wide[1], NBSP)}–{high}]" if high else ""
            cells.append(f"{number.rjust(wide[0], NBSP)}{mark}{limits}")
    return _Set(
        plain=column.plain,
        symbol=column.symbol,
        cells=tuple(cells),
        optional=column.optional,
    )


def _blocks(
    names: Sequence[str], people: _Set, rates: Sequence[_Set], width: int
) -> Iterator[tuple[_Fit, list[_Set]]]:
    """Put all columns side by side if they fit, else one block below the other."""
    needed = [people, *(rate for rate in rates if not rate.optional)]
    natural = min(_WIDEST_NAMES, widest(names))
    fits = [_Fit(names=natural, gap=2)]
    fits += [
        _Fit(names=n, gap=1) for n in range(natural, min(natural, _NARROWEST_NAMES) - 1, -1)
    ]
    for fit in fits:
        if _taken(fit, needed) <= width:
            block = [people]
            for rate in rates:
                rest = [one for one in needed if one not in block and one is not rate]
                if not rate.optional or _taken(fit, [*block, rate, *rest]) <= width:
                    block.append(rate)
            yield fit, block
            return
    block = []
    for column in needed:
        if block and _taken(fits[0], [*block, column]) > width:
            yield fits[0], block
            block = []
        block.append(column)
    yield fits[0], block


def _taken(fit: _Fit, columns: Sequence[_Set]) -> int:
    """Count the cells that columns take beside the names."""
    return fit.names + sum(fit.gap + column.width for column in columns)


def _grid(names: Sequence[str], block: Sequence[_Set], fit: _Fit, look: Look) -> list[str]:
    """Print one block: headings, groups, and everybody together."""
    columns = [Column(width=fit.names)]
    columns += [Column(width=column.width, align="right") for column in block]
    plain = [["", *(column.plain for column in block)]]
    symbols = [["", *(column.symbol for column in block)]]
    body = [
        [name, *(column.cells[number] for column in block)]
        for number, name in enumerate(names)
    ]
    return [
        *grid(plain, columns, gap=fit.gap, bottom=True),
        *(look.paint("heading", line) for line in grid(symbols, columns, gap=fit.gap)),
        *grid(body, columns, gap=fit.gap),
    ]
