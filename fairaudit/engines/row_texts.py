"""Native values of a column, row by row, as codes of canonical text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from fairaudit.engines.query import TextColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def text_column(natives: Sequence[Any], read: Callable[[Any], str | None]) -> TextColumn:
    """Code a column's values; each distinct one is read once.

    Parameters
    ----------
    natives : sequence
        One value per row. `1` and `True` are told apart.
    read : callable
        From a value to its text, `None` where it is missing.

    Returns
    -------
    TextColumn
        One code per row.

    Examples
    --------
    >>> found = text_column(["a", "b", "a"], str)
    >>> found.codes.tolist(), found.labels
    ([0, 1, 0], ('a', 'b'))
    """
    places: dict[tuple[type, Any], int] = {}
    codes = np.fromiter(
        (places.setdefault((type(one), one), len(places)) for one in natives),
        dtype=np.int64,
        count=len(natives),
    )
    return TextColumn(codes=codes, labels=tuple(read(native) for _, native in places))
