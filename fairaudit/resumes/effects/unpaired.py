"""Résumés that were not sent in pairs, as in field experiments: rates by group and name."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.resumes.effects.mean_tests import t_tail
from fairaudit.resumes.effects.variances import clustered, codes, together

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]


@value
class UnpairedGap:
    """Two groups' mean outcomes, as if résumés were independent and with names as units.

    Attributes
    ----------
    first, second : float
        Mean outcome of each group.
    gap : float
        First minus second.
    error, p_value : float
        With résumés independent of each other: what is usually printed.
    name_error, name_p_value : float
        With names, and blocks where given, as the units that were drawn.
    df : float
        Of Student's t for the latter: names of both groups less 2.
    names : tuple of int
        How many each group has.
    """

    first: float
    second: float
    gap: float
    error: float
    p_value: float
    name_error: float
    name_p_value: float
    df: float
    names: tuple[int, int]


def unpaired_gap(
    outcomes: Sequence[float],
    groups: Sequence[str],
    names: Sequence[str],
    *,
    first: str,
    second: str,
    blocks: Sequence[str] | None = None,
) -> UnpairedGap:
    """How far are two groups apart, and would other names have given it too?

    Parameters
    ----------
    outcomes : sequence of float of shape (n_resumes,)
        Such as 1 for a callback.
    groups, names : sequence of str of shape (n_resumes,)
        The group implied and the first name.
    first, second : str
        The second is subtracted from the first.
    blocks : sequence of str of shape (n_resumes,), optional
        Such as job advertisements, each of which got several résumés.

    Returns
    -------
    UnpairedGap
        Both ways beside each other.

    Raises
    ------
    InputError
        Of a group with fewer than two names.

    References
    ----------
    [bertrand2004], [cameron2011].

    Examples
    --------
    >>> found = unpaired_gap([1, 0, 1, 1, 0, 0, 0, 1], ["w"] * 4 + ["b"] * 4,
    ...     ["Emily", "Emily", "Greg", "Greg", "Lakisha", "Lakisha", "Jamal", "Jamal"],
    ...     first="w", second="b")
    >>> found.gap, found.df
    (0.5, 2.0)
    """
    import numpy as np

    columns = [np.asarray(outcomes, float), np.asarray(groups), np.asarray(names)]
    columns.append(columns[2] if blocks is None else np.asarray(blocks))
    kept = np.isfinite(columns[0]) & np.isin(columns[1], (first, second))
    values, group, name, block = (column[kept] for column in columns)
    is_first = group == first
    counts = tuple(len(set(name[side])) for side in (is_first, ~is_first))
    if min(counts) < 2:
        raise InputError(
            f"unpaired_gap: {first!r} and {second!r} have {counts[0]} and {counts[1]} "
            "names; with two or more each, a name can be told from a group."
        )
    means = float(values[is_first].mean()), float(values[~is_first].mean())
    rest = np.where(
        is_first,
        (values - means[0]) / is_first.sum(),
        (means[1] - values) / (~is_first).sum(),
    )
    spread = _spread_of_names(rest, is_first, name)
    if blocks is not None:
        spread = _with_blocks(spread, rest, name, block)
    pooled = _rows(values, is_first)
    gap, df = means[0] - means[1], counts[0] + counts[1] - 2.0
    return UnpairedGap(
        first=means[0],
        second=means[1],
        gap=gap,
        error=pooled,
        p_value=_two_sided(gap, pooled, len(values) - 2.0),
        name_error=math.sqrt(spread),
        name_p_value=_two_sided(gap, math.sqrt(spread), df),
        df=df,
        names=(counts[0], counts[1]),
    )


def _rows(values: Array, is_first: Array) -> float:
    """Give Student's standard error, with résumés independent."""
    sides = values[is_first], values[~is_first]
    within = sum(float(((side - side.mean()) ** 2).sum()) for side in sides)
    return math.sqrt(within / (len(values) - 2) * (1 / len(sides[0]) + 1 / len(sides[1])))


def _spread_of_names(rest: Array, is_first: Array, name: Array) -> float:
    """Sum the variance between names over the two groups."""
    return sum(clustered(rest[side], name[side]) for side in (is_first, ~is_first))


def _with_blocks(by_name: float, rest: Array, name: Array, block: Array) -> float:
    """Add the variance between blocks, less what both count; never below either."""
    import numpy as np

    by_block = clustered(rest, block)
    cells = together(rest, np.column_stack([codes(name), codes(block)]))
    return max(by_name + by_block - cells, by_name, by_block)


def _two_sided(gap: float, error: float, df: float) -> float:
    """Give the p-value of a gap; 1 of none, 0 of one without any spread."""
    if error == 0:
        return float(gap == 0)
    return min(1.0, 2 * t_tail(abs(gap) / error, df))
