"""A criterion of fairness: what should be equal over groups, and when to mean it."""

from __future__ import annotations

from fairaudit.core.value import value
from fairaudit.core.words import Favourable, worded
from fairaudit.criteria.score_measure import ScoreMeasure
from fairaudit.tally.rates import Rate


@value
class Criterion:
    """Rates, or a quantity of scores, that should be the same for every group.

    Attributes
    ----------
    id : str
        The field's name, in snake case; the key in policies, options and reports.
    question : str
        What it asks, in one plain sentence with places for the words of the direction
        ("selected" or "flagged"); `asks` fills them.
    rates : tuple of Rate
        The rates that should be equal; several make a composite, which holds when all do.
        None for a criterion on scores.
    references : tuple of str
        Keys of docs/references.bib.
    right_when : tuple of str
        When this is the criterion to mean.
    blind_to : tuple of str
        What it does not see.
    stratified : bool
        Whether the rates are compared among people alike in the columns of ``--strata``.
    main : bool
        Whether every report shows it, asked for or not.
    scores : ScoreMeasure, optional
        What of the scores should be equal, instead of rates.
    """

    id: str
    question: str
    rates: tuple[Rate, ...] = ()
    references: tuple[str, ...]
    right_when: tuple[str, ...]
    blind_to: tuple[str, ...]
    stratified: bool = False
    main: bool = False
    scores: ScoreMeasure | None = None

    @property
    def title(self) -> str:
        """Give the field's name for it."""
        return self.id.replace("_", " ")

    def asks(self, favourable: Favourable | None = None) -> str:
        """Give its question in the words of the direction."""
        return worded(self.question, favourable)

    @property
    def uses_label(self) -> bool:
        """Tell whether it can only be measured where outcomes are known."""
        return self.scores is not None or any(rate.uses_label for rate in self.rates)
