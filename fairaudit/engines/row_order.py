"""Rows of several inputs are paired by position; pandas labels can show it to be wrong."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from fairaudit.core.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd


def check_row_order(inputs: Mapping[str, Any], *, where: str) -> None:
    """Refuse inputs of one call that label the same rows in different orders.

    Rows are paired by position, as in scikit-learn. Where pandas indexes hold the same
    labels in another order, that would give people the group or the label of others.
    Indexes that differ otherwise (rows renumbered in one input only) show no such error,
    and neither does an input without an index.

    Parameters
    ----------
    inputs : mapping of str to object
        What is paired, by name; several inputs may stand under one name, as a mapping.
    where : str
        Who asks, for messages.

    Raises
    ------
    InputError
        When two have the same row labels in another order.
    """
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return
    orders: list[tuple[str, pd.Index[Any]]] = []
    for name, given in _parts(inputs):
        index = getattr(given, "index", None)
        if not isinstance(index, pandas.Index):
            continue
        if any(index is known or index.equals(known) for _, known in orders):
            continue
        for before, known in orders:
            if _holds_the_same(index, known):
                raise InputError(
                    f"{where}: {name!r} has the row labels of {before!r} in another "
                    f"order, so pairing rows by position would mix people up. Put both in "
                    f"one order (.reindex), or give .to_numpy() to pair by position."
                )
        orders.append((name, index))


def _parts(inputs: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Name every input; those of a mapping by their own names."""
    for name, given in inputs.items():
        if isinstance(given, Mapping):
            yield from ((f"{name} {key}", part) for key, part in given.items())
        else:
            yield name, given


def _holds_the_same(one: pd.Index[Any], other: pd.Index[Any]) -> bool:
    """Tell whether labels occur equally often, whatever their kind and order."""
    rows = len(one)
    if len(other) != rows:
        return False
    codes, _ = one.append(other).factorize(use_na_sentinel=False)
    times = np.bincount(codes[:rows], minlength=2 * rows)
    return np.array_equal(times, np.bincount(codes[rows:], minlength=2 * rows))
