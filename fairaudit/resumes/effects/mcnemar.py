"""Yes-or-no answers to both halves of a pair: McNemar's test and the gap's interval."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.estimate import Estimate, Interval
from fairaudit.core.value import value
from fairaudit.inference.paired import discordance_p
from fairaudit.inference.special import normal_cdf, normal_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence


@value
class McNemarTest:
    """The discordant pairs and what they say.

    Attributes
    ----------
    only_first, only_second : int
        Pairs in which one half alone got a yes.
    pairs : int
        Complete pairs.
    exact_p, mid_p : float
        Two-sided. The mid-p-value keeps its level in practice and wastes less.
    difference : Estimate
        The first's share of yes less the second's, with the interval of Agresti and Min.
    """

    only_first: int
    only_second: int
    pairs: int
    exact_p: float
    mid_p: float
    difference: Estimate

    def beyond_p(self, margin: float) -> float:
        """How sure is it that the shares differ by more than a margin, either way?

        Two-sided, from the interval of Agresti and Min, and never below the mid-p-value
        against no difference. Over all shares and margins up to 0.3 it is below 0.05 in at
        most 5 % of studies of 10 pairs or more that have nothing beyond the margin.
        """
        middle, spread = _agresti_min(self.only_first, self.only_second, self.pairs)
        return max(self.mid_p, min(1.0, 2 * normal_cdf((margin - abs(middle)) / spread)))


def mcnemar(
    first: Sequence[float], second: Sequence[float], *, level: float = 0.95
) -> McNemarTest:
    """Does one half of pairs get a yes more often than the other?

    Parameters
    ----------
    first, second : sequence of float of shape (n_pairs,)
        1 for yes, 0 for no, NaN for no answer; pairs with a NaN are left out. Each pair is
        to be independent: names that come back want `paired_test`.
    level : float
        Confidence of the interval.

    Returns
    -------
    McNemarTest
        The difference is undefined of no complete pairs; the p-values are then 1.

    References
    ----------
    [mcnemar1947], [fagerland2013], [agresti2005].

    Examples
    --------
    >>> found = mcnemar([1] * 17 + [1] * 70 + [0] * 15, [0] * 17 + [1] * 70 + [0] * 15)
    >>> found.only_first, found.only_second, f"{found.exact_p:.1e}"
    (17, 0, '1.5e-05')
    """
    pairs = [
        (int(one), int(other))
        for one, other in zip(first, second, strict=True)
        if not (math.isnan(one) or math.isnan(other))
    ]
    if {answer for pair in pairs for answer in pair} - {0, 1}:
        raise InputError("mcnemar: answers are 1 for yes, 0 for no and NaN for none.")
    yes_no, no_yes = pairs.count((1, 0)), pairs.count((0, 1))
    exact, mid = discordance_p(yes_no, no_yes)
    return McNemarTest(
        only_first=yes_no,
        only_second=no_yes,
        pairs=len(pairs),
        exact_p=exact,
        mid_p=mid,
        difference=_difference(yes_no, no_yes, len(pairs), level),
    )


def _difference(only_first: int, only_second: int, pairs: int, level: float) -> Estimate:
    """Give the gap of the shares of yes with its interval."""
    if not pairs:
        return Estimate.undefined("no pair has two answers", denominator=0)
    middle, spread = _agresti_min(only_first, only_second, pairs)
    reach = normal_quantile((1 + level) / 2) * spread
    return Estimate(
        value=(only_first - only_second) / pairs,
        interval=Interval(
            low=max(-1.0, middle - reach),
            high=min(1.0, middle + reach),
            level=level,
            method="Agresti-Min",
        ),
        denominator=pairs,
    )


def _agresti_min(only_first: int, only_second: int, pairs: int) -> tuple[float, float]:
    """Give the gap and its standard error with half a pair lent to every cell."""
    apart, total = only_first - only_second, pairs + 2
    spread = math.sqrt(only_first + only_second + 1 - apart**2 / total) / total
    return apart / total, spread
