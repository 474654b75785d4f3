"""Several tests together: p-values adjusted so that no finding is due to their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def holm(p_values: Sequence[float]) -> list[float]:
    """How sure is each of several tests, when any of them may be pointed at?

    Parameters
    ----------
    p_values : sequence of float of shape (n_tests,)
        One for each test of the family.

    Returns
    -------
    list of float of shape (n_tests,)
        Adjusted, in the same order; the smallest is multiplied by the number of tests, the
        next by one less, and so on, never below one before it.

    References
    ----------
    [holm1979].

    Examples
    --------
    >>> [round(p, 4) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    adjusted, largest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(order):
        largest = max(largest, (len(p_values) - rank) * p_values[place])
        adjusted[place] = min(1.0, largest)
    return adjusted
