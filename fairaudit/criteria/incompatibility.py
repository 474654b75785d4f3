"""Which criteria cannot hold together where base rates differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairaudit.criteria.criterion import Criterion
    from fairaudit.tally.rates import Rate


def exclude_each_other(first: Criterion, second: Criterion) -> bool:
    """Can two criteria hold together exactly only where base rates are equal?

    Parameters
    ----------
    first, second : Criterion
        Any two; criteria within strata speak of other tables, those on scores of other
        numbers, and exclude nothing here.

    Returns
    -------
    bool
        True when together they ask for three different rates to be equal.

    Notes
    -----
    A group's four cells, as shares, have three degrees of freedom: its base rate and what
    the rule makes of it. Three different rates are three equations for them, so groups
    that agree in all three agree in the base rate too, apart from degenerate rules such as
    one without errors. Two rates leave one freedom, and the base rate may differ. A rate
    and its complement (TPR and FNR) count once. For the classical triples see
    [chouldechova2017]_ (PPV, TPR, FPR) and [kleinberg2017]_.

    References
    ----------
    .. [chouldechova2017] Key in docs/references.bib.
    .. [kleinberg2017] Key in docs/references.bib.

    Examples
    --------
    >>> from fairaudit.criteria.catalogue import criterion_named
    >>> parity = criterion_named("predictive_parity")
    >>> exclude_each_other(parity, criterion_named("equalized_odds"))
    True
    >>> exclude_each_other(parity, criterion_named("equal_opportunity"))
    False
    """
    if first.stratified or second.stratified or not (first.rates and second.rates):
        return False
    return len(_different((*first.rates, *second.rates))) > 2


def _different(rates: Iterable[Rate]) -> set[frozenset[frozenset[str]]]:
    """Count a rate and its complement once: by the two parts it splits people into."""
    return {
        frozenset(
            {frozenset(rate.numerator), frozenset(rate.denominator) - {*rate.numerator}}
        )
        for rate in rates
    }
