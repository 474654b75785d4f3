"""Coded columns to cells: codes mixed into one integer, and a bincount of those."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from fairaudit.core.value import value
from fairaudit.engines.codes import Array, Codes, Numbers
from fairaudit.engines.exact_sums import BITS, LIMB, Grid
from fairaudit.engines.levels import RawLevels, run_starts
from fairaudit.engines.settling import RawCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


# A stretch of rows stays in the cache between the passes over it.
_STRETCH = 1 << 16

# Where there may be more combinations than this, they are counted by sorting instead.
_DENSE = 1 << 17

# Scores make many combinations, and sorting them takes longer than eight million places.
_DENSE_LEVELS = 1 << 23

# The most combinations whose codes fit 32 bits.
_NARROW = 1 << 31

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
    sizes = _sizes(columns)
    if prod(sizes) <= _DENSE:
        places, sums = _dense(columns, sizes, rows, amount)
        digits = _digits(places, sizes)
    else:
        digits, sums = _sparse(columns, rows, amount)
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
    whole = [*columns, scores]
    sizes = _sizes(whole)
    if prod(sizes) <= _DENSE_LEVELS:
        places, sums = _dense(whole, sizes, rows, amount)
        # Combinations come sorted, the score last.
        combined = places // sizes[-1]
        digits = places - combined * sizes[-1]
        starts = run_starts(combined)
        keys = _digits(combined[starts], sizes[:-1])
    else:
        each, sums = _sparse(whole, rows, amount)
        digits = each[:, -1]
        starts = (np.diff(each[:, :-1], axis=0, prepend=-1) != 0).any(axis=1)
        starts[:1] = True  # of no keys at all
        keys = each[starts, :-1]
    return RawLevels(
        keys=tuple(_labels(columns, key) for key in keys.tolist()),
        codes=np.cumsum(starts) - 1,
        scores=np.asarray(scores.labels, np.float64)[digits],
        sums=_joined_columns(sums).T,
    )


def _joined_columns(sums: Array) -> Array:
    """Join the limbs of weights: rows, rows without an amount, amount, squares."""
    if len(sums) == 1 + _WEIGHT_PARTS:
        rows, without, high, low, square_high, square_low = sums.astype(object)
        limb = int(LIMB)
        return np.stack([rows, without, high * limb + low, square_high * limb + square_low])
    joined = np.zeros((4, sums.shape[1]), np.int64)
    joined[: len(sums)] = sums
    return joined


def _sizes(columns: Sequence[Codes]) -> list[int]:
    """Say how many codes each column has."""
    return [max(len(codes.labels), 1) for codes in columns]


def _dense(
    columns: Sequence[Codes], sizes: Sequence[int], rows: int, amount: Amount | None
) -> tuple[Array, Array]:
    """Give the mixed codes that occur, rising, and their sums, one per column."""
    sums = _sums(columns, sizes, rows, amount)
    places = sums[0].nonzero()[0]
    return places, sums[:, places]


def _sparse(
    columns: Sequence[Codes], rows: int, amount: Amount | None
) -> tuple[Array, Array]:
    """Give the combinations that occur, one per row, and their sums, one per column."""
    digits, combined = _combined(columns, rows)
    return digits, _sums([combined], [len(digits)], rows, amount)


def _digits(places: Array, sizes: Sequence[int]) -> Array:
    """Take mixed codes apart again: one row for each, with the code of every column."""
    digits = np.empty((len(places), len(sizes)), np.int64, order="F")
    for column, size in reversed(list(enumerate(sizes))):
        places, digits[:, column] = np.divmod(places, size)
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
    columns: Sequence[Codes], sizes: Sequence[int], rows: int, amount: Amount | None
) -> Array:
    """Sum per combination: one row for the rows, and one for each of `_parts`."""
    size = prod(sizes)
    stretch = min(max(_STRETCH, 4 * size), max(rows, 1))
    code = np.empty(stretch, np.int64)
    # Half the bytes take half the time.
    room = np.empty((2, _STRETCH), np.int32 if size <= _NARROW else np.int64)
    parts = 0 if amount is None else _COUNT_PARTS if amount.grid is None else _WEIGHT_PARTS
    sums = np.zeros((1 + parts, size), np.int64)
    for start in range(0, rows, stretch):
        span = slice(start, min(start + stretch, rows))
        here = code[: span.stop - start]
        for begin in range(start, span.stop, _STRETCH):
            inside = slice(begin, min(begin + _STRETCH, span.stop))
            here[begin - start : inside.stop - start] = _mixed(columns, sizes, inside, room)
        sums[0] += np.bincount(here, minlength=size)
        if amount is not None:
            for place, part in enumerate(_parts(amount, span), 1):
                sums[place] += np.bincount(here, part, minlength=size).astype(np.int64)
    return sums


def _mixed(
    columns: Sequence[Codes], sizes: Sequence[int], span: slice, room: Array
) -> Array:
    """Mix the codes of a stretch, every column a digit; the next one overwrites them."""
    mixed: Array = room[0, : span.stop - span.start]
    digit = room[1, : len(mixed)]
    if not columns:
        mixed[:] = 0
    for place, (codes, size) in enumerate(zip(columns, sizes, strict=True)):
        part = codes.array[span]
        if codes.offset:
            part = np.add(part, codes.offset, dtype=np.int64)
        np.copyto(digit if place else mixed, part, casting="unsafe")
        if place:
            np.multiply(mixed, size, out=mixed)
            np.add(mixed, digit, out=mixed)
    return mixed


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
