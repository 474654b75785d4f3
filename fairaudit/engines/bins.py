"""Where a number falls between edges, and how the bins are called."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from fairaudit.engines.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Callable

    from fairaudit.engines.query import KeyColumn

MISSING = -1
"""The bin of a row without a number: none of the bins."""


def bin_labels(edges: tuple[float, ...]) -> tuple[str, ...]:
    """Name the half-open bins that edges make, from the lowest to the highest.

    Parameters
    ----------
    edges : tuple of float
        Where to cut, ascending. An edge belongs to the bin above it.

    Returns
    -------
    tuple of str
        One more label than there are edges.

    Examples
    --------
    >>> bin_labels((25, 40, 60))
    ('under 25', '25 to under 40', '40 to under 60', '60 and over')
    """
    cuts = [str(canonical(edge)) for edge in edges]
    between = (f"{low} to under {high}" for low, high in pairwise(cuts))
    return (f"under {cuts[0]}", *between, f"{cuts[-1]} and over")


def cuts_of(key: KeyColumn, *, float32: bool = False) -> tuple[float, ...]:
    """Give the numbers a key is cut at: its edges, or its one threshold.

    A single-precision column is cut where the single nearest to the edge lies, so that a
    stored 0.7 is at or above 0.7, as it is in the text it came from.
    """
    edges = key.edges if key.edges is not None else (key.threshold,)
    cuts = tuple(float(edge) for edge in edges if edge is not None)
    return tuple(map(single, cuts)) if float32 else cuts


def single(number: float) -> float:
    """Round to single precision."""
    import struct

    return float(struct.unpack("f", struct.pack("f", number))[0])


def bin_reader(key: KeyColumn) -> Callable[[Any], str | None]:
    """Make the function from a bin's number to its label; of a threshold, "0" and "1"."""
    labels = ("0", "1") if key.edges is None else bin_labels(key.edges)

    def read(place: Any) -> str | None:
        return None if place is None or int(place) == MISSING else labels[int(place)]

    return read
