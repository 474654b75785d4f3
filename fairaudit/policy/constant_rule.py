"""Where nobody or everybody is selected, rates are equal for want of decisions: no pass."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import replace
from fairaudit.core.words import worded
from fairaudit.criteria.catalogue import criterion_named
from fairaudit.criteria.comparisons import side, together
from fairaudit.tally.rates import SELECTION_RATE

if TYPE_CHECKING:
    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.requirements import CriterionGate
    from fairaudit.core.verdict import Verdict
    from fairaudit.core.words import Favourable


def without_empty_pass(
    verdict: Verdict,
    gate: CriterionGate,
    table: GroupTable,
    favourable: Favourable | None,
) -> Verdict:
    """Leave a pass undecided whose rates could not have differed.

    Parameters
    ----------
    verdict : Verdict
        As the limits decided it.
    gate : CriterionGate
        What it is on.
    table : GroupTable
        The groups it is of.
    favourable : {"selected", "not-selected"}, optional
        The direction, for words.

    Returns
    -------
    Verdict
        The same, unless all people compared have one decision and every rate of the
        criterion is then 0 or 1.
    """
    if verdict.status != "pass":
        return verdict
    everyone = together([side(row) for row in table.compared])
    selected = everyone.proportion(SELECTION_RATE).value
    rates = criterion_named(gate.criterion).rates
    if selected not in {0, 1} or any(
        everyone.proportion(rate).value not in {0, 1} for rate in rates
    ):
        return verdict
    who = "everybody" if selected else "nobody"
    told = worded(f"{who} was {{selected}}", favourable)
    return replace(
        verdict,
        status="undecided",
        because=f"{told}, so that no two groups could differ, and that is no pass; look at "
        f"the threshold, or at which value is positive.",
    )
