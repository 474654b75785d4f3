"""An exact test of names: would as large a gap come of another dealing of the names?"""

from __future__ import annotations

import math
from itertools import combinations
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.resumes.effects.designs import design_of
from fairaudit.resumes.effects.variances import codes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

FEWEST = 6
"""Of 5 names a group the smallest p-value is 2/252, that no longer survives Holm over 7."""
MOST_DEALINGS = 200_000
_SAME = 1e-9


@value
class NamePermutation:
    """How the gap compares with those of other dealings of the names.

    Attributes
    ----------
    gap : float
        Mean of the first group's names less that of the second's.
    p_value : float
        Share of the dealings whose gap is as large, either way, this one among them.
    dealings : int
        How many were looked at.
    exact : bool
        Whether those were all of them.
    """

    gap: float
    p_value: float
    dealings: int
    exact: bool


def name_permutation(
    first: Sequence[float],
    second: Sequence[float],
    *,
    rng: np.random.Generator | None = None,
) -> NamePermutation:
    """Would another dealing of these names to two groups give as large a gap?

    Parameters
    ----------
    first, second : sequence of float
        One score for each name of a group, over the same résumés for all of them.
    rng : numpy.random.Generator, optional
        Draws the dealings where there are more than 200,000; needed then.

    Returns
    -------
    NamePermutation
        Exact up to 200,000 dealings, that is up to 9 names a group.

    Raises
    ------
    InputError
        Of fewer than 6 names a group, and of many names without `rng`.

    Examples
    --------
    >>> name_permutation([7, 8, 9, 10, 11, 12], [1, 2, 3, 4, 5, 6]).p_value * 924
    2.0
    """
    import numpy as np

    fewest = min(len(first), len(second))
    if fewest < FEWEST:
        raise InputError(
            f"name_permutation: {fewest} names in a group; below {FEWEST} no correction "
            "for several tests leaves any finding possible. Use more names, or fresh ones."
        )
    scores = np.concatenate([np.asarray(first, float), np.asarray(second, float)])
    many = math.comb(len(scores), len(first))
    if many > MOST_DEALINGS:
        return _sampled(scores, len(first), rng)
    dealt = np.array(list(combinations(range(len(scores)), len(first))))
    gaps = _gaps(scores, dealt)
    # The first of all combinations is the dealing that took place.
    share = float((abs(gaps) >= abs(gaps[0]) - _SAME * abs(scores).max()).mean())
    return NamePermutation(gap=float(gaps[0]), p_value=share, dealings=many, exact=True)


def crossed_permutation(
    values: Array,
    names: Array,
    resumes: Array,
    *,
    rng: np.random.Generator | None = None,
) -> NamePermutation:
    """Would another dealing of names that are all on every résumé give as large a gap?

    Parameters
    ----------
    values : array of shape (n_pairs, 2)
        Outcomes of the halves; a résumé with one missing is left out whole.
    names : array of shape (n_pairs, 2)
        First names of the halves.
    resumes : array of shape (n_pairs,)
        Bodies.
    rng : numpy.random.Generator, optional
        As in `name_permutation`.

    Returns
    -------
    NamePermutation
        Of the mean outcomes of the names.

    Raises
    ------
    InputError
        Of names that were not on the same résumés: those cannot be exchanged.
    """
    import numpy as np

    if design_of(names, resumes) != "crossed":
        raise InputError(
            "crossed_permutation: names met different résumés and cannot be exchanged; "
            "generate the study with crossed names."
        )
    torn = set(resumes[~np.isfinite(values).all(axis=1)])
    whole = np.array([resume not in torn for resume in resumes], dtype=bool)
    means = [
        np.bincount(codes(names[whole, side]), weights=values[whole, side])
        / np.bincount(codes(names[whole, side]))
        for side in (0, 1)
    ]
    return name_permutation(list(means[0]), list(means[1]), rng=rng)


def _gaps(scores: Array, dealt: Array) -> Array:
    """Give the gap of every dealing, from the names that the first group got."""
    size = dealt.shape[1]
    own = scores[dealt].sum(axis=1)
    result: Array = own / size - (scores.sum() - own) / (len(scores) - size)
    return result


def _sampled(scores: Array, size: int, rng: np.random.Generator | None) -> NamePermutation:
    """Deal at random, the dealing that took place counted as one of them."""
    import numpy as np

    if rng is None:
        raise InputError(
            f"name_permutation: over {MOST_DEALINGS} dealings; give `rng` to draw some."
        )
    draws = 19_999
    dealt = rng.permuted(np.tile(np.arange(len(scores)), (draws, 1)), axis=1)[:, :size]
    own = float(_gaps(scores, np.arange(size)[None, :])[0])
    floor = abs(own) - _SAME * float(abs(scores).max())
    count = 1 + int((abs(_gaps(scores, dealt)) >= floor).sum())
    return NamePermutation(
        gap=own, p_value=count / (draws + 1), dealings=draws + 1, exact=False
    )
