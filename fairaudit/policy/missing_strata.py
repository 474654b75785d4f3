"""Missing values among people alike: above 5 % they block a pass, unless they could not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.cells import Cells
from fairaudit.core.evidence import EVERYONE_ELSE
from fairaudit.core.value import replace
from fairaudit.core.verdict import MissingData
from fairaudit.criteria.comparisons import PASS_ALPHA
from fairaudit.criteria.conditional import pairs_within_strata
from fairaudit.inference.stratified import common_difference_limits
from fairaudit.policy.missing_rule import ALLOWANCE

if TYPE_CHECKING:
    from collections.abc import Collection

    from fairaudit.core.evidence import GroupTable

_UNDECIDED = ("undecided_positive", "undecided_negative", "blank")


def missing_within_strata(
    table: GroupTable, *, allowed: float, in_scope: Collection[str]
) -> MissingData:
    """Say how much a verdict on people alike leaves out, and whether that could hide a gap.

    Missing are a decision, the group and the stratum. Decisions are filled in as badly as
    can be; people without a group or a stratum could be anywhere, so that above the
    allowance nothing is excluded while there are any.

    Parameters
    ----------
    table : GroupTable
        Groups with their cells in every stratum.
    allowed : float
        The largest common difference that passes.
    in_scope : collection of str
        The groups a pass is claimed for.

    Returns
    -------
    MissingData
        Share, worst case where it had to be looked at, and whether a pass is blocked.
    """
    adrift = _without_stratum(table)
    share = _share(table, adrift, in_scope)
    if share <= ALLOWANCE:
        return MissingData(share=share, worst_case=None, blocks_pass=False)
    nowhere = any(row.kind == "missing" and row.people for row in table.groups)
    worst = 1.0 if nowhere or any(adrift.values()) else _worst(table, in_scope)
    return MissingData(share=share, worst_case=worst, blocks_pass=worst > allowed)


def _without_stratum(table: GroupTable) -> dict[str, float]:
    """Count each group's people whose stratum is not recorded."""
    strata = [stratum for stratum in table.strata if stratum.name is None]
    return {row.name: row.people or 0 for stratum in strata for row in stratum.groups}


def _share(table: GroupTable, adrift: dict[str, float], in_scope: Collection[str]) -> float:
    """Give the larger share without a value: over everybody, or in the worst group."""
    lost = dict(adrift)
    for stratum in table.strata:
        if stratum.name is not None:
            for row in stratum.groups:
                here = (row.cells or Cells()).sum_of(_UNDECIDED)
                lost[row.name] = lost.get(row.name, 0) + here
    people = {row.name: row.people or 0 for row in table.compared}
    nowhere = sum(row.people or 0 for row in table.groups if row.kind == "missing")
    everybody = sum(people.values()) + nowhere
    shares = [lost.get(name, 0) / people[name] for name in in_scope if people.get(name)]
    return max(
        [0.0, *shares, (sum(lost.values()) + nowhere) / everybody if everybody else 0.0]
    )


def _worst(table: GroupTable, in_scope: Collection[str]) -> float:
    """Give the largest upper limit over the extreme ways to fill decisions in."""
    selected = list(pairs_within_strata(_filled(table, "unlabelled_selected")))
    rejected = list(pairs_within_strata(_filled(table, "unlabelled_rejected")))
    limits = [0.0]
    for up, down in zip(selected, rejected, strict=True):
        if not {up.first, up.second} - {EVERYONE_ELSE} <= set(in_scope):
            continue
        for first, second in ((up, down), (down, up)):
            strata = [
                (*first.strata[name][:2], *second.strata[name][2:]) for name in up.strata
            ]
            weights = list(up.weights.values())
            limits.append(
                common_difference_limits(strata, PASS_ALPHA, weights=weights).at_most
                if strata
                else 1.0
            )
    return max(limits)


def _filled(table: GroupTable, decision: str) -> GroupTable:
    """Decide about everybody without a decision."""
    return replace(
        table,
        strata=tuple(
            replace(
                stratum,
                groups=tuple(
                    replace(
                        row,
                        cells=row.cells and _decided(row.cells, decision),
                        weights=row.weights
                        and replace(
                            row.weights, squares=_decided(row.weights.squares, decision)
                        ),
                    )
                    for row in stratum.groups
                ),
            )
            for stratum in table.strata
        ),
    )


def _decided(cells: Cells, decision: str) -> Cells:
    """Move the undecided of some cells into one decision."""
    moved = getattr(cells, decision) + cells.sum_of(_UNDECIDED)
    return replace(cells, **dict.fromkeys(_UNDECIDED, 0), **{decision: moved})
