"""The smallest effect a study would have seen, and whether there is none that matters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.resumes.effects.mean_tests import t_quantile, t_tail

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
        of one of at most its negative. With no spread at all it is 0, ½ on the margin, or 1.

    References
    ----------
    [schuirmann1987].
    """
    if not margin > 0:
        raise InputError(f"equivalence_p: the margin is to be above 0; got {margin}.")
    room = margin - abs(test.mean)
    if test.error == 0:
        return 0.0 if room > 0 else 0.5 if room == 0 else 1.0
    return t_tail(room / test.error, test.df)


def smallest_detectable(
    test: MeanTest, *, alpha: float = 0.05, power: float = 0.8
) -> float:
    """How large must a gap be for a study like this one to find it?

    Parameters
    ----------
    test : MeanTest
        Its standard error and degrees of freedom count, not its mean.
    alpha : float
        Two-sided error rate.
    power : float
        With what probability it is to be found.

    Returns
    -------
    float
        About 2.8 SD/√n where there are many names; more where there are few.
    """
    reach = t_quantile(1 - alpha / 2, test.df) + t_quantile(power, test.df)
    return reach * test.error
