"""People by cell and score: what an engine's answer becomes when scores are counted too.

Scores are kept exactly up to `MOST_SCORES` distinct ones, and on a fixed grid beyond that,
finer or coarser so that the answer stays small. Which of the two depends on the data alone,
so that every engine gives the same profile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fairaudit.core.value import replace, value
from fairaudit.engines.bins import MISSING
from fairaudit.engines.canonical import canonical
from fairaudit.engines.score_cells import Levels, ScoredCells
from fairaudit.engines.settling import RawCell, settle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.engines.exact_sums import Grid
    from fairaudit.engines.query import CellTable, CountQuery
    from fairaudit.engines.settling import Readers

    Array = np.ndarray[Any, np.dtype[Any]]

MOST_SCORES = 10_000
"""The most distinct scores that are kept exactly: as many as four decimals of a
probability make."""

MOST_LEVELS = 500_000
"""The most cells by score that are taken from an engine: some ten megabytes."""

RUNGS: tuple[int | None, ...] = (None, 13, 10, 7)
"""How scores are counted: exactly, else in bins of 2^−bits, the coarser the more groups."""


@value
class RawLevels:
    """An engine's answer by key and score, in parallel arrays.

    `keys` are distinct native keys, `codes` says which of them a row has; a missing score
    is NaN. `sums` has a row for each of rows, rows without an amount, the amount and its
    squares: integers, as Python's own where 64 bits may be too few.
    """

    keys: tuple[tuple[Any, ...], ...]
    codes: Array
    scores: Array
    sums: Array


def too_many(raw: RawLevels, bits: int | None) -> bool:
    """Tell whether an answer must be asked for again, on a coarser grid."""
    if len(raw.codes) > MOST_LEVELS:
        return True
    if bits is not None or len(raw.codes) <= MOST_SCORES:
        return False
    return len(np.unique(raw.scores[~np.isnan(raw.scores)])) > MOST_SCORES


def raw_levels(
    keys: Sequence[Sequence[Any]], scores: Sequence[float | None], sums: Sequence[Array]
) -> RawLevels:
    """Put an answer together from its columns: keys, scores, and the four sums."""
    code_of: dict[tuple[Any, ...], int] = {}
    rows = zip(*keys, strict=True) if keys else (() for _ in scores)
    codes = [code_of.setdefault(key, len(code_of)) for key in rows]
    return RawLevels(
        keys=tuple(code_of),
        codes=np.array(codes, np.int64),
        scores=np.array(scores, np.float64),
        sums=np.stack(sums, axis=1),
    )


def bins_of(scores: Sequence[float | None], cuts: Sequence[float]) -> list[int]:
    """Say which bin each score is in, as a query does."""
    numbers = np.array(scores, np.float64)
    places = sum((numbers >= cut for cut in cuts), np.zeros(len(numbers), np.int64))
    listed: list[int] = np.where(np.isnan(numbers), MISSING, places).tolist()
    return listed


def integers(column: Sequence[int]) -> Array:
    """Hold sums in 64 bits if they fit, else as Python's integers."""
    try:
        return np.array(column, np.int64)
    except OverflowError:
        return np.array(column, object)


def settle_scored(
    raw: RawLevels,
    query: CountQuery,
    readers: Readers,
    *,
    grid: Grid | None,
    bits: int | None,
    float32: bool,
    where: str,
) -> CellTable:
    """Make the table of cells, and of levels within them, of an answer by score.

    Parameters
    ----------
    raw : RawLevels
        The answer, in any order.
    query : CountQuery
        What was asked.
    readers : tuple of callable
        Per key, from a native value to canonical text.
    grid : Grid, optional
        The grid of the weights; without it amounts are people.
    bits : int, optional
        The grid the scores are on; `None` if they are exact.
    float32 : bool
        The scores are single-precision numbers; exact ones are given as the shortest
        decimals that are stored so, as a text file holds them.
    where : str
        The table's name, for messages.

    Returns
    -------
    CellTable
        The same whichever engine counted.
    """
    cells = (
        RawCell(key=key, rows=rows, without_amount=without, amount=amount, squares=squares)
        for key, (rows, without, amount, squares) in zip(raw.keys, totals(raw), strict=True)
    )
    table = settle(cells, query, readers, grid=grid, where=where)
    scores = settle_levels(raw, query, readers, grid=grid, bits=bits, float32=float32)
    return replace(table, scores=scores)


def totals(raw: RawLevels) -> list[list[int]]:
    """Add the sums of every key over its scores."""
    found = np.zeros((len(raw.keys), raw.sums.shape[1]), raw.sums.dtype)
    np.add.at(found, raw.codes, raw.sums)
    listed: list[list[int]] = found.tolist()
    return listed


def settle_levels(
    raw: RawLevels,
    query: CountQuery,
    readers: Readers,
    *,
    grid: Grid | None,
    bits: int | None,
    float32: bool,
) -> ScoredCells:
    """Read the keys and the scores of an answer, and merge those that read the same."""
    texts = [
        tuple(read(part) for read, part in zip(readers, key, strict=True))
        for key in raw.keys
    ]
    distinct = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    codes = np.array([distinct[text] for text in texts], np.int64)[raw.codes]
    # Adding 0 makes one zero of two.
    scores = (_shortest(raw.scores) if float32 and bits is None else raw.scores) + 0.0
    order = np.lexsort((scores, codes))
    codes, scores, sums = codes[order], scores[order], raw.sums[order]
    differs = (np.diff(codes) != 0) | (np.diff(scores) != 0)
    # NaN differs from itself.
    differs &= ~((np.diff(codes) == 0) & np.isnan(scores[1:]) & np.isnan(scores[:-1]))
    firsts = np.flatnonzero(np.concatenate([[True], differs])) if len(codes) else codes
    if len(firsts):
        sums = np.add.reduceat(sums, firsts, axis=0)
    codes, scores = codes[firsts], scores[firsts]
    starts = np.searchsorted(codes, np.arange(len(distinct) + 1))
    levels = {
        text: _levels(
            scores[starts[place] : starts[place + 1]],
            sums[starts[place] : starts[place + 1]],
            query,
            grid,
        )
        for text, place in distinct.items()
    }
    return ScoredCells(levels=levels, bits=bits)


def _levels(scores: Array, sums: Array, query: CountQuery, grid: Grid | None) -> Levels:
    """Turn the sums of one cell into people or weights; rows without either are nobody."""
    squares = None
    if grid is not None:
        amounts = np.array([grid.weight(int(total)) for total in sums[:, 2]], np.float64)
        squares = np.array([grid.square(int(total)) for total in sums[:, 3]], np.float64)
    elif query.amount is None:
        amounts = (sums[:, 0] - sums[:, 1]).astype(np.int64)
    else:
        amounts = sums[:, 2].astype(np.int64)
    known = ~np.isnan(scores)
    kept = known & (amounts != 0)
    return Levels(
        scores=scores[kept],
        amounts=amounts[kept],
        squares=None if squares is None else squares[kept],
        missing=amounts[~known].sum().item(),
        missing_squares=0.0 if squares is None else float(squares[~known].sum()),
    )


def _shortest(scores: Array) -> Array:
    """Read single-precision numbers as the shortest decimals that are stored so."""
    distinct, places = np.unique(scores, return_inverse=True)
    texts = [canonical(number, float32=True) for number in distinct.tolist()]
    return np.array([np.nan if text is None else float(text) for text in texts])[places]
