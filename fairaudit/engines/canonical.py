"""Canonical text: the one place that says how a value of any kind reads as text.

Labels, predictions and groups come as text from a file, as booleans from a frame, as floats
from another. The same data must give the same report, so every distinct value is written in
one way: booleans `true` and `false`, integers and integral floats as decimal integers,
other floats with the fewest digits that give them back, dates in ISO form, text as it
stands. What is empty (`None`, NaN, NaT, the empty text) is missing; `NA`, `None` and `01`
are names.
"""

from __future__ import annotations

import datetime as dt
import math
import struct
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from fairaudit.core.errors import InputError
from fairaudit.core.value import value

# Those of pandas by name, so that it need not be imported.
_MISSING = frozenset({"NAType", "NaTType", "NoneType"})

# Beyond it an integral float no longer says which integer was meant.
_MOST_INTEGRAL = 2.0**63


@value
class Reader:
    """From the native values of one column to canonical text.

    `column` and `where` name it in messages, `na` are further texts that mean "missing",
    `float32` says that single-precision numbers are handed over as doubles.
    """

    column: str
    where: str
    na: Collection[str] = ()
    float32: bool = False

    def __call__(self, native: Any) -> str | None:
        """Give the text of one value, or `None` where it is missing.

        Raises
        ------
        InputError
            When it is a value that cannot name a group or an outcome.
        """
        try:
            text = canonical(native, float32=self.float32)
        except TypeError:
            raise InputError(
                f"{self.where}: column {self.column!r} holds {type(native).__name__} "
                f"values, "
                "which are not text, numbers, booleans or dates; choose another column, or "
                "turn them into text first."
            ) from None
        return None if text in self.na else text


def canonical(native: Any, *, float32: bool = False) -> str | None:
    """Write one native value as text.

    Parameters
    ----------
    native : object
        A text, number, boolean or date of Python, numpy or pandas.
    float32 : bool
        The value is a single-precision number, handed over as a double.

    Returns
    -------
    str or None
        The text, or `None` for a missing value.

    Raises
    ------
    TypeError
        When the value is none of these.

    Examples
    --------
    >>> [canonical(value) for value in (True, 1, 1.0, 0.25, "01", "", float("nan"))]
    ['true', '1', '1', '0.25', '01', None, None]
    """
    if isinstance(native, str):
        return str(native) or None
    if type(native).__name__ in _MISSING:
        return None
    if isinstance(native, bool):
        return "true" if native else "false"
    if isinstance(native, int):
        return str(int(native))
    if isinstance(native, float):
        return _float_text(float(native), float32=float32)
    return _other_text(native)


def _float_text(number: float, *, float32: bool) -> str | None:
    if math.isnan(number):
        return None
    if number.is_integer() and abs(number) < _MOST_INTEGRAL:
        return str(int(number))
    return _shortest_single(number) if float32 else repr(number)


def _shortest_single(number: float) -> str:
    """Write a single-precision number with the fewest digits that give it back."""
    for digits in range(1, 10):  # nine significant digits always do (IEEE 754)
        short = float(f"{number:.{digits}g}")
        try:
            if struct.unpack("f", struct.pack("f", short))[0] == number:
                return repr(short)
        except OverflowError:  # rounded up beyond the largest single
            continue
    return repr(number)


def _other_text(native: Any) -> str | None:
    if isinstance(native, Decimal):
        return _decimal_text(native)
    if isinstance(native, dt.datetime):
        return _datetime_text(native)
    if isinstance(native, dt.date | dt.time):
        return native.isoformat()
    if hasattr(native, "dtype") and hasattr(native, "item"):
        return _numpy_text(native)
    raise TypeError


def _decimal_text(number: Decimal) -> str | None:
    if number.is_nan():
        return None
    if not number.is_finite():
        return repr(float(number))
    plain = format(number, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in {"-0", "0"} else plain


def _datetime_text(moment: dt.datetime) -> str:
    """Write a moment; midnight without a zone is a date, which pandas stores so."""
    if moment.tzinfo is not None:
        return moment.astimezone(dt.UTC).isoformat()
    if moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.isoformat()


def _numpy_text(scalar: Any) -> str | None:
    """Write a numpy scalar, which need not be an instance of Python's own types."""
    if getattr(scalar, "ndim", 0):
        raise TypeError
    if scalar.dtype.kind == "M":  # nanoseconds would come as a bare integer
        scalar = scalar.astype("datetime64[us]")
    native = scalar.item()
    if hasattr(native, "dtype"):
        raise TypeError
    return canonical(native, float32=scalar.dtype.name in {"float32", "float16"})
