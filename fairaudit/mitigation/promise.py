"""Which of several rules may be promised to keep its constraints on people not yet seen?

Rules are put in an order that does not depend on the people they are tested on and tested
one after another until one fails. The chance that a rule is accepted whose true gap exceeds
a tolerance is then, for all of them together, at most that of one test that passes falsely
[angelopoulos2025], because the first such rule must pass one. 1 less the confidence is
meant; of two groups, tests at 95 % pass falsely up to 5.5 % of the time.
The first errs least among those nearly sure to pass; less likely ones follow. Each test is
the audit's own: every pair's one-sided upper limit within the tolerance.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.inference.differences import verdict_limits
from fairaudit.inference.power import rows_needed
from fairaudit.mitigation.constraints import RateConstraint
from fairaudit.tally.rates import proportion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.core.cells import Cells


@value
class Trial:
    """The widest gap that a test does not exclude, beside its tolerance.

    `kept` says that every pair's upper limit is within its tolerance.
    """

    constraint: RateConstraint
    first: str
    second: str
    at_most: float
    kept: bool


def trial(
    constraints: Sequence[RateConstraint],
    groups: dict[str, Cells],
    *,
    confidence: float,
) -> Trial:
    """Is every gap shown to be within its tolerance, on people the rule was not made from?

    Parameters
    ----------
    constraints : sequence of RateConstraint
        What must be how close.
    groups : dict of str to Cells
        The rule's decisions about people it was not made from.
    confidence : float
        Of each one-sided upper limit. All must hold, so that none is corrected for their
        number [berger1982].

    Returns
    -------
    Trial
        The comparison that is furthest beyond its tolerance; an undefined rate excludes
        nothing.
    """
    worst: tuple[float, Trial] | None = None
    for one in constraints:
        for (first, own), (second, other) in combinations(groups.items(), 2):
            a, b = proportion(one.rate, own), proportion(one.rate, other)
            at_most = 1.0
            if a.size and b.size:
                alpha = 2 * (1 - confidence)
                at_most = verdict_limits(
                    a.successes, a.size, b.successes, b.size, alpha
                ).at_most
            beyond = at_most - one.tolerance
            if worst is None or beyond > worst[0]:
                worst = (
                    beyond,
                    Trial(
                        constraint=one,
                        first=first,
                        second=second,
                        at_most=at_most,
                        kept=beyond <= 0,
                    ),
                )
    assert worst is not None
    return worst[1]


def people_needed(
    one: RateConstraint, groups: dict[str, Cells], *, confidence: float
) -> int | None:
    """How many people of each group, among those a rate is about, would settle it?

    Returns
    -------
    int or None
        If the true rates were all equal to the average one: the most hopeful case; `None`
        where even that would not do.
    """
    found = [proportion(one.rate, cells) for cells in groups.values()]
    trials = sum(of.denominator for of in found)
    if not trials:
        return None
    common = sum(of.numerator for of in found) / trials
    return rows_needed([common] * len(found), one.tolerance, alpha=2 * (1 - confidence))
