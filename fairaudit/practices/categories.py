"""The categories of a practice: people decided on, and who got the favourable outcome."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from fairaudit.core.errors import InputError
from fairaudit.core.spelling import spelled
from fairaudit.core.value import value
from fairaudit.tally.rates import SELECTION_RATE, proportion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairaudit.core.evidence import GroupTable
    from fairaudit.core.words import Favourable
    from fairaudit.report.model import DecisionAudit

SMALL_SHARE = Fraction(2, 100)
"""Both practices set categories of fewer than 2 % of the people apart."""


@value
class Category:
    """One category: whole people decided on, and those with the favourable outcome."""

    name: str
    people: int
    favoured: int

    @property
    def rate(self) -> Fraction | None:
        """Divide; nobody has no rate."""
        return Fraction(self.favoured, self.people) if self.people else None


def table_of(part: DecisionAudit, columns: tuple[str, ...]) -> GroupTable:
    """Find the table of some columns.

    Raises
    ------
    InputError
        When the audit has no such table.
    """
    for table in part.tables:
        if table.columns == columns:
            return table
    raise InputError(
        f"practices: the audit has no table by {' × '.join(columns)}. Add it as a group."
    )


def categories_of(table: GroupTable, favourable: Favourable | None) -> tuple[Category, ...]:
    """Count every category of a table.

    Parameters
    ----------
    table : GroupTable
        Groups with whole people.
    favourable : {"selected", "not-selected"}, optional
        Which decision is the favourable outcome; being selected by default.

    Returns
    -------
    tuple of Category
        In the order of the table; people whose group is not recorded are in none.

    Raises
    ------
    InputError
        When people are survey weights, or counts are withheld.
    """
    found = []
    for row in table.compared:
        if row.cells is None or row.withholds(SELECTION_RATE.id):
            raise InputError(
                f"practices: counts of {row.name} are withheld "
                f"({spelled('suppress_below')}), and a practice counts every person. "
                "Leave the suppression or the practice out."
            )
        counted = proportion(SELECTION_RATE, row.cells)
        people, selected = counted.denominator, counted.numerator
        if not isinstance(people, int) or not isinstance(selected, int):
            raise InputError(
                "practices: they count people, and survey weights are none. Leave "
                f"out {spelled('weight')} or the practice."
            )
        favoured = people - selected if favourable == "not-selected" else selected
        found.append(Category(name=row.name, people=people, favoured=favoured))
    return tuple(found)


def unknown_in(table: GroupTable) -> int:
    """Count the people decided on whose category is not recorded."""
    counts = [
        proportion(SELECTION_RATE, row.cells).denominator
        for row in table.groups
        if row.kind == "missing" and row.cells is not None
    ]
    return int(sum(counts))


def is_small(category: Category, everybody: int) -> bool:
    """Tell whether a category has fewer than 2 % of the people."""
    return Fraction(category.people) < SMALL_SHARE * everybody


def highest(categories: Sequence[Category]) -> Category | None:
    """Give the category of the highest rate, the larger of equals, that is not small."""
    everybody = sum(one.people for one in categories)
    large = [one for one in categories if one.people and not is_small(one, everybody)]
    return max(large, key=lambda one: (one.rate or 0, one.people), default=None)
