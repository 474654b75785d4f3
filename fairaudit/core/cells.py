"""People of one group, counted by what happened to them and what was decided."""

from __future__ import annotations

from dataclasses import fields

from fairaudit.core.estimate import Amount
from fairaudit.core.value import value

CELL_NAMES = (
    "tp",
    "fp",
    "fn",
    "tn",
    "unlabelled_selected",
    "unlabelled_rejected",
    "undecided_positive",
    "undecided_negative",
    "blank",
)
"""Four cells of complete rows, then two without a label, two without a prediction, one
without either. Together they hold every row of a group exactly once."""


@value
class Cells:
    """Label by prediction, each positive, negative or missing; always by name."""

    tp: Amount = 0
    fp: Amount = 0
    fn: Amount = 0
    tn: Amount = 0
    unlabelled_selected: Amount = 0
    unlabelled_rejected: Amount = 0
    undecided_positive: Amount = 0
    undecided_negative: Amount = 0
    blank: Amount = 0

    def __add__(self, other: Cells) -> Cells:
        """Count two disjoint sets of people together."""
        return Cells(
            **{name: getattr(self, name) + getattr(other, name) for name in CELL_NAMES}
        )

    def less(self, other: Cells) -> Cells:
        """Count those of a set of people who are not in a part of it."""
        return Cells(
            **{name: getattr(self, name) - getattr(other, name) for name in CELL_NAMES}
        )

    def sum_of(self, names: tuple[str, ...]) -> Amount:
        """Count the people in the named cells."""
        total: Amount = sum(getattr(self, name) for name in names)
        return total

    @property
    def total(self) -> Amount:
        """Count everybody."""
        return self.sum_of(CELL_NAMES)

    @property
    def complete(self) -> Amount:
        """Count those with both a label and a prediction."""
        return self.tp + self.fp + self.fn + self.tn


assert tuple(field.name for field in fields(Cells)) == CELL_NAMES
