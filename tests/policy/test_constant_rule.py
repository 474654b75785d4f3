"""Nobody selected, or everybody: equal, and still no pass."""

from __future__ import annotations

from datetime import date

import pytest

from fairaudit.core.cells import Cells
from fairaudit.core.evidence import GroupTable
from fairaudit.core.requirements import CriterionGate, Requirements
from fairaudit.core.verdict import Verdict
from fairaudit.metrics.by_group import TableSettings, group_table
from fairaudit.policy.judging import judge
from fairaudit.tally.counts import Counts, Key

NOBODY = Cells(fn=2_000, tn=2_000)
EVERYBODY = Cells(tp=2_000, fp=2_000)
RIGHT = Cells(tp=2_000, tn=2_000)


def verdict_on(cells: Cells, criterion: str) -> Verdict:
    """Judge two groups of the same people."""
    counts = Counts(
        attributes=("group",),
        cells={Key(groups=(name,)): cells for name in ("a", "b")},
    )
    table: GroupTable = group_table(
        counts, ("group",), TableSettings(compare="pairs", expected=(), withheld={})
    )
    (verdict,) = judge(
        [table],
        Requirements(criteria=(CriterionGate(criterion=criterion, tolerance=0.1),)),
        favourable="not-selected",
        seed=0,
        today=date(2026, 1, 1),
    )
    return verdict


@pytest.mark.parametrize(
    ("cells", "because"),
    [
        (NOBODY, "nobody was flagged, so that"),
        (EVERYBODY, "everybody was flagged, so that"),
    ],
)
@pytest.mark.parametrize(
    "criterion",
    ["demographic_parity", "equal_opportunity", "predictive_equality", "equalized_odds"],
)
def test_what_could_not_have_failed_does_not_pass(
    cells: Cells, because: str, criterion: str
) -> None:
    verdict = verdict_on(cells, criterion)
    assert verdict.status == "undecided"
    assert verdict.because.startswith(because)


@pytest.mark.parametrize(
    ("cells", "criterion"),
    [
        # All decisions are right, and half of them select: rates of 0 and 1, earned.
        (RIGHT, "equalized_odds"),
        # With nobody selected, accuracy is still what the labels make it.
        (NOBODY, "overall_accuracy_equality"),
    ],
)
def test_what_could_have_failed_passes(cells: Cells, criterion: str) -> None:
    assert verdict_on(cells, criterion).status == "pass"
