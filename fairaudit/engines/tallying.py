"""Coded columns to cells: mixed-radix codes and one bincount, a stretch of rows at a time."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any

import numpy as np

from fairaudit.core.value import value
from fairaudit.engines.codes import Array, Codes
from fairaudit.engines.exact_sums import BITS, LIMB
from fairaudit.engines.settling import RawCell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from fairaudit.engines.codes import Numbers
    from fairaudit.engines.exact_sums import Grid

# A stretch of codes stays in the cache between the passes over it.
_STRETCH = 1 << 15

# More combinations than this are counted by sorting instead.
_DENSE = 1 << 17

# Rows without an amount, then the sum; of weights two limbs each for the sum and the squares.
_COUNT_PARTS, _WEIGHT_PARTS = 2, 5


@value
class Amount:
    """The counts or weights of the rows; weights are put on a grid."""

    numbers: Numbers
    grid: Grid | None


def tally_codes(columns: Sequence[Codes], rows: int, amount: Amount | None) -> list[RawCell]:
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
    sizes = [len(codes.labels) for codes in columns]
    if columns and prod(sizes) <= _DENSE:
        sums = _sums(columns, sizes, rows, amount)
        places = sums[0].nonzero()[0]
        digits = np.array(np.unravel_index(places, sizes)).T
    else:
        digits, combined = _combined(columns, rows)
        sums = _sums([combined], [len(digits)], rows, amount)
        places = np.arange(len(digits))
    return [
        _cell(columns, combination, sums[:, place].tolist())
        for combination, place in zip(digits.tolist(), places, strict=True)
    ]


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
    strides = [prod(sizes[place + 1 :]) for place, _ in enumerate(sizes)]
    base = sum(
        codes.offset * stride for codes, stride in zip(columns, strides, strict=True)
    )
    stretch = max(_STRETCH, 4 * size)
    code, scaled = np.empty(stretch, np.int64), np.empty(stretch, np.int64)
    parts = 0 if amount is None else _COUNT_PARTS if amount.grid is None else _WEIGHT_PARTS
    sums = np.zeros((1 + parts, size), np.int64)
    for start in range(0, rows, stretch):
        span = slice(start, min(start + stretch, rows))
        here, spare = code[: span.stop - start], scaled[: span.stop - start]
        here[:] = base
        for codes, stride in zip(columns, strides, strict=True):
            if stride == 1:
                np.add(here, codes.array[span], out=here, casting="unsafe")
            else:
                np.multiply(codes.array[span], stride, out=spare, casting="unsafe")
                np.add(here, spare, out=here)
        sums[0] += np.bincount(here, minlength=size)
        if amount is not None:
            for place, part in enumerate(_parts(amount, span), 1):
                sums[place] += np.bincount(here, part, minlength=size).astype(np.int64)
    return sums


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
    key = tuple(
        codes.labels[digit] for codes, digit in zip(columns, combination, strict=True)
    )
    rows, *parts = sums
    if len(parts) < _WEIGHT_PARTS:
        without, amount = parts or (0, 0)
        return RawCell(key=key, rows=rows, without_amount=without, amount=amount)
    without, high, low, square_high, square_low = parts
    limb = int(LIMB)
    return RawCell(
        key=key,
        rows=rows,
        without_amount=without,
        amount=high * limb + low,
        squares=square_high * limb + square_low,
    )
