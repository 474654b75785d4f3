"""Which pairs of a gate were shown different, which equal, and which are not settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.evidence import Comparison
from fairaudit.report.numbers import NBSP, count, listed, share
from fairaudit.report.sections.pairs import all_equal, covering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fairaudit.core.estimate import Amount
    from fairaudit.core.evidence import GroupRow
    from fairaudit.report.sections.comparing import Words
    from fairaudit.report.sections.pairs import Pair

MOST = 6
"""Groups or pairs named in one line; more are counted."""


def settled(pairs: Sequence[Pair], words: Words) -> Iterator[tuple[str, str]]:
    """What do the comparisons show, and of whom?

    Yields
    ------
    tuple of str
        A label and its text; every pair is in one of them, named or counted.
    """
    for label, status, tell in (
        ("Shown different", "fail", _different),
        ("Shown close", "pass", _equal),
        ("Not settled", "undecided", _not_settled),
    ):
        chosen = [pair for pair in pairs if pair.status == status]
        if chosen:
            yield label, tell(chosen, len(pairs), words)


def _different(chosen: Sequence[Pair], of: int, words: Words) -> str:
    """List the pairs that surely differ, the surest first."""
    surest = sorted((pair.surest for pair in chosen), key=lambda one: -(one.at_least or 0))
    composite = any(len(pair.compared) > 1 for pair in chosen)
    listing = [
        f"{words.names(one)} {words.at_least(one)}"
        + (f" ({words.symbol(one)})" if composite else "")
        for one in surest
    ]
    return f"{_how_many(chosen, of, words)}: {listed(listing, most=MOST)}"


def _equal(chosen: Sequence[Pair], of: int, words: Words) -> str:
    """Name the groups that were shown equal, and how far apart they may still be."""
    groups = all_equal(chosen, words.table) if words.all_pairs else ()
    inside = [pair for pair in chosen if {pair.first, pair.second} <= set(groups)]
    if not inside:
        pairs = [words.names(pair.loosest) for pair in chosen]
        return f"{_how_many(chosen, of, words)}: {listed(pairs, most=MOST)}"
    loosest = max((pair.loosest for pair in inside), key=lambda one: one.at_most or 0)
    between = f", furthest {words.names(loosest)}" if len(groups) > 2 else ""
    more = len(chosen) - len(inside)
    return (
        f"{listed(list(groups), most=MOST)}{_of_people(groups, words)}{between}: "
        f"{words.apart(loosest)}"
        + (f"; {more:,} more of {of:,}{NBSP}pairs" if more else "")
    )


def _not_settled(chosen: Sequence[Pair], of: int, words: Words) -> str:
    """Name the groups whose comparisons are open, and how many people each rate is of."""
    if len(chosen) == 1 and chosen[0].loosest.at_most is not None:
        only = chosen[0].loosest
        return f"{words.names(only)}: {words.apart(only)}"
    rates = dict.fromkeys(
        one.rate for pair in chosen for one in pair.compared if isinstance(one, Comparison)
    )
    names = covering(chosen, words.table) if words.all_pairs else [p.first for p in chosen]
    rows = [row for row in words.table.groups if row.name in names]
    rows.sort(key=lambda row: (-min(size or 0 for size in _sizes(row, rates)), row.name))
    groups = [
        f"{row.name}{NBSP}({'/'.join(_told(size) for size in _sizes(row, rates))})"
        for row in rows
    ]
    terms = [words.part.glossary[rate] for rate in rates if rate in words.part.glossary]
    told = any(size is not None for row in rows for size in _sizes(row, rates))
    among = " / ".join(term.among for term in terms if term.among) if told else ""
    unit = f"; in brackets: {among}" if among else ""
    which = ", those with" if words.all_pairs else ":"
    return f"{_how_many(chosen, of, words)}{which} {listed(groups, most=MOST)}{unit}"


def _how_many(chosen: Sequence[Pair], of: int, words: Words) -> str:
    """Count some of the pairs."""
    if words.all_pairs:
        return f"{len(chosen):,} of {of:,}{NBSP}pair{'s' if of > 1 else ''}"
    return f"{len(chosen):,} of {of:,}{NBSP}comparisons with {chosen[0].second}"


def _sizes(row: GroupRow, rates: Iterable[str]) -> list[Amount | None]:
    """Give the number of people behind each rate, or all people of the group.

    It is `None` where it is withheld.
    """
    sizes = [row.rates[rate].denominator for rate in rates if rate in row.rates]
    return sizes or [row.people]


def _told(size: Amount | None) -> str:
    """Write how many people there are, where that may be told."""
    return "withheld" if size is None else count(size)


def _of_people(groups: Sequence[str], words: Words) -> str:
    """Say which share of the people in a table's groups some groups are."""
    people = {row.name: row.people or 0 for row in words.table.compared}
    if any(row.people is None for row in words.table.compared):
        return ""
    total = sum(people.values())
    return (
        f" ({share(sum(people[name] for name in groups) / total)} of people)"
        if total
        else ""
    )
