"""Intervals of one share of people."""

from __future__ import annotations

import math
from functools import lru_cache

from fairaudit.core.errors import InputError
from fairaudit.core.estimate import Amount, Estimate, Interval
from fairaudit.inference.special import beta_quantile, beta_upper_quantile, normal_quantile


def wilson(successes: float, trials: float, level: float = 0.95) -> Interval:
    """How sure is a share? The score interval, printed beside every rate.

    Parameters
    ----------
    successes, trials : float
        Counts, or what they are worth under survey weights; `trials` above 0.
    level : float
        Confidence, such as 0.95.

    Returns
    -------
    Interval
        Exactly 0 or 1 on the side where nobody or everybody succeeded.

    Raises
    ------
    InputError
        When there are no trials, or the level is not between 0 and 1.

    References
    ----------
    [wilson1927]; checked against [newcombe1998a], table I.

    Examples
    --------
    >>> found = wilson(81, 263)
    >>> round(found.low, 4), round(found.high, 4)
    (0.2553, 0.3662)
    """
    _check("wilson", successes, trials, level)
    z = normal_quantile((1 + level) / 2)
    share, extra = successes / trials, z * z / trials
    middle = (share + extra / 2) / (1 + extra)
    reach = z / (1 + extra) * math.sqrt(share * (1 - share) / trials + extra / 4 / trials)
    return Interval(
        low=0.0 if successes <= 0 else max(0.0, middle - reach),
        high=1.0 if successes >= trials else min(1.0, middle + reach),
        level=level,
        method="wilson",
    )


@lru_cache(maxsize=1 << 16)
def clopper_pearson(successes: float, trials: float, alpha: float) -> Interval:
    """How sure is a share, whatever the truth? The exact interval, for verdicts.

    Parameters
    ----------
    successes, trials : float
        Counts, or what they are worth under survey weights; `trials` above 0.
    alpha : float
        Half of it is the most that either limit may be missed.

    Returns
    -------
    Interval
        At level 1 − alpha.

    Raises
    ------
    InputError
        When there are no trials, or alpha is not between 0 and 1.

    References
    ----------
    [clopper1934].

    Examples
    --------
    >>> found = clopper_pearson(0, 20, alpha=0.05)
    >>> round(found.low, 4), round(found.high, 4)
    (0.0, 0.1684)
    """
    _check("clopper_pearson", successes, trials, 1 - alpha)
    failures = trials - successes
    return Interval(
        low=0.0 if successes <= 0 else beta_quantile(alpha / 2, successes, failures + 1),
        high=1.0
        if failures <= 0
        else beta_upper_quantile(alpha / 2, successes + 1, failures),
        level=1 - alpha,
        method="clopper-pearson",
    )


def rate_estimate(
    successes: Amount,
    trials: Amount,
    *,
    size: float | None = None,
    level: float = 0.95,
    undefined_because: str = "no trials",
) -> Estimate:
    """Estimate a share with its Wilson interval, or say why there is none.

    Parameters
    ----------
    successes, trials : int or float
        Counts or sums of survey weights, shown beside the value.
    size : float, optional
        The effective number of trials; `trials` itself by default.
    level : float
        Confidence of the interval.
    undefined_because : str
        The reason given when there are no trials.

    Returns
    -------
    Estimate
        Undefined when `trials` is 0: 0/0 has no value.

    Examples
    --------
    >>> rate_estimate(3, 4).value
    0.75
    >>> rate_estimate(0, 0, undefined_because="no flags in group b").undefined_because
    'no flags in group b'
    """
    if not trials:
        return Estimate.undefined(undefined_because, denominator=trials)
    worth = trials if size is None else size
    return Estimate(
        value=successes / trials,
        interval=wilson(successes / trials * worth if size else successes, worth, level),
        numerator=successes,
        denominator=trials,
    )


def _check(method: str, successes: float, trials: float, level: float) -> None:
    """Refuse counts and levels that make no interval."""
    if not trials > 0:
        raise InputError(
            f"{method}: trials must be above 0; got {trials}. 0/0 has no value."
        )
    if not 0 <= successes <= trials:
        raise InputError(
            f"{method}: successes must be between 0 and trials ({trials}); got {successes}."
        )
    if not 0 < level < 1:
        remedy = f" Write {level / 100:g} for {level:g} %." if level > 1 else ""
        raise InputError(
            f"{method}: level must be between 0 and 1, exclusive; got {level:g}.{remedy}"
        )
