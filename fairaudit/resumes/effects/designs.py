"""How names meet résumés, read from the names: it decides what may be claimed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

Design = Literal["fresh", "reused", "crossed", "one name"]
Claim = Literal["these names", "names like these", "these wordings"]


def design_of(names: Array, resumes: Array) -> Design:
    """How were names given to résumés?

    Parameters
    ----------
    names : array of shape (n_pairs, n_groups)
        First names of the halves.
    resumes : array of shape (n_pairs,)
        Which body each pair has.

    Returns
    -------
    "fresh", "reused", "crossed" or "one name"
        New names for every pair; names that come back; every name on every résumé; a group
        that has one name only, so that group and name cannot be told apart.

    Examples
    --------
    >>> import numpy as np
    >>> names = np.array([["Ann", "Bob"], ["Eve", "Tom"], ["Ann", "Bob"], ["Eve", "Tom"]])
    >>> design_of(names, np.array(["a", "a", "b", "b"]))
    'crossed'
    >>> design_of(names, np.array(["a", "b", "c", "d"]))
    'reused'
    """
    names = distinct_columns(names)
    sizes = [len(set(column)) for column in names.T]
    if min(sizes) == len(names):
        return "fresh"
    if min(sizes) == 1:
        return "one name"
    return "crossed" if _crossed(names, resumes) else "reused"


def claim_of(names: Array, design: Design) -> Claim:
    """What can a study of such names speak of?

    Parameters
    ----------
    names : array of shape (n_pairs, n_groups)
        First names of the halves.
    design : str
        Of these names.

    Returns
    -------
    "these names", "names like these" or "these wordings"
        Halves that bear one name differ in wordings, as of clubs and pronouns, that come
        back on every pair and stand for no others.
    """
    if distinct_columns(names).shape[1] == 1:
        return "these wordings"
    return "these names" if design == "one name" else "names like these"


def distinct_columns(names: Array) -> Array:
    """Which columns of names differ?

    Parameters
    ----------
    names : array of shape (n_pairs, n_groups)
        First names of the halves.

    Returns
    -------
    array of shape (n_pairs, n_distinct)
        Halves that bear one name, as where only pronouns differ, give one column.
    """
    import numpy as np

    kept: list[Array] = []
    for column in names.T:
        if not any(bool((column == other).all()) for other in kept):
            kept.append(column)
    return np.column_stack(kept)


def _crossed(names: Array, resumes: Array) -> bool:
    """Say whether every résumé bears every name of at least two groups of names."""
    bodies = set(resumes)
    if names.shape[1] < 2 or len(bodies) < 2:
        return False
    return all(
        len(set(zip(resumes, column, strict=True))) == len(bodies) * len(set(column))
        for column in names.T
    )
