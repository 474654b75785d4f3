"""What people of unequal survey weight are worth: the one place where that is said.

Rows are taken to be drawn independently of each other, each with its weight. Strata and
clusters of a survey's design are not known here.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


def size_of_share(
    sums: tuple[float, float], *, squares: tuple[float, float], heaviest: float
) -> float:
    """How many people of equal weight would tell as much about a share?

    Parameters
    ----------
    sums : tuple of float
        Weights of those counted in the share, and of the rest.
    squares : tuple of float
        Their sums of squares.
    heaviest : float
        The heaviest weight that a person may have.

    Returns
    -------
    float
        0 of nobody; the number of people where all weights are equal. At least 1 otherwise.

    Notes
    -----
    The smallest of four. Kish's size, (Σw)² / Σw², holds for weights that have nothing to
    do with the outcome. p (1 − p) over the linearised variance Σw² (y − p)² / (Σw)² holds
    where they do [korn1998]. It knows only the people who were drawn, and the rare heavy
    ones among them decide. So it is also taken with one person of the heaviest weight more
    on either side, less that person, as the limits of weighted rates are [fay1997].

    References
    ----------
    [kish1965]; [korn1998]; [fay1997].

    Examples
    --------
    Four hundred people of weight 1, and twenty of weight 10 of whom half are selected:

    >>> round(size_of_share((100, 500), squares=(1000, 1400), heaviest=10), 1)
    68.0
    """
    total = sum(sums)
    if not total:
        return 0.0
    hits, misses = (one / total for one in sums)
    of_hits, of_misses = (one / total**2 for one in squares)
    of_all = of_hits + of_misses
    # Above 1 it would outweigh everybody who was seen, and bound nothing any more.
    more = min(max(heaviest / total, of_all), 1.0)
    size = min(
        1 / of_all if of_all else math.inf,
        _linearised(hits, misses, of_hits, of_misses),
        _linearised(hits + more, misses, of_hits + more**2, of_misses) - 1,
        _linearised(hits, misses + more, of_hits, of_misses + more**2) - 1,
    )
    # Twelve digits, as sums of weights keep: people of equal weight are whole people.
    return float(f"{size:.12g}")


def _linearised(hits: float, misses: float, of_hits: float, of_misses: float) -> float:
    """Divide p (1 − p) by the linearised variance of p; infinite where that is 0."""
    variance = misses**2 * of_hits + hits**2 * of_misses
    if not hits or not misses or not variance:
        return math.inf
    return hits * misses * (hits + misses) ** 2 / variance


def size_of_mean(values: Array, weights: Array, squares: Array) -> float:
    """How many people of equal weight would tell as much about a mean?

    Parameters
    ----------
    values : array of shape (n_values,)
        What is averaged.
    weights, squares : array of shape (n_values,)
        Sums of the weights of the people who have each value, and of their squares.

    Returns
    -------
    float
        0 of nobody; otherwise the smaller of Kish's size and the variance of the values
        over the linearised variance of their mean, as for a share.

    References
    ----------
    [kish1965]; [korn1998].

    Examples
    --------
    >>> import numpy as np
    >>> size_of_mean(np.array([0.0, 1.0]), np.array([4.0, 4.0]), np.array([8.0, 8.0]))
    4.0
    """
    total, of_all = float(weights.sum()), float(squares.sum())
    if not total or not of_all:
        return 0.0
    away = (values - (values * weights).sum() / total) ** 2
    variance = float((away * squares).sum()) / total**2
    kish = total**2 / of_all
    spread = float((away * weights).sum()) / total
    return min(kish, spread / variance) if variance else kish
