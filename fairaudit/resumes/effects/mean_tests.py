"""The mean gap of a study and how sure it is, by the design of its names."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.resumes.effects.designs import Design, design_of, distinct_columns
from fairaudit.resumes.effects.variances import (
    clustered,
    of_crossed_names,
    of_reused_names,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    Array = np.ndarray[Any, np.dtype[Any]]

_NOTHING = 1e-12
"""A standard error below this share of the values is rounding."""

_TIE = 1e-9
"""A mean that is off a margin by no more than this share of it lies on it."""

METHODS: dict[Design, str] = {
    "fresh": "paired t by résumé",
    "reused": "t clustered two ways by name",
    "crossed": "t clustered by résumé and by name",
    "one name": "paired t by résumé",
}


@value
class MeanTest:
    """A mean difference, its standard error and its test against zero.

    Attributes
    ----------
    mean : float
        Of the complete pairs.
    error : float
        Its standard error.
    df : float
        Degrees of freedom of Student's t.
    p_value : float
        Two-sided.
    pairs, names : int
        Complete pairs; names of the group that has the fewest.
    sd : float
        Of the pairs' differences.
    design : str
        How names met résumés.
    method : str
        The test, in words.
    """

    mean: float
    error: float
    df: float
    p_value: float
    pairs: int
    names: int
    sd: float
    design: Design
    method: str

    def limits(self, alpha: float) -> tuple[float, float]:
        """Between which values does the mean lie, at two-sided error `alpha`?"""
        reach = t_quantile(1 - alpha / 2, self.df) * self.error
        return self.mean - reach, self.mean + reach

    def beyond(self, margin: float) -> float:
        """By how much is the mean larger than a margin, either way? Negative within it."""
        past = abs(self.mean) - margin
        return 0.0 if abs(past) <= _TIE * margin else past

    def beyond_p(self, margin: float) -> float:
        """How sure is it that the gap is larger than a margin, either way?

        Two-sided, so that it is below `alpha` where `limits(alpha)` lie beyond the margin.
        """
        return _p_value(max(self.beyond(margin), 0.0), self.error, self.df)


def paired_test(
    first: Sequence[float],
    second: Sequence[float],
    *,
    first_names: Sequence[str],
    second_names: Sequence[str],
    resumes: Sequence[str],
) -> MeanTest | None:
    """Do the two halves of pairs differ on average, by more than names would?

    Parameters
    ----------
    first, second : sequence of float of shape (n_pairs,)
        Outcomes of the halves; NaN for one that is missing.
    first_names, second_names : sequence of str of shape (n_pairs,)
        Their first names; how they come back decides the test.
    resumes : sequence of str of shape (n_pairs,)
        Bodies of the pairs.

    Returns
    -------
    MeanTest or None
        Of first minus second over complete pairs; `None` of fewer than two.

    Examples
    --------
    >>> found = paired_test([3, 4, 6], [2, 2, 3], first_names=["Ann", "Eve", "Sue"],
    ...     second_names=["Bob", "Tom", "Jim"], resumes=["a", "b", "c"])
    >>> found.design, found.mean, round(found.p_value, 4)
    ('fresh', 2.0, 0.0742)
    """
    import numpy as np

    sizes = {len(part) for part in (first, second, first_names, second_names, resumes)}
    if len(sizes) > 1:
        raise InputError(
            f"paired_test: outcomes, names and résumés have {sorted(sizes)} entries; "
            "give one of each for every pair."
        )
    values = np.column_stack([np.asarray(first, float), np.asarray(second, float)])
    names = np.column_stack([np.asarray(first_names), np.asarray(second_names)])
    return contrast_test(values, np.array([1.0, -1.0]), names, np.asarray(resumes))


def contrast_test(
    values: Array, weights: Array, names: Array, resumes: Array
) -> MeanTest | None:
    """Is a contrast of groups zero on average, by more than names would make it?

    Parameters
    ----------
    values : array of shape (n_pairs, n_groups)
        Outcomes; NaN for a missing one.
    weights : array of shape (n_groups,)
        Of the contrast; they sum to zero, and a group of weight zero plays no part.
    names : array of shape (n_pairs, n_groups)
        First names; all of them decide the design, whether answered or not.
    resumes : array of shape (n_pairs,)
        Bodies.

    Returns
    -------
    MeanTest or None
        Over pairs complete in the groups of the contrast; `None` of fewer than two.
    """
    import numpy as np

    took = weights != 0
    values, weights, names = values[:, took], weights[took], names[:, took]
    design = design_of(names, resumes) if len(names) else "fresh"
    whole = np.isfinite(values).all(axis=1)
    values, names, resumes = values[whole], names[whole], resumes[whole]
    if len(set(resumes)) < 2:
        return None
    return _tested(values, weights, names, resumes, design)


def _tested(
    values: Array, weights: Array, names: Array, resumes: Array, design: Design
) -> MeanTest | None:
    """Test complete pairs as their design wants."""
    gaps = values @ weights
    fewest = min(len(set(column)) for column in names.T)
    if design in {"reused", "crossed"} and fewest < 2:
        return None
    variance, df = _variance(values, weights, names, resumes, design)
    error = math.sqrt(variance)
    scale = float(abs(values).max())
    if error <= _NOTHING * scale:
        error = 0.0
    mean = float(gaps.mean())
    if abs(mean) <= _NOTHING * scale:
        mean = 0.0
    return MeanTest(
        mean=mean,
        error=error,
        df=df,
        p_value=_p_value(mean, error, df),
        pairs=len(gaps),
        names=fewest,
        sd=float(gaps.std(ddof=1)),
        design=design,
        method=METHODS[design],
    )


def _variance(
    values: Array, weights: Array, names: Array, resumes: Array, design: Design
) -> tuple[float, float]:
    """Give the variance of the mean gap and its degrees of freedom."""
    gaps = values @ weights
    rest, bodies = gaps - gaps.mean(), len(set(resumes))
    sizes = [len(set(column)) for column in distinct_columns(names).T]
    if design in {"fresh", "one name"}:
        # With distinct résumés this is s²/n, the paired t test.
        return clustered(rest, resumes) / len(gaps) ** 2, bodies - 1.0
    if design == "reused":
        return of_reused_names(rest, names, resumes), min(*sizes, bodies) - 1.0
    spread = of_crossed_names(values, weights, names, resumes)
    return spread, min(bodies - 1.0, _name_freedom(weights, names))


def _name_freedom(weights: Array, names: Array) -> float:
    """Give the df of names by Satterthwaite: 2K − 2 of two groups of K names each."""
    sizes = [len(set(column)) for column in names.T]
    parts = [weight**2 / size for weight, size in zip(weights, sizes, strict=True)]
    spread = sum(part**2 / (size - 1) for part, size in zip(parts, sizes, strict=True))
    return float(sum(parts) ** 2 / spread)


def _p_value(mean: float, error: float, df: float) -> float:
    """Give the two-sided p-value; of gaps all alike, that of a sign test."""
    if mean == 0:
        return 1.0
    if error == 0:
        return float(min(1.0, 2 * 0.5 ** (df + 1)))
    return float(2 * t_tail(abs(mean) / error, df))


def t_tail(t: float, df: float) -> float:
    """How likely is Student's t above `t`?

    Parameters
    ----------
    t : float
        Any.
    df : float
        Degrees of freedom.

    Returns
    -------
    float
        The upper tail.
    """
    from scipy.special import stdtr

    return float(stdtr(df, -t))


def t_quantile(p: float, df: float) -> float:
    """Below which point does Student's t lie with probability `p`?

    Parameters
    ----------
    p : float
        Between 0 and 1, exclusive.
    df : float
        Degrees of freedom.

    Returns
    -------
    float
        The quantile.
    """
    from scipy.special import stdtrit

    return float(stdtrit(df, p))


def noncentrality(t: float, df: float, power: float) -> float:
    """How many standard errors off zero is a mean whose t is above `t` so often?

    Parameters
    ----------
    t : float
        The critical value.
    df : float
        Degrees of freedom.
    power : float
        How often, between 0 and 1, exclusive.

    Returns
    -------
    float
        The noncentrality of Student's t.
    """
    from scipy.special import nctdtrinc

    return float(nctdtrinc(df, 1 - power, t))
