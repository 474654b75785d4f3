"""The smallest effect a study would have seen, and whether there is none that matters."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.inference.special import beta_cdf, beta_quantile, normal_cdf, normal_quantile
from fairaudit.resumes.effects.mean_tests import noncentrality, t_quantile, t_tail

if TYPE_CHECKING:
    from fairaudit.resumes.effects.mean_tests import MeanTest


def equivalence_p(test: MeanTest, margin: float) -> float:
    """How sure is it that the gap is smaller than the margin, either way?

    Parameters
    ----------
    test : MeanTest
        The gap.
    margin : float
        The largest that does not matter, in units of the outcome.

    Returns
    -------
    float
        The larger p-value of two one-sided t tests: of a gap of at least the margin, and
        of one of at most its negative. With no spread at all, that of a sign test.

    References
    ----------
    [schuirmann1987].
    """
    if not margin > 0:
        raise InputError(f"equivalence_p: the margin is to be above 0; got {margin}.")
    room = -test.beyond(margin)
    if test.error == 0:
        return 0.5 ** (test.df + 1) if room > 0 else 1.0
    return t_tail(room / test.error, test.df)


def yes_no_equivalence_p(
    only_first: int, only_second: int, pairs: int, margin: float
) -> float:
    """How sure is it that two shares of yes differ by less than the margin?

    Parameters
    ----------
    only_first, only_second : int
        Discordant pairs.
    pairs : int
        Complete pairs, at least one.
    margin : float
        Between 0 and 1, exclusive.

    Returns
    -------
    float
        The larger of two one-sided score tests, and no smaller than the exact test where
        all discordant pairs favour one half: there the score test alone calls a difference
        of the margin smaller in up to 7 % of studies at 5 %.

    References
    ----------
    [tango1998].

    Examples
    --------
    >>> round(yes_no_equivalence_p(0, 0, 20, 0.1), 3) == round(0.9**20, 3)
    True
    """
    if not 0 < margin < 1:
        raise InputError(
            f"yes_no_equivalence_p: the margin of shares is between 0 and 1; got {margin}."
        )
    return max(
        _below(only_first, only_second, pairs, margin),
        _below(only_second, only_first, pairs, margin),
        _binomial_cdf(abs(only_first - only_second), pairs, margin),
    )


def _binomial_cdf(k: int, n: int, p: float) -> float:
    """Give the probability of at most k of n; letters of the binomial."""
    return 1.0 if k >= n else beta_cdf(1 - p, n - k, k + 1)


def _below(b: int, c: int, n: int, margin: float) -> float:
    """Give the p-value against a difference of at least the margin; letters of Tango."""
    second = -b - c + (2 * n - b + c) * margin
    third = -c * margin * (1 - margin)
    q21 = (math.sqrt(second**2 - 8 * n * third) - second) / (4 * n)
    spread = math.sqrt(n * (2 * q21 + margin * (1 - margin)))
    return normal_cdf((b - c - n * margin) / spread)


def smallest_detectable(
    error: float, df: float, *, alpha: float = 0.05, power: float = 0.8
) -> float:
    """How large must a gap be for a study like this one to find it?

    Parameters
    ----------
    error, df : float
        Standard error and degrees of freedom of its t test.
    alpha : float
        Two-sided error rate, shared out among the tests that are judged together.
    power : float
        With what probability it is to be found.

    Returns
    -------
    float
        About 2.8 SD/√n where there are many names; more where there are few.
    """
    return noncentrality(t_quantile(1 - alpha / 2, df), df, power) * error


def yes_no_detectable(
    error: float, pairs: int, *, alpha: float = 0.05, power: float = 0.8
) -> float | None:
    """How far must shares of yes be apart for a study like this one to find it?

    Parameters
    ----------
    error : float
        Standard error of the difference of the shares.
    pairs : int
        Complete pairs.
    alpha, power : float
        As in `smallest_detectable`.

    Returns
    -------
    float or None
        At least what brings the k discordant pairs, all of one direction, whose
        mid-p-value of 2⁻ᵏ is below `alpha`; `None` of fewer than k pairs.
    """
    fewest = math.floor(-math.log2(alpha)) + 1
    if fewest > pairs:
        return None
    reach = normal_quantile(1 - alpha / 2) + normal_quantile(power)
    return max(reach * error, beta_quantile(power, fewest, pairs - fewest + 1))
