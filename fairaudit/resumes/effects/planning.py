"""How many pairs a study needs, before it is paid for."""

from __future__ import annotations

import math

from fairaudit.core.errors import InputError
from fairaudit.core.value import value
from fairaudit.inference.paired import discordance_p
from fairaudit.inference.special import normal_quantile

_MOST = 100_000
_NEGLIGIBLE = 1e-12


@value
class PairsNeeded:
    """How many pairs to make.

    Attributes
    ----------
    effect, sd : float
        The gap to find and the SD of the pairs' differences in a pilot.
    pairs : int
        For a fresh pair of names each.
    for_equivalence : int
        To show that a gap that is truly 0 is below `effect`.
    power, alpha : float
        For which both hold.
    """

    effect: float
    sd: float
    pairs: int
    for_equivalence: int
    power: float
    alpha: float


def plan(
    effect: float, sd: float, *, power: float = 0.8, alpha: float = 0.05
) -> PairsNeeded:
    """How many pairs, each with names of its own, would find an effect?

    Parameters
    ----------
    effect : float
        The gap that is to be found, in units of the outcome.
    sd : float
        Of the differences between the halves of pairs, from a pilot.
    power : float
        With what probability it is to be found.
    alpha : float
        Two-sided error rate.

    Returns
    -------
    PairsNeeded
        n = ((z₁₋α/₂ + z_power) SD / effect)², and the same with z₁₋α and z_(1+power)/2 for
        equivalence.

    Examples
    --------
    >>> plan(0.28, 1.0).pairs
    101
    """
    if not (effect > 0 and sd > 0):
        raise InputError(
            f"plan: effect and SD are to be above 0; got {effect} and {sd}. "
            "Take the SD from a pilot run."
        )
    _check(power, alpha)
    finding = normal_quantile(1 - alpha / 2) + normal_quantile(power)
    ruling_out = normal_quantile(1 - alpha) + normal_quantile((1 + power) / 2)
    return PairsNeeded(
        effect=effect,
        sd=sd,
        pairs=math.ceil((finding * sd / effect) ** 2),
        for_equivalence=math.ceil((ruling_out * sd / effect) ** 2),
        power=power,
        alpha=alpha,
    )


def mcnemar_pairs(
    discordance: float, odds: float, *, power: float = 0.8, alpha: float = 0.05
) -> int:
    """How many pairs does a study of yes-or-no answers need?

    Parameters
    ----------
    discordance : float
        Share of pairs whose halves get different answers.
    odds : float
        How many discordant pairs favour one group for each that favours the other.
    power : float
        With what probability the difference is to be found.
    alpha : float
        Two-sided error rate of the exact test.

    Returns
    -------
    int
        The fewest that suffice, over all numbers of discordant pairs they may bring.

    Examples
    --------
    >>> 700 < mcnemar_pairs(0.1, 2) < 780
    True
    """
    if not (0 < discordance <= 1 and odds > 0 and odds != 1):
        raise InputError(
            "mcnemar_pairs: the discordance is a share above 0 and the odds are above 0 "
            f"and not 1, which no study finds; got {discordance} and {odds}."
        )
    _check(power, alpha)
    share, powers = odds / (1 + odds), list[float]()
    low, high = 1, 64
    while mcnemar_power(high, discordance, share, alpha, powers) < power:
        low, high = high, high * 2
        if high > _MOST:
            raise InputError(
                f"mcnemar_pairs: over {_MOST} pairs would be needed; prefer ratings."
            )
    while high - low > 1:
        middle = (low + high) // 2
        enough = mcnemar_power(middle, discordance, share, alpha, powers) >= power
        low, high = (low, middle) if enough else (middle, high)
    return high


def mcnemar_power(
    pairs: int,
    discordance: float,
    share: float,
    alpha: float = 0.05,
    known: list[float] | None = None,
) -> float:
    """How likely does the exact test find a split of the discordant pairs?

    Parameters
    ----------
    pairs : int
        Of the study.
    discordance : float
        Share of them that are discordant.
    share : float
        Of the discordant ones, those that favour the first group.
    alpha : float
        Two-sided error rate.
    known : list of float, optional
        Powers by the number of discordant pairs, kept from one call to the next.

    Returns
    -------
    float
        Averaged over the binomial number of discordant pairs.
    """
    known = [] if known is None else known
    total = 0.0
    for discordant in range(pairs + 1):
        weight = _binomial(discordant, pairs, discordance)
        if weight < _NEGLIGIBLE:
            continue
        while len(known) <= discordant:
            known.append(_sign_power(len(known), share, alpha))
        total += weight * known[discordant]
    return total


def _sign_power(discordant: int, share: float, alpha: float) -> float:
    """Give the power of the exact test given how many pairs are discordant."""
    edge = -1
    while 2 * (edge + 1) < discordant and _rejects(edge + 1, discordant, alpha):
        edge += 1
    few = range(edge + 1)
    return sum(
        _binomial(k, discordant, share) + _binomial(k, discordant, 1 - share) for k in few
    )


def _rejects(fewer: int, discordant: int, alpha: float) -> bool:
    """Say whether the exact p-value is at most `alpha`."""
    return discordance_p(fewer, discordant - fewer)[0] <= alpha


def _binomial(k: int, n: int, p: float) -> float:
    """Give a binomial probability, by logarithms so that nothing overflows."""
    if p in {0.0, 1.0}:
        return float(k == n * p)
    log = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(log + k * math.log(p) + (n - k) * math.log1p(-p))


def _check(power: float, alpha: float) -> None:
    """Refuse shares that are none."""
    if not (0 < power < 1 and 0 < alpha < 1):
        raise InputError(
            f"plan: power and alpha lie between 0 and 1; got {power} and {alpha}."
        )
