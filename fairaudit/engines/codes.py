"""Columns in memory as codes: a small integer per row, a canonical text per code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from fairaudit.core.value import value
from fairaudit.engines.bins import bin_reader, cuts_of
from fairaudit.engines.canonical import canonical
from fairaudit.engines.number_rules import SCORE, Refused, refuse_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from fairaudit.engines.canonical import Reader
    from fairaudit.engines.number_rules import NumberRule
    from fairaudit.engines.query import KeyColumn

Array = np.ndarray[Any, np.dtype[Any]]

# An integer column of a narrower range is its own code.
_NARROW = 1024


@value
class Codes:
    """One code per row: `labels[code + offset]` is the row's text, or its score.

    The array is often the column itself, so nothing of the size of the data is made.
    """

    array: Array
    offset: int
    labels: tuple[Any, ...]


@value
class Numbers:
    """One number per row, none where `missing` is true; `None`: none is missing.

    `extremes` are the lowest and the highest, where they are known.
    """

    array: Array
    missing: Array | None = None
    float32: bool = False
    extremes: tuple[float, float] | None = None


class Column(Protocol):
    """A column in memory."""

    def __len__(self) -> int:
        """Count the rows."""
        ...

    def codes(self, read: Reader) -> Codes:
        """Code the rows by what they hold."""
        ...

    def native_numbers(self) -> Array | None:
        """Give the numbers, NaN where one is missing, or `None` if the type is another."""
        ...


def coded(array: Array, offset: int, natives: Sequence[Any], read: Reader) -> Codes:
    """Read the distinct values of a column as text; values of one text get one code."""
    labels = list(map(read, natives))
    places = {label: place for place, label in enumerate(dict.fromkeys(labels))}
    if len(places) == len(labels):
        return Codes(array=array, offset=offset, labels=tuple(labels))
    merged = np.array([places[label] for label in labels])
    codes = merged[array.astype(np.int64, copy=False) + offset]
    return Codes(array=codes, offset=0, labels=tuple(places))


def integer_codes(array: Array, read: Reader) -> Codes:
    """Code integers or booleans, without a copy if they lie close together."""
    if array.dtype.kind == "b":
        return coded(array.view(np.uint8), 0, [False, True], read)
    # Taken as unsigned, a negative number is a large one: one pass instead of two.
    low, high = 0, int(array.view(f"u{array.dtype.itemsize}").max())
    if high >= _NARROW:
        low, high = int(array.min()), int(array.max())
    if high - low < _NARROW and abs(low) < 2**62:
        # Unsigned 64-bit integers do not mix with others.
        signed = array.view(np.int64) if array.dtype == np.uint64 else array
        return coded(signed, -low, range(low, high + 1), read)
    return sorted_codes(array, read)


def sorted_codes(array: Array, read: Reader) -> Codes:
    """Code values that numpy can sort."""
    natives, codes = np.unique(array, return_inverse=True)
    return coded(codes, 0, list(natives), read)


def sequence_codes(natives: Sequence[Any] | Array, read: Reader) -> Codes:
    """Code Python values of any kinds, keeping `1`, `1.0` and `True` apart."""
    place = _Numbered()
    try:
        codes = _numbers(place, natives)
    except TypeError:
        unhashable = next(one for one in natives if one.__hash__ is None)
        read(unhashable)
        raise
    # What equals a text reads as that text; of numbers the kind has to be looked at.
    kinds = set(map(type, place)) - {type(None)}
    if kinds != {str}:
        kinds = set(map(type, natives)) - {type(None)}
    if len(kinds) == 1:
        return coded(codes, 0, list(place), read)
    place = _Numbered()
    codes = _numbers(place, [(type(one), one) for one in natives])
    return coded(codes, 0, [one for _, one in place], read)


class _Numbered(dict[Any, int]):
    """Gives every key that it has not met the next number."""

    def __missing__(self, key: Any) -> int:
        """Number a key."""
        number = self[key] = len(self)
        return number


def _numbers(place: _Numbered, keys: Sequence[Any] | Array) -> Array:
    """Number the keys of all rows."""
    try:
        numbers = bytearray(map(place.__getitem__, _each(keys)))
    except ValueError:  # more than 256 keys; those seen keep their numbers
        rows = map(place.__getitem__, _each(keys))
        return np.fromiter(rows, dtype=np.int64, count=len(keys))
    return np.frombuffer(numbers, dtype=np.uint8)


def _each(keys: Sequence[Any] | Array) -> Iterable[Any]:
    """Go through the keys; objects in an array are met where they lie."""
    return keys.flat if isinstance(keys, np.ndarray) else keys


def cut_codes(numbers: Numbers, key: KeyColumn) -> Codes:
    """Code the bins of a cut key; 0 is missing."""
    codes = np.ones(len(numbers.array), dtype=np.int16)
    cuts = cuts_of(key, float32=numbers.float32)
    for cut in cuts:
        codes += numbers.array >= cut
    if numbers.missing is not None:
        codes[numbers.missing] = 0
    read = bin_reader(key)
    labels = (None, *(read(place) for place in range(len(cuts) + 1)))
    return Codes(array=codes, offset=0, labels=labels)


def numbers_of(column: Column, rule: NumberRule, read: Reader) -> Numbers:
    """Read a column as numbers, refusing cells that hold none."""
    native = column.native_numbers()
    if native is None:
        return _parsed(column.codes(read), rule, read)
    array = native.astype(np.float64, copy=False)
    float32 = native.dtype == np.float32
    among = [
        number for text in sorted(read.na) if (number := SCORE.parse(text)) is not None
    ]
    if len(array) and not (among or rule.integral):
        # If a number is missing, so are both extremes, and nothing is true of them.
        low, high = float(array.min()), float(array.max())
        if rule.least <= low and high <= rule.most:
            return Numbers(array=array, float32=float32, extremes=(low, high))
    missing = np.isnan(array) if native.dtype.kind == "f" else None
    if among:
        stand_ins = np.isin(array, among)
        missing = stand_ins if missing is None else missing | stand_ins
    if missing is not None and not missing.any():
        missing = None
    good = (array >= rule.least) & (array <= rule.most)
    if rule.integral:
        good &= array == np.floor(array)
    if missing is not None:
        good |= missing
    if not good.all():
        bad = ~good
        example = str(canonical(native[int(bad.argmax())]))
        refused = Refused(column=read.column, example=example, rows=int(bad.sum()))
        refuse_numbers(refused, rule, where=read.where)
    return Numbers(array=array, missing=missing, float32=float32)


def _parsed(codes: Codes, rule: NumberRule, read: Reader) -> Numbers:
    """Parse the distinct texts of a column."""
    numbers = [None if text is None else rule.parse(text) for text in codes.labels]
    places = codes.array.astype(np.int64, copy=False) + codes.offset
    for place, (text, number) in enumerate(zip(codes.labels, numbers, strict=True)):
        rows = int((places == place).sum()) if text is not None and number is None else 0
        if text is not None and rows:
            refused = Refused(column=read.column, example=text, rows=rows)
            refuse_numbers(refused, rule, where=read.where)
    array = np.array([np.nan if number is None else number for number in numbers])[places]
    return Numbers(array=array, missing=np.isnan(array))
