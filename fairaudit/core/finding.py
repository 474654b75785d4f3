"""A thing found: one plain sentence with its number and evidence. It does not judge."""

from __future__ import annotations

from fairaudit.core.bill import Bill
from fairaudit.core.estimate import Estimate
from fairaudit.core.evidence import Disparity
from fairaudit.core.measurement import Measurement
from fairaudit.core.prices import Combination, PriceList
from fairaudit.core.score_evidence import ScoreDisparity, ScoreSummary
from fairaudit.core.value import value

Evidence = (
    Disparity | Bill | PriceList | Combination | ScoreDisparity | ScoreSummary | Measurement
)


@value
class Finding:
    """One finding of an audit.

    Attributes
    ----------
    id : str
        Stable over runs, such as "predictive_parity@race" or "bill@race".
    sentence : str
        What was found, in plain words, groups named.
    estimate : Estimate
        The number the sentence rests on.
    evidence : Evidence
        What it was computed from.
    references : tuple of str
        Keys of docs/references.bib.
    caveats : tuple of str
        What limits the finding, where it stands.
    """

    id: str
    sentence: str
    estimate: Estimate
    evidence: Evidence
    references: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
