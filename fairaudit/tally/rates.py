"""Every rate is one set of cells over another; this table is the only place they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairaudit.core.estimate import Amount
from fairaudit.core.value import value
from fairaudit.tally.effective_sizes import size_of_share

if TYPE_CHECKING:
    from fairaudit.core.cells import Cells
    from fairaudit.core.weights import Weights


@value
class Rate:
    """A share of people: cells of the numerator over cells of the denominator.

    `plain` says in a layman's words what the share is of, with places for the words of the
    direction ("selected" or "flagged"); `among` names the people of the denominator, and is
    what a reason for an undefined rate says there are none of.
    """

    id: str
    symbol: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]
    plain: str
    among: str
    uses_label: bool = True
    uses_prediction: bool = True

    @property
    def title(self) -> str:
        """Give the field's name for it."""
        return self.id.replace("_", " ")


@value
class Proportion:
    """A rate's counts in one group, and the number of people they are worth.

    `size` is the denominator itself, or what that is worth under survey weights.
    """

    numerator: Amount
    denominator: Amount
    size: float

    @property
    def value(self) -> float | None:
        """Divide; 0/0 has no value."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def successes(self) -> float:
        """Scale the numerator to the effective size; an integer stays itself."""
        if self.size == self.denominator:
            return self.numerator
        return self.size * (self.numerator / self.denominator)


def proportion(rate: Rate, cells: Cells, weights: Weights | None = None) -> Proportion:
    """Read a rate's counts off a group's cells.

    Parameters
    ----------
    rate : Rate
        Which share.
    cells : Cells
        People, or sums of survey weights.
    weights : Weights, optional
        What is kept of survey weights beside the sums in `cells`.

    Returns
    -------
    Proportion
        Numerator, denominator and effective size.
    """
    numerator = cells.sum_of(rate.numerator)
    denominator = cells.sum_of(rate.denominator)
    size: float = denominator
    if weights is not None:
        rest = tuple(name for name in rate.denominator if name not in rate.numerator)
        size = size_of_share(
            (numerator, cells.sum_of(rest)),
            squares=(
                weights.squares.sum_of(rate.numerator),
                weights.squares.sum_of(rest),
            ),
            heaviest=weights.heaviest,
        )
    return Proportion(numerator=numerator, denominator=denominator, size=size)


_SELECTED = ("tp", "fp", "unlabelled_selected")
_DECIDED = (*_SELECTED, "fn", "tn", "unlabelled_rejected")
_POSITIVE = ("tp", "fn", "undecided_positive")
_LABELLED = (*_POSITIVE, "fp", "tn", "undecided_negative")

BASE_RATE = Rate(
    id="base_rate",
    symbol="base rate",
    numerator=_POSITIVE,
    denominator=_LABELLED,
    plain="of people had a positive label",
    among="people with a label",
    uses_prediction=False,
)
SELECTION_RATE = Rate(
    id="selection_rate",
    symbol="SR",
    numerator=_SELECTED,
    denominator=_DECIDED,
    plain="of people were {selected}",
    among="people with a prediction",
    uses_label=False,
)
TRUE_POSITIVE_RATE = Rate(
    id="true_positive_rate",
    symbol="TPR",
    numerator=("tp",),
    denominator=("tp", "fn"),
    plain="of the actual positives were {selected}",
    among="actual positives",
)
FALSE_POSITIVE_RATE = Rate(
    id="false_positive_rate",
    symbol="FPR",
    numerator=("fp",),
    denominator=("fp", "tn"),
    plain="of the actual negatives were {selected}",
    among="actual negatives",
)
FALSE_NEGATIVE_RATE = Rate(
    id="false_negative_rate",
    symbol="FNR",
    numerator=("fn",),
    denominator=("tp", "fn"),
    plain="of the actual positives were {rejected}",
    among="actual positives",
)
TRUE_NEGATIVE_RATE = Rate(
    id="true_negative_rate",
    symbol="TNR",
    numerator=("tn",),
    denominator=("fp", "tn"),
    plain="of the actual negatives were {rejected}",
    among="actual negatives",
)
POSITIVE_PREDICTIVE_VALUE = Rate(
    id="positive_predictive_value",
    symbol="PPV",
    numerator=("tp",),
    denominator=("tp", "fp"),
    plain="of {selections} were right",
    among="{selections}",
)
NEGATIVE_PREDICTIVE_VALUE = Rate(
    id="negative_predictive_value",
    symbol="NPV",
    numerator=("tn",),
    denominator=("tn", "fn"),
    plain="of {rejections} were right",
    among="{rejections}",
)
FALSE_OMISSION_RATE = Rate(
    id="false_omission_rate",
    symbol="FOR",
    numerator=("fn",),
    denominator=("tn", "fn"),
    plain="of {rejections} were wrong",
    among="{rejections}",
)
ACCURACY = Rate(
    id="accuracy",
    symbol="accuracy",
    numerator=("tp", "tn"),
    denominator=("tp", "fp", "fn", "tn"),
    plain="of decisions were right",
    among="people with both a label and a prediction",
)
FALSE_NEGATIVE_SHARE = Rate(
    id="false_negative_share",
    symbol="FN share",
    numerator=("fn",),
    denominator=("fn", "fp"),
    plain="of errors were misses",
    among="errors",
)

RATES = {
    rate.id: rate
    for rate in (
        BASE_RATE,
        SELECTION_RATE,
        TRUE_POSITIVE_RATE,
        FALSE_POSITIVE_RATE,
        FALSE_NEGATIVE_RATE,
        TRUE_NEGATIVE_RATE,
        POSITIVE_PREDICTIVE_VALUE,
        NEGATIVE_PREDICTIVE_VALUE,
        FALSE_OMISSION_RATE,
        ACCURACY,
        FALSE_NEGATIVE_SHARE,
    )
}
"""Every rate by its id."""
