"""Coded columns to cells: codes mixed into one integer, and a bincount of those."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fairaudit.core.value import value
from fairaudit.engines.codes import Array, Codes, Numbers
from fairaudit.engines.exact_sums import BITS, LIMB, Grid
from fairaudit.engines.levels import RawLevels
from fairaudit.engines.settling import RawCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


# A stretch of codes stays in the cache between the passes over it.
_STRETCH = 1 << 16

# With more bits than this, combinations are counted by sorting instead.
_DENSE_BITS = 17

# Scores make many combinations, and sorting them takes longer than eight million places.
_DENSE_LEVEL_BITS = 23

# Rows without an amount, then the sum; of weights two limbs for sum and squares each.
_COUNT_PARTS, _WEIGHT_PARTS = 2, 5


@value
class Amount:
    """The counts or weights of the rows; weights are put on a grid."""

    numbers: Numbers
    grid: Grid | None


def tally_codes(
    columns: Sequence[Codes], rows: int, amount: Amount | None
) -> list[RawCell]:
    """Count the rows of every combination of codes.

    Parameters
    ----------
    columns : sequence of Codes
        The coded keys.
    rows : int
        How many rows there are.
    amount : Amount, optional
        What a row stands for, if not for itself.

    Returns
    -------
    list of RawCell
        The combinations that occur, keyed by their labels.
    """
    digits, sums = _tallied(columns, rows, amount, dense_bits=_DENSE_BITS)
    return [
        _cell(columns, combination, parts)
        for combination, parts in zip(digits.tolist(), sums.T.tolist(), strict=True)
    ]


def tally_levels(
    columns: Sequence[Codes], scores: Codes, rows: int, amount: Amount | None
) -> RawLevels:
    """Count the rows of every combination of codes and scores.

    Parameters
    ----------
    columns : sequence of Codes
        The coded keys.
    scores : Codes
        The coded scores; their labels are numbers, NaN for missing.
    rows : int
        How many rows there are.
    amount : Amount, optional
        What a row stands for, if not for itself.

    Returns
    -------
    RawLevels
        The combinations that occur.
    """
    digits, sums = _tallied([*columns, scores], rows, amount, dense_bits=_DENSE_LEVEL_BITS)
    # Combinations come sorted, the score last.
    keys = digits[:, :-1]
    starts = np.zeros(len(keys), np.bool_)
    starts[:1] = True
    for column in keys.T:
        starts[1:] |= column[1:] != column[:-1]
    codes, firsts = np.cumsum(starts) - 1, keys[starts]
    return RawLevels(
        keys=tuple(_labels(columns, key) for key in firsts.tolist()),
        codes=codes,
        scores=np.asarray(scores.labels, np.float64)[digits[:, -1]],
        sums=np.stack(_joined_columns(sums), axis=1),
    )


def _joined_columns(sums: Array) -> list[Array]:
    """Join the limbs of weights: rows, rows without an amount, amount, squares."""
    rows, *parts = sums
    nothing = np.zeros_like(rows)
    if not parts:
        return [rows, nothing, nothing, nothing]
    if len(parts) < _WEIGHT_PARTS:
        return [rows, *parts, nothing]
    without, *limbs = (part.astype(object) for part in parts)
    high, low, square_high, square_low = limbs
    limb = int(LIMB)
    return [rows, without, high * limb + low, square_high * limb + square_low]


def _tallied(
    columns: Sequence[Codes], rows: int, amount: Amount | None, *, dense_bits: int
) -> tuple[Array, Array]:
    """Give the combinations that occur, one per row, and their sums, one per column."""
    widths = [max(len(codes.labels) - 1, 0).bit_length() for codes in columns]
    if sum(widths) <= dense_bits:
        sums = _sums(columns, widths, rows, amount)
        places = sums[0].nonzero()[0]
        return _digits(places, widths), sums[:, places]
    digits, combined = _combined(columns, rows)
    sums = _sums([combined], [len(digits).bit_length()], rows, amount)
    return digits, sums[:, : len(digits)]


def _digits(places: Array, widths: Sequence[int]) -> Array:
    """Take mixed codes apart again: one row for each, with the code of every column."""
    digits = np.empty((len(places), len(widths)), np.int64, order="F")
    for column, width in reversed(list(enumerate(widths))):
        digits[:, column] = places & ((1 << width) - 1)
        places = places >> width
    return digits


def _combined(columns: Sequence[Codes], rows: int) -> tuple[Array, Codes]:
    """Code the combinations that occur; gives each one's codes, and the coded rows."""
    digits, code = np.zeros((1, 0), np.int64), np.zeros(rows, np.int64)
    for codes in columns:
        size = len(codes.labels)
        crossed = code * size + codes.array + codes.offset
        occurring, code = np.unique(crossed, return_inverse=True)
        digits = np.column_stack([digits[occurring // size], occurring % size])
    return digits, Codes(array=code, offset=0, labels=(None,) * len(digits))


def _sums(
    columns: Sequence[Codes], widths: Sequence[int], rows: int, amount: Amount | None
) -> Array:
    """Sum per combination: one row for the rows, and one for each of `_parts`."""
    size = 1 << sum(widths)
    stretch = max(_STRETCH, 4 * size)
    code, spare = np.empty(stretch, np.int64), np.empty(stretch, np.int64)
    parts = 0 if amount is None else _COUNT_PARTS if amount.grid is None else _WEIGHT_PARTS
    sums = np.zeros((1 + parts, size), np.int64)
    for start in range(0, rows, stretch):
        span = slice(start, min(start + stretch, rows))
        length = span.stop - start
        here = code[:length]
        _mix(columns, widths, span, here, spare[:length])
        sums[0] += np.bincount(here, minlength=size)
        if amount is not None:
            for place, part in enumerate(_parts(amount, span), 1):
                sums[place] += np.bincount(here, part, minlength=size).astype(np.int64)
    return sums


def _mix(
    columns: Sequence[Codes], widths: Sequence[int], span: slice, here: Array, spare: Array
) -> None:
    """Write the mixed codes of a stretch: every column in its own bits."""
    if not columns:
        here[:] = 0
    for place, (codes, width) in enumerate(zip(columns, widths, strict=True)):
        part = codes.array[span]
        if codes.offset:
            np.copyto(spare, part)
            part = np.add(spare, codes.offset, out=spare)
        if place:
            np.left_shift(here, width, out=here)
            np.bitwise_or(here, part, out=here)
        else:
            np.copyto(here, part)


def _parts(amount: Amount, span: slice) -> Iterator[Array]:
    """Give what is summed of the amounts; every part's sums are exact in doubles."""
    array = amount.numbers.array[span]
    missing = amount.numbers.missing
    if missing is None:
        yield np.zeros(len(array))
    else:
        yield missing[span].astype(np.float64)
        array = np.where(missing[span], 0.0, array)
    if amount.grid is None:
        yield array
        return
    below_1 = array * amount.grid.unit
    for number in (below_1, below_1 * below_1):
        steps = np.floor(number * float(1 << BITS))
        high = np.floor(steps / LIMB)
        yield high
        yield steps - high * LIMB


def _cell(columns: Sequence[Codes], combination: Sequence[int], sums: list[int]) -> RawCell:
    key = _labels(columns, combination)
    rows, without, amount, squares = _joined(sums)
    return RawCell(
        key=key, rows=rows, without_amount=without, amount=amount, squares=squares
    )


def _labels(columns: Sequence[Codes], combination: Sequence[int]) -> tuple[Any, ...]:
    return tuple(
        codes.labels[digit] for codes, digit in zip(columns, combination, strict=True)
    )


def _joined(sums: Sequence[int]) -> tuple[int, int, int, int]:
    """Join the limbs of weights: rows, rows without an amount, amount, squares."""
    rows, *parts = sums
    if len(parts) < _WEIGHT_PARTS:
        without, amount = parts or (0, 0)
        return rows, without, amount, 0
    without, high, low, square_high, square_low = parts
    limb = int(LIMB)
    return rows, without, high * limb + low, square_high * limb + square_low
