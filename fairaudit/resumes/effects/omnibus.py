"""More than two groups: is any of them treated differently at all?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fairaudit.core.value import value
from fairaudit.resumes.effects.designs import design_of
from fairaudit.resumes.effects.variances import codes

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_NOTHING = 1e-12


@value
class Omnibus:
    """One test that all groups are treated alike.

    Attributes
    ----------
    statistic : float
        F, or the quasi-F min F'.
    df1, df2 : float
        Its degrees of freedom.
    p_value : float
        Upper tail.
    method : str
        The test, in words.
    """

    statistic: float
    df1: float
    df2: float
    p_value: float
    method: str


def omnibus(values: Array, names: Array, resumes: Array) -> Omnibus | None:
    """Do any of several groups differ, by more than names would make them?

    Parameters
    ----------
    values : array of shape (n_pairs, n_groups)
        Outcomes; rows with a NaN are left out.
    names : array of shape (n_pairs, n_groups)
        First names of the halves.
    resumes : array of shape (n_pairs,)
        Bodies.

    Returns
    -------
    Omnibus or None
        `None` of too few pairs, of one name a group, and where nothing varies.

    Notes
    -----
    With fresh names Hotelling's T² of the deviations within rows. Where names come back,
    both résumés and names are samples: min F' of Clark, from the F over résumés and the F
    over names.

    References
    ----------
    [hotelling1931], [clark1973].
    """
    import numpy as np

    design = design_of(names, resumes)
    whole = np.isfinite(values).all(axis=1)
    values, names, resumes = values[whole], names[whole], resumes[whole]
    bodies = codes(resumes) if len(values) else np.array([], dtype=int)
    if len(np.unique(bodies)) <= values.shape[1] or design == "one name":
        return None
    means = _means(values, bodies)
    if (
        not abs(means - means.mean(axis=1, keepdims=True)).max()
        > _NOTHING * abs(values).max()
    ):
        return None
    if design == "fresh":
        return _hotelling(means)
    if design == "crossed":
        return _min_f(means, values - means.mean(axis=1)[bodies][:, None], names)
    # A name's score holds 1/G of itself in the mean of its row; grown back.
    lost = 1 - 1 / values.shape[1]
    return _min_f(means, values - values.mean(axis=1, keepdims=True), names, lost)


def _means(values: Array, bodies: Array) -> Array:
    """Give the mean outcome of every group on every résumé."""
    import numpy as np

    counts = np.bincount(bodies)
    sums = [np.bincount(bodies, weights=column) for column in values.T]
    return np.column_stack(sums) / counts[:, None]


def _hotelling(means: Array) -> Omnibus | None:
    """Test that the differences of all groups from the first have mean zero."""
    import numpy as np

    apart = means[:, 1:] - means[:, :1]
    n, p = apart.shape
    spread = np.atleast_2d(np.cov(apart, rowvar=False))
    if np.linalg.matrix_rank(spread) < p:
        return None
    centre = apart.mean(axis=0)
    t2 = float(n * centre @ np.linalg.solve(spread, centre))
    statistic = t2 * (n - p) / (p * (n - 1))
    return _told(statistic, p, n - p, "Hotelling T² over résumés")


def _min_f(means: Array, level: Array, names: Array, kept: float = 1.0) -> Omnibus | None:
    """Give Clark's quasi-F from the F over résumés and that over names."""
    by_resume, freedom = _within_f(means)
    scores = [
        _means(level[:, [side]], codes(names[:, side])).ravel()
        for side in range(names.shape[1])
    ]
    by_name, own = _between_f(scores)
    by_name *= kept**2
    if not (by_resume > 0 and by_name > 0 and own > 0):
        return None
    statistic = by_resume * by_name / (by_resume + by_name)
    df2 = (by_resume + by_name) ** 2 / (by_resume**2 / own + by_name**2 / freedom)
    return _told(statistic, len(scores) - 1, df2, "min F' over résumés and names")


def _within_f(means: Array) -> tuple[float, float]:
    """Give F of groups against groups × résumés, and its denominator's df."""
    n, k = means.shape
    rest = means - means.mean(axis=1, keepdims=True)
    effect = rest.mean(axis=0)
    freedom = (n - 1) * (k - 1)
    noise = float(((rest - effect) ** 2).sum()) / freedom
    return float(n * (effect**2).sum()) / (k - 1) / noise if noise else 0.0, freedom


def _between_f(scores: list[Array]) -> tuple[float, float]:
    """Give F of groups against names within groups, and its denominator's df."""
    import numpy as np

    sizes = np.array([len(own) for own in scores])
    means = np.array([own.mean() for own in scores])
    freedom = float(sizes.sum() - len(scores))
    if freedom < 1:
        return 0.0, 0.0
    within = sum(float(((own - own.mean()) ** 2).sum()) for own in scores) / freedom
    grand = float((sizes * means).sum() / sizes.sum())
    between = float((sizes * (means - grand) ** 2).sum()) / (len(scores) - 1)
    return (between / within if within else 0.0), freedom


def _told(statistic: float, df1: float, df2: float, method: str) -> Omnibus:
    """Look the statistic up in F."""
    from scipy.special import fdtrc

    return Omnibus(
        statistic=statistic,
        df1=float(df1),
        df2=float(df2),
        p_value=float(fdtrc(df1, df2, statistic)),
        method=method,
    )
