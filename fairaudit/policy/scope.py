"""For whom a pass is claimed: the groups with enough people in every denominator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.value import value
from fairaudit.core.verdict import OutsideScope, Scope
from fairaudit.criteria.comparisons import side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.core.evidence import (
        Comparison,
        GroupRow,
        GroupTable,
        StratifiedComparison,
    )
    from fairaudit.criteria.criterion import Criterion


@value
class Reach:
    """The groups inside a declared scope, and those outside with their denominator.

    It is `None` where it is withheld.
    """

    inside: tuple[str, ...]
    outside: tuple[tuple[str, int | float | None], ...]


def reach(criterion: Criterion, table: GroupTable, min_group: int | None) -> Reach:
    """Split groups by their smallest denominator; without a scope all are inside.

    An expected group that has nobody is always inside: a declared minimum must not hide
    that it went missing.
    """
    inside: list[str] = []
    outside: list[tuple[str, int | float | None]] = []
    for row in table.compared:
        size = smallest_denominator(criterion, row)
        if row.kind == "absent" or min_group is None or size >= min_group:
            inside.append(row.name)
        else:
            withheld = any(row.withholds(rate.id) for rate in criterion.rates)
            outside.append((row.name, None if withheld else size))
    return Reach(inside=tuple(inside), outside=tuple(outside))


def smallest_denominator(criterion: Criterion, row: GroupRow) -> int | float:
    """Give a group's effective size in the criterion's rarest denominator."""
    sizes = [side(row).proportion(rate) for rate in criterion.rates]
    smallest = min(sizes, key=lambda read: read.size)
    return smallest.denominator if smallest.size == smallest.denominator else smallest.size


def scope(
    found: Reach,
    table: GroupTable,
    min_group: int | None,
    comparisons: Sequence[Comparison | StratifiedComparison],
) -> Scope | None:
    """Say for whom a verdict speaks, and which gaps it does not exclude for the others."""
    if min_group is None:
        return None
    people = {row.name: row.people for row in table.compared}
    return Scope(
        min_group=min_group,
        inside=found.inside,
        outside=tuple(
            OutsideScope(
                name=name, size=size, not_excluded=_not_excluded(name, comparisons)
            )
            for name, size in found.outside
        ),
        share_of_people=_share(found.inside, people),
    )


def _share(inside: Sequence[str], people: dict[str, int | float | None]) -> float | None:
    """Give the share of people inside, `None` where some number of people is withheld."""
    known = {name: number for name, number in people.items() if number is not None}
    if len(known) < len(people):
        return None
    total = sum(known.values())
    return sum(known[name] for name in inside) / total if total else 0.0


def _not_excluded(
    name: str, comparisons: Sequence[Comparison | StratifiedComparison]
) -> float | None:
    """Give the largest upper limit of any comparison a group takes part in."""
    limits = [
        1.0 if one.at_most is None else one.at_most
        for one in comparisons
        if name in {one.first, one.second}
    ]
    return max(limits, default=None)
