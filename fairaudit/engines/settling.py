"""From what an engine counted to a table of cells: values parsed, equal keys merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.engines.guards import Spread, check_spread
from fairaudit.engines.query import CellCount, CellTable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from fairaudit.engines.exact_sums import Grid
    from fairaudit.engines.query import CountQuery


@value
class RawCell:
    """One group of an engine's answer, keyed by native values.

    `without_amount` of its `rows` have no count or weight. `amount` and `squares` are
    integers: people, or grid numbers of weights.
    """

    key: tuple[Any, ...]
    rows: int
    without_amount: int = 0
    amount: int = 0
    squares: int = 0


Readers = tuple["Callable[[Any], str | None]", ...]
Sums = tuple[int, int, int, int]


def settle(
    raw: Iterable[RawCell],
    query: CountQuery,
    readers: Readers,
    *,
    grid: Grid | None,
    where: str,
) -> CellTable:
    """Read the keys of an engine's cells and merge those that read the same.

    Parameters
    ----------
    raw : iterable of RawCell
        The engine's answer, in any order; a key may occur more than once.
    query : CountQuery
        What was asked.
    readers : tuple of callable
        Per key, from a native value to canonical text.
    grid : Grid, optional
        The grid of the weights; without it amounts are people.
    where : str
        The table's name, for messages.

    Returns
    -------
    CellTable
        The same cells whichever engine counted.

    Raises
    ------
    InputError
        When there are no rows, or a key has too many values.
    """
    merged = _merged(raw, readers)
    rows = sum(sums[0] for sums in merged.values())
    if not rows:
        refuse_empty(where)
    _check_spreads(merged, query, rows=rows, where=where)
    keys = sorted(merged, key=_order)
    cells = (_cell(key, merged[key], query, grid) for key in keys)
    return CellTable(
        cells=tuple(cell for cell in cells if cell.rows),
        rows=rows,
        missing_amount_rows=sum(sums[1] for sums in merged.values()),
        heaviest=None if grid is None else grid.largest,
    )


def refuse_empty(where: str) -> NoReturn:
    """Refuse a table without rows."""
    raise InputError(f"{where}: no data rows, so there is nothing to audit.")


def _merged(raw: Iterable[RawCell], readers: Readers) -> dict[tuple[str | None, ...], Sums]:
    """Add up the cells of one canonical key; each distinct value is read once."""
    known: list[dict[Any, str | None]] = [{} for _ in readers]
    merged: dict[tuple[str | None, ...], Sums] = {}
    for cell in raw:
        texts = []
        for native, read, texts_of in zip(cell.key, readers, known, strict=True):
            # `1`, `1.0` and `True` are one dictionary key, and read differently.
            name = (type(native), native)
            if name not in texts_of:
                texts_of[name] = read(native)
            texts.append(texts_of[name])
        key = tuple(texts)
        rows, without, amount, squares = merged.get(key, (0, 0, 0, 0))
        merged[key] = (
            rows + cell.rows,
            without + cell.without_amount,
            amount + cell.amount,
            squares + cell.squares,
        )
    return merged


def _check_spreads(
    merged: dict[tuple[str | None, ...], Sums], query: CountQuery, *, rows: int, where: str
) -> None:
    for place, key in enumerate(query.keys):
        texts = {texts[place] for texts in merged} - {None}
        example = _longest(texts)
        spread = Spread(distinct=len(texts), rows=rows, example=example)
        check_spread(key, spread, query, where=where)


def _longest(texts: Iterable[str | None]) -> str | None:
    """Choose the value that shows most plainly what a column holds, such as 0.9999."""
    return max((text for text in texts if text), key=lambda t: (len(t), t), default=None)


def _order(key: Sequence[str | None]) -> tuple[tuple[bool, str], ...]:
    """Sort by text, missing last."""
    return tuple((text is None, text or "") for text in key)


def _cell(
    key: tuple[str | None, ...], sums: Sums, query: CountQuery, grid: Grid | None
) -> CellCount:
    rows, without, amount, squares = sums
    if grid is not None:
        return CellCount(
            key=key,
            rows=rows - without,
            amount=grid.weight(amount),
            squares=grid.square(squares),
        )
    people = rows - without if query.amount is None else amount
    return CellCount(key=key, rows=rows - without, amount=people)
