"""The price list of a table's groups, as a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.finding import Finding
from fairaudit.criteria.catalogue import catalogue
from fairaudit.tradeoffs.prices import WORK, price_list
from fairaudit.tradeoffs.whom import not_asked, whom

if TYPE_CHECKING:
    import numpy as np

    from fairaudit.core.estimate import Estimate
    from fairaudit.core.prices import Price, PriceList
    from fairaudit.tradeoffs.scored import Scored

FOR_ANALYSIS = (
    "For analysis: prices are in sample, and a rule that decides at random or by group may "
    "be unlawful or unwanted."
)

_BY_CHANCE = (
    "By chance alone some group's scores tell less than another's, so that equal error "
    "rates seem to cost more than they do: the more so, the more groups and the fewer "
    "people there are. The intervals do not cover this."
)

_UNIT = " points of accuracy"


def price_finding(
    of: Scored,
    *,
    tolerance: float | None,
    rng: np.random.Generator,
    draws: int = 1_000,
    work: int = WORK,
) -> Finding:
    """What would holding each main criterion cost on these scores?

    Parameters
    ----------
    of : Scored
        Two or more groups with their scores and today's decisions.
    tolerance : float, optional
        The gap that is accepted; `None` where none was given.
    rng : numpy.random.Generator
        Source of randomness for the intervals.
    draws : int, default 1_000
        How many redrawn samples.
    work : int
        Linear programs after which one price is left "not proven".

    Returns
    -------
    Finding
        Its number is the smallest joint gap of all main criteria together.

    References
    ----------
    [hardt2016], [chouldechova2017], [corbettdavies2017]
    """
    found = price_list(of, tolerance=tolerance, rng=rng, draws=draws, work=work)
    return Finding(
        id=f"prices@{of.attribute}",
        sentence=sentence(found),
        estimate=_together(found),
        evidence=found,
        references=("hardt2016", "chouldechova2017", "corbettdavies2017"),
        caveats=(*_caveats(found), *other_people(of)),
    )


def sentence(found: PriceList) -> str:
    """Say what each criterion costs, and what cannot hold together."""
    alone = [_costs(price) for price in found.prices if len(price.criteria) == 1]
    # The unit once is enough.
    for number in range(1, len(alone)):
        alone[number] = alone[number].removesuffix(_UNIT)
    together = [_apart(price) for price in found.prices if len(price.criteria) == 2]
    said = "; ".join(one for one in together if one)
    return (
        f"For {whom(found.groups, found.people)}, selecting "
        f"{100 * found.selection_rate:.0f} % of them as today, {_listed(alone)}"
        f"{'; ' if said else ''}{said}.{not_asked(found.left_out)}"
    )


def other_people(of: Scored) -> tuple[str, ...]:
    """Say where today's figures are of other people than the rules."""
    if of.decided == of.people:
        return ()
    others = (
        f"Today's share and accuracy are of the {of.decided:,} people with a label and a "
        f"decision, the rules of the {of.people:,} with a label and a score."
    )
    return (others,)


def _costs(price: Price) -> str:
    """Say what one criterion costs."""
    name = catalogue()[price.criteria[0]].title
    lost = price.exactly.lost.value
    if lost is not None:
        return f"{name} costs {100 * lost:.1f}{_UNIT}"
    if price.exactly.status == "impossible":
        return f"{name} cannot hold exactly"
    return f"the price of {name} is not known"


def _apart(price: Price) -> str | None:
    """Say of two criteria that they cannot hold together, where that is shown."""
    if price.exactly.status != "impossible":
        return None
    names = " and ".join(catalogue()[name].title for name in price.criteria)
    gap = price.joint_gap.gap.value
    if gap is None:
        return f"{names} cannot hold together"
    return (
        f"{names} cannot hold together exactly: some gap stays at {100 * gap:.1f} points "
        f"at best"
    )


def _together(found: PriceList) -> Estimate:
    """Give the smallest joint gap of everything."""
    return found.prices[-1].joint_gap.gap


def _caveats(found: PriceList) -> list[str]:
    """Say what limits the list."""
    caveats = [FOR_ANALYSIS, _BY_CHANCE]
    if found.left_out:
        caveats.append(not_asked(found.left_out).strip())
    open_ones = sum(
        1
        for price in found.prices
        for one in (price.exactly, price.within, price.joint_gap)
        if one is not None and one.status == "not proven"
    )
    if open_ones:
        caveats.append(
            f"{open_ones} of these numbers are not proven to be the best: the work ran out "
            f"between what was attained and its bound."
        )
    return caveats


def _listed(words: list[str]) -> str:
    """Join words with commas and a last "and"."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
