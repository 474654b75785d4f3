"""The bill of a table's two largest groups, as a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.bill import Bill, ThreeLines
from fairaudit.core.errors import InputError
from fairaudit.core.estimate import Estimate
from fairaudit.core.finding import Finding
from fairaudit.inference.proportions import rate_estimate
from fairaudit.tally.rates import (
    FALSE_NEGATIVE_RATE,
    FALSE_POSITIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
    TRUE_POSITIVE_RATE,
    proportion,
)
from fairaudit.tradeoffs import lines
from fairaudit.tradeoffs.caveats import caveats
from fairaudit.tradeoffs.exchange_rates import exchange_rates
from fairaudit.tradeoffs.identities import (
    empty_cells,
    even_split_factor,
    log_odds_ratio,
    negative_side,
    positive_side,
)
from fairaudit.tradeoffs.joint_gap import joint_gap
from fairaudit.tradeoffs.pairs import (
    base,
    base_odds_ratio,
    complete,
    effective_people,
    headline_pair,
    one_sided,
)
from fairaudit.tradeoffs.resampled import resample

if TYPE_CHECKING:
    import numpy as np

    from fairaudit.core.cells import Cells
    from fairaudit.core.evidence import GroupRow, GroupTable
    from fairaudit.core.prices import JointGap
    from fairaudit.core.words import Favourable
    from fairaudit.tradeoffs.identities import Names
    from fairaudit.tradeoffs.resampled import Resampled

__all__ = ["bill", "bill_finding", "headline_pair"]

_SEEN = (
    TRUE_POSITIVE_RATE,
    FALSE_POSITIVE_RATE,
    FALSE_NEGATIVE_RATE,
    POSITIVE_PREDICTIVE_VALUE,
)
_LEVELS = (TRUE_POSITIVE_RATE.id, POSITIVE_PREDICTIVE_VALUE.id)


def bill_finding(
    table: GroupTable,
    *,
    tolerance: float | None,
    rng: np.random.Generator,
    draws: int = 10_000,
    favourable: Favourable | None = None,
    on_scores: JointGap | None = None,
) -> Finding | None:
    """What do the base rates of a table's two largest groups force on any rule?

    Parameters
    ----------
    table : GroupTable
        Groups with their cells.
    tolerance : float, optional
        The gap that is accepted; `None` where none was given.
    rng : numpy.random.Generator
        Source of randomness for the resampled cells.
    draws : int, default 10_000
        How many.
    favourable : {"selected", "not-selected"}, optional
        Whether being selected helps; chooses the words.
    on_scores : JointGap, optional
        How near the three rates of these two groups come on their scores.

    Returns
    -------
    Finding or None
        `None` where `headline_pair` gives a reason instead of a pair.

    References
    ----------
    [chouldechova2017], [kleinberg2017]
    """
    pair = headline_pair(table)
    if isinstance(pair, str):
        return None
    evidence = bill(
        *pair,
        attribute=table.attribute,
        tolerance=tolerance,
        rng=rng,
        draws=draws,
        favourable=favourable,
        on_scores=on_scores,
    )
    return Finding(
        id=f"bill@{table.attribute}",
        sentence=evidence.lines.exactly,
        estimate=evidence.odds_ratio,
        evidence=evidence,
        references=("chouldechova2017", "kleinberg2017"),
        caveats=caveats(table, pair, evidence),
    )


def bill(
    first: GroupRow,
    second: GroupRow,
    *,
    attribute: str,
    tolerance: float | None,
    rng: np.random.Generator,
    draws: int = 10_000,
    favourable: Favourable | None = None,
    on_scores: JointGap | None = None,
) -> Bill:
    """What do two groups' base rates force on any rule, and who pays under this one?

    Parameters
    ----------
    first, second : GroupRow
        Two groups in which both outcomes occur. Only people with both a label and a
        prediction are counted.
    attribute : str
        What makes the groups.
    tolerance : float, optional
        The gap that is accepted; `None` where none was given.
    rng : numpy.random.Generator
        Source of randomness for the resampled cells.
    draws : int, default 10_000
        How many; 0 for no resampled intervals.
    favourable : {"selected", "not-selected"}, optional
        Whether being selected helps; chooses the words.
    on_scores : JointGap, optional
        How near the three rates of these two groups come on their scores.

    Returns
    -------
    Bill
        The bill, the exchange rates, the smallest joint gap and three plain lines. What a
        cell of zero leaves undefined is `None`, with the reason.

    Raises
    ------
    InputError
        When a group has people of one outcome only: base rates of 0 or 1 have no odds.

    References
    ----------
    [chouldechova2017], [kleinberg2017]

    Examples
    --------
    >>> import numpy as np
    >>> from fairaudit.core.cells import Cells
    >>> from fairaudit.core.evidence import GroupRow
    >>> first = Cells(tp=240, fp=60, fn=160, tn=540)
    >>> second = Cells(tp=60, fp=40, fn=40, tn=860)
    >>> made = bill(
    ...     GroupRow(name="a", kind="group", cells=first, rates={}),
    ...     GroupRow(name="b", kind="group", cells=second, rates={}),
    ...     attribute="colour",
    ...     tolerance=0.05,
    ...     rng=np.random.default_rng(0),
    ... )
    >>> made.odds_ratio.value, made.joint_gap.value
    (6.0, 0.1104)
    """
    if reason := one_sided(first) or one_sided(second):
        raise InputError(f"bill: both outcomes must occur in both groups; {reason}.")
    names, cells = (first.name, second.name), (complete(first), complete(second))
    sizes = (effective_people(first), effective_people(second))
    people = resample(cells, sizes=sizes, draws=draws, rng=rng)
    paid, unpaid = positive_side(*cells, names), negative_side(*cells, names)
    ratio = base_odds_ratio(first, second)
    gap, seen = _joint_gap(people, cells, names), _seen(cells)
    levels = {} if gap.value is None else {rate: min(seen[rate]) for rate in _LEVELS}
    return Bill(
        attribute=attribute,
        first=first.name,
        second=second.name,
        base_rates=(_base_rate(first), _base_rate(second)),
        odds_ratio=ratio,
        positive_side=None if isinstance(paid, str) else paid,
        negative_side=None if isinstance(unpaid, str) else unpaid,
        undefined_because="; ".join(s for s in (paid, unpaid) if isinstance(s, str))
        or None,
        even_split_factor=even_split_factor(log_odds_ratio(*cells)),
        exchange_rates=exchange_rates(people, ratio),
        joint_gap=gap,
        joint_gap_levels=levels,
        joint_gap_on_scores=on_scores,
        tolerance=tolerance,
        lines=ThreeLines(
            exactly=lines.exactly(names, ratio, paid, seen, favourable),
            within_tolerance=lines.within_tolerance(ratio, gap, levels, tolerance)
            if on_scores is None or on_scores.gap.value is None
            else lines.within_on_scores(on_scores, tolerance),
            supported=lines.supported(ratio, gap, tolerance)
            if on_scores is None or on_scores.gap.interval is None
            else lines.supported(ratio, on_scores.gap, tolerance, where="on these scores"),
        ),
    )


def _joint_gap(people: Resampled, cells: tuple[Cells, Cells], names: Names) -> Estimate:
    """Give the smallest joint gap, or why there are no levels to hold."""
    reason = empty_cells(*cells, names, ("tp",))
    return Estimate.undefined(reason) if reason else joint_gap(people)


def _seen(cells: tuple[Cells, Cells]) -> dict[str, tuple[float, float]]:
    """Give the rates of the bill that both groups have, by id."""
    pairs = {rate.id: tuple(proportion(rate, of).value for of in cells) for rate in _SEEN}
    return {
        rate: (first, second)
        for rate, (first, second) in pairs.items()
        if first is not None and second is not None
    }


def _base_rate(row: GroupRow) -> Estimate:
    """Give a base rate among the people with both a label and a prediction."""
    positives = base(row)
    return rate_estimate(positives.numerator, positives.denominator, size=positives.size)
