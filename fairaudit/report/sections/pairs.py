"""The comparisons of a verdict, sorted by pair and by what was shown of each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Literal

from fairaudit.core.evidence import Comparison, StratifiedComparison
from fairaudit.core.value import value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.verdict import Verdict

Compared = Comparison | StratifiedComparison


@value
class Pair:
    """Two groups and every comparison of theirs that a gate rests on."""

    first: str
    second: str
    compared: tuple[Compared, ...]

    @property
    def status(self) -> Literal["pass", "undecided", "fail"]:
        """Join its comparisons: one failure fails, all must pass."""
        found = {one.status for one in self.compared}
        if "fail" in found:
            return "fail"
        return "pass" if found == {"pass"} else "undecided"

    @property
    def surest(self) -> Compared:
        """Give the comparison that most surely differs."""
        return max(self.compared, key=lambda one: one.at_least or 0)

    @property
    def loosest(self) -> Compared:
        """Give the comparison that excludes least."""
        return max(self.compared, key=lambda one: 1 if one.at_most is None else one.at_most)


def pairs_of(verdict: Verdict) -> tuple[Pair, ...]:
    """Collect a verdict's comparisons by pair."""
    found: dict[tuple[str, str], list[Compared]] = {}
    compared: tuple[Compared, ...] = (*verdict.comparisons, *verdict.stratified)
    for one in compared:
        found.setdefault((one.first, one.second), []).append(one)
    return tuple(
        Pair(first=first, second=second, compared=tuple(of_pair))
        for (first, second), of_pair in found.items()
    )


def all_equal(passed: Iterable[Pair], table: GroupTable) -> tuple[str, ...]:
    """Find groups of which every two were shown equal, beginning with the largest."""
    known = {frozenset((pair.first, pair.second)) for pair in passed}
    equal: list[str] = []
    for row in sorted(table.compared, key=lambda row: -(row.people or 0)):
        together = all(frozenset((row.name, other)) in known for other in equal)
        if together and any(row.name in pair for pair in known):
            equal.append(row.name)
    return tuple(equal)


def covering(pairs: Iterable[Pair], table: GroupTable) -> tuple[str, ...]:
    """Find few groups that every pair has one of: those in most pairs, the small first."""
    sizes = {row.name: row.people or 0 for row in table.groups}
    left = [pair for pair in pairs if {pair.first, pair.second} & set(sizes)]
    chosen: list[str] = []
    while left:
        times = Counter(name for pair in left for name in (pair.first, pair.second))
        best = max(times.keys() & sizes, key=lambda name: (times[name], -sizes[name], name))
        chosen.append(best)
        left = [pair for pair in left if best not in {pair.first, pair.second}]
    return tuple(chosen)
