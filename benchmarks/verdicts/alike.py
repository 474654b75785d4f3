"""People alike: many small strata must neither hide a common difference nor make one up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.verdicts.case import Case, Watched
from benchmarks.verdicts.drawing import gate, verdicts
from benchmarks.verdicts.section import Section, View
from fairaudit.core.cells import Cells
from fairaudit.core.value import value
from fairaudit.metrics.by_group import TableSettings, group_table
from fairaudit.tally.counts import Counts, Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np

    from fairaudit.core.evidence import GroupTable, StratifiedComparison

ID = "alike"
ALLOWED = 0.05
TOLERANCE = 0.1
COVERAGE = 0.95
SIZES = (
    (5, 100, 100),
    (50, 8, 8),
    (100, 4, 4),
    (5, 1_000, 10),
    (20, 500, 2),
    (30, 100, 5),
    (50, 100, 3),
)


@value
class Strata:
    """So many strata with so many people of either group; `spread` is between strata."""

    strata: int
    first: int
    second: int
    rates: tuple[float, float]
    spread: float = 0.0

    @property
    def settings(self) -> dict[str, str]:
        """Name it."""
        one, other = self.rates
        between = f", ± {self.spread:g} over strata" if self.spread else ""
        return {
            "strata": f"{self.strata} of {self.first:,} and {self.second:,}",
            "rates": f"{one:g} and {other:g}{between}",
        }


def section() -> Section:
    """Give equal rates, then a common difference of the tolerance."""
    return Section(
        id=ID,
        title="People alike: conditional demographic parity",
        text=(
            "Two groups in strata, many of them with a few people of one group or both. "
            "The difference of selection rates is the same in every stratum. Where it is "
            "0, *fail* at tolerance 0 is false; where it is the tolerance, 0.1, *pass* is. "
            "In both it is false to say that differences vary over strata (p < 0.05), and "
            "printed 95 % intervals should hold the common difference."
        ),
        views=(
            View(
                rows=("rates", "strata"),
                across="seen",
                where={"difference": "none"},
                title="No difference",
            ),
            View(
                rows=("rates", "strata"),
                across="seen",
                where={"difference": "the tolerance"},
                title="A difference of the tolerance",
            ),
        ),
        cases=(*_none(), *_tolerated()),
    )


def _none() -> Iterator[Case]:
    """Equal rates, common and rare, the same in all strata or not."""
    for strata, first, second in SIZES:
        for rate, spread in ((0.05, 0.0), (0.5, 0.4)):
            drawn = Strata(
                strata=strata, first=first, second=second, rates=(rate, rate), spread=spread
            )
            yield _case(drawn, "none", "fails", tolerance=0.0)


def _tolerated() -> Iterator[Case]:
    """The first group is selected more often by the tolerance, or the second."""
    for strata, first, second in SIZES:
        for low, spread in ((0.05, 0.0), (0.2, 0.0), (0.45, 0.35)):
            high = round(low + TOLERANCE, 9)
            drawn = Strata(
                strata=strata, first=first, second=second, rates=(high, low), spread=spread
            )
            yield _case(drawn, "the tolerance", "passes", tolerance=TOLERANCE)


def _case(drawn: Strata, difference: str, word: str, *, tolerance: float) -> Case:
    """Put a case together."""
    status = {"fails": "fail", "passes": "pass"}[word]
    truth = drawn.rates[0] - drawn.rates[1]

    def trial(rng: np.random.Generator) -> list[float]:
        (verdict,) = verdicts(
            [_table(rng, drawn)], gate("conditional_demographic_parity", tolerance)
        )
        (pair,) = verdict.stratified
        return [
            float(verdict.status == status),
            float(_varies(pair)),
            float(_holds(pair, truth)),
        ]

    return Case(
        section=ID,
        settings={**drawn.settings, "difference": difference},
        watched=(
            Watched(settings={"seen": word}, what=word, bound=ALLOWED),
            Watched(settings={"seen": "said to vary"}, what="said to vary", bound=ALLOWED),
            Watched(
                settings={"seen": "interval holds it"},
                what="interval holds it",
                side="at least",
                bound=COVERAGE,
                within=0.02,
            ),
        ),
        trial=trial,
    )


def _varies(pair: StratifiedComparison) -> bool:
    """Tell whether differences are said to vary over strata."""
    return pair.heterogeneity_p is not None and pair.heterogeneity_p < ALLOWED


def _holds(pair: StratifiedComparison, truth: float) -> bool:
    """Tell whether the printed interval holds the common difference."""
    interval = pair.common.interval
    assert interval is not None
    assert interval.low is not None
    assert interval.high is not None
    return interval.low <= truth <= interval.high


def _table(rng: np.random.Generator, drawn: Strata) -> GroupTable:
    """Draw who is selected; strata's rates lie evenly about the groups'."""
    import numpy as np

    off = np.linspace(-drawn.spread, drawn.spread, drawn.strata)
    cells = {}
    for name, people, rate in zip(
        ("group 00", "group 01"), (drawn.first, drawn.second), drawn.rates, strict=True
    ):
        for place, x in enumerate(rng.binomial(people, rate + off).tolist()):
            cells[Key(groups=(name,), strata=(f"stratum {place:03d}",))] = Cells(
                unlabelled_selected=x, unlabelled_rejected=people - x
            )
    counts = Counts(attributes=("group",), strata=("stratum",), cells=cells)
    settings = TableSettings(compare="pairs", labelled=False, withheld={})
    return group_table(counts, ("group",), settings)
