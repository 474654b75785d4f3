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
    from collections.abc import Mapping, Sequence

    from fairaudit.engines.exact_sums import Grid
    from fairaudit.engines.query import CellTable, CountQuery, KeyColumn
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


def too_many(raw: RawLevels, bits: int | None, *, distinct: int | None = None) -> bool:
    """Tell whether an answer must be asked for again, on a coarser grid.

    There are at most `distinct` scores, where that is known before.
    """
    if len(raw.codes) > MOST_LEVELS:
        return True
    known = len(raw.codes) if distinct is None else distinct
    if bits is not None or known <= MOST_SCORES:
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


def with_cuts(raw: RawLevels, cuts: Mapping[int, Sequence[float]]) -> RawLevels:
    """Put the bins of exact scores among the keys, as if a query had grouped by them.

    Parameters
    ----------
    raw : RawLevels
        An answer of the other keys.
    cuts : mapping of int to sequence of float
        Where the scores are cut, by the place of the key; places ascend.

    Returns
    -------
    RawLevels
        Bins are numbered as in a query.
    """
    for place, edges in cuts.items():
        bins = np.searchsorted(np.asarray(edges, np.float64), raw.scores, side="right")
        # NaN sorts behind every edge, and scores stay in their order.
        bins = np.where(np.isnan(raw.scores), len(edges) + 1, bins)
        many = len(edges) + 2
        crossed = raw.codes * many + bins
        found = np.flatnonzero(np.bincount(crossed, minlength=len(raw.keys) * many))
        place_of = np.zeros(len(raw.keys) * many, np.int64)
        place_of[found] = np.arange(len(found))
        keys = []
        for code, number in zip(
            *(part.tolist() for part in np.divmod(found, many)), strict=True
        ):
            key, cut = raw.keys[code], MISSING if number > len(edges) else number
            keys.append((*key[:place], cut, *key[place:]))
        raw = replace(raw, keys=tuple(keys), codes=place_of[crossed])
    return raw


def cut_from_score(query: CountQuery, bits: int | None) -> dict[int, KeyColumn]:
    """Find the keys that are cut from the score: of exact scores they follow."""
    if bits is not None:
        return {}
    return {place: key for place, key in enumerate(query.keys) if key.column == query.score}


def run_starts(array: Array) -> Array:
    """Tell of every value whether it differs from the one before; the first one does."""
    starts = np.ones(len(array), np.bool_)
    np.not_equal(array[1:], array[:-1], out=starts[1:])
    return starts


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
    codes, sums = raw.codes, raw.sums
    if np.any(codes[1:] < codes[:-1]):
        order = np.argsort(codes, kind="stable")
        codes, sums = codes[order], sums[order]
    firsts = np.flatnonzero(run_starts(codes))
    listed: list[list[int]] = np.add.reduceat(sums, firsts, axis=0).tolist()
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
    sums, places = raw.sums, np.diff(codes)
    if not np.all((places > 0) | ((places == 0) & (np.diff(scores) > 0))):
        codes, scores, sums = _merged(codes, scores, sums)
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


def _merged(codes: Array, scores: Array, sums: Array) -> tuple[Array, Array, Array]:
    """Sort by key and score, and sum what agrees in both."""
    order = np.lexsort((scores, codes))
    codes, scores = codes[order], scores[order]
    differs = (np.diff(codes) != 0) | (np.diff(scores) != 0)
    # NaN differs from itself.
    differs &= ~((np.diff(codes) == 0) & np.isnan(scores[1:]) & np.isnan(scores[:-1]))
    firsts = np.flatnonzero(np.concatenate([[True], differs]))
    return codes[firsts], scores[firsts], np.add.reduceat(sums[order], firsts, axis=0)


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
    # A missing score is the last one.
    known = len(scores) - int(np.isnan(scores[-1:]).sum())
    kept = slice(known) if amounts.all() else np.flatnonzero(amounts[:known])
    return Levels(
        scores=scores[kept],
        amounts=amounts[kept],
        squares=None if squares is None else squares[kept],
        missing=amounts[known:].sum().item(),
        missing_squares=0.0 if squares is None else float(squares[known:].sum()),
    )


def _shortest(scores: Array) -> Array:
    """Read single-precision numbers as the shortest decimals that are stored so."""
    distinct, places = np.unique(scores, return_inverse=True)
    texts = [canonical(number, float32=True) for number in distinct.tolist()]
    return np.array([np.nan if text is None else float(text) for text in texts])[places]
