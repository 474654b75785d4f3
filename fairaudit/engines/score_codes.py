"""Scores as codes: distinct ones, or the bins of a grid; sorting is the last resort."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from fairaudit.engines.codes import Codes
from fairaudit.engines.levels import MOST_SCORES
from fairaudit.engines.score_grid import on_grid, scales

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairaudit.engines.codes import Array, Numbers

# Places on a line that are so few can have a table.
_CLOSE = 1 << 16

_PROBED = 20_000

# A stretch of rows stays in the cache between the passes over it.
_STRETCH = 1 << 16

# Of 0, 2, 3 and 4 decimals.
_SCALES = (1, 100, 1_000, 10_000)

# Below it every whole number is a double.
_EXACT = 2.0**53


def score_codes(numbers: Numbers, bits: int | None) -> Codes | None:
    """Code scores: distinct ones, or the bins of a grid; `None` if there are too many.

    Labels rise, and some may be of no row. The last one is NaN, of rows without a score.
    """
    array = numbers.array
    if numbers.missing is not None:
        array = np.where(numbers.missing, 0.0, array)
    low, high = numbers.extremes or _extremes(array)
    found = (
        _binned(array, low, high, bits)
        if bits is not None
        else _decimals(array, low, high) or _apart(array, low, high) or _sorted(array)
    )
    if found is None:
        return None
    distinct, codes = found
    if numbers.missing is not None:
        codes = np.where(numbers.missing, len(distinct), codes)
    return Codes(array=codes, offset=0, labels=(*distinct.tolist(), math.nan))


def _decimals(array: Array, low: float, high: float) -> tuple[Array, Array] | None:
    """Code scores of a few decimals by counting from the lowest, `None` if others occur."""
    for scale in _SCALES:
        if max(-low, high) * scale < _EXACT and (high - low) * scale < _CLOSE - 1:
            first, last = round(low * scale), round(high * scale)
            codes = _steps(array, scale, first, many=last - first + 1)
            if codes is not None:
                return np.arange(first, last + 1) / scale, codes
    return None


def _steps(array: Array, scale: int, first: int, *, many: int) -> Array | None:
    """Count the steps of 1 / scale above the first, `None` if a score lies between two.

    Steps that mostly occur need no list of those that do; so do the first rows tell.
    """
    codes = np.empty(len(array), np.int32)
    wide, back = np.empty(_STRETCH), np.empty(_STRETCH)
    for span in _spans(len(array)):
        scores = array[span]
        steps = np.multiply(scores, scale, out=wide[: len(scores)])
        np.rint(steps, out=steps)
        if not np.array_equal(np.divide(steps, scale, out=back[: len(scores)]), scores):
            return None
        np.subtract(steps, first, out=steps)
        np.copyto(codes[span], steps, casting="unsafe")
        if not span.start and np.count_nonzero(np.bincount(codes[span])) < many / 2:
            return None
    return codes


def _apart(array: Array, low: float, high: float) -> tuple[Array, Array] | None:
    """Code scores without sorting, `None` unless they stand apart on a line.

    They do if no two of them fall between the same of many evenly spaced marks, as scores
    of a few decimals do.
    """
    scale = (_CLOSE - 1) / (high - low) if high > low else 1.0
    if not math.isfinite(high - low) or not math.isfinite(scale):
        return None
    marks = _Marks(low, scale)
    one_of = np.full(_CLOSE, np.nan)
    for span in _spans(len(array)):
        here = marks.below(array[span])
        one_of[here] = array[span]
        # Of many different scores the first ones tell.
        if not span.start and not marks.hold(one_of, here, array[span]):
            return None
    taken = np.flatnonzero(~np.isnan(one_of))
    place = np.zeros(_CLOSE, np.int32)
    place[taken] = np.arange(len(taken))
    codes = np.empty(len(array), np.int32)
    for span in _spans(len(array)):
        here = marks.below(array[span])
        if not marks.hold(one_of, here, array[span]):
            return None
        np.take(place, here, out=codes[span], mode="clip")
    return one_of[taken], codes


class _Marks:
    """Evenly spaced marks, and room to work out a stretch of rows in."""

    def __init__(self, low: float, scale: float) -> None:
        self._low, self._scale = low, scale
        self._wide, self._at = np.empty(_STRETCH), np.empty(_STRETCH, np.intp)

    def below(self, scores: Array) -> Array:
        """Say which mark each score follows; the answer is overwritten by the next."""
        wide, at = self._wide[: len(scores)], self._at[: len(scores)]
        np.subtract(scores, self._low, out=wide)
        np.multiply(wide, self._scale, out=wide)
        np.copyto(at, wide, casting="unsafe")
        return at

    def hold(self, one_of: Array, here: Array, scores: Array) -> bool:
        """Tell whether the score kept at each mark is the one that followed it."""
        wide = self._wide[: len(scores)]
        np.take(one_of, here, out=wide, mode="clip")
        return np.array_equal(wide, scores)


def _sorted(array: Array) -> tuple[Array, Array] | None:
    """Code scores by sorting, `None` if the first rows tell that there are too many."""
    if len(np.unique(array[:_PROBED])) > MOST_SCORES + 1:
        return None
    return np.unique(array, return_inverse=True)


def _binned(array: Array, low: float, high: float, bits: int) -> tuple[Array, Array]:
    """Code the bins of a grid, by counting where they lie close together."""
    scale = scales(bits)[0]
    first, last = on_grid(np.array([low, high]), bits).tolist()
    if (last - first) * scale < _CLOSE:
        codes = np.empty(len(array), np.int32)
        for span in _spans(len(array)):
            codes[span] = (on_grid(array[span], bits) - first) * scale
        return first + np.arange(round((last - first) * scale) + 1) / scale, codes
    return np.unique(on_grid(array, bits), return_inverse=True)


def _extremes(array: Array) -> tuple[float, float]:
    """Find the lowest and the highest score; of none, two zeros."""
    return (float(array.min()), float(array.max())) if len(array) else (0.0, 0.0)


def _spans(rows: int) -> Iterator[slice]:
    """Part rows into stretches."""
    for start in range(0, rows, _STRETCH):
        yield slice(start, min(start + _STRETCH, rows))
